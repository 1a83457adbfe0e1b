import KISMarket
import KISWire

/// What an account traded of shares abroad, as inquiries list it: fill by fill (일별거래내역), or what sales realised by day
/// and share (기간손익), with the sums of all rows.
struct SharesAbroadLedger {
  /// Fields by name in lower case.
  let rows: [ContractLedger.Row]
  /// Fields of the sums beside the rows.
  let totals: [String: String]

  private typealias Fill = ContractLedger.Fill

  /// Nil where the inquiry is another one, or about no account of the exchange.
  init?(_ request: AnswerRequest) {
    guard let view = request.account else { return nil }
    switch request.id.rawValue {
    case "CTOS4001R":
      let fills = view.executions(
        from: request.parameter("ERLM_STRT_DT") ?? "00000000", to: request.parameter("ERLM_END_DT") ?? "99999999"
      ).filter(request.isWanted)
      rows = fills.map { SharesAbroadLedger.fill($0, in: request.quotes) }
      totals = SharesAbroadLedger.totals(fills)
    case "TTTS3039R":
      let fills = view.executions(
        from: request.parameter("INQR_STRT_DT") ?? "00000000", to: request.parameter("INQR_END_DT") ?? "99999999"
      ).filter(request.isWanted)
      // In the currency (01), or in won (02): the other way round than in balances.
      let inWon = request.parameter("WCRC_FRCR_DVSN_CD") == "02"
      let sales = Dictionary(grouping: fills.filter { $0.execution.side == .sell }) {
        $0.entry.placed.compactDate + $0.entry.instrument.code
      }.sorted { $0.key > $1.key }.map(\.value)
      rows = sales.compactMap { SharesAbroadLedger.profit($0, inWon: inWon, in: request.quotes) }
      totals = SharesAbroadLedger.profits(fills, inWon: inWon, of: request)
    default: return nil
    }
  }

  /// The rows of an output; nil where it has only sums.
  func rows(of output: RESTAPI.Output) -> [ContractLedger.Row]? {
    output.fields.contains { ["pdno", "ovrs_pdno"].contains($0.lowercased()) } ? rows : nil
  }

  private static func fill(_ fill: Fill, in market: QuotedMarket) -> ContractLedger.Row {
    let (execution, entry) = fill
    let (instrument, day) = (entry.instrument, execution.moment.date)
    let currency = instrument.currency
    let rate = market.wonForOne(currency, on: day)
    let (amount, fee, tax) = (
      units(execution.amount, fill), units(execution.fee, fill), units(execution.tax, fill)
    )
    let isSale = execution.side == .sell
    let settled = isSale ? amount - fee - tax : amount + fee + tax
    let price = instrument.text(execution.price)
    return ContractLedger.Row(
      instrument: instrument,
      values: [
        "trad_dt": entry.placed.compactDate,
        "sttl_dt": (instrument.exchange ?? .nasdaq).settlement(of: day).compact,
        "sll_buy_dvsn_cd": isSale ? "01" : "02", "sll_buy_dvsn_name": isSale ? "매도" : "매수",
        "ccld_qty": "\(execution.quantity)", "amt_unit_ccld_qty": "0.000000", "ft_ccld_unpr2": price,
        "ovrs_stck_ccld_unpr": price, "tr_frcr_amt2": decimal(amount), "tr_amt": decimal(amount * rate, places: 0),
        "frcr_excc_amt_1": decimal(settled), "wcrc_excc_amt": decimal(settled * rate, places: 0),
        "dmst_frcr_fee1": decimal(fee), "frcr_fee1": decimal(tax), "dmst_wcrc_fee": decimal(fee * rate, places: 0),
        "ovrs_wcrc_fee": decimal(tax * rate, places: 0), "crcy_cd": currency,
        "std_pdno": instrument.standardCode,
        "erlm_exrt": decimal(market.won(per: currency, on: day), places: 4), "loan_dvsn_cd": "",
        "loan_dvsn_name": "",
      ])
  }

  private static func totals(_ fills: [Fill]) -> [String: String] {
    func sum(_ side: KISMarket.Side?, _ figure: (Execution) -> Int) -> String {
      decimal(fills.reduce(0) { $0 + (side == nil || $1.execution.side == side ? units(figure($1.execution), $1) : 0) })
    }
    return [
      "frcr_buy_amt_smtl": sum(.buy, \.amount), "frcr_sll_amt_smtl": sum(.sell, \.amount),
      "dmst_fee_smtl": sum(nil, \.fee), "ovrs_fee_smtl": sum(nil, \.tax),
    ]
  }

  /// What was sold of a share on a day, and what it had cost.
  private static func profit(_ fills: [Fill], inWon: Bool, in market: QuotedMarket) -> ContractLedger.Row? {
    guard let first = fills.first else { return nil }
    let instrument = first.entry.instrument
    let currency = instrument.currency
    let rate = market.wonForOne(currency, on: first.execution.moment.date)
    let quantity = fills.reduce(0) { $0 + $1.execution.quantity }
    func sum(_ figure: (Execution) -> Int) -> Double { fills.reduce(0) { $0 + units(figure($1.execution), $1) } }
    let (cost, sold, costs, gained) = (sum(\.cost), sum(\.amount), sum { $0.fee + $0.tax }, sum(\.realized))
    func money(_ amount: Double) -> String { decimal(inWon ? amount * rate : amount, places: inWon ? 0 : 2) }
    return ContractLedger.Row(
      instrument: instrument,
      values: [
        "trad_day": first.entry.placed.compactDate, "slcl_qty": "\(quantity)",
        "pchs_avg_pric": decimal(cost / Double(max(1, quantity)), places: 4), "frcr_pchs_amt1": money(cost),
        "avg_sll_unpr": decimal(sold / Double(max(1, quantity)), places: 4), "frcr_sll_amt_smtl1": money(sold),
        "stck_sll_tlex": money(costs), "ovrs_rlzt_pfls_amt": money(gained), "pftrt": percent(gained, of: cost),
        "exrt": decimal(market.won(per: currency, on: first.execution.moment.date), places: 4),
        "frst_bltn_exrt": decimal(market.won(per: currency, on: first.execution.moment.date), places: 4),
      ])
  }

  private static func profits(_ fills: [Fill], inWon: Bool, of request: AnswerRequest) -> [String: String] {
    func sum(_ side: KISMarket.Side?, _ figure: (Execution) -> Int) -> Double {
      fills.reduce(0) { sum, fill in
        guard side == nil || fill.execution.side == side else { return sum }
        let rate = inWon ? request.quotes.wonForOne(fill.entry.instrument.currency, on: fill.execution.moment.date) : 1
        return sum + units(figure(fill.execution), fill) * rate
      }
    }
    func money(_ amount: Double) -> String { decimal(amount, places: inWon ? 0 : 2) }
    let (gained, cost) = (sum(.sell, \.realized), sum(.sell, \.cost))
    return [
      "stck_sll_amt_smtl": money(sum(.sell, \.amount)), "stck_buy_amt_smtl": money(sum(.buy, \.amount)),
      "smtl_fee1": money(sum(nil) { $0.fee + $0.tax }),
      "excc_dfrm_amt": money(sum(.sell) { $0.amount - $0.fee - $0.tax } - sum(.buy) { $0.amount + $0.fee + $0.tax }),
      "ovrs_rlzt_pfls_tot_amt": money(gained), "tot_pftrt": percent(gained, of: cost),
      "bass_dt": request.marketTime.date.compact,
    ]
  }

  /// An amount in units of its currency.
  private static func units(_ amount: Int, _ fill: Fill) -> Double {
    Double(amount) / Double(fill.entry.instrument.market.moneyScale)
  }
}

extension AnswerRequest {
  /// Whether a fill is of a share abroad, and of the exchange, country, currency, share and side that are asked for.
  fileprivate var isWanted: (ContractLedger.Fill) -> Bool {
    let (symbol, nationCode, currency) = (parameter("PDNO"), parameter("NATN_CD"), parameter("CRCY_CD"))
    let side: KISMarket.Side? =
      switch parameter("SLL_BUY_DVSN_CD") {
      case "01": .sell
      case "02": .buy
      default: nil
      }
    return { fill in
      let (execution, instrument) = (fill.execution, fill.entry.instrument)
      guard instrument.market == .overseas, self.concerns(instrument) else { return false }
      let nation = MarketAbroad.of(instrument).nation
      if let symbol, !symbol.hasPrefix("%"), symbol != instrument.symbol { return false }
      if let nationCode, nationCode != "000", nationCode != nation.code { return false }
      if let currency, !currency.hasPrefix("%"), currency != nation.currency { return false }
      return side == nil || execution.side == side
    }
  }
}

/// What an account has abroad, all currencies together in won (체결기준현재잔고, 결제기준잔고): what it holds, its foreign money,
/// and its money at home.
struct TotalsAbroad {
  private let paid: Double
  private let value: Double
  private let foreignCash: Double
  private let foreignOrderable: Double
  private let home: AccountCash

  /// Nil where the inquiry is another one, or about no account of the exchange.
  init?(_ request: AnswerRequest, _ lines: [AccountLine]) {
    guard ["CTRP6504R", "VTRP6504R", "CTRP6010R"].contains(request.id.rawValue), let view = request.account else {
      return nil
    }
    let today = request.marketTime.date
    func inWon(_ figure: (AccountLine) -> Double) -> Double {
      lines.reduce(0) { $0 + figure($1) * request.quotes.wonForOne($1.quote.instrument.currency, on: today) }
    }
    (paid, value) = (inWon(\.paid), inWon(\.value))
    let cash = view.account.cash.keys.filter { $0 != "KRW" }.map { currency in
      let rate = request.quotes.wonForOne(currency, on: today)
      let money = AccountCash(view, currency: currency)
      return (deposit: money.deposit * rate, orderable: money.orderable * rate)
    }
    foreignCash = cash.reduce(0) { $0 + $1.deposit }
    foreignOrderable = cash.reduce(0) { $0 + $1.orderable }
    home = AccountCash(view, currency: "KRW")
  }

  /// The value of a field of the totals, by its name in lower case; nil for any other field.
  func value(of name: String) -> String? {
    switch name {
    case "pchs_amt_smtl", "pchs_amt_smtl_amt": won(paid)
    case "evlu_amt_smtl", "evlu_amt_smtl_amt", "wcrc_evlu_amt_smtl": won(value)
    case "evlu_pfls_amt_smtl", "tot_evlu_pfls_amt": won(value - paid)
    case "evlu_erng_rt1": percent(value - paid, of: paid)
    case "dncl_amt": won(home.deposit)
    case "frcr_evlu_tota", "tot_frcr_cblc_smtl", "frcr_cblc_wcrc_evlu_amt_smtl": won(foreignCash)
    case "tot_dncl_amt": won(home.deposit + foreignCash)
    case "wdrw_psbl_tot_amt": won(home.orderable + foreignOrderable)
    case "frcr_use_psbl_amt": won(foreignOrderable)
    case "tot_asst_amt", "tot_asst_amt2": won(home.deposit + foreignCash + value)
    case "cma_evlu_amt", "etc_mgna", "buy_mgn_amt", "mgna_tota", "ustl_sll_amt_smtl", "ustl_buy_amt_smtl",
      "tot_loan_amt", "tot_ldng_evlu_amt":
      "0"
    default: nil
    }
  }

  private func won(_ amount: Double) -> String { decimal(amount, places: 0) }
}
