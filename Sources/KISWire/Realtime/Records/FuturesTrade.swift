/// A trade of an index future (지수선물 실시간체결가), `H0IFCNT0`.
public struct FuturesTrade: TypedRecord, Hashable {
  /// `H0IFCNT0`.
  public static let transactionIDs: [TransactionID] = ["H0IFCNT0"]

  /// Every value by KIS's name.
  public let record: Record
  /// 선물 단축 종목코드
  public let code: String
  /// 영업 시간, in Korean time.
  public let time: TimeOfDay
  /// 선물 현재가, points.
  public let price: Double
  /// 전일 대비 부호
  public let sign: PriceSign?
  /// 선물 전일 대비, points; negative for a fall.
  public let change: Double
  /// 선물 전일 대비율, per cent.
  public let changeRate: Double
  /// 선물 시가
  public let open: Double
  /// 선물 최고가
  public let high: Double
  /// 선물 최저가
  public let low: Double
  /// 최종 거래량, contracts.
  public let quantity: Int
  /// 누적 거래량, contracts.
  public let totalQuantity: Int
  /// 시장 베이시스, points.
  public let basis: Double
  /// HTS 미결제 약정 수량, contracts.
  public let openInterest: Int
  /// 선물 매도호가1
  public let ask: Double
  /// 선물 매수호가1
  public let bid: Double

  /// - Throws: ``WireError`` for a value that is missing or no number, with its name.
  public init(_ record: Record) throws(WireError) {
    self.record = record
    code = try record.text("FUTS_SHRN_ISCD")
    time = try record.time("BSOP_HOUR")
    price = try record.number("FUTS_PRPR")
    sign = PriceSign(rawValue: try record.text("PRDY_VRSS_SIGN"))
    change = try record.number("FUTS_PRDY_VRSS")
    changeRate = try record.number("FUTS_PRDY_CTRT")
    open = try record.number("FUTS_OPRC")
    high = try record.number("FUTS_HGPR")
    low = try record.number("FUTS_LWPR")
    quantity = try record.integer("LAST_CNQN")
    totalQuantity = try record.integer("ACML_VOL")
    basis = try record.number("MRKT_BASIS")
    openInterest = try record.integer("HTS_OTST_STPL_QTY")
    ask = try record.number("FUTS_ASKP1")
    bid = try record.number("FUTS_BIDP1")
  }
}
