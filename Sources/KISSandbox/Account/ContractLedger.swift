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
    case .period: rows = ContractLedger.period(fills, view, request)
    // ACNT_TR_TYPE_CD: 1 all, 2 money that was paid in and out, which none is here, 3 what trades brought and cost.
    case .movements: rows = request.parameter("ACNT_TR_TYPE_CD") == "2" ? [] : ContractLedger.movements(fills)
    }
    totals = ContractLedger.totals(fills, of: rows, in: request, told: request.currencyTold(by: view))
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
          "tot_fee_smtl": money(sums.fees, entry), "trad_pfls": money(sums.gain, entry),
        ])
    }
  }

  /// By contract, what was traded in a period and what was open at its end; first what was traded.
  private static func period(_ fills: [Fill], _ view: AccountView, _ request: AnswerRequest) -> [Row] {
    let today = request.marketTime.date
    let last = min(request.date("INQR_TERM_TO_DT") ?? today, today)
    let first = min(request.date("INQR_TERM_FROM_DT") ?? last, last)
    let before = OpenPositions(view, on: first.advanced(by: -1), request)
    let open = OpenPositions(view, on: last, request)
    let traded = grouped(fills) { $0.entry.instrument.code }
    let codes = Set(traded.map { $0[0].entry.instrument.code })
    let untraded = open.instruments.filter {
      request.concerns($0) && request.wantsKind(of: $0) && !codes.contains($0.code)
    }
    let rows = traded.map { ($0[0].entry.instrument, $0) } + untraded.map { ($0, []) }
    return rows.map { instrument, fills in
      let (line, sums) = (open.line(of: instrument), Sums(fills.map(\.execution)))
      let (quantity, gained) = (line?.held ?? 0, line?.gained ?? 0)
      let change = gained - (before.line(of: instrument)?.gained ?? 0)
      func money(_ amount: Int) -> String { ContractLedger.money(amount, instrument.market) }
      func text(_ amount: Double) -> String { decimal(amount, places: instrument.market.isAbroad ? 2 : 0) }
      return Row(
        instrument: instrument,
        values: [
          "fm_buy_qty": "\(sums.boughtQuantity)", "fm_sll_qty": "\(sums.soldQuantity)",
          "fm_lqd_pfls_amt": money(sums.gain), "fm_fee": money(sums.fees),
          "fm_net_pfls_amt": money(sums.gain - sums.fees),
          "fm_ustl_buy_qty": "\(max(0, quantity))", "fm_ustl_sll_qty": "\(max(0, -quantity))",
          "fm_ustl_evlu_pfls_amt": text(gained), "fm_ustl_evlu_pfls_amt2": text(gained),
          "fm_ustl_evlu_pfls_icdc_amt": text(change),
          "fm_ccld_avg_pric": line?.value(of: "fm_ccld_avg_pric") ?? instrument.text(0),
          "fm_ustl_agrm_amt": text(line?.paid.magnitude ?? 0),
          "fm_opt_lqd_amt": money(instrument.isOption ? sums.sold : 0), "crcy_cd": instrument.currency,
        ])
    }
  }

  /// What was open at the end of a day, or now, with what it was worth then.
  private struct OpenPositions {
    private let positions: [(instrument: Instrument, holding: Holding, realized: Double)]
    private let moment: TradingMoment
    private let market: QuotedMarket

    init(_ view: AccountView, on day: CalendarDate, _ request: AnswerRequest) {
      positions = view.positions(on: day).filter { $0.holding.quantity != 0 }
      moment = day == request.marketTime.date ? request.marketTime : TradingMoment(day, ClockTime(23, 59))
      market = request.quotes
    }

    var instruments: [Instrument] { positions.map(\.instrument) }

    func line(of instrument: Instrument) -> AccountLine? {
      positions.first { $0.instrument.code == instrument.code }.map {
        AccountLine(market.quote(instrument, at: moment), $0.holding, sellable: 0)
      }
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

  /// The sums of fills and rows, in one currency.
  private static func totals(
    _ fills: [Fill], of rows: [Row], in request: AnswerRequest, told currency: String
  ) -> [String: String] {
    let (market, day) = (request.market, request.marketTime.date)
    func text(_ amount: Double) -> String { decimal(amount, places: market.isAbroad ? 2 : 0) }
    func told(_ amount: Double, from other: String) -> Double {
      request.quotes.converted(amount, from: other, to: currency, on: day)
    }
    // Sums by currency, each with what one of it is worth in the currency that is told.
    func sums(_ fills: [Fill]) -> [(rate: Double, sums: Sums)] {
      Dictionary(grouping: fills) { $0.execution.security.currency }.sorted { $0.key < $1.key }.map {
        (told(1, from: $0.key), Sums($0.value.map(\.execution)))
      }
    }
    func money(_ sums: [(rate: Double, sums: Sums)], _ figure: (Sums) -> Int) -> String {
      text(sums.reduce(0) { $0 + Double(figure($1.sums)) * $1.rate } / Double(market.moneyScale))
    }
    var totals: [String: String] = [:]
    for (name, isOption) in [("futr", false), ("opt", true)] {
      let sums = sums(fills.filter { $0.execution.security.isOption == isOption })
      let traded = money(sums) { $0.bought + $0.sold }
      totals["\(name)_agrm"] = "\(sums.reduce(0) { $0 + $1.sums.boughtQuantity + $1.sums.soldQuantity })"
      for suffix in ["agrm_amt", "agrm_amt_smtl"] { totals["\(name)_\(suffix)"] = traded }
      totals["\(name)_sll_fee_smtl"] = money(sums, \.saleFees)
      totals["\(name)_buy_fee_smtl"] = money(sums) { $0.fees - $0.saleFees }
      for suffix in ["fee_smtl", "fee"] { totals["\(name)_\(suffix)"] = money(sums, \.fees) }
      totals["fm_tot_\(name)_agrm_amt"] = traded
    }
    let (all, counts) = (sums(fills), Sums(fills.map(\.execution)))
    totals["sll_agrm_amt"] = money(all, \.sold)
    totals["buy_agrm_amt"] = money(all, \.bought)
    for name in ["agrm_amt_smtl", "tot_ccld_amt_smtl"] { totals[name] = money(all) { $0.bought + $0.sold } }
    totals["sll_fee"] = money(all, \.saleFees)
    totals["buy_fee"] = money(all) { $0.fees - $0.saleFees }
    for name in ["fee", "fee_smtl", "fm_fee_smtl", "fm_fee"] { totals[name] = money(all, \.fees) }
    for name in ["trad_pfls_smtl", "fm_lqd_pfls_amt"] { totals[name] = money(all, \.gain) }
    totals["fm_net_pfls_amt"] = money(all) { $0.gain - $0.fees }
    let quantity = "\(counts.boughtQuantity + counts.soldQuantity)"
    for name in ["tot_ccld_qty_smtl", "fm_tot_ccld_qty"] { totals[name] = quantity }
    totals["fm_buy_qty"] = "\(counts.boughtQuantity)"
    totals["fm_sll_qty"] = "\(counts.soldQuantity)"
    totals["crcy_cd"] = currency
    for name in ["fm_ustl_buy_qty", "fm_ustl_sll_qty"] {
      totals[name] = "\(rows.reduce(0) { $0 + ($1.values[name].flatMap { Int($0) } ?? 0) })"
    }
    for name in [
      "fm_ustl_evlu_pfls_amt", "fm_ustl_evlu_pfls_amt2", "fm_ustl_evlu_pfls_icdc_amt", "fm_ustl_agrm_amt",
      "fm_opt_lqd_amt",
    ] {
      let amounts = rows.map { told($0.values[name].flatMap { Double($0) } ?? 0, from: $0.instrument.currency) }
      totals[name] = text(amounts.reduce(0, +))
    }
    return totals
  }

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
