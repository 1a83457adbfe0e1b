import KISMarket
import KISWire

/// A question that an API answers with something while its market is open: what a user would ask it first.
///
/// An instrument of its own market, the days until today, and nothing that leaves anything out.
struct SampleQuestion {
  /// In the order of the document, in its spelling.
  let parameters: [(String, String)]

  /// - Parameters:
  ///   - moment: when it is asked.
  ///   - chosen: values that it has in place of its own, by name in capitals.
  init(_ api: RESTAPI, id: TransactionID, moment: KoreanTime, in quotes: QuotedMarket, chosen: [String: String] = [:]) {
    let empty = AnswerRequest(
      api: api, id: id, parameters: [], moment: moment, venue: .real, quotes: quotes, page: 0)
    let kind = SampleQuestion.Kind(api, market: empty.market)
    let symbol = SampleQuestion.option(api) ?? empty.defaultInstrument.symbol
    let today = CalendarDate(of: moment)
    parameters = api.parameters.map { parameter in
      let name = parameter.name.uppercased()
      let value =
        chosen[name] ?? SampleQuestion.of(api, name, today)
        ?? SampleQuestion.subject(name, kind, symbol) ?? SampleQuestion.usual[name]
        ?? SampleQuestion.ofKind(name, today: today)
      return (parameter.name, value)
    }
  }

  /// What its rows are about.
  private enum Kind {
    case list, warrants, index, indexAbroad, fund, warrant, share
    case account(Desk)
    case other

    init(_ api: RESTAPI, market: Instrument.Market) {
      let path = api.path
      let isList =
        path.contains("/ranking/") || path.hasSuffix("-rank") || path.hasSuffix("foreign-institution-total")
        || path.hasSuffix("capture-uplowprice") || path.hasSuffix("exp-closing-price")
        || path.hasSuffix("frgnmem-trade-estimate") || path.hasSuffix("credit-by-company")
      let warrants = ["/cond-search", "/expiration-stocks", "/newly-listed", "/udrl-asset-price", "/udrl-asset-list"]
      if path.contains("/elw/"), isList || warrants.contains(where: path.hasSuffix) {
        self = .warrants
      } else if path.contains("/trading/") {
        self = .account(market.desk)
      } else if isList {
        self = .list
      } else if path.contains("/etfetn/") {
        self = .fund
      } else if path.contains("elw") {
        self = .warrant
      } else if path.contains("/overseas-price/"), path.hasSuffix("chartprice"), !path.hasSuffix("itemchartprice") {
        self = .indexAbroad
      } else if market == .index {
        self = .index
      } else {
        self = market == .kospi ? .share : .other
      }
    }
  }

  /// The code that is asked about, and the market that it is named with.
  private static func subject(_ name: String, _ kind: Kind, _ symbol: String) -> String? {
    switch name {
    case "FID_INPUT_ISCD":
      switch kind {
      case .list: return "0000"
      case .warrants: return "00000"
      default: return symbol
      }
    case "FID_COND_MRKT_DIV_CODE":
      switch kind {
      case .index: return "U"
      case .indexAbroad: return "N"
      case .warrant, .warrants: return "W"
      default: return "J"
      }
    case "ACNT_PRDT_CD":
      guard case .account(let desk) = kind else { return "01" }
      return desk == .contracts ? "03" : desk == .contractsAbroad ? "08" : "01"
    case "ORD_DVSN_CD":
      if case .account(.contracts) = kind { return "01" }
      return "00"
    case "PDNO", "SYMB", "SRS_CD", "MKSC_SHRN_ISCD", "SHTN_PDNO", "OVRS_FUTR_FX_PDNO", "ITEM_CD", "OVRS_PDNO",
      "SRS_CD_01", "SHT_CD", "FID_INPUT_ISCD_1", "SYMB_01":
      return symbol
    default: return nil
    }
  }

  /// Options abroad have codes with a strike.
  private static func option(_ api: RESTAPI) -> String? {
    let name = api.path.split(separator: "/").last.map(String.init) ?? ""
    guard api.path.contains("/overseas-futureoption/"), name.contains("opt-") || name.contains("optchart") else {
      return nil
    }
    return "OESZ26 C6000"
  }

  /// What single APIs call otherwise, or need to find anything.
  private static func of(_ api: RESTAPI, _ name: String, _ today: CalendarDate) -> String? {
    let path = api.path
    switch name {
    case "SHT_CD" where path.contains("/ksdinfo/"): return ""
    case "PDNO" where path.hasSuffix("lendable-by-company") || path.hasSuffix("colable-by-company"): return ""
    case "FID_INPUT_HOUR_1" where path.contains("index-timeprice") || path.contains("time-indexchartprice"): return "60"
    case "FID_INPUT_HOUR_1" where path.contains("-title"): return ""
    case "FID_INPUT_ISCD" where path.hasSuffix("-title"): return ""
    case "FID_INPUT_ISCD_1" where path.hasSuffix("by-market"): return "KSP"
    case "FID_INPUT_ISCD_2" where path.contains("member") || path.contains("frgnmem"): return "99999"
    case "FID_INPUT_ISCD_2" where path.hasSuffix("by-market"): return "0001"
    case "FID_INPUT_ISCD_2" where path.hasSuffix("multprice"): return "000660"
    case "FID_MRKT_CLS_CODE" where path.contains("display-board"): return "CO"
    case "FID_MRKT_CLS_CODE1": return "PO"
    case "PRDT_TYPE_CD" where path.contains("/overseas-"): return "512"
    case "PRDT_TYPE_CD" where path.contains("bond"): return "302"
    case "FID_INPUT_ISCD" where path.hasSuffix("vi-status"): return ""
    case "SLL_BUY_DVSN_CD" where api.method == "POST": return "02"
    case "ORD_DVSN" where path.contains("/domestic-stock/"): return "01"
    case "ORD_DVSN_CD" where api.method == "POST": return "02"
    case "QRY_TP": return "Q"
    case "START_DATE_TIME": return path.hasSuffix("chartprice") ? "" : today.advanced(by: -120).compact
    case "CLOSE_DATE_TIME": return today.compact
    case "GUBN" where path.contains("/ranking/") || path.contains("new-highlow"): return "1"
    case "GUBN": return "0"
    case _ where name.hasPrefix("CO_YN_"): return "1"
    case _ where name.hasPrefix("CO_EN_"): return "1000000000000"
    case _ where name.hasPrefix("CO_ST_"): return "-1000"
    case "FID_INPUT_ISCD" where path.hasSuffix("invest-opbysec"): return "999"
    case "FID_INPUT_DATE_1"
    where api.parameters.contains { $0.name.uppercased() == "FID_INPUT_DATE_2" }
      && !path.contains("/elw/"):
      return today.advanced(by: -90).compact
    case "FID_INPUT_DATE_1" where path.hasSuffix("newly-listed"): return today.advanced(by: -300).compact
    case "FID_INPUT_DATE_1" where path.hasSuffix("expiration-stocks"): return today.compact
    case "FID_INPUT_DATE_2" where path.hasSuffix("expiration-stocks"): return today.advanced(by: 180).compact
    case "FID_DIV_CLS_CODE" where path.contains("/elw/"): return ""
    default: return nil
    }
  }

  /// What is usually said.
  private static let usual = [
    "CANO": "12345678", "EXCD": "NAS", "EXCD_01": "NAS", "OVRS_EXCG_CD": "NASD", "PRDT_TYPE_CD": "300",
    "TR_CRCY_CD": "USD", "CRCY_CD": "USD", "NATN_CD": "840", "WCRC_FRCR_DVSN_CD": "02", "INQR_DVSN_CD": "00",
    "TR_MKET_CD": "00", "EXCH_CD": "CME", "QRY_CNT": "30", "QRY_GAP": "1", "NREC": "30", "NMIN": "1", "PINC": "1",
    "FID_HOUR_CLS_CODE": "60", "FID_INPUT_HOUR_1": "103000", "FID_PW_DATA_INCU_YN": "N",
    "FID_FAKE_TICK_INCU_YN": "Y", "FID_PERIOD_DIV_CODE": "D", "FID_ORG_ADJ_PRC": "0", "FID_INPUT_VOL_1": "",
    "USER_ID": "kismock", "SEQ": "0", "INTER_GRP_CODE": "001", "TYPE": "1", "THCO_STLN_PSBL_YN": "Y",
    "EXCG_DVSN_CD": "00", "INQR_DVSN_1": "0", "RGHT_TYPE_CD": "%%", "SLL_BUY_DVSN": "00", "CCLD_DVSN": "00",
    "SLL_BUY_DVSN_CD": "00", "INQR_DVSN": "00", "INQR_DVSN_3": "00", "CCLD_NCCS_DVSN": "00", "ORD_DVSN": "00",
    "ORD_QTY": "1", "PROD_ISCD": "ES", "MRKT_DIV_CLS_CODE": "3", "FID_RANK_SORT_CLS_CODE": "0",
    "FID_DIV_CLS_CODE": "0", "FID_BLNG_CLS_CODE": "0", "FID_TRGT_CLS_CODE": "0", "FID_TRGT_EXLS_CLS_CODE": "0",
    "FID_PRC_CLS_CODE": "0", "FID_ETC_CLS_CODE": "0", "FID_MKOP_CLS_CODE": "0", "SORT_DVSN": "00",
    "FID_COND_MRKT_DIV_CODE_1": "J", "FID_COND_MRKT_DIV_CODE_2": "J", "NDAY": "0", "MINX": "0", "VOL_RANG": "0",
    "LOAN_PSBL_YN": "", "FID_OPTION": "5", "GB1": "0", "GB2": "0", "GB3": "2", "GB4": "0", "HIGH_GB": "", "MODP": "0",
    "ORD_UNPR": "0", "OVRS_ORD_UNPR": "100.00", "UNIT_PRICE": "0", "BOND_ORD_UNPR": "9900.0", "UPMU_GUBUN": "0",
    "FID_INPUT_CNT_1": "0", "RVSE_CNCL_DVSN_CD": "01", "QTY_ALL_ORD_YN": "Y", "RMN_QTY_YN": "Y",
  ]

  /// By the kind of parameter: days until today, one of whatever is counted, and else nothing, which leaves nothing out.
  private static func ofKind(_ name: String, today: CalendarDate) -> String {
    switch name {
    case "F_DT", "INQR_STRT_DT", "STRT_ORD_DT", "ORD_STRT_DT", "INQR_TERM_FROM_DT", "RSVN_ORD_ORD_DT", "STRT_DT",
      "INQR_STRT_DAY", "START_DATE", "ST_YMD", "ERLM_STRT_DT":
      return today.advanced(by: -90).compact
    case "FID_INPUT_DATE_1": return today.compact
    // Until when a reservation is sent.
    case "RSVN_ORD_END_DT": return today.advanced(by: 7).compact
    case _ where name.contains("DATE") || name.hasSuffix("_DT") || name.hasSuffix("YMD"): return today.compact
    case _ where name.contains("QTY"): return "1"
    default: return ""
    }
  }
}
