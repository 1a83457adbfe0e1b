import KISMarket
import KISWire

/// An order (주문) as an account's inquiries show it.
struct AccountOrder: Sendable {
  let entry: AccountView.Entry
  let view: AccountView

  private var record: OrderRecord { entry.record }
  private var market: Instrument.Market { entry.instrument.market }

  /// The value of a field of an order inquiry, in the shapes that were captured; nil for any other field.
  func value(of field: String) -> String? {
    if let value = contractValue(of: field.lowercased()) { return value }
    let division = OrderDivision.code(of: record.kind, at: market.desk)
    return switch field.lowercased() {
    case "odno", "ord_no": padded(record.number, to: 10)
    case "orgn_odno": record.original.map { padded($0, to: 10) } ?? ""
    case "ord_dt", "dmst_ord_dt", "orgn_ord_dt": entry.placed.compactDate
    case "ord_tmd", "thco_ord_tmd": entry.placed.timeOfDay
    case "rcit_dtl_dtime", "erlm_dtl_dtime": entry.placed.compactDate + entry.placed.timeOfDay
    case "ord_qty", "ft_ord_qty", "fm_ord_qty": "\(record.quantity)"
    case "tot_ccld_qty", "ft_ccld_qty", "ccld_qty", "fm_ccld_qty": "\(record.filled)"
    case "rmn_qty", "nccs_qty", "psbl_qty", "ord_psbl_qty", "qty", "fm_ord_rmn_qty": "\(record.open)"
    case "cncl_cfrm_qty", "cnc_cfrm_qty", "cncl_qty": "\(cancelled)"
    case "cncl_yn": record.role == .cancellation ? "Y" : ""
    case "rjct_qty": "\(record.expired)"
    case "ord_unpr", "ft_ord_unpr3", "ovrs_ord_unpr", "bond_ord_unpr", "ord_idx", "ord_idx4", "fm_ord_pric":
      entry.instrument.text(record.price)
    case "fm_stop_ord_pric": entry.instrument.text(record.trigger ?? 0)
    case "avg_prvs", "ft_ccld_unpr3", "ccld_unpr", "pchs_avg_pric", "avg_idx", "bond_avg_unpr", "fm_ccld_pric":
      record.filled == 0 ? "0" : average
    case "tot_ccld_amt", "ft_ccld_amt3", "ccld_amt": decimal(entry.traded, places: market.isAbroad ? 4 : 0)
    case "rjct_rson", "rjct_rson_name", "ingr_trad_rjct_rson_cd", "ingr_trad_rjct_rson_name": ""
    case "prcs_stat_name": record.expired > 0 ? "거부" : record.open > 0 ? "접수" : "완료"
    case "rvse_cncl_dvsn", "rvse_cncl_dvsn_cd":
      record.role == .cancellation ? "02" : record.original == nil ? "00" : "01"
    case "rvse_cncl_dvsn_cd_name": changeName
    case "rvse_cncl_dvsn_name" where market.desk == .sharesAbroad: changeName
    case "nmpr_type_cd": division.code.count == 2 && division.code < "05" ? division.code : "01"
    case "sll_buy_dvsn_cd": record.side == .buy ? "02" : "01"
    case "sll_buy_dvsn_cd_name", "rvse_cncl_dvsn_name", "trad_dvsn_name": sideName
    case "ord_dvsn_cd": division.code
    case "ord_dvsn_name": division.name
    case "loan_dt": record.loan ?? ""
    case "ccld_cndt_name": conditionName
    case "ordr_empno": "OpnAPI"
    case "ord_orgno": "00000"
    case "rsvn_ord_end_dt", "mgco_aptm_odno", "stpm_efct_occr_yn", "stpm_efct_occr_dtmd": ""
    case "ord_mdia_dvsn_name", "mdia_dvsn_name": "OpenAPI"
    // Fields of sales by lot, of small amounts and of split orders, of which there are none here.
    case "buy_dt", "samt_mket_ptci_yn_name", "sprx_psbl_yn_ifom", "splt_buy_attr_name": ""
    // Where an order came from, and who took it, is not known here.
    case "ctac_tlno", "inqr_ip_addr", "infm_tmd", "objt_cust_dvsn_name", "cpbc_ordp_ord_rcit_dvsn_cd",
      "cpbc_ordp_infm_mthd_dvsn_cd", "cpbc_ordp_mtrl_dvsn_cd":
      ""
    case "prdt_type_cd" where market.desk == .shares: "300"
    case "loan_type_cd": record.loan == nil ? "00" : "21"
    case "tr_natn" where market.isAbroad: MarketAbroad.of(entry.instrument).nation.code
    case "tr_natn_name" where market.isAbroad: MarketAbroad.of(entry.instrument).nation.name
    case "tr_crcy": entry.instrument.currency
    case "ccld_cnt": "\(fills.count)"
    case "stpm_cndt_pric": "\(record.trigger ?? 0)"
    case "excg_dvsn_cd": exchangeCode
    case "excg_id_dvsn_cd": record.route.rawValue
    case "excg_id_dvsn_name": record.route == .krx ? "한국거래소" : record.route == .nxt ? "넥스트레이드" : "SOR"
    default: nil
    }
  }

  /// Of an order, what was taken back of it; of a cancellation, what it took back.
  private var cancelled: Int { record.role == .cancellation ? record.quantity : record.cancelled }

  private var average: String {
    decimal(
      Double(record.filledAmount) / Double(max(1, record.filled)) / Double(entry.instrument.scale),
      places: entry.instrument.decimals)
  }

  private var sideName: String {
    let side = record.side == .buy ? "매수" : "매도"
    if market.isAbroad { return side }
    return (record.loan == nil ? "현금" : "신용") + side
  }

  /// What a record did to another one.
  private var changeName: String {
    record.role == .cancellation ? "취소" : record.original == nil ? "" : "정정"
  }

  private var conditionName: String {
    switch record.kind.timeInForce {
    case .day: "없음"
    case .immediateOrCancel: "IOC"
    case .fillOrKill: "FOK"
    }
  }

  /// 02 for KRX and 12 for SOR were captured; NXT's is not known.
  private var exchangeCode: String {
    switch record.route {
    case .krx: "02"
    case .nxt: "03"
    case .sor: "12"
    }
  }
}
