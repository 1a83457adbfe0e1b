import KISWire

/// One line of an account: what it holds of an instrument, and an order in it. Every sum follows from these.
struct AccountLine {
  let quote: Quote
  /// Shares held.
  private(set) var held: Int
  /// The average price paid.
  private(set) var cost: Double
  /// Shares bought and sold today.
  private(set) var bought = 0
  private(set) var sold = 0
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
      filled: index % 3 == 0 ? 0 : ordered, price: quote.price, fillPrice: quote.price,
      placed: moment + .seconds(-90 * index))
  }

  /// One that begins with what a client ordered.
  init(_ quote: Quote, order: AccountOrder) {
    (self.quote, self.order, held, cost) = (quote, order, 0, 0)
    enter(order)
  }

  /// Enters what was filled of an order (체결): buying changes the average price, selling does not.
  mutating func enter(_ order: AccountOrder) {
    if order.isBuy {
      let price = Double(order.fillPrice) / Double(quote.instrument.market.scale)
      if order.filled > 0 { cost = (paid + price * Double(order.filled)) / Double(held + order.filled) }
      held += order.filled
      bought += order.filled
    } else {
      held = max(0, held - order.filled)
      sold += order.filled
    }
  }

  var paid: Double { cost * Double(held) }
  var value: Double { price * Double(held) }
  /// What was held before today was worth when the day before closed.
  var valueBefore: Double {
    Double(quote.previousClose) / Double(quote.instrument.market.scale) * Double(max(0, held - bought + sold))
  }
  private var price: Double { Double(quote.price) / Double(quote.instrument.market.scale) }

  /// The value of a field of a holding or of an order; nil for any other field.
  func value(of field: String) -> String? {
    switch field.lowercased() {
    case "hldg_qty", "cblc_qty", "ovrs_cblc_qty", "cblc_qty13", "ord_psbl_qty", "ord_psbl_qty1", "ccld_qty_smtl1":
      "\(held)"
    case "thdt_buyqty", "thdt_buy_ccld_qty1": "\(bought)"
    case "thdt_sll_qty", "thdt_sll_ccld_qty1": "\(sold)"
    case "pchs_avg_pric", "pchs_avg_unpr", "avg_unpr3", "ccld_avg_unpr1": decimal(cost, places: 4)
    case "pchs_amt", "frcr_pchs_amt", "frcr_pchs_amt1": money(paid)
    case "evlu_amt", "ovrs_stck_evlu_amt", "frcr_evlu_amt2": money(value)
    case "evlu_pfls_amt", "evlu_pfls_amt2", "frcr_evlu_pfls_amt": money(value - paid)
    case "evlu_pfls_rt", "evlu_pfls_rt1": percent(value - paid, of: paid)
    case "evlu_erng_rt": decimal(paid == 0 ? 0 : (value - paid) * 100 / paid, places: 8)
    case "fltt_rt": decimal(Double(quote.change) * 100 / Double(max(1, quote.previousClose)), places: 8)
    case "bfdy_cprs_icdc": quote.text(quote.change)
    case "now_pric2", "ovrs_now_pric1", "prpr": quote.text(quote.price)
    case "bfdy_buy_qty", "bfdy_sll_qty", "loan_amt", "stln_slng_chgs": "0"
    default: order.value(of: field, about: quote)
    }
  }

  private func money(_ amount: Double) -> String { decimal(amount, places: quote.instrument.market.decimals) }
}
