/// An order notice (국내주식 실시간체결통보): `H0STCNI0` of a real account, `H0STCNI9` of a paper one, in all their layouts.
///
/// A notice says that an order was accepted, changed, cancelled, refused or filled. Numbers are zero padded on the wire.
public struct OrderNotice: TypedRecord, Hashable {
  /// `H0STCNI0` of real accounts and `H0STCNI9` of paper ones (모의투자).
  public static let transactionIDs: [TransactionID] = [.orderNotice, .paperOrderNotice]

  /// Every value by KIS's name.
  public let record: Record
  /// 고객 ID: the HTS id it was registered with.
  public let customerID: String
  /// 계좌번호, ten digits.
  public let account: String
  /// 주문번호, ten digits.
  public let orderNumber: String
  /// 원주문번호: the order that this one changes or cancels; empty for a new order.
  public let originalOrderNumber: String
  /// 매도매수구분
  public let side: Side?
  /// 정정구분: `0` new, `1` changed, `2` cancelled.
  public let revision: String
  /// 주식 단축 종목코드
  public let code: String
  /// 체결 수량, shares. In an acceptance it holds the order quantity (quirk 80).
  public let quantity: Int
  /// 체결단가, won; 0 in an acceptance.
  public let price: Int
  /// 주식 체결 시간, in Korean time.
  public let time: TimeOfDay
  /// 거부여부: `1` refused.
  public let isRefused: Bool
  /// 체결여부: `2` a fill, `1` anything else.
  public let isFill: Bool
  /// 접수여부: `1` accepted, `2` confirmed, `3` cancelled (FOK, IOC).
  public let acceptance: String
  /// 주문수량, shares.
  public let orderQuantity: Int
  /// 주문거래소 구분: `1` KRX, `2` NXT, `3` SOR-KRX, `4` SOR-NXT; nil before 2025-03-28.
  public let exchange: String?
  /// 체결종목명
  public let instrumentName: String
  /// 주문가격, won; nil when the service leaves it empty.
  public let orderPrice: Int?

  /// 매도, 매수
  public enum Side: String, Sendable, Hashable, CaseIterable {
    /// 매도, `01`
    case sell = "01"
    /// 매수, `02`
    case buy = "02"
  }

  /// - Throws: ``WireError`` for a value that is missing or no number, with its name.
  public init(_ record: Record) throws(WireError) {
    self.record = record
    customerID = try record.text("CUST_ID")
    account = try record.text("ACNT_NO")
    orderNumber = try record.text("ODER_NO")
    originalOrderNumber = try record.text("OODER_NO")
    side = Side(rawValue: try record.text("SELN_BYOV_CLS"))
    revision = try record.text("RCTF_CLS")
    code = try record.text("STCK_SHRN_ISCD")
    quantity = try record.integer("CNTG_QTY")
    price = try record.integer("CNTG_UNPR")
    time = try record.time("STCK_CNTG_HOUR")
    isRefused = try record.text("RFUS_YN") == "1"
    isFill = try record.text("CNTG_YN") == "2"
    acceptance = try record.text("ACPT_YN")
    orderQuantity = try record.integer("ODER_QTY")
    // The paper service runs exchange and pop-up flag together: "1Y".
    exchange = record["ORD_EXG_GB"] ?? record["ORD_EXG_GB_POPUP_YN"].map { String($0.prefix(1)) }
    instrumentName = try record.text("CNTG_ISNM40")
    orderPrice = try record.integerIfAny("ODER_PRC")
  }
}
