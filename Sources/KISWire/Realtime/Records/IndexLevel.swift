/// The level of an index or industry (국내지수 실시간체결), `H0UPCNT0`.
public struct IndexLevel: TypedRecord, Hashable {
  /// `H0UPCNT0`.
  public static let transactionIDs: [TransactionID] = ["H0UPCNT0"]

  /// Every value by KIS's name.
  public let record: Record
  /// 업종 구분 코드: `0001` KOSPI, `1001` KOSDAQ …
  public let code: String
  /// 영업 시간, in Korean time.
  public let time: TimeOfDay
  /// 현재가 지수, points.
  public let level: Double
  /// 전일 대비 부호
  public let sign: PriceSign?
  /// 업종 지수 전일 대비, points; negative for a fall.
  public let change: Double
  /// 전일 대비율, per cent.
  public let changeRate: Double
  /// 시가 지수
  public let open: Double
  /// 지수 최고가
  public let high: Double
  /// 지수 최저가
  public let low: Double
  /// 누적 거래량, thousand shares.
  public let totalQuantity: Int
  /// 누적 거래 대금, million won.
  public let totalAmount: Int
  /// 상승 종목 수
  public let risen: Int
  /// 보합 종목 수
  public let unchanged: Int
  /// 하락 종목 수
  public let fallen: Int

  /// - Throws: ``WireError`` for a value that is missing or no number, with its name.
  public init(_ record: Record) throws(WireError) {
    self.record = record
    code = try record.text("BSTP_CLS_CODE")
    time = try record.time("BSOP_HOUR")
    level = try record.number("PRPR_NMIX")
    sign = PriceSign(rawValue: try record.text("PRDY_VRSS_SIGN"))
    change = try record.number("BSTP_NMIX_PRDY_VRSS")
    changeRate = try record.number("PRDY_CTRT")
    open = try record.number("OPRC_NMIX")
    high = try record.number("NMIX_HGPR")
    low = try record.number("NMIX_LWPR")
    totalQuantity = try record.integer("ACML_VOL")
    totalAmount = try record.integer("ACML_TR_PBMN")
    risen = try record.integer("ASCN_ISSU_CNT")
    unchanged = try record.integer("STNR_ISSU_CNT")
    fallen = try record.integer("DOWN_ISSU_CNT")
  }
}
