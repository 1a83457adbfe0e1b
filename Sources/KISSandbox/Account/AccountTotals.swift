import KISWire

/// The sums over an account's lines and orders, with its cash beside them.
struct AccountTotals {
  let lines: [AccountLine]
  let cash: AccountCash
  /// Whether the account trades abroad: then amounts are in the currency there.
  let isAbroad: Bool
  /// The price that an order would have; nil is the market's.
  let askedPrice: Double?

  init(_ lines: [AccountLine], of request: AnswerRequest) {
    self.lines = lines
    isAbroad = request.market.isAbroad
    cash = AccountCash(after: request.orders, isAbroad: isAbroad)
    askedPrice = ["ORD_UNPR", "OVRS_ORD_UNPR"].lazy.compactMap { request.parameter($0).flatMap { Double($0) } }.first {
      $0 > 0
    }
  }

  private var paid: Double { lines.reduce(0) { $0 + $1.paid } }
  private var value: Double { lines.reduce(0) { $0 + $1.value } }

  /// The value of a field of the totals; amounts that nothing here stands for are zero.
  func value(of field: String, about quote: Quote) -> String? {
    let name = field.lowercased()
    if let value = isAbroad ? valueAbroad(of: name) : valueAtHome(of: name) { return value }
    let price = max(askedPrice ?? Double(quote.price) / Double(quote.instrument.market.scale), 0.0001)
    switch name {
    case "ord_psbl_cash", "max_buy_amt", "nrcvb_buy_amt", "ord_psbl_frcr_amt", "ovrs_ord_psbl_amt",
      "frcr_ord_psbl_amt1", "echm_af_ord_psbl_amt":
      return money(cash.orderable)
    case "max_buy_qty", "nrcvb_buy_qty", "max_ord_psbl_qty", "ovrs_max_ord_psbl_qty", "echm_af_ord_psbl_qty",
      "ord_psbl_qty":
      return "\(Int(cash.orderable / price))"
    case "psbl_qty_calc_unpr": return "\(Int(price))"
    case "pchs_amt_smtl_amt", "pchs_amt_smtl", "tot_pchs_amt", "frcr_pchs_amt1", "frcr_buy_amt_smtl1":
      return money(paid)
    case "evlu_amt_smtl_amt", "evlu_amt_smtl", "scts_evlu_amt": return money(value)
    case "evlu_pfls_smtl_amt", "evlu_pfls_amt_smtl", "tot_evlu_pfls_amt", "ovrs_tot_pfls": return money(value - paid)
    case "tot_pftrt": return percent(value - paid, of: paid)
    case "tot_evlu_amt", "nass_amt", "tot_asst_amt": return money(cash.settled + value)
    case "tot_ord_qty": return "\(lines.reduce(0) { $0 + $1.order.quantity })"
    case "tot_ccld_qty": return "\(lines.reduce(0) { $0 + $1.order.filled })"
    case "tot_ccld_amt": return money(filledAmount)
    case "pchs_avg_pric":
      let filled = lines.reduce(0) { $0 + $1.order.filled }
      return decimal(filled == 0 ? 0 : filledAmount / Double(filled), places: 4)
    default:
      if case .amount = PlausibleValue.kind(of: field) { return "0" }
      return nil
    }
  }

  private func valueAtHome(of name: String) -> String? {
    let before = cash.deposit + lines.reduce(0) { $0 + $1.valueBefore }
    switch name {
    case "dnca_tot_amt", "nxdy_excc_amt", "dncl_amt", "tot_dncl_amt", "dnca_tota": return money(cash.deposit)
    case "prvs_rcdl_excc_amt", "nx2_day_sttl_amt": return money(cash.settled)
    case "thdt_buy_amt": return money(cash.paid)
    case "thdt_sll_amt": return money(cash.received)
    case "bfdy_tot_asst_evlu_amt": return money(before)
    case "asst_icdc_amt": return money(cash.settled + value - before)
    case "asst_icdc_erng_rt": return decimal((cash.settled + value - before) * 100 / before, places: 8)
    default: return nil
    }
  }

  private func valueAbroad(of name: String) -> String? {
    switch name {
    case "frcr_dncl_amt_2", "frcr_dncl_amt1": money(cash.deposit)
    case "frcr_drwg_psbl_amt_1", "nxdy_frcr_drwg_psbl_amt", "frcr_gnrl_ord_psbl_amt": money(cash.orderable)
    case "rlzt_erng_rt": "0.00"
    default: nil
    }
  }

  private var filledAmount: Double {
    lines.reduce(0) {
      $0 + Double($1.order.fillPrice) / Double($1.quote.instrument.market.scale) * Double($1.order.filled)
    }
  }

  private func money(_ amount: Double) -> String { decimal(amount, places: isAbroad ? 2 : 0) }
}
