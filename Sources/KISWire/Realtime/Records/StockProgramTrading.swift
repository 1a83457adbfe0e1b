/// Program trading of one share (국내주식 실시간프로그램매매), `H0STPGM0` of KRX and its twins.
public struct StockProgramTrading: TypedRecord, Hashable {
  /// `H0STPGM0` of KRX, `H0UNPGM0` of both exchanges (통합), `H0NXPGM0` of NXT.
  public static let transactionIDs: [TransactionID] = ["H0STPGM0", "H0UNPGM0", "H0NXPGM0"]

  /// Every value by KIS's name.
  public let record: Record
  /// 유가증권단축종목코드
  public let code: String
  /// 주식체결시간, in Korean time.
  public let time: TimeOfDay
  /// 매도체결량, shares.
  public let soldQuantity: Int
  /// 매도거래대금, won.
  public let soldAmount: Int
  /// 매수체결량, shares.
  public let boughtQuantity: Int
  /// 매수거래대금, won.
  public let boughtAmount: Int
  /// 순매수체결량, shares: bought less sold.
  public let netQuantity: Int
  /// 순매수거래대금, won.
  public let netAmount: Int

  /// - Throws: ``WireError`` for a value that is missing or no number, with its name.
  public init(_ record: Record) throws(WireError) {
    self.record = record
    code = try record.text("MKSC_SHRN_ISCD")
    time = try record.time("STCK_CNTG_HOUR")
    soldQuantity = try record.integer("SELN_CNQN")
    soldAmount = try record.integer("SELN_TR_PBMN")
    boughtQuantity = try record.integer("SHNU_CNQN")
    boughtAmount = try record.integer("SHNU_TR_PBMN")
    netQuantity = try record.integer("NTBY_CNQN")
    netAmount = try record.integer("NTBY_TR_PBMN")
  }
}
