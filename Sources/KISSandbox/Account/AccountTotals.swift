import KISMarket
import KISWire

/// The sums over an account's lines and orders, with its cash beside them.
struct AccountTotals {
  let lines: [AccountLine]
  let cash: AccountCash
  /// Whether the account trades abroad: then amounts are in the currency there.
  let isAbroad: Bool
  /// The currency of the cash.
  private let currency: String
  private let request: AnswerRequest
  private let orders: [AccountView.Entry]
  private let profits: ProfitRows?
  /// Whether the orders are the account's own.
  private let listsOrders: Bool

  /// - Parameter currency: of the cash; that of what is asked about where nobody says.
  init(
    _ lines: [AccountLine], orders: [AccountView.Entry], profits: ProfitRows?, of request: AnswerRequest,
    currency: String? = nil
  ) {
    (self.lines, self.orders, self.profits, self.request) = (lines, orders, profits, request)
    isAbroad = request.market.isAbroad
    listsOrders = request.listsOwnOrders
    if let view = request.account {
      let told = currency ?? request.currencyTold(by: view)
      let counted = request.asksAllCurrencies ? view.account.cash.keys.sorted() : [told]
      self.currency = told
      cash = AccountCash(
        counted.map { own in
          let rate = request.quotes.converted(1, from: own, to: told, on: request.marketTime.date)
          return (AccountCash(view, currency: own), rate)
        })
    } else {
      self.currency = currency ?? "KRW"
      cash = AccountCash(opening: currency ?? (isAbroad ? "USD" : "KRW"))
    }
  }

  private var lent: Double { lines.reduce(0) { $0 + Double($1.lent) } }
  private var paid: Double { sum(\.paid) }
  private var value: Double { sum(\.value) }

  /// A sum over the lines; contracts abroad are paid in several currencies, which are told in one.
  private func sum(_ figure: (AccountLine) -> Double) -> Double {
    lines.reduce(0) { sum, line in
      let own = line.quote.instrument.currency
      guard request.market.desk == .contractsAbroad else { return sum + figure(line) }
      return sum + request.quotes.converted(figure(line), from: own, to: currency, on: request.marketTime.date)
    }
  }

  /// The value of a field of the totals; amounts that nothing here stands for are zero.
  func value(of field: String, about quote: Quote) -> String? {
    let name = field.lowercased()
    if let value = profits?.total(of: name) ?? orderTotal(of: name) { return value }
    if let value = request.market.desk.isOfContracts ? contractTotal(of: name, about: quote) : nil { return value }
    if let value = isAbroad ? valueAbroad(of: name) : valueAtHome(of: name) { return value }
    if let value = foreignMoney(of: name) { return value }
    switch name {
    case "ord_psbl_cash", "max_buy_amt", "nrcvb_buy_amt", "ord_psbl_frcr_amt", "ovrs_ord_psbl_amt",
      "frcr_ord_psbl_amt1", "echm_af_ord_psbl_amt", "buy_psbl_amt":
      return money(cash.orderable)
    case "max_buy_qty", "nrcvb_buy_qty", "max_ord_psbl_qty", "ovrs_max_ord_psbl_qty", "echm_af_ord_psbl_qty",
      "ord_psbl_qty", "buy_psbl_qty":
      return "\(buyable(quote))"
    case "psbl_qty_calc_unpr", "bond_ord_unpr2": return quote.text(price(of: quote))
    case "pchs_amt_smtl_amt", "pchs_amt_smtl", "tot_pchs_amt", "frcr_pchs_amt1", "frcr_buy_amt_smtl1":
      return money(paid)
    case "evlu_amt_smtl_amt", "evlu_amt_smtl", "scts_evlu_amt": return money(value)
    case "evlu_pfls_smtl_amt", "evlu_pfls_amt_smtl", "tot_evlu_pfls_amt", "ovrs_tot_pfls", "real_evlu_pfls":
      return money(value - paid)
    case "real_evlu_pfls_erng_rt": return percent(value - paid, of: paid)
    case "tot_pftrt": return percent(value - paid, of: paid)
    case "tot_evlu_amt", "nass_amt", "tot_asst_amt", "nass_tot_amt": return money(cash.settled + value - lent)
    case "tot_loan_amt": return money(lent)
    case "pftrt", "evlu_erng_rt1": return percent(value - paid, of: paid)
    // Nothing but cash is pledged, and everything is paid in full.
    case "ord_psbl_sbst", "tot_lnda_tot_ulst_lnda": return "0"
    case "acmga_rt": return "100.00"
    case "acmga_pct100_aptm_rson", "ovrs_stck_itgr_mgna_dvsn_name", "stck_fncg_rdpt_objt_atm": return ""
    case _ where name.hasSuffix("_frst_bltn_exrt"):
      let currency = name.prefix(3).uppercased()
      return decimal(request.quotes.won(per: currency, on: request.marketTime.date), places: 4)
    case "exrt":
      return decimal(request.quotes.won(per: quote.instrument.currency, on: request.marketTime.date), places: 4)
    // Nothing but cash covers anything here, and what is settled daily was settled.
    case _ where request.market.desk != .shares && ["dfpa", "sbst", "sbsa", "rcva"].contains(where: name.hasSuffix):
      return "0"
    case "prdt_futr_agrm", "prdt_fuop", "ctac_tlno", "base_dpsa_gdat_grad_cd", "opt_base_dpsa_gdat_grad_cd":
      return name.hasPrefix("prdt") ? "0" : ""
    default:
      if case .amount = PlausibleValue.kind(of: field) { return "0" }
      return nil
    }
  }

  /// The price that an order is calculated with: the one that was asked about, or the highest that an order at the
  /// market can come to.
  private func price(of quote: Quote) -> Int {
    let asked = ["ORD_UNPR", "OVRS_ORD_UNPR", "BOND_ORD_UNPR"].lazy.compactMap { request.price($0) }.first { $0 > 0 }
    let isAtMarket = request.parameter("ORD_DVSN").flatMap { OrderDivision.kind(of: $0) }?.namesPrice == false
    if let asked, !isAtMarket { return asked }
    guard !isAbroad, let view = request.account else { return quote.price }
    return quote.securityDay(on: view.exchange.now.date).limits?.upper ?? quote.price
  }

  private func buyable(_ quote: Quote) -> Int {
    let price = max(1, price(of: quote))
    guard let view = request.account else {
      return Int(cash.orderable * Double(quote.instrument.scale) / Double(price))
    }
    let isLent = request.api.path.hasSuffix("/inquire-credit-psamount")
    // Nobody lends shares here.
    if isLent, request.isOfBorrowedShares { return 0 }
    return view.exchange.buyable(quote.instrument.security, at: price, by: view.name, isLent: isLent)
  }

  /// How much of the foreign money is margin (통합증거금): in won where WCRC_FRCR_DVSN_CD says 02, else in its currency. Nil
  /// for any other field.
  private func foreignMoney(of name: String) -> String? {
    guard request.api.path.hasSuffix("/intgr-margin"), let view = request.account else { return nil }
    let currency = name.prefix(3).uppercased()
    guard ["USD", "HKD", "JPY", "CNY"].contains(currency) else { return nil }
    let money = AccountCash(view, currency: currency)
    let amount: Double
    switch name.dropFirst(4) {
    case "objt_amt": amount = money.deposit
    case "use_amt": amount = money.deposit - money.orderable
    case "ord_psbl_amt", "gnrl_ord_psbl_amt", "itgr_ord_psbl_amt": amount = money.orderable
    default: return nil
    }
    guard request.parameter("WCRC_FRCR_DVSN_CD") == "02" else { return decimal(amount, places: 2) }
    return decimal(amount * request.quotes.wonForOne(currency, on: request.marketTime.date), places: 0)
  }

  private func orderTotal(of name: String) -> String? {
    guard listsOrders else { return nil }
    let records = orders.map(\.record)
    let filled = records.reduce(0) { $0 + $1.filled }
    let amount = records.reduce(0) { $0 + $1.filledAmount }
    switch name {
    case "tot_ord_qty": return "\(records.reduce(0) { $0 + ($1.role == .order ? $1.quantity : 0) })"
    case "tot_ccld_qty": return "\(filled)"
    case "tot_ccld_amt", "tot_ccld_amt_smtl", "tot_ccld_amt_smtl2": return money(orders.reduce(0) { $0 + $1.traded })
    case "tot_ccld_qty_smtl": return "\(filled)"
    case "tot_bond_ccld_avg_unpr": return decimal(filled == 0 ? 0 : Double(amount) / scale / Double(filled), places: 2)
    case "pchs_avg_pric": return decimal(filled == 0 ? 0 : Double(amount) / scale / Double(filled), places: 4)
    case "prsm_tlex_smtl", "fee_smtl", "fee":
      let positions = Set(orders.map(\.position))
      let costs = request.account?.account.executions.reduce(0) {
        positions.contains($1.order) ? $0 + $1.fee + $1.tax : $0
      }
      return money(Double(costs ?? 0) / Double(request.market.moneyScale))
    default: return nil
    }
  }

  private var scale: Double { Double((request.instrument ?? request.defaultInstrument).scale) }

  /// What inquiries about futures and options total: the deposit, the margin (증거금) and what positions gained.
  private func contractTotal(of name: String, about quote: Quote) -> String? {
    let margin = sum(\.margin)
    let gain = value - paid
    switch name {
    case "crcy_cd": return request.parameter("CRCY_CD") ?? quote.instrument.currency
    case "resp_dt": return request.parameter("INQR_DT") ?? request.moment.compactDate
    case "sll_buy_dvsn_cd": return request.parameter("SLL_BUY_DVSN_CD")
    case "fm_risk_rt": return percent(margin, of: cash.settled + gain)
    case "mtnc_rt": return percent(cash.settled + gain, of: margin)
    case "fm_mntn_mgn_amt", "fm_futr_mntn_mgn_amt", "fm_gnrl_mntn_mgn_amt": return money(margin * 2 / 3)
    case "brkg_mgna", "new_mgn_amt", "futr_new_mgn_amt", "tot_risk_mgna", "netrisk_brkg_mgna", "brkg_mgna_tot_amt",
      "brkg_mgna_cash_amt":
      return money(margin)
    case "wdrw_psbl_cash_amt", "ord_psbl_cash_amt", "ord_psbl_tot_amt": return money(cash.orderable)
    case "fm_futr_ustl_mgn_amt", "fm_gnrl_brkg_mgn_amt": return money(margin)
    case "dnca_cash" where settlementDay != nil: return money(deposit(onNextDay: false))
    case "nxdy_dnca" where settlementDay != nil: return money(deposit(onNextDay: true))
    case "dnca_cash", "dnca_tota", "tot_dncl_amt", "cash_amt", "fm_dnca_rmnd", "dnca_tot_amt":
      return money(cash.deposit)
    case "mgna_tota", "cash_mgna", "brkg_mgna_cash", "mmga_tota", "mmga_cash", "brkg_mgna_tota", "fm_brkg_mgn_amt",
      "fm_ustl_mgn_amt", "mmga_tot_amt", "mmga_cash_amt":
      return money(margin)
    case "ord_psbl_cash", "ord_psbl_tota", "wdrw_psbl_tot_amt", "pprt_ord_psbl_cash", "fm_ord_psbl_amt",
      "fm_drwg_psbl_amt":
      return money(cash.orderable)
    case "nxdy_dnca", "nxdy_dncl_amt", "fm_nxdy_dncl_amt": return money(cash.nextDay)
    case "prsm_dpast", "prsm_dpast_amt", "fm_tot_asst_evlu_amt": return money(cash.settled + gain)
    case "evlu_pfls_amt_smtl", "futr_evlu_pfls_amt", "evlu_pfls_smtl", "fm_fuop_evlu_pfls_amt": return money(gain)
    case "futr_trad_pfls_amt", "trad_pfls_amt_smtl", "trad_pfls_smtl", "futr_trad_pfls", "fm_lqd_pfls_amt":
      return money(realized(ofContracts: true))
    case "fee", "brkg_fee", "fm_fee":
      guard let day = settlementDay, let view = request.account else { return money(cash.costs) }
      let costs = view.executions(from: day, to: day).reduce(0) { $0 + $1.execution.fee + $1.execution.tax }
      return money(Double(costs) / Double(request.market.moneyScale))
    case "evlu_amt_smtl": return money(lines.reduce(0) { $0 + $1.value.magnitude })
    case "pchs_amt_smtl": return money(lines.reduce(0) { $0 + $1.paid.magnitude })
    default: return contractsOrderable(of: name, about: quote)
    }
  }

  /// How many contracts may be ordered, and how many of these close (선물옵션 주문가능).
  private func contractsOrderable(of name: String, about quote: Quote) -> String? {
    guard let view = request.account else { return nil }
    let side: KISMarket.Side = request.isSale ? .sell : .buy
    let closable = view.account.closable(quote.instrument.code, by: side)
    // Computed only for fields that need it.
    var open: Int {
      let day = quote.securityDay(on: view.exchange.now.date)
      let asked = ["UNIT_PRICE", "FM_ORD_PRIC"].lazy.compactMap { request.price($0, of: quote.instrument) }
      let kind = request.parameter("ORD_DVSN_CD").flatMap { OrderDivision.contracts($0) }
      // What is ordered at the market costs what it costs now, whatever price is written.
      let price = kind?.namesPrice == false ? quote.price : asked.first { $0 > 0 } ?? quote.price
      let isPaid = quote.instrument.security.isOption && side == .buy
      return view.exchange.buyable(
        quote.instrument.security, at: isPaid ? price : day.margin ?? quote.price, by: view.name)
    }
    return switch name {
    case "lqd_psbl_qty", "lqd_psbl_qty1", "lqd_psbl_qty_1", "fm_lqd_psbl_qty": "\(closable)"
    case "ord_psbl_qty", "fm_new_ord_psbl_qty": "\(open)"
    case "tot_psbl_qty", "max_ord_psbl_qty", "fm_tot_ord_psbl_qty", "fm_mkpr_tot_ord_psbl_qty": "\(open + closable)"
    case "bass_idx": quote.text(quote.price)
    case "fm_ustl_qty": "\(abs(view.account.holdings[quote.instrument.code]?.quantity ?? 0))"
    default: nil
    }
  }

  private func valueAtHome(of name: String) -> String? {
    switch name {
    case "dnca_tot_amt", "dncl_amt", "tot_dncl_amt", "dnca_tota": return money(cash.deposit)
    case "nxdy_excc_amt": return money(cash.nextDay)
    case "prvs_rcdl_excc_amt", "nx2_day_sttl_amt": return money(cash.settled)
    case "bfdy_buy_amt": return money(cash.paidBefore)
    case "bfdy_sll_amt": return money(cash.receivedBefore)
    case "bfdy_tlex_amt": return money(cash.costsBefore)
    case "thdt_buy_amt": return money(cash.paid)
    case "thdt_sll_amt": return money(cash.received)
    case "thdt_tlex_amt": return money(cash.costs)
    case "rlzt_pfls": return money(realized(ofContracts: false))
    case "rlzt_erng_rt": return percent(realized(ofContracts: false), of: paid)
    case "bfdy_tot_asst_evlu_amt": return money(assetsBefore)
    case "asst_icdc_amt": return money(cash.settled + value - lent - assetsBefore)
    case "asst_icdc_erng_rt":
      let before = assetsBefore
      return decimal(before == 0 ? 0 : (cash.settled + value - lent - before) * 100 / before, places: 8)
    default: return nil
    }
  }

  /// What the account had when the day before closed, less its loans: its money without what was traded since, and its shares.
  private var assetsBefore: Double {
    let lentSince = lines.reduce(0) { $0 + Double($1.lent - $1.lentBefore) }
    let money = cash.settled - cash.received + cash.paid + cash.costs - lentSince
    return lines.reduce(money) { $0 + $1.valueBefore - Double($1.lentBefore) }
  }

  /// The day whose gains and fees an inquiry asks for (잔고정산손익); nil for all others, which are about today.
  private var settlementDay: String? {
    request.dayOfSettledPositions?.compact
  }

  /// The deposit at the end of the day that is asked for, or on the day after it: what contracts bring and take is settled on
  /// the next trading day.
  private func deposit(onNextDay: Bool) -> Double {
    guard let day = request.dayOfSettledPositions, let view = request.account else { return cash.deposit }
    let today = view.exchange.now.date
    var sum = 0
    for execution in view.account.executions where execution.security.isContract && execution.moment.date >= day {
      let traded = execution.moment.date
      let isSettled = TradingCalendar.tradingDay(after: traded) <= today
      if isSettled { sum -= execution.booked }
      if onNextDay, traded == day { sum += execution.booked }
    }
    return cash.deposit + Double(sum) / Double(request.market.moneyScale)
  }

  /// What was realised today, or on the day that is asked for, in the currency.
  private func realized(ofContracts: Bool) -> Double {
    guard let view = request.account else { return 0 }
    let today =
      settlementDay.map { day in view.executions(from: day, to: day).map(\.execution) }
      ?? view.account.executions.reversed().prefix { $0.moment.date == view.exchange.now.date }
    let meant = today.filter { !$0.security.isAbroad && $0.security.isContract == ofContracts }
    guard ofContracts else { return Double(Sums(meant).realized) }
    // Fees are told beside what contracts gained.
    let counted = meant.filter { request.asksAllCurrencies || $0.security.currency == currency }
    let (market, day) = (request.quotes, request.marketTime.date)
    return counted.reduce(0) {
      $0 + market.converted(Double($1.gain), from: $1.security.currency, to: currency, on: day)
    } / Double(request.market.moneyScale)
  }

  private func valueAbroad(of name: String) -> String? {
    switch name {
    case "frcr_dncl_amt_2", "frcr_dncl_amt1": money(cash.deposit)
    case "frcr_drwg_psbl_amt_1", "nxdy_frcr_drwg_psbl_amt", "frcr_gnrl_ord_psbl_amt": money(cash.orderable)
    case "rlzt_erng_rt": "0.00"
    default: nil
    }
  }

  private func money(_ amount: Double) -> String { decimal(amount, places: isAbroad ? 2 : 0) }
}

extension AnswerRequest {
  /// The currency of the money that an inquiry tells about. Accounts for contracts abroad are asked for one of those they have
  /// (CRCY_CD), or for all of them together in dollars or won.
  func currencyTold(by view: AccountView) -> String {
    let asked = market.desk == .contractsAbroad ? parameter("CRCY_CD").map { $0 == "TKR" ? "KRW" : $0 } : nil
    return asked.flatMap { view.account.cash[$0] == nil ? nil : $0 } ?? (instrument ?? defaultInstrument).currency
  }

  /// Whether it asks for money of all currencies together, in dollars (TUS) or won (TKR).
  var asksAllCurrencies: Bool {
    market.desk == .contractsAbroad && ["TUS", "TKR"].contains(parameter("CRCY_CD"))
  }
}
