import KISWire

/// One line of an account: what it holds of an instrument, and an order in it. Every sum follows from these.
struct AccountLine {
  let quote: Quote
  /// Shares held.
  let held: Int
  /// The average price paid.
  let cost: Double
  let order: AccountOrder

  /// One that is made up.
  init(_ quote: Quote, at index: Int, generator: SeededGenerator, moment: KoreanTime) {
    var generator = generator.fork("line").fork(quote.instrument.code)
    self.quote = quote
    held = 1 + Int(generator.next() % 50)
    cost = (Double(quote.price) * (0.92 + 0.16 * generator.unit())).rounded() / Double(quote.instrument.market.scale)
    let ordered = 1 + Int(generator.next() % 20)
    let now = Int(moment.nanosecondOfDay / 1_000_000)
    order = AccountOrder(
      number: SimulatedDay.orderNumber(atMillisecond: now - index * 90_000), isBuy: true, quantity: ordered,
      filled: index % 3 == 2 ? 0 : ordered, price: quote.price, placed: moment + .seconds(-90 * index))
  }

  /// One that a client ordered.
  init(_ quote: Quote, order: AccountOrder) {
    self.quote = quote
    self.order = order
    held = order.filled
    cost = Double(order.price) / Double(quote.instrument.market.scale)
  }

  var paid: Double { cost * Double(held) }
  var value: Double { price * Double(held) }
  private var price: Double { Double(quote.price) / Double(quote.instrument.market.scale) }

  /// The value of a field of a holding or of an order; nil for any other field.
  func value(of field: String) -> String? {
    switch field.lowercased() {
    case "hldg_qty", "cblc_qty", "ovrs_cblc_qty", "cblc_qty13", "ord_psbl_qty", "ord_psbl_qty1", "ccld_qty_smtl1":
      "\(held)"
    case "pchs_avg_pric", "pchs_avg_unpr", "avg_unpr3", "ccld_avg_unpr1": decimal(cost, places: 4)
    case "pchs_amt", "frcr_pchs_amt", "frcr_pchs_amt1": money(paid)
    case "evlu_amt", "ovrs_stck_evlu_amt", "frcr_evlu_amt2": money(value)
    case "evlu_pfls_amt", "evlu_pfls_amt2", "frcr_evlu_pfls_amt": money(value - paid)
    case "evlu_pfls_rt", "evlu_pfls_rt1": percent(value - paid, of: paid)
    case "evlu_erng_rt": decimal(paid == 0 ? 0 : (value - paid) * 100 / paid, places: 8)
    case "fltt_rt": decimal(Double(quote.change) * 100 / Double(max(1, quote.previousClose)), places: 8)
    case "bfdy_cprs_icdc": quote.text(quote.change)
    case "now_pric2", "ovrs_now_pric1", "prpr": quote.text(quote.price)
    case "bfdy_buy_qty", "bfdy_sll_qty", "thdt_buyqty", "thdt_sll_qty", "loan_amt", "stln_slng_chgs": "0"
    default: order.value(of: field, about: quote)
    }
  }

  private func money(_ amount: Double) -> String { decimal(amount, places: quote.instrument.market.decimals) }
}

/// The sums over an account's lines, with ten million won of cash beside them.
struct AccountTotals {
  let lines: [AccountLine]
  static let cash = 10_000_000.0

  /// The value of a field of the totals; amounts that nothing here stands for are zero.
  func value(of field: String, about quote: Quote) -> String? {
    let paid = lines.reduce(0) { $0 + $1.paid }
    let value = lines.reduce(0) { $0 + $1.value }
    let price = max(1, quote.price / quote.instrument.market.scale)
    switch field.lowercased() {
    case "dnca_tot_amt", "nxdy_excc_amt", "prvs_rcdl_excc_amt", "ord_psbl_cash", "max_buy_amt", "nrcvb_buy_amt":
      return decimal(AccountTotals.cash, places: 0)
    case "max_buy_qty", "nrcvb_buy_qty": return "\(Int(AccountTotals.cash) / price)"
    case "psbl_qty_calc_unpr": return "\(price)"
    case "pchs_amt_smtl_amt", "pchs_amt_smtl", "tot_pchs_amt": return decimal(paid, places: 0)
    case "evlu_amt_smtl_amt", "evlu_amt_smtl", "scts_evlu_amt": return decimal(value, places: 0)
    case "evlu_pfls_smtl_amt", "evlu_pfls_amt_smtl", "tot_evlu_pfls_amt": return decimal(value - paid, places: 0)
    case "tot_evlu_amt", "nass_amt", "bfdy_tot_asst_evlu_amt", "tot_asst_amt":
      return decimal(AccountTotals.cash + value, places: 0)
    case "asst_icdc_erng_rt": return decimal(0, places: 8)
    default:
      if case .amount = PlausibleValue.kind(of: field) { return "0" }
      return nil
    }
  }
}
