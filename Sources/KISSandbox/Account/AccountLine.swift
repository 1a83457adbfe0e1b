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
  /// What the loan amounts to, in won.
  let lent: Int
  /// What it amounted to this morning.
  let lentBefore: Int
  /// What a position holds back, in its currency.
  let margin: Double
  /// What was bought and sold of it.
  let traded: TradedLately
  /// What closing contracts gained on the day.
  private let realized: Double

  /// What an account holds that nobody has set.
  init(_ quote: Quote, generator: SeededGenerator) {
    var generator = generator.fork("line").fork(quote.instrument.code)
    self.quote = quote
    held = 1 + Int(generator.next() % 50)
    cost = (Double(quote.price) * (0.92 + 0.16 * generator.unit())).rounded() / Double(quote.instrument.scale)
    (before, bought, sold, loan, lent, lentBefore, margin) = (held, 0, 0, "", 0, 0, 0)
    traded = TradedLately()
    sellable = held
    realized = 0
  }

  /// What an account of the exchange holds.
  ///
  /// - Parameters:
  ///   - traded: what was bought and sold of it.
  ///   - realized: what closing contracts gained on the day, in its currency.
  init(
    _ quote: Quote, _ holding: Holding, sellable: Int, traded: TradedLately = TradedLately(), realized: Double = 0
  ) {
    self.realized = realized
    self.quote = quote
    held = holding.quantity
    self.sellable = sellable
    cost = Double(holding.average) / Double(Holding.averageScale) / Double(quote.instrument.scale)
    (before, bought, sold) = (holding.quantityBefore, holding.bought, holding.sold)
    loan = holding.loan ?? ""
    (lent, lentBefore) = (holding.lent, holding.lentBefore)
    margin = Double(holding.heldMargin) / Double(quote.instrument.market.moneyScale)
    self.traded = traded
  }

  /// Lines of the same instrument as one, where the first of them stands.
  static func byItem(_ lines: [AccountLine]) -> [AccountLine] {
    var codes: [String] = []
    var groups: [String: [AccountLine]] = [:]
    for line in lines {
      let code = line.quote.instrument.code
      if groups[code] == nil { codes.append(code) }
      groups[code, default: []].append(line)
    }
    return codes.compactMap { groups[$0].flatMap(AccountLine.init(summing:)) }
  }

  private init?(summing lines: [AccountLine]) {
    guard let first = lines.first else { return nil }
    guard lines.count > 1 else {
      self = first
      return
    }
    func sum(_ figure: (AccountLine) -> Int) -> Int { lines.reduce(0) { $0 + figure($1) } }
    quote = first.quote
    held = sum(\.held)
    // Who sells what a loan paid for names the loan, which the sum does not.
    sellable = sum { $0.loan.isEmpty ? $0.sellable : 0 }
    cost = held == 0 ? first.cost : lines.reduce(0) { $0 + $1.cost * Double($1.held) } / Double(held)
    (before, bought, sold) = (sum(\.before), sum(\.bought), sum(\.sold))
    (lent, lentBefore) = (sum(\.lent), sum(\.lentBefore))
    (loan, margin) = ("", 0)
    traded = lines.reduce(TradedLately()) { $0 + $1.traded }
    realized = lines.reduce(0) { $0 + $1.realized }
  }

  private var worth: Double { quote.instrument.worth }
  var paid: Double { cost * Double(held) * worth }
  var value: Double { price * Double(held) * worth }
  /// What it gained that is not realised (평가손익).
  var gained: Double { value - paid }
  /// Whether it is a position that gains when prices fall (매도 포지션).
  private var isShort: Bool { held < 0 }
  /// What was held before today was worth when the day before closed.
  var valueBefore: Double {
    Double(quote.previousClose) / Double(quote.instrument.scale) * Double(before) * worth
  }
  private var price: Double { Double(quote.price) / Double(quote.instrument.scale) }

  /// The value of a field of a holding; nil for any other field.
  func value(of field: String) -> String? {
    switch field.lowercased() {
    case "hldg_qty", "cblc_qty", "ovrs_cblc_qty", "cblc_qty13", "ccld_qty_smtl1", "cblc_qty1", "fm_ustl_qty":
      "\(held.magnitude)"
    case "ord_psbl_qty", "ord_psbl_qty1", "nsvg_qty", "lqd_psbl_qty", "fm_lqd_psbl_qty", "agrx_qty": "\(sellable)"
    case "bfdy_cblc_qty": "\(before.magnitude)"
    case "new_qty": "\(isShort ? sold : bought)"
    case "mnpl_rpch_qty": "\(isShort ? bought : sold)"
    case "sll_buy_dvsn_cd" where quote.instrument.security.isContract: isShort ? "01" : "02"
    case "sll_buy_dvsn_name" where quote.instrument.security.isContract: isShort ? "매도" : "매수"
    case "trad_dvsn_name" where quote.instrument.security.isContract: isShort ? "매도" : "매수"
    case "excc_unpr", "buy_unpr", "fm_ccld_avg_pric",
      "ccld_avg_unpr1" where quote.instrument.market.desk != .shares:
      quote.instrument.text(Int((cost * Double(quote.instrument.scale)).rounded()))
    case "idx_clpr", "fm_now_pric": quote.text(quote.price)
    case "buy_amt", "cblc_amt": money(paid.magnitude)
    case "fm_evlu_pfls_amt", "fm_otp_evlu_pfls_amt": money(gained)
    case "trad_pfls_amt": money(realized)
    case "sprx_qty": "0"
    case "prdt_type_cd" where quote.instrument.security.isContract: quote.instrument.isOption ? "302" : "301"
    case "buy_erng_rt" where quote.instrument.market == .bond: decimal(quote.bondYield(at: cost))
    case "fuop_dvsn": quote.instrument.isOption ? "02" : "01"
    case "buy_dt": loan.isEmpty ? quote.day.compact : loan
    case "thdt_buyqty", "thdt_buy_ccld_qty1", "buy_qty": "\(bought)"
    case "thdt_sll_qty", "thdt_sll_ccld_qty1", "sll_qty": "\(sold)"
    case "pchs_avg_pric", "pchs_avg_unpr", "avg_unpr3", "ccld_avg_unpr1": decimal(cost, places: 4)
    case "pchs_amt", "frcr_pchs_amt", "frcr_pchs_amt1": money(paid.magnitude)
    case "evlu_amt", "ovrs_stck_evlu_amt", "frcr_evlu_amt2", "fm_opt_evlu_amt": money(value.magnitude)
    case "evlu_pfls_amt", "evlu_pfls_amt2", "frcr_evlu_pfls_amt": money(gained)
    case "evlu_pfls_rt", "evlu_pfls_rt1": percent(gained, of: paid)
    case "evlu_erng_rt": decimal(paid == 0 ? 0 : gained * 100 / paid, places: 8)
    // Captured with eight places, of which two say something.
    case "fltt_rt": percent(Double(quote.change), of: Double(quote.previousClose)) + "000000"
    case "bfdy_cprs_icdc": quote.text(quote.change)
    case "now_pric", "now_pric2", "ovrs_now_pric1", "prpr": quote.text(quote.price)
    case "trad_dvsn_name": loan.isEmpty ? "현금" : "자기융자"
    case "loan_dt": loan
    case "loan_amt": "\(lent)"
    case "bfdy_buy_qty": "\(traded.boughtBefore)"
    case "bfdy_sll_qty": "\(traded.soldBefore)"
    case "stln_slng_chgs": "0"
    case "expd_dt", "loan_expd_dt", "item_lnkg_excg_cd", "grta_rt_name": ""
    case "std_pdno": quote.instrument.standardCode
    case "stck_loan_unpr": decimal(held == 0 ? 0 : Double(lent) / Double(held), places: 4)
    case "slpsb_qty": "\(sellable)"
    case "cblc_dvsn": "01"
    case "cblc_dvsn_name": "현금"
    case "item_dvsn_name": quote.instrument.market == .etf ? "ETF" : "주식"
    case "item_mgna_rt_name": "20%"
    case "pchs_rmnd_wcrc_amt":
      decimal(paid * quote.details.wonForOne(quote.instrument.currency), places: 0)
    case "thdt_buy_ccld_frcr_amt": decimal(traded.bought, places: 2)
    case "thdt_sll_ccld_frcr_amt": decimal(traded.sold, places: 2)
    case "unit_amt", "loan_rmnd", "mgge_qty", "ldng_cblc_qty": "0"
    case "scts_dvsn_name": CompanyAbroad(quote.instrument).isFund ? "ETF" : "주식"
    case "loan_type_cd": loan.isEmpty ? "00" : "21"
    case "oprt_dtl_dtime": quote.day.compact + quote.clock(quote.second)
    default: nil
    }
  }

  /// The amounts of a holding abroad in won (원화기준); nil for any other field.
  func valueInWon(of field: String) -> String? {
    let amount: Double? =
      switch field.lowercased() {
      case "frcr_pchs_amt", "frcr_pchs_amt1": paid
      case "frcr_evlu_amt2", "ovrs_stck_evlu_amt": value.magnitude
      case "evlu_pfls_amt2", "frcr_evlu_pfls_amt": gained
      default: nil
      }
    let rate = quote.details.wonForOne(quote.instrument.currency)
    return amount.map { decimal($0 * rate, places: 0) }
  }

  /// The value of a field of a holding that the account does not have; nil for what the market has.
  static func nothing(of field: String) -> String? {
    switch PlausibleValue.kind(of: field) {
    case .amount, .quantity, .count, .net: "0"
    case .rate, .percentage: "0.00"
    case .price where field.lowercased() != "now_pric": "0.0000"
    default: nil
    }
  }

  /// Won have no decimals, whatever the prices have.
  private func money(_ amount: Double) -> String {
    let market = quote.instrument.market
    return decimal(amount, places: market.isAbroad ? market.decimals : 0)
  }
}
