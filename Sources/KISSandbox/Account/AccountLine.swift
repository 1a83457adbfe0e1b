import KISMarket
import KISWire

/// One line of an account: what it holds of an instrument. Every sum follows from these.
struct AccountLine {
  let quote: Quote
  /// Shares held, and how many of them may be sold.
  let held: Int
  let sellable: Int
  /// The average price paid.
  let cost: Double
  /// Shares held this morning, bought and sold today.
  private let before: Int
  private let bought: Int
  private let sold: Int
  private let loan: String

  /// What an account holds that nobody has set.
  init(_ quote: Quote, generator: SeededGenerator) {
    var generator = generator.fork("line").fork(quote.instrument.code)
    self.quote = quote
    held = 1 + Int(generator.next() % 50)
    cost = (Double(quote.price) * (0.92 + 0.16 * generator.unit())).rounded() / Double(quote.instrument.market.scale)
    (before, bought, sold, loan) = (held, 0, 0, "")
    sellable = held
  }

  /// What an account of the exchange holds.
  init(_ quote: Quote, _ holding: Holding, sellable: Int) {
    self.quote = quote
    held = holding.quantity
    self.sellable = sellable
    cost = Double(holding.average) / Double(Holding.averageScale) / Double(quote.instrument.market.scale)
    (before, bought, sold) = (holding.quantityBefore, holding.bought, holding.sold)
    loan = holding.loans.keys.min() ?? ""
  }

  var paid: Double { cost * Double(held) }
  var value: Double { price * Double(held) }
  /// What was held before today was worth when the day before closed.
  var valueBefore: Double {
    Double(quote.previousClose) / Double(quote.instrument.market.scale) * Double(before)
  }
  private var price: Double { Double(quote.price) / Double(quote.instrument.market.scale) }

  /// The value of a field of a holding; nil for any other field.
  func value(of field: String) -> String? {
    switch field.lowercased() {
    case "hldg_qty", "cblc_qty", "ovrs_cblc_qty", "cblc_qty13", "ccld_qty_smtl1": "\(held)"
    case "ord_psbl_qty", "ord_psbl_qty1", "nsvg_qty": "\(sellable)"
    case "thdt_buyqty", "thdt_buy_ccld_qty1", "buy_qty": "\(bought)"
    case "thdt_sll_qty", "thdt_sll_ccld_qty1", "sll_qty": "\(sold)"
    case "pchs_avg_pric", "pchs_avg_unpr", "avg_unpr3", "ccld_avg_unpr1": decimal(cost, places: 4)
    case "pchs_amt", "frcr_pchs_amt", "frcr_pchs_amt1": money(paid)
    case "evlu_amt", "ovrs_stck_evlu_amt", "frcr_evlu_amt2": money(value)
    case "evlu_pfls_amt", "evlu_pfls_amt2", "frcr_evlu_pfls_amt": money(value - paid)
    case "evlu_pfls_rt", "evlu_pfls_rt1": percent(value - paid, of: paid)
    case "evlu_erng_rt": decimal(paid == 0 ? 0 : (value - paid) * 100 / paid, places: 8)
    case "fltt_rt": decimal(Double(quote.change) * 100 / Double(max(1, quote.previousClose)), places: 8)
    case "bfdy_cprs_icdc": quote.text(quote.change)
    case "now_pric", "now_pric2", "ovrs_now_pric1", "prpr": quote.text(quote.price)
    case "trad_dvsn_name": loan.isEmpty ? "현금" : "신용"
    case "loan_dt": loan
    case "bfdy_buy_qty", "bfdy_sll_qty", "loan_amt", "stln_slng_chgs": "0"
    default: nil
    }
  }

  private func money(_ amount: Double) -> String { decimal(amount, places: quote.instrument.market.decimals) }
}
