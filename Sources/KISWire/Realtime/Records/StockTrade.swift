/// A trade of a share (국내주식 실시간체결가): `H0STCNT0` of KRX with 46 or 47 values, and its twins of NXT and of both.
///
/// The values most clients read; every other one is in ``record`` by KIS's name.
public struct StockTrade: TypedRecord, Hashable {
  /// `H0STCNT0` of KRX, `H0UNCNT0` of both exchanges (통합), `H0NXCNT0` of NXT.
  public static let transactionIDs: [TransactionID] = [.stockTrade, "H0UNCNT0", "H0NXCNT0"]

  /// Every value by KIS's name.
  public let record: Record
  /// 유가증권 단축 종목코드
  public let code: String
  /// 주식 체결 시간, in Korean time.
  public let time: TimeOfDay
  /// 주식 현재가, won. Half ticks occur: mid-price orders.
  public let price: Int
  /// 전일 대비 부호
  public let sign: PriceSign?
  /// 전일 대비, won; negative for a fall.
  public let change: Int
  /// 전일 대비율, per cent.
  public let changeRate: Double
  /// 주식 시가
  public let open: Int
  /// 주식 최고가
  public let high: Int
  /// 주식 최저가
  public let low: Int
  /// 매도호가1
  public let ask: Int
  /// 매수호가1
  public let bid: Int
  /// 체결 거래량, shares.
  public let quantity: Int
  /// 누적 거래량, shares.
  public let totalQuantity: Int
  /// 누적 거래 대금, won.
  public let totalAmount: Int
  /// 체결구분: `1` bought at the ask, `5` sold at the bid, `3` before the open.
  public let execution: String
  /// 영업 일자, `YYYYMMDD`.
  public let businessDate: String
  /// MARKET_CLS_CODE, the 47th value since 2026-09-14: `1` before the open, `2` regular, `3` after market, `5` close.
  public let marketPhase: String?

  /// - Throws: ``WireError`` for a value that is missing or no number, with its name.
  public init(_ record: Record) throws(WireError) {
    self.record = record
    code = try record.text("MKSC_SHRN_ISCD")
    time = try record.time("STCK_CNTG_HOUR")
    price = try record.integer("STCK_PRPR")
    sign = PriceSign(rawValue: try record.text("PRDY_VRSS_SIGN"))
    change = try record.integer("PRDY_VRSS")
    changeRate = try record.number("PRDY_CTRT")
    open = try record.integer("STCK_OPRC")
    high = try record.integer("STCK_HGPR")
    low = try record.integer("STCK_LWPR")
    ask = try record.integer("ASKP1")
    bid = try record.integer("BIDP1")
    quantity = try record.integer("CNTG_VOL")
    totalQuantity = try record.integer("ACML_VOL")
    totalAmount = try record.integer("ACML_TR_PBMN")
    execution = try record.text(record.layout.index(of: "CCLD_DVSN") == nil ? "CNTG_CLS_CODE" : "CCLD_DVSN")
    businessDate = try record.text("BSOP_DATE")
    marketPhase = record["MARKET_CLS_CODE"]
  }
}

/// 전일 대비 부호: how a price stands to the day before (PROTOCOL section 2.6).
public enum PriceSign: String, Sendable, Hashable, CaseIterable {
  /// 상한
  case upperLimit = "1"
  /// 상승
  case up = "2"
  /// 보합
  case flat = "3"
  /// 하한
  case lowerLimit = "4"
  /// 하락
  case down = "5"
}
