/// The price at which an auction would match now (국내주식 실시간예상체결), `H0STANC0` of KRX and its twins.
public struct ExpectedTrade: TypedRecord, Hashable {
  /// `H0STANC0` of KRX, `H0UNANC0` of both exchanges (통합), `H0NXANC0` of NXT.
  public static let transactionIDs: [TransactionID] = ["H0STANC0", "H0UNANC0", "H0NXANC0"]

  /// Every value by KIS's name.
  public let record: Record
  /// 유가증권단축종목코드
  public let code: String
  /// 주식체결시간, in Korean time.
  public let time: TimeOfDay
  /// 예상 체결가, won.
  public let price: Int
  /// 전일대비구분
  public let sign: PriceSign?
  /// 전일대비, won; negative for a fall.
  public let change: Int
  /// 등락율, per cent.
  public let changeRate: Double
  /// 예상 체결량, shares.
  public let quantity: Int
  /// 매도호가
  public let ask: Int
  /// 매수호가
  public let bid: Int

  /// - Throws: ``WireError`` for a value that is missing or no number, with its name.
  public init(_ record: Record) throws(WireError) {
    self.record = record
    code = try record.text("MKSC_SHRN_ISCD")
    time = try record.time("STCK_CNTG_HOUR")
    price = try record.integer("STCK_PRPR")
    sign = PriceSign(rawValue: try record.text("PRDY_VRSS_SIGN"))
    change = try record.integer("PRDY_VRSS")
    changeRate = try record.number("PRDY_CTRT")
    quantity = try record.integer("CNTG_VOL")
    ask = try record.integer("ASKP1")
    bid = try record.integer("BIDP1")
  }
}
