import KISMarket
import KISRecording
import KISWire

/// The rows of a generated answer: each is about one instrument at one moment.
///
/// A class, since the readers of fields get all of it.
final class AnswerRows {
  private let request: AnswerRequest
  private let now: CurrentQuotes
  /// The instrument asked about, or the one that stands for the rest, now. Many lists never look at it, and that of an index
  /// is a sum over all its shares.
  private lazy var subject: Quote = trend?.first ?? now.quote(of: request.instrument ?? request.defaultInstrument)
  /// What the subject is derived from, where the answer is about it too.
  private lazy var underlying: Quote? = {
    guard request.api.outputs.contains(where: { $0.fields.contains { $0.hasPrefix("unas_") } }) else { return nil }
    // What trades no more is told of as on its last day, with what it was on.
    let hasEnded = subject.instrument.term.map { $0.upperBound < request.marketTime.date } ?? false
    return hasEnded ? subject.details.underlying : subject.details.underlyingInstrument.map { now.quote(of: $0) }
  }()
  /// What the account holds and has ordered, on all pages; empty where the answer is about no account.
  private let lines: [AccountLine]
  /// The orders that the account is asked for, and what it realised.
  private let orders: OrderInquiry?
  private let profits: ProfitRows?
  private let reservations: ReservationRows?
  /// The list of shares abroad that is asked for.
  private let screening: AbroadScreening?
  /// What a ranking counts besides the figures of its quotes.
  private let figures: RankingFigures?
  /// What all shares together traded in the evening, where an answer begins with it.
  private let evening: [String: String]?
  /// What the account traded in futures and options, where an inquiry sums it.
  private let ledger: ContractLedger?
  /// What it traded abroad, and what all that it has there comes to.
  private let ledgerAbroad: SharesAbroadLedger?
  private let totalsAbroad: TotalsAbroad?
  /// What it has by kind, where that is asked for.
  private let assets: AccountAssets?
  /// What auctions would have made, where that is asked for.
  private let trend: [Quote]?
  /// The bonds and days whose valuations are asked for.
  private let rated: [(bond: Instrument, day: CalendarDate)]?
  private let isRanking: Bool
  private let generator: SeededGenerator
  private var lastPlan: (key: String, plan: OutputPlan)?

  init(_ request: AnswerRequest, latest: @escaping (String) -> Record?) {
    self.request = request
    let now = CurrentQuotes(request, latest: latest)
    self.now = now
    isRanking = request.isRanking
    rated = request.ratedBonds
    generator = request.generator
    ledger = ContractLedger(request)
    trend = AnswerRows.expectedTrend(request)
    profits = request.isInquiry ? ProfitRows(request) : nil
    reservations = ReservationRows(request)
    screening = AbroadScreening(request)
    figures = RankingFigures(request)
    evening = request.overtimeTotals
    orders = request.listsOwnOrders ? request.account.map { OrderInquiry(request, $0) } : nil
    lines =
      !request.isInquiry || request.listsOwnOrders || profits != nil || reservations != nil
      ? [] : AnswerRows.held(request) { now.quote(of: $0) }
    ledgerAbroad = SharesAbroadLedger(request)
    totalsAbroad = TotalsAbroad(request, lines)
    assets = AccountAssets(request) { now.quote(of: $0) }
  }

  /// The one row of an output that is an object.
  func single(_ output: RESTAPI.Output) -> JSONValue {
    if request.isAboutOneHolding {
      return row(output, about: lines.first?.quote ?? subject, at: 0) { field in
        guard let line = lines.first else {
          return field.lowercased() == "now_pric" ? subject.text(subject.price) : AccountLine.nothing(of: field)
        }
        return line.value(of: field)
      }
    }
    let totals =
      request.isInquiry
      ? AccountTotals(lines, orders: orders?.all ?? [], profits: profits, of: request) : nil
    return row(output, about: request.index(toldBy: output).map { quote(of: $0) } ?? subject, at: 0) {
      evening?[$0.lowercased()] ?? ledger?.totals[$0.lowercased()] ?? ledgerAbroad?.totals[$0.lowercased()]
        ?? totalsAbroad?.value(of: $0.lowercased()) ?? assets?.total(of: $0.lowercased())
        ?? totals?.value(of: $0, about: subject)
    }
  }

  /// What the account has of each currency abroad (외화), the dollar first.
  private func currencies(_ output: RESTAPI.Output, of view: AccountView) -> [JSONValue] {
    let held = Set(lines.map(\.quote.instrument.currency)).union(view.account.cash.keys.filter { $0 != "KRW" })
    return (["USD"] + held.subtracting(["USD"]).sorted()).enumerated().map { place, currency in
      let own = lines.filter { $0.quote.instrument.currency == currency }
      let totals = AccountTotals(own, orders: [], profits: nil, of: request, currency: currency)
      let market = MarketAbroad.all.first { $0.nation.currency == currency }
      let rate = decimal(request.quotes.won(per: currency, on: request.marketTime.date), places: 4)
      return row(output, about: own.first?.quote ?? subject, at: place) { field in
        switch field.lowercased() {
        case "crcy_cd": currency
        case "crcy_cd_name": market?.nation.currencyName ?? currency
        case "frst_bltn_exrt": rate
        case "frcr_evlu_amt2": decimal(own.reduce(0) { $0 + $1.value }, places: 2)
        case "frcr_buy_amt_smtl": decimal(own.reduce(0) { $0 + $1.traded.bought }, places: 2)
        case "frcr_sll_amt_smtl": decimal(own.reduce(0) { $0 + $1.traded.sold }, places: 2)
        case "frcr_buy_mgn_amt", "frcr_etc_mgna": "0.00"
        case "acpl_cstd_crcy_yn": "Y"
        default: totals.value(of: field, about: subject)
        }
      }
    }
  }

  /// The rows of an output that is an array.
  func list(_ output: RESTAPI.Output) -> [JSONValue] {
    let names = OutputPlan.of(output, in: request.api).names
    if request.isInquiry {
      if let assets {
        return assets.kinds.indices.map { kind in
          row(output, about: subject, at: kind) { assets.value(of: $0.lowercased(), kind: kind) }
        }
      }
      if let reservations {
        return request.onPage(reservations.rows).enumerated().map { index, reserved in
          row(output, about: self.quote(of: reserved.instrument), at: index) {
            ReservationRows.value(of: $0, in: reserved)
          }
        }
      }
      if totalsAbroad != nil, let view = request.account, names.contains("frst_bltn_exrt"), !names.contains("pdno") {
        return currencies(output, of: view)
      }
      if let rows = ledger?.rows(of: output) ?? ledgerAbroad?.rows(of: output) {
        return request.onPage(rows).enumerated().map { index, line in
          row(output, about: self.quote(of: line.instrument), at: index) { line.values[$0.lowercased()] }
        }
      }
      if let profits, names.contains("trad_dt") { return rows(of: profits, in: output) }
      if names.isDisjoint(with: AnswerRows.instrumentFields) { return [single(output)] }
      if let orders, let view = request.account {
        // What became of orders at a limit (지정가체결내역): part by part, and their sums, which may be left out.
        if names.contains("ccld_seq") { return parts(of: orders.rows, view, in: output) }
        if names.contains("ccld_cnt"), request.parameter("TTLZ_ICLD_YN") == "N" { return [] }
        return rows(of: orders.rows, view, in: output)
      }
      let whole = lines.reduce(0) { $0 + $1.value }
      let isInWon = request.tellsOfSharesAbroadInWon
      return request.onPage(lines).enumerated().map { index, line in
        row(output, about: line.quote, at: index) { field in
          if field.lowercased() == "cblc_weit" { return percent(line.value, of: whole) }
          return isInWon ? line.valueInWon(of: field) ?? line.value(of: field) : line.value(of: field)
        }
      }
    }
    let isBookAbroad = request.market == .overseasFutures && request.api.path.hasSuffix("asking-price")
    return quotes(for: names, in: output).enumerated().map { place, quote in
      row(output, about: quote, at: place) { isBookAbroad ? levelValue(of: $0, quote, place) : nil }
    }
  }

  /// The value of a field in a row of a book abroad (해외선물·옵션 호가): each row is a level of it.
  private func levelValue(of field: String, _ quote: Quote, _ level: Int) -> String? {
    guard level < QuotedBook.depth else { return nil }
    return switch field.lowercased() {
    case "bid_price": quote.text(quote.book.bidPrices[level])
    case "ask_price": quote.text(quote.book.askPrices[level])
    case "bid_qntt": "\(quote.book.bidQuantities[level])"
    case "ask_qntt": "\(quote.book.askQuantities[level])"
    case "bid_num": "\(quote.book.bidQuantities[level] / 40 + 1)"
    case "ask_num": "\(quote.book.askQuantities[level] / 40 + 1)"
    default: nil
    }
  }

  private func rows(of entries: [AccountView.Entry], _ view: AccountView, in output: RESTAPI.Output) -> [JSONValue] {
    // Rows are about the order, not about the market: one quote for each instrument is enough.
    var quotes: [String: Quote] = [:]
    return entries.enumerated().map { index, entry in
      let quote = quotes[entry.instrument.code] ?? self.quote(of: entry.instrument)
      quotes[entry.instrument.code] = quote
      let order = AccountOrder(entry: entry, view: view)
      return row(output, about: quote, at: index) { order.value(of: $0) }
    }
  }

  /// The parts of orders that traded, each a row.
  private func parts(of entries: [AccountView.Entry], _ view: AccountView, in output: RESTAPI.Output) -> [JSONValue] {
    let parts = entries.flatMap { entry in
      let order = AccountOrder(entry: entry, view: view)
      return order.fills.map { (entry: entry, order: order, fill: $0) }
    }
    return parts.enumerated().map { index, part in
      let (market, fill) = (part.entry.instrument.market, part.fill)
      return row(output, about: quote(of: part.entry.instrument), at: index) { field in
        switch field.lowercased() {
        case "ccld_seq": "\(index + 1)"
        case "ccld_btwn": fill.moment.koreanTime.timeOfDay
        case "ft_ccld_qty": "\(fill.quantity)"
        case "ft_ccld_unpr3": part.entry.instrument.text(fill.price)
        case "ft_ccld_amt3": decimal(Double(fill.amount) / Double(market.moneyScale), places: 4)
        default: part.order.value(of: field)
        }
      }
    }
  }

  private func rows(of profits: ProfitRows, in output: RESTAPI.Output) -> [JSONValue] {
    request.onPage(profits.rows).enumerated().map { index, profit in
      let quote = profit.instrument.map { self.quote(of: $0) } ?? subject
      let held = profit.instrument.map { request.account?.account.quantity($0.code, loan: profit.loan) ?? 0 }
      return row(output, about: quote, at: index) { field in
        field.lowercased() == "hldg_qty" ? "\(held ?? 0)" : ProfitRows.value(of: field, in: profit)
      }
    }
  }

  /// Whether more follows the page that is asked for; nil where nobody knows how much there is.
  var isFollowed: Bool? {
    if let rated { return request.isFollowed(ofRows: rated.count) }
    guard request.isInquiry else { return nil }
    return request.isFollowed(
      ofRows: profits?.rows.count ?? reservations?.rows.count ?? ledger?.rows.count ?? ledgerAbroad?.rows.count
        ?? lines.count)
  }

  /// The plan of an output, looked up once for all of its rows.
  private func plan(of output: RESTAPI.Output) -> OutputPlan {
    if let lastPlan, lastPlan.key == output.key { return lastPlan.plan }
    let plan = OutputPlan.of(output, in: request.api)
    lastPlan = (output.key, plan)
    return plan
  }

  private func row(
    _ output: RESTAPI.Output, about quote: Quote, at index: Int, account: (String) -> String?
  ) -> JSONValue {
    let plan = plan(of: output)
    let fields = plan.record.fields
    let generator = isRanking ? generator(of: quote) : self.generator.fork(output.key).fork(index)
    let members = plan.tellsOfMembers ? MemberTrading(quote) : nil
    var values: [String] = []
    values.reserveCapacity(fields.count)
    var known = [Bool](repeating: false, count: fields.count)
    for field in fields {
      let name = field.name
      if let said = noted(account(name), name, .exchange)
        ?? noted(plan.own[values.count]?(self, field.lowercased, index), name, .request)
        ?? noted(
          screening?.value(of: name, about: quote) ?? figures?.value(of: field.lowercased, about: quote)
            ?? (field.tellsOfSides ? sideValue(of: name, quote) : nil)
              ?? (field.tellsOfUnderlying ? underlyingValue(of: name, quote) : nil),
          name, .market)
      {
        values.append(said)
      } else if let traded = noted(
        field.flow.flatMap({ quote.value(of: $0) }) ?? members?.value(of: field.capitals), name, .market)
      {
        known[values.count] = true
        values.append(traded)
      } else if let quoted = noted(field.value(inListOf: quote), name, .market) {
        values.append(quoted)
      } else {
        request.trace?.note(name, .generic)
        values.append(field.plausibleValue(about: quote, generator: generator))
      }
    }
    plan.record.consistency.agree(&values) { known[$0] }
    var row = JSONObject()
    row.members.reserveCapacity(plan.sent.count)
    // A request that names no exchange (KRX, NXT, SOR) gets no number of the order router either.
    for slot in plan.sent where fields[slot].name != "SOR_ODNO" || request.parameter("EXCG_ID_DVSN_CD") != nil {
      row.members.append(.init(fields[slot].name, .string(values[slot])))
    }
    return .object(row)
  }

  /// A value, after noting where it comes from.
  private func noted(_ value: String?, _ field: String, _ origin: AnswerTrace.Origin) -> String? {
    if value != nil { request.trace?.note(field, origin) }
    return value
  }

  /// Fields of what the instrument is derived from (기초자산): `unas_prpr`.
  private func underlyingValue(of field: String, _ quote: Quote) -> String? {
    if field.hasPrefix("unas_") {
      let other = quote.instrument == subject.instrument ? underlying : quote.details.underlying
      return other?.value(of: String(field.dropFirst(5)))
    }
    guard field.hasPrefix("kospi200_") else { return nil }
    let name = field.replacing("kospi200_nmix", with: "prpr").replacing("kospi200_", with: "")
    return subject.details.underlying?.value(of: name)
  }

  /// Whose trades `total_seln_qty` counts depends on the API: everybody's (종목별일별매수매도체결량), or those through the member
  /// that was asked for (회원사 종목매매동향).
  private func sideValue(of field: String, _ quote: Quote) -> String? {
    if field.hasSuffix("_rlim") {
      let paths = ["/inquire-index-category-price", "/inquire-index-daily-price"]
      return paths.contains(where: request.api.path.hasSuffix) ? shareOfBoard(field, quote) : nil
    }
    let sides: (sold: Int, bought: Int)
    if request.api.path.hasSuffix("/inquire-daily-trade-volume") {
      sides = quote.details.sides
    } else if request.api.path.hasSuffix("/inquire-member-daily") {
      let member = request.parameter("FID_INPUT_ISCD_2")
      let broker = quote.details.brokers.first { $0.broker.code == member }
      sides = broker.map { ($0.flow.soldVolume, $0.flow.boughtVolume) } ?? (0, 0)
    } else {
      return nil
    }
    return switch field {
    case "total_seln_qty": "\(sides.sold)"
    case "total_shnu_qty": "\(sides.bought)"
    default: "\(sides.bought - sides.sold)"
    }
  }

  /// How much of what its board traded an industry did, in percent: today as far as it has come, or in a day, week or month
  /// that is asked for.
  private func shareOfBoard(_ field: String, _ quote: Quote) -> String? {
    let code = quote.instrument.code
    let isKosdaq = code.hasPrefix("1") || code == "3003"
    let board = request.quotes.instrument(isKosdaq ? "1001" : "0001", .index)
    let whole: (volume: Int, amount: Int)
    if board.code == code {
      whole = (quote.volume, quote.amount)
    } else if quote.day == request.marketTime.date {
      let now = request.quotes.quote(board, at: request.marketTime)
      whole = (now.volume, now.amount)
    } else {
      let stretch = boardDays(board)[quote.day]
      whole = (stretch?.volume ?? 0, stretch?.amount ?? 0)
    }
    switch field {
    case "acml_vol_rlim": return percent(Double(quote.volume), of: Double(whole.volume))
    case "acml_tr_pbmn_rlim": return percent(Double(quote.amount), of: Double(whole.amount))
    default: return nil
    }
  }

  /// Reads a field of the row at a place, by the field's name in lower case; nil where there is nothing to say.
  typealias OwnReading = @Sendable (AnswerRows, String, Int) -> String?

  /// Fields that say where in the answer they stand, or repeat the question, by their names.
  static let ownReadings = QuoteVocabulary.table(ownWords)

  private static let ownWords: [(names: String, reading: OwnReading)] = [
    ("data_rank rank no", { rows, _, index in "\(rows.place(index))" }),
    ("rsvn_ord_seq", { rows, _, _ in rows.request.reserved.map { "\($0)" } }),
    ("ovrs_rsvn_odno", { rows, _, _ in rows.reservationNumber }),
    ("rsvn_ord_rcit_dt", { rows, _, _ in rows.request.moment.compactDate }),
    ("odno", { rows, _, _ in rows.request.isReservation ? "" : rows.orderNumber }),
    // The number at the router of orders, where they go by it.
    ("sor_odno", { rows, _, _ in rows.request.placed?.route == .sor ? rows.orderNumber : "" }),
    ("ord_no", { rows, _, _ in rows.orderNumber }),
    ("ord_dt", { rows, _, _ in rows.request.isOrder ? rows.request.moment.compactDate : nil }),
    ("orgn_odno", { rows, _, _ in rows.request.originalNumber }),
    ("ord_tmd", { rows, _, _ in rows.request.moment.timeOfDay }),
    ("nrml_prcs_yn", { _, _, _ in "Y" }),
    ("krx_fwdg_ord_orgno ord_gno_brno", { rows, _, _ in rows.request.venue.branch }),
    ("excd cano acnt_prdt_cd prdt_type_cd", { rows, name, _ in rows.request.parameter(name.uppercased()) }),
    ("nrec crec trec", { rows, _, _ in rows.countOfInstruments }),
    ("acnt_name csac_name trad_dvsn_name item_name", { rows, name, _ in rows.request.contractOrderValue(of: name) }),
    ("ret_cnt tret_cnt last_n_cnt index_key", { rows, name, _ in rows.chartHead(name) }),
  ]

  /// The place of a row in the whole list, from 1.
  private func place(_ index: Int) -> Int {
    request.page * AnswerRows.rowsPerPage + index + 1 + (isRanking ? request.rankedRows.lowerBound : 0)
  }

  private func chartHead(_ name: String) -> String? { request.overseasHead(of: name) { chartRows } }

  private var countOfInstruments: String? {
    if let screening { return "\(screening.quotes.count)" }
    if let several = request.instrumentsAsked { return "\(several.count)" }
    return request.instrument == nil
      ? "\(min(AnswerRows.rowsPerPage, request.instruments.count))" : request.rowsOfChartAbroad.map { "\($0)" }
  }

  private var reservationNumber: String? {
    request.reserved.map { padded($0, to: 10) } ?? request.parameter("OVRS_RSVN_ODNO")
  }

  private var orderNumber: String {
    padded(
      request.placed?.number
        ?? SimulatedDay.orderNumber(atMillisecond: Int(request.moment.nanosecondOfDay / 1_000_000)), to: 10)
  }

  fileprivate static let rowsPerPage = 30
  /// Tables whose rows are neither instruments nor moments: who traded in a market until now is one.
  private static let fixedRows = [
    "/uapi/domestic-stock/v1/quotations/inquire-investor-time-by-market output": 1
  ]

  /// What the rows of a list are about, by what their fields can say.
  private func quotes(for fields: Set<String>, in output: RESTAPI.Output) -> [Quote] {
    if request.isOrder { return [subject] }
    if let trend { return trend }
    if let rated { return request.onPage(rated).map { closing($0.bond, on: $0.day) } }
    if let listed = request.boardInstruments(of: output) ?? request.contractsAsked {
      return listed.map { quote(of: $0) }
    }
    // After the index that is asked for come the industries of its market.
    if request.api.path.hasSuffix("/inquire-index-category-price"), output.shape == .array {
      return request.industriesOfMarket.map { quote(of: $0) }
    }
    let isSeries = request.instrument != nil || fields.isDisjoint(with: AnswerRows.instrumentFields)
    let hasClock = !fields.isDisjoint(with: AnswerRows.clockFields)
    // A head beside the trades is one row.
    if AnswerRows.tradeLists.contains(request.api.path) || request.isByTrade { return hasClock ? trades : [subject] }
    if isSeries, !fields.isDisjoint(with: AnswerRows.dayFields), request.isByDay || !hasClock { return pastDays }
    if isSeries, hasClock { return pastMinutes }
    if let several = request.instrumentsAsked {
      return several.map {
        $0.tape == .krx
          ? quote(of: $0.instrument) : request.quotes.quote($0.instrument, at: request.marketTime, tape: $0.tape)
      }
    }
    if let screening { return screening.quotes }
    if request.api.path.hasSuffix("/compare-stocks") {
      // What is on the share that is asked for, or on the share of the warrant that is.
      let share = request.quotes.underlying(of: subject.instrument)?.code ?? subject.instrument.code
      let asked = request.parameter("FID_INPUT_ISCD") ?? share
      return request.instruments.filter { instrument in
        request.quotes.underlying(of: instrument).map { $0.code == asked || $0.code == share } ?? false
      }.map { quote(of: $0) }
    }
    if let ending = request.endingWarrants {
      let filter = RankingFilter(request)
      let quotes = ending.map { quote(of: $0) }.filter(filter.admits)
      let ends = quotes.map { $0.value(of: "mtrt_date") ?? "" }
      return quotes.indices.sorted {
        (ends[$0], quotes[$0].instrument.code) < (ends[$1], quotes[$1].instrument.code)
      }.map { quotes[$0] }
    }
    if request.api.path.hasSuffix("/udrl-asset-list") {
      return underlyings
    }
    if !isSeries || isRanking { return ranked }
    // A list of instruments that names one is about that one.
    let isAboutOne = !fields.isDisjoint(with: AnswerRows.instrumentFields)
    return Array(
      repeating: subject, count: isAboutOne ? 1 : AnswerRows.fixedRows["\(request.api.path) \(output.key)"] ?? 10)
  }

  private static let instrumentFields: Set<String> = [
    "mksc_shrn_iscd", "stck_shrn_iscd", "hts_kor_isnm", "symb", "pdno", "futs_shrn_iscd", "optn_shrn_iscd",
    "elw_shrn_iscd", "sht_cd", "isin_name", "code", "inter_shrn_iscd", "shtn_pdno", "ovrs_pdno",
    "ovrs_futr_fx_pdno",
  ]
  private static let dayFields: Set<String> = ["stck_bsop_date", "xymd", "bsop_date", "data_date", "date", "bass_dt"]
  private static let clockFields: Set<String> = [
    "stck_cntg_hour", "bsop_hour", "cntg_hour", "xhms", "data_time", "khms",
  ]

  /// APIs that list trades one by one.
  private static let tradeLists: Set<String> = [
    "/uapi/domestic-stock/v1/quotations/inquire-ccnl", "/uapi/domestic-stock/v1/quotations/inquire-time-itemconclusion",
    "/uapi/domestic-stock/v1/quotations/inquire-time-overtimeconclusion",
    "/uapi/overseas-price/v1/quotations/inquire-ccnl", "/uapi/domestic-futureoption/v1/quotations/inquire-ccnl",
    "/uapi/domestic-bond/v1/quotations/inquire-ccnl",
  ]

  /// Instruments in the order of the ranking.
  private var ranked: [Quote] {
    let order = RankingOrder(request)
    let key = NamedField(order.key)
    let filter = RankingFilter(request)
    let instruments = request.instruments
    var quotes: [Quote] = []
    quotes.reserveCapacity(instruments.count)
    for instrument in instruments {
      let quote = quote(of: instrument)
      if filter.admits(quote) { quotes.append(quote) }
    }
    if let warrants = WarrantOrder(request) { return Array(warrants.sorted(quotes).prefix(AnswerRows.rowsPerPage)) }
    let first = order.first(request.rankedRows.upperBound, of: quotes) { quote in
      figures?.figure(about: quote) ?? figures?.value(of: order.key, about: quote) ?? key.value(inListOf: quote)
        ?? key.plausibleValue(about: quote, generator: isRanking ? generator(of: quote) : generator.fork(0))
    }
    return Array(first.dropFirst(request.rankedRows.lowerBound))
  }

  /// What warrants are on (ELW 기초자산 목록), each represented by one warrant, which stands for all on the same share.
  ///
  /// FID_RANK_SORT_CLS_CODE: 0 by name, 1 the most calls first, 2 the most puts, 3 what rose most, 4 what fell most, 5 the
  /// dearest, 6 by code.
  private var underlyings: [Quote] {
    let filter = RankingFilter(request)
    let quotes = request.instruments.map { quote(of: $0) }.filter(filter.admits)
    let groups = Dictionary(grouping: quotes) { $0.details.underlyingInstrument?.code ?? "" }
    func count(_ group: [Quote], _ right: String) -> Int { group.count { $0.value(of: "rght_type_name") == right } }
    let code = request.parameter("FID_RANK_SORT_CLS_CODE") ?? "0"
    let keyed = groups.map { code, group -> (figure: Double, text: String, quote: Quote) in
      let share = group[0].details.underlying
      let change = Double(share?.change ?? 0) / Double(max(1, share?.previousClose ?? 1))
      let figure: Double =
        switch request.parameter("FID_RANK_SORT_CLS_CODE") {
        case "1": Double(count(group, "CALL"))
        case "2": Double(count(group, "PUT"))
        case "3": change
        case "4": -change
        case "5": Double(share?.price ?? 0)
        default: 0
        }
      return (figure, code, group[0])
    }
    return keyed.sorted { one, other in
      guard one.figure == other.figure else { return one.figure > other.figure }
      guard code == "0" else { return one.text < other.text }
      return (one.quote.details.underlyingInstrument?.name ?? "")
        < (other.quote.details.underlyingInstrument?.name ?? "")
    }.map(\.quote)
  }

  /// The random stream of a ranking's row: the instrument's own, wherever it stands.
  private func generator(of quote: Quote) -> SeededGenerator {
    SeededGenerator(seed: request.seed).fork(quote.instrument.code).fork(quote.day.number)
  }

  /// An instrument at the end of a day, or as far as today has come.
  private func closing(_ instrument: Instrument, on day: CalendarDate) -> Quote {
    day == subject.day
      ? quote(of: instrument) : request.quotes.quote(instrument, at: TradingMoment(day, ClockTime(18, 0)))
  }

  /// The days, weeks, months or years asked for, latest first; the one that is not over is as far as it has come.
  private lazy var pastDays: [Quote] = {
    let asked = request.instrument ?? request.defaultInstrument
    // The level of an index at this moment, a sum over all its shares, is needed for today's row alone.
    return trend == nil && asked.isIndexOfShares
      ? days(of: asked, today: TradingCalendar.tradingDay(onOrBefore: request.marketTime.date)) { self.subject }
      : days(of: subject.instrument, today: subject.day) { self.subject }
  }()

  /// The same of the board that an industry is a part of, by the days that they are called by.
  private func boardDays(_ board: Instrument) -> [CalendarDate: Quote] {
    if let knownBoardDays { return knownBoardDays }
    let now = quote(of: board)
    let days = Dictionary(days(of: board, today: now.day) { now }.map { ($0.day, $0) }) { first, _ in first }
    knownBoardDays = days
    return days
  }
  private var knownBoardDays: [CalendarDate: Quote]?

  /// - Parameters:
  ///   - today: the day whose figures the instrument has now.
  ///   - now: those figures, where a row needs them.
  private func days(of instrument: Instrument, today: CalendarDate, now: () -> Quote) -> [Quote] {
    let window = DailyChartWindow(request, today: today)
    let stretches = window.stretches(of: instrument, page: request.page)
    guard let oldest = stretches.last else { return [] }
    let market = request.quotes
    let before = instrument.tradingDay(before: oldest.first)
    var bars = market.days(instrument, from: before, through: window.last, tape: request.tape).filter {
      instrument.isTraded(on: $0.date)
    }
    if let last = bars.last, last.date == today { bars[bars.count - 1] = now().bar(on: last.date) }
    let (second, tape) = (instrument.closingSecond(on: today), request.tape)
    var rows: [Quote] = []
    var index = bars.count - 1
    for stretch in stretches {
      var days: [Bar] = []
      while index >= 0, bars[index].date >= stretch.first {
        days.insert(bars[index], at: 0)
        index -= 1
      }
      guard let bar = Bar.folded(days), index >= 0 else { continue }
      if stretch.first == today {
        rows.append(now())
        continue
      }
      let base = tape == .krx ? bars[index].close : market.basePrice(instrument, on: stretch.first)
      var row = Quote(
        bar, of: instrument, before: base, second: second, until: ClockTime(48, 0), tape: tape, in: market)
      // Longer bars are called by their first day.
      if window.step != .day { row.day = stretch.first }
      rows.append(row)
    }
    return rows
  }

  /// The minutes asked for, latest first: each with the prices and the volume of that minute.
  private lazy var pastMinutes: [Quote] = {
    var quotes = request.quotes
    if let record = now.latest(subject.instrument.code) {
      // In a copy: a request must not change the answers to others.
      quotes = quotes.copy()
      quotes.goOn(from: record, of: subject.instrument.code, at: request.marketTime)
    }
    let window = MinuteChartWindow(request, of: subject.instrument)
    let rows = window.quotes(of: subject.instrument, in: quotes).map(\.onItsOwnDay)
    guard let first = request.overseasChartDays.first else { return rows }
    return rows.filter { $0.day >= first }
  }()

  /// The rows of a chart of a contract abroad, which its head counts.
  private var chartRows: [Quote] { request.isByTrade ? trades : request.isByDay ? pastDays : pastMinutes }

  /// The last trades, latest first, each with the totals of the day after it.
  private lazy var trades: [Quote] = {
    let instrument = subject.instrument
    var session = instrument.session(at: request.marketTime)
    // TDAY of trades abroad: 0 those of the session before, 1 those of the current one.
    if request.market == .overseas, request.parameter("TDAY") == "0" {
      session = TradingMoment(instrument.tradingDay(before: session.date), ClockTime(48, 0))
    }
    // Before this evening, the last one is listed.
    if subject.day < session.date { session = TradingMoment(subject.day, ClockTime(48, 0)) }
    let asked = request.parameter("FID_INPUT_HOUR_1").flatMap { TimeOfDay($0) }.map {
      ClockTime(milliseconds: Int($0.nanoseconds / 1_000_000) + 999)
    }
    let moment =
      request.overseasTradeMoment(instrument) ?? TradingMoment(session.date, min(session.time, asked ?? session.time))
    let prints = request.quotes.lastPrints(
      request.overseasRows ?? AnswerRows.rowsPerPage, instrument, at: moment, tape: request.tape)
    guard let first = prints.last else { return [] }
    var quote = request.quotes.quote(
      instrument, at: TradingMoment(moment.date, first.time.later(milliseconds: -1)), tape: request.tape)
    var rows: [Quote] = []
    for print in prints.reversed() {
      quote.record(
        print,
        details: QuoteDetails(
          instrument, at: TradingMoment(moment.date, print.time), tape: request.tape, in: request.quotes))
      rows.append(quote)
    }
    return rows.reversed().map(\.onItsOwnDay)
  }()

  private func quote(of instrument: Instrument) -> Quote { now.quote(of: instrument) }
}

/// Quotes at the moment of a request, on the tape that it asks about.
private struct CurrentQuotes {
  private let market: QuotedMarket
  private let moment: TradingMoment
  private let tape: Tape
  /// The last trade record of a code in the recording that is played.
  let latest: (String) -> Record?
  /// The last book of a code in it.
  private let recordedBook: (String) -> QuotedBook?

  init(_ request: AnswerRequest, latest: @escaping (String) -> Record?) {
    (market, moment, tape, self.latest) = (request.quotes, request.marketTime, request.tape, latest)
    recordedBook = request.recordedBook
  }

  func quote(of instrument: Instrument) -> Quote {
    var quote = market.quote(instrument, at: moment, tape: tape)
    // What is recorded is KRX's; what both venues traded is that and NXT's.
    guard [.krx, .unified].contains(tape), let record = latest(instrument.code) else { return quote }
    quote.adopt(record)
    market.addOwn(to: &quote, toldBy: record, at: moment)
    if tape == .krx { quote.details.recordedBook = { recordedBook(instrument.code) } }
    if tape == .unified { quote.add(market.quote(instrument, at: moment, tape: .nxt)) }
    return quote
  }
}

extension Tape {
  /// Whose trades a market division (시장 분류 코드) names: NX Nextrade's, UN all, anything else those of KRX.
  init(marketDivision: String?) {
    self =
      switch marketDivision {
      case "NX": .nxt
      case "UN": .unified
      default: .krx
      }
  }
}

extension Quote {
  /// The day so far as a bar.
  func bar(on date: CalendarDate) -> Bar {
    let scale = instrument.isIndexOfShares ? 1 : instrument.scale
    return Bar(
      date: date, time: ClockTime(0, 0), open: open == 0 ? price : open, high: high == 0 ? price : high,
      low: low == 0 ? price : low, close: price, volume: volume, amount: amount * scale)
  }
}

extension AnswerRequest {
  /// Which places of a ranking are asked for: as many as FID_INPUT_CNT_1 says (등락률순위), or from that place on (관심종목등록
  /// 상위), or the first twenty (HTS조회상위20종목).
  fileprivate var rankedRows: Range<Int> {
    if api.path.hasSuffix("/hts-top-view") { return 0..<20 }
    let isFrom = api.path.hasSuffix("/top-interest-stock")
    guard isFrom || api.path.hasSuffix("/ranking/fluctuation"),
      let count = parameter("FID_INPUT_CNT_1").flatMap({ Int($0) }),
      count > 0
    else { return 0..<AnswerRows.rowsPerPage }
    guard isFrom else { return 0..<min(count, AnswerRows.rowsPerPage) }
    return min(count - 1, 10_000)..<(min(count - 1, 10_000) + AnswerRows.rowsPerPage)
  }

  /// Rows of a chart or a list of trades of a share abroad, which its head counts; nil for all others.
  fileprivate var rowsOfChartAbroad: Int? {
    guard market == .overseas else { return nil }
    switch api.path.split(separator: "/").last ?? "" {
    case "dailyprice": return 100
    case "inquire-time-itemchartprice":
      return parameter("NREC").flatMap { Int($0) }.map { $0.clamped(to: 1...120) } ?? 102
    case "inquire-ccnl": return AnswerRows.rowsPerPage
    default: return nil
    }
  }

  /// Whether the answer is a list of instruments in an order.
  var isRanking: Bool { api.path.holds("/ranking/") || api.path.hasSuffix("/volume-rank") }

  /// Whose trades are asked about: FID_COND_MRKT_DIV_CODE J is KRX, NX Nextrade, UN both.
  var tape: Tape {
    if AnswerRequest.eveningPaths.contains(where: api.path.hasSuffix) { return .evening }
    let asked = Tape(marketDivision: parameter("FID_COND_MRKT_DIV_CODE"))
    return asked == .unified ? instrument?.tape(asked) ?? asked : asked
  }

  /// APIs about what is traded after the regular session (시간외).
  private static let eveningPaths = [
    "/inquire-overtime-price", "/inquire-overtime-asking-price", "/inquire-time-overtimeconclusion",
  ]
}
