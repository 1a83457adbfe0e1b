import KISMarket
import KISScenario
import KISWire

/// One order notice (체결통보) as H0STCNI0 and H0STCNI9 write it: numbers padded with zeros to fixed widths.
struct OrderNoticeText {
  var htsID: String
  var venue: Venue
  var orderNumber: Int
  var instrument: Instrument
  var isBuy: Bool
  var quantity: Int
  var price: Int
  var second: Int
  /// What the notice reports. In all but a fill, the fill quantity is the order's and the price zero (quirk 80).
  var stage = Stage.accepted
  /// The day, `YYYYMMDD`; empty where nobody says.
  var date = ""
  /// Ten digits; nil for the one that goes with the venue.
  var account: String?
  /// The order that this one changes or cancels.
  var original: Int?
  var change = Change.none
  /// What the order was for; nil is what this notice is about.
  var orderQuantity: Int?
  /// The price that the order named; nil is that of this notice.
  var orderPrice: Int?
  /// ORD_DVSN
  var division = "00"
  /// 주문조건: 0 none, 1 IOC, 2 FOK.
  var condition = "0"
  /// What a stop order waits for (호가조건가격); nil for all others.
  var trigger: Int?
  /// 주문거래소 구분: 1 KRX, 2 NXT, 3 SOR at KRX, 4 SOR at NXT.
  var exchange = "1"
  /// The date of the loan of a credit order (신용대출일자).
  var loan: String?
  /// What is left of the order, and what was filled of it, after a fill; nil is nothing, and this fill.
  var rest: Int?
  var filledSoFar: Int?

  /// How far an order has come. KIS's own table: CNTG_YN 2 for a fill, else 1; ACPT_YN 1 accepted, 2 confirmed,
  /// 3 cancelled by the exchange (FOK, IOC); RFUS_YN 1 refused. A client's log has 011 for an acceptance, 012 for a change
  /// or a cancellation, and 022 for a fill.
  enum Stage: Sendable { case accepted, confirmed, filled, dropped, refused }

  private var isFill: Bool { stage == .filled }

  /// What an order does to an earlier one (정정구분).
  enum Change: String, Sendable {
    case none = "0"
    case changed = "1"
    case cancelled = "2"
  }

  func value(of field: String) -> String? {
    switch field {
    case "CUST_ID": htsID
    case "ACNT_NO": account ?? (venue == .real ? "1234567801" : "5000000001")
    case "ODER_NO": padded(orderNumber, to: 10)
    case "OODER_NO": original.map { padded($0, to: 10) } ?? ""
    case "RCTF_CLS": change.rawValue
    case "FILLER": ""
    case "ORD_COND_PRC": trigger.map { priceText($0) } ?? ""
    case "CRDT_LOAN_DATE": loan ?? ""
    case "SELN_BYOV_CLS": isBuy ? "02" : "01"
    case "ODER_COND": condition
    case "RFUS_YN": stage == .refused ? "1" : "0"
    case "ODER_KIND": division
    case "STCK_SHRN_ISCD": instrument.symbol
    case "CNTG_QTY": padded(quantity, to: 10)
    case "CNTG_UNPR": priceText(isFill ? price : 0)
    case "STCK_CNTG_HOUR": clockDigits(second)
    case "CNTG_YN": isFill ? "2" : "1"
    case "ACPT_YN":
      switch stage {
      case .accepted, .refused: "1"
      case .confirmed, .filled: "2"
      case .dropped: "3"
      }
    case "BRNC_NO": venue.branch
    case "ODER_QTY": padded(orderQuantity ?? quantity, to: 9)
    // Paper notices repeat the customer here (quirk 66).
    case "ACNT_NAME": venue == .real ? "모의고객" : htsID
    case "ORD_EXG_GB": exchange
    case "POPUP_YN": "Y"
    case "ORD_EXG_GB_POPUP_YN": "1Y"
    case "CRDT_CLS": "10"
    case "CNTG_ISNM", "CNTG_ISNM40": instrument.name
    case "ODER_PRC": isFill ? priceText(orderPrice ?? price) : ""
    default: derivativeValue(of: field)
    }
  }

  /// Names that only notices of futures, options and overseas orders have.
  private func derivativeValue(of field: String) -> String? {
    switch field {
    case "ODER_KIND2": division
    case "ACCT_NO": value(of: "ACNT_NO")
    case "ORD_DT", "CCLD_DT": date
    case "ORGN_ORD_DT": original == nil ? "" : date
    case "ORGN_ODNO": original.map { padded($0, to: 10) } ?? ""
    case "PRCE_TP": division
    case "FM_STOP_ORD_PRIC": trigger.map { priceText($0) } ?? "0"
    case "ORD_DTL_DTIME", "OPRT_DTL_DTIME": date + clockDigits(second)
    case "CRCY_CD": instrument.currency
    case "DEBT_GB", "DEBT_DATE", "START_TM", "END_TM", "TM_DIV_TP", "ORD_GRP", "ORD_GRPSEQ": ""
    case "CNTG_UNPR12": priceText(price)
    case "ORDER_PRC", "FM_LMT_PRIC": priceText(orderPrice ?? price)
    case "USER_ID", "WORK_EMPL": htsID
    case "ODNO", "CCNO", "API_CCNO", "ORD_GRP_STNO": padded(orderNumber, to: 10)
    case "SERIES": instrument.code
    case "RVSE_CNCL_DVSN_CD": "0" + change.rawValue
    case "SLL_BUY_DVSN_CD": isBuy ? "02" : "01"
    case "ORD_QTY": "\(orderQuantity ?? quantity)"
    case "CCLD_QTY": isFill ? "\(quantity)" : "0"
    case "TOT_CCLD_QTY": isFill ? "\(filledSoFar ?? quantity)" : "0"
    case "ORD_REMQ": isFill ? "\(rest ?? 0)" : "\(quantity)"
    case "TOT_CCLD_UV", "FM_CCLD_PRIC": isFill ? priceText(price) : "0"
    default: nil
    }
  }

  /// Won padded with zeros to nine digits; prices with decimals as they are.
  private func priceText(_ price: Int) -> String {
    instrument.market.decimals == 0 ? padded(price, to: 9) : instrument.text(price)
  }
}

extension Venue {
  /// The branch that numbers orders (주문채번지점번호), which the answer to an order calls KRX_FWDG_ORD_ORGNO and a notice
  /// BRNC_NO, as captures of both venues have it.
  var branch: String { self == .real ? "06010" : "00950" }
}
