import KISMarket
import KISWire

extension AccountOrder {
  /// What inquiries for orders of futures and options call by names of their own; nil for all else.
  func contractValue(of field: String) -> String? {
    let market = entry.instrument.market
    guard market.desk.isOfContracts else { return nil }
    let record = entry.record
    let isBuy = record.side == .buy
    switch field {
    case "ovrs_futr_fx_pdno": return entry.instrument.code
    case "prdt_type_cd": return entry.instrument.isOption ? "302" : "301"
    case "fuop_dvsn": return entry.instrument.isOption ? "02" : "01"
    case "dt": return entry.placed.compactDate
    case "trad_dvsn_name": return isBuy ? "매수" : "매도"
    case "nmpr_type_name", "ord_dvsn_name":
      return isStop ? "스톱지정가" : record.kind.namesPrice ? "지정가" : "시장가"
    // 1 limit, 2 market, 3 stop.
    case "pric_dvsn_cd", "bass_pric_type_cd": return isStop ? "3" : record.kind.namesPrice ? "1" : "2"
    case "ccld_dtl_dtime": return fills.last.map { entry.placed.compactDate + $0.moment.koreanTime.timeOfDay } ?? ""
    case "orgn_ord_dt": return record.original == nil ? "" : entry.placed.compactDate
    // 01 taken, 02 filled, 03 taken back.
    case "ord_stat_cd": return record.open > 0 ? "01" : record.filled > 0 ? "02" : "03"
    case "rcit_dvsn_cd": return record.role == .cancellation ? "03" : record.original == nil ? "01" : "02"
    case "new_lqd_dvsn_cd": return fills.contains { $0.gain != 0 } ? "02" : "01"
    case "trad_end_dt", "noti_vald_dt": return entry.placed.compactDate
    case "fm_lqd_lmt_ord_pric", "fm_lqd_stop_pric": return entry.instrument.text(0)
    case "ord_grp_name", "rmks1", "ord_ip_addr", "ctac_tlno": return ""
    case "ordr_emp_no", "ord_stfno": return "OpnAPI"
    case "cplx_ord_dvsn_cd", "rsvn_dvsn": return "0"
    case "trad_stgy_dvsn_cd": return "01"
    case "acnt_type_cd": return "01"
    // 6 the day, 2 at once or not at all.
    case "ccld_cndt_cd": return record.kind.timeInForce == .day ? "6" : "2"
    case "ecis_rsvn_ord_yn", "sprd_item_yn": return "N"
    default: return nil
    }
  }

  private var isStop: Bool { entry.record.trigger.map { $0 > 0 } ?? false }

  /// The parts of it that traded, oldest first.
  var fills: [Execution] { view.account.executions.filter { $0.order == entry.position } }
}

extension AnswerRequest {
  /// What the answer to an order of futures and options says of who ordered what; nil for all else.
  func contractOrderValue(of field: String) -> String? {
    // The name first: this is asked for every field of every answer.
    guard ["acnt_name", "csac_name", "trad_dvsn_name", "item_name"].contains(field), isAccount,
      market.desk == .contracts
    else { return nil }
    switch field {
    case "acnt_name", "csac_name": return "모의투자"
    case "trad_dvsn_name" where isOrder: return isSale ? "매도" : "매수"
    case "item_name" where isOrder: return (placed?.security.code).map { quotes.instrument($0, market).name }
    default: return nil
    }
  }
}
