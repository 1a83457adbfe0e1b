import KISMarket
import KISWire

/// What an account traded in futures and options, in the rows of the inquiries that sum it: fill by fill, by day and
/// contract, or over a period.
struct ContractLedger {
  typealias Fill = (execution: Execution, entry: AccountView.Entry)

  /// Fields by name in lower case.
  struct Row {
    let instrument: Instrument
    let values: [String: String]
  }

  let rows: [Row]
  /// Fields of the sums beside the rows.
  let totals: [String: String]

  /// Nil where the inquiry is another one, or about no account of the exchange.
  init?(_ request: AnswerRequest) {
    guard request.isInquiry, request.market.desk.isOfContracts, let view = request.account,
      let kind = ContractLedger.kinds[request.id.rawValue]
    else { return nil }
    let fills = view.executions(from: kind.first(request), to: kind.last(request)).filter { request.wants($0) }
    switch kind {
    case .fills: rows = fills.enumerated().map { ContractLedger.fill($1, number: $0 + 1, request.quotes.shift) }
    case .days: rows = ContractLedger.days(fills)
    case .period: rows = ContractLedger.period(fills, view)
    // ACNT_TR_TYPE_CD: 1 all, 2 money that was paid in and out, which none is here, 3 what trades brought and cost.
    case .movements: rows = request.parameter("ACNT_TR_TYPE_CD") == "2" ? [] : ContractLedger.movements(fills)
    }
    totals = ContractLedger.totals(fills, of: rows, in: request.market)
  }

  private enum Kind {
    /// 기준일체결내역, 일별 체결내역
    case fills
    /// 기간약정수수료일별
    case days
    /// 기간계좌손익
    case period
    /// 기간계좌거래내역
    case movements

    func first(_ request: AnswerRequest) -> String {
      ["ORD_DT", "INQR_STRT_DAY", "STRT_DT", "INQR_TERM_FROM_DT"].lazy.compactMap(request.parameter).first ?? "00000000"
    }
    func last(_ request: AnswerRequest) -> String {
      ["ORD_DT", "INQR_END_DAY", "END_DT", "INQR_TERM_TO_DT"].lazy.compactMap(request.parameter).first ?? "99999999"
    }
  }

  private static let kinds: [String: Kind] = [
    "CTFO5139R": .fills, "OTFM3122R": .fills, "CTFO6119R": .days, "OTFM3118R": .period, "OTFM3114R": .movements,
  ]

  private static func fill(_ fill: Fill, number: Int, _ shift: DateShift?) -> Row {
    let (execution, entry) = fill
    // Contracts expire on days of the calendar that is shown.
    let expires = ContractCode(entry.instrument.code).map { shift?.meant($0.lastTradingDay) ?? $0.lastTradingDay }
    let isOption = execution.security.isOption
    let amount = money(execution.amount, entry)
    let filled = execution.moment.koreanTime
    return Row(
      instrument: entry.instrument,
      values: [
        "dt": entry.placed.compactDate, "ord_dt": entry.placed.compactDate, "odno": padded(entry.record.number, to: 10),
        "ccno": "\(number)", "sll_buy_dvsn_cd": execution.side == .buy ? "02" : "01",
        "tr_type_name": execution.side == .buy ? "매수" : "매도",
        "ccld_idx": entry.instrument.text(execution.price), "ccld_qty": "\(execution.quantity)",
        "fm_ccld_qty": "\(execution.quantity)", "trad_amt": amount, "fm_ccld_amt": amount,
        "fm_futr_ccld_amt": isOption ? "0" : amount, "fm_opt_ccld_amt": isOption ? amount : "0",
        "fm_futr_pure_agrm_amt": isOption ? "0" : amount, "fm_opt_pure_agrm_amt": isOption ? amount : "0",
        "fee": money(execution.fee, entry), "fm_fee": money(execution.fee, entry),
        "ccld_btwn": filled.timeOfDay, "ccld_dtl_dtime": entry.placed.compactDate + filled.timeOfDay,
        "ord_mdia_dvsn_name": "OpenAPI",
        "last_sttldt": expires?.compact ?? "",
      ])
  }

  /// By day and contract, oldest first.
  private static func days(_ fills: [Fill]) -> [Row] {
    grouped(fills) { $0.entry.placed.compactDate + $0.entry.instrument.code }.map { fills in
      let (entry, sums) = (fills[0].entry, Sums(fills.map(\.execution)))
      return Row(
        instrument: entry.instrument,
        values: [
          "ord_dt": entry.placed.compactDate, "item_name": entry.instrument.name,
          "sll_agrm_amt": money(sums.sold, entry), "sll_fee": money(sums.saleFees, entry),
          "buy_agrm_amt": money(sums.bought, entry), "buy_fee": money(sums.fees - sums.saleFees, entry),
          "tot_fee_smtl": money(sums.fees, entry), "trad_pfls": money(gain(fills), entry),
        ])
    }
  }

  /// By contract, what was traded and what is still open.
  private static func period(_ fills: [Fill], _ view: AccountView) -> [Row] {
    grouped(fills) { $0.entry.instrument.code }.map { fills in
      let (entry, sums) = (fills[0].entry, Sums(fills.map(\.execution)))
      let held = view.account.holdings[entry.instrument.code]
      let quantity = held?.quantity ?? 0
      let average = Double(held?.average ?? 0) / Double(Holding.averageScale)
      let value = entry.instrument.worth * average / Double(entry.instrument.scale) * Double(abs(quantity))
      return Row(
        instrument: entry.instrument,
        values: [
          "fm_buy_qty": "\(sums.boughtQuantity)", "fm_sll_qty": "\(sums.soldQuantity)",
          "fm_lqd_pfls_amt": money(gain(fills), entry), "fm_fee": money(sums.fees, entry),
          "fm_net_pfls_amt": money(gain(fills) - sums.fees, entry),
          "fm_ustl_buy_qty": "\(max(0, quantity))", "fm_ustl_sll_qty": "\(max(0, -quantity))",
          "fm_ccld_avg_pric": entry.instrument.text(Int(average.rounded())),
          "fm_ustl_agrm_amt": decimal(value, places: entry.instrument.market.isAbroad ? 2 : 0),
          "crcy_cd": entry.instrument.currency,
        ])
    }
  }

  /// What came to the account and left it: gains of what was closed, less fees; fills that moved no money are none.
  private static func movements(_ fills: [Fill]) -> [Row] {
    fills.enumerated().compactMap { index, fill in
      let (execution, entry) = fill
      let gained = execution.gain
      guard gained != 0 || execution.fee != 0 else { return nil }
      return Row(
        instrument: entry.instrument,
        values: [
          "bass_dt": entry.placed.compactDate, "fm_ldgr_inog_seq": "\(index + 1)",
          "acnt_tr_type_name": gained == 0 ? "수수료" : "청산손익", "crcy_cd": entry.instrument.currency,
          "tr_itm_name": entry.instrument.code, "fm_iofw_amt": money(gained, entry),
          "fm_fee": money(execution.fee, entry),
          "fm_tax_amt": "0.00", "fm_sttl_amt": money(gained - execution.fee, entry), "rmks_text": "",
        ])
    }
  }

  private static func totals(_ fills: [Fill], of rows: [Row], in market: Instrument.Market) -> [String: String] {
    func money(_ amount: Int) -> String { ContractLedger.money(amount, market) }
    let (futures, options) = (
      fills.filter { !$0.execution.security.isOption }, fills.filter { $0.execution.security.isOption }
    )
    let (future, option, all) = (
      Sums(futures.map(\.execution)), Sums(options.map(\.execution)), Sums(fills.map(\.execution))
    )
    var totals: [String: String] = [:]
    for (name, sums) in [("futr", future), ("opt", option)] {
      totals["\(name)_agrm"] = "\(sums.boughtQuantity + sums.soldQuantity)"
      totals["\(name)_agrm_amt"] = money(sums.bought + sums.sold)
      totals["\(name)_agrm_amt_smtl"] = money(sums.bought + sums.sold)
      totals["\(name)_sll_fee_smtl"] = money(sums.saleFees)
      totals["\(name)_buy_fee_smtl"] = money(sums.fees - sums.saleFees)
      totals["\(name)_fee_smtl"] = money(sums.fees)
      totals["\(name)_fee"] = money(sums.fees)
      totals["fm_tot_\(name)_agrm_amt"] = money(sums.bought + sums.sold)
    }
    totals["sll_agrm_amt"] = money(all.sold)
    totals["buy_agrm_amt"] = money(all.bought)
    totals["agrm_amt_smtl"] = money(all.bought + all.sold)
    totals["sll_fee"] = money(all.saleFees)
    totals["buy_fee"] = money(all.fees - all.saleFees)
    for name in ["fee", "fee_smtl", "fm_fee_smtl", "fm_fee"] { totals[name] = money(all.fees) }
    totals["trad_pfls_smtl"] = money(gain(fills))
    let quantity = "\(all.boughtQuantity + all.soldQuantity)"
    for name in ["tot_ccld_qty_smtl", "fm_tot_ccld_qty"] { totals[name] = quantity }
    totals["tot_ccld_amt_smtl"] = money(all.bought + all.sold)
    totals["fm_buy_qty"] = "\(all.boughtQuantity)"
    totals["fm_sll_qty"] = "\(all.soldQuantity)"
    totals["fm_lqd_pfls_amt"] = money(gain(fills))
    totals["fm_net_pfls_amt"] = money(gain(fills) - all.fees)
    for name in ["fm_ustl_buy_qty", "fm_ustl_sll_qty"] {
      totals[name] = "\(rows.reduce(0) { $0 + ($1.values[name].flatMap { Int($0) } ?? 0) })"
    }
    return totals
  }

  private static func gain(_ fills: [Fill]) -> Int { fills.reduce(0) { $0 + $1.execution.gain } }

  /// In the order in which the first of each was traded.
  private static func grouped(_ fills: [Fill], by key: (Fill) -> String) -> [[Fill]] {
    var keys: [String] = []
    var groups: [String: [Fill]] = [:]
    for fill in fills {
      let key = key(fill)
      if groups[key] == nil { keys.append(key) }
      groups[key, default: []].append(fill)
    }
    return keys.compactMap { groups[$0] }
  }

  private static func money(_ amount: Int, _ entry: AccountView.Entry) -> String {
    money(amount, entry.instrument.market)
  }

  private static func money(_ amount: Int, _ market: Instrument.Market) -> String {
    decimal(Double(amount) / Double(market.moneyScale), places: market.isAbroad ? 2 : 0)
  }

  /// The rows of an output; nil where it has only sums.
  func rows(of output: RESTAPI.Output) -> [Row]? {
    let names = Set(output.fields.map { $0.lowercased() })
    let naming: Set<String> = ["pdno", "ovrs_futr_fx_pdno", "tr_itm_name"]
    return names.isDisjoint(with: naming) ? nil : rows
  }
}

extension AnswerRequest {
  /// Whether a fill is of the side, kind, currency, product and time of day that are asked for.
  fileprivate func wants(_ fill: ContractLedger.Fill) -> Bool {
    let (execution, entry) = fill
    guard concerns(entry.instrument), wantsKind(of: entry.instrument) else { return false }
    switch parameter("SLL_BUY_DVSN_CD") {
    case "01": guard execution.side == .sell else { return false }
    case "02": guard execution.side == .buy else { return false }
    default: break
    }
    let time = execution.moment.koreanTime.timeOfDay
    if let first = parameter("FUOP_TR_STRT_TMD"), time < first { return false }
    if let last = parameter("FUOP_TR_END_TMD"), time > last { return false }
    return true
  }

  /// Whether an inquiry asks for contracts of this kind: futures (01), options (02), of a currency and a product.
  func wantsKind(of instrument: Instrument) -> Bool {
    switch parameter("FUOP_DVSN") ?? parameter("FUOP_DVSN_CD") {
    case "01": guard !instrument.isOption else { return false }
    case "02": guard instrument.isOption else { return false }
    default: break
    }
    if let currency = parameter("CRCY_CD"), !currency.hasPrefix("%"), currency != "TUS", currency != "TKR",
      currency != instrument.currency
    {
      return false
    }
    guard let product = parameter("FM_PDGR_CD") else { return true }
    return instrument.code.hasPrefix(product)
  }
}

extension Instrument {
  /// Whether it is an option, whose buyer pays a premium.
  var isOption: Bool { security.isOption }
}
