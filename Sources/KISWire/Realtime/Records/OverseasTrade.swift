/// A trade of a share abroad (해외주식 실시간지연체결가), `HDFSCNT0`.
public struct OverseasTrade: TypedRecord, Hashable {
  /// `HDFSCNT0`.
  public static let transactionIDs: [TransactionID] = ["HDFSCNT0"]

  /// Every value by KIS's name.
  public let record: Record
  /// 실시간종목코드: `DNASAAPL`.
  public let key: String
  /// 종목코드: `AAPL`.
  public let symbol: String
  /// 현지영업일자, `YYYYMMDD`.
  public let businessDate: String
  /// 한국일자, `YYYYMMDD`.
  public let koreanDate: String
  /// 한국시간
  public let koreanTime: TimeOfDay
  /// 현재가, the currency of the exchange.
  public let price: Double
  /// 대비구분
  public let sign: PriceSign?
  /// 전일대비
  public let change: Double
  /// 등락율, per cent.
  public let changeRate: Double
  /// 매수호가
  public let bid: Double
  /// 매도호가
  public let ask: Double
  /// 체결량, shares.
  public let quantity: Int
  /// 거래량, shares.
  public let totalQuantity: Int

  /// - Throws: ``WireError`` for a value that is missing or no number, with its name.
  public init(_ record: Record) throws(WireError) {
    self.record = record
    key = try record.text("RSYM")
    symbol = try record.text("SYMB")
    businessDate = try record.text("TYMD")
    koreanDate = try record.text("KYMD")
    koreanTime = try record.time("KHMS")
    price = try record.number("LAST")
    sign = PriceSign(rawValue: try record.text("SIGN"))
    change = try record.number("DIFF")
    changeRate = try record.number("RATE")
    bid = try record.number("PBID")
    ask = try record.number("PASK")
    quantity = try record.integer("EVOL")
    totalQuantity = try record.integer("TVOL")
  }
}
