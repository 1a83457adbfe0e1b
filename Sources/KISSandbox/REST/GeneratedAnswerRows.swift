import KISMarket
import KISRecording
import KISWire

/// The rows of a generated answer: each is about one instrument at one moment.
struct AnswerRows {
  private let request: AnswerRequest
  /// The instrument asked about, or the one that stands for the rest, now.
  private let subject: Quote
  private let latest: (String) -> Record?
  /// What the subject is derived from, where the answer tells of it.
  private let underlying: Quote?
  /// What the account holds and has ordered, on all pages; empty where the answer is about no account.
  private let lines: [AccountLine]
  /// The orders that the account is asked for, and what it realised.
  private let orders: OrderInquiry?
  private let profits: ProfitRows?

  init(_ request: AnswerRequest, latest: @escaping (String) -> Record?) {
    self.request = request
    self.latest = latest
    subject = AnswerRows.quote(of: request.instrument ?? request.defaultInstrument, request, latest)
    let tellsOfUnderlying = request.api.outputs.contains { $0.fields.contains { $0.hasPrefix("unas_") } }
    underlying = (tellsOfUnderlying ? subject.instrument.underlying : nil).map {
      AnswerRows.quote(of: $0, request, latest)
    }
    profits = request.isInquiry ? ProfitRows(request) : nil
    orders = request.listsOwnOrders ? request.account.map { OrderInquiry(request, $0) } : nil
    lines =
      !request.isInquiry || request.listsOwnOrders || profits != nil
      ? [] : AnswerRows.held(request) { AnswerRows.quote(of: $0, request, latest) }
  }

  /// The one row of an output that is an object.
  func single(_ output: RESTAPI.Output) -> JSONValue {
    let totals =
      request.isInquiry
      ? AccountTotals(lines, orders: orders?.all ?? [], profits: profits, of: request) : nil
    return row(output, about: subject, at: 0) { totals?.value(of: $0, about: subject) }
  }

  /// The rows of an output that is an array.
  func list(_ output: RESTAPI.Output) -> [JSONValue] {
    let names = Set(output.fields.map { $0.lowercased() })
    if request.isInquiry {
      if let profits, names.contains("trad_dt") { return rows(of: profits, in: output) }
      if names.isDisjoint(with: AnswerRows.instrumentFields) { return [single(output)] }
      if let orders, let view = request.account { return rows(of: orders.rows, view, in: output) }
      return page.enumerated().map { index, line in row(output, about: line.quote, at: index) { line.value(of: $0) } }
    }
    return quotes(for: names, in: output).enumerated().map {
      row(output, about: $0.element, at: $0.offset) { _ in nil }
    }
  }

  private func rows(of entries: [AccountView.Entry], _ view: AccountView, in output: RESTAPI.Output) -> [JSONValue] {
    // Rows tell of the order, not of the market: one quote for each instrument is enough.
    var quotes: [String: Quote] = [:]
    return entries.enumerated().map { index, entry in
      let quote = quotes[entry.instrument.code] ?? self.quote(of: entry.instrument)
      quotes[entry.instrument.code] = quote
      let order = AccountOrder(entry: entry, view: view)
      return row(output, about: quote, at: index) { order.value(of: $0) }
    }
  }

  private func rows(of profits: ProfitRows, in output: RESTAPI.Output) -> [JSONValue] {
    profits.rows.enumerated().map { index, profit in
      let quote = profit.instrument.map { self.quote(of: $0) } ?? subject
      let held = profit.instrument.flatMap { request.account?.account.holdings[$0.code]?.quantity }
      return row(output, about: quote, at: index) { field in
        field.lowercased() == "hldg_qty" ? "\(held ?? 0)" : ProfitRows.value(of: field, in: profit)
      }
    }
  }

  /// The lines of the page that was asked for; the last page has all that are left.
  private var page: ArraySlice<AccountLine> {
    let rest = lines.dropFirst(request.page * AnswerRows.linesPerPage)
    return request.page + 1 < GeneratedAnswer.pages(of: request.api) ? rest.prefix(AnswerRows.linesPerPage) : rest
  }

  private func row(
    _ output: RESTAPI.Output, about quote: Quote, at index: Int, account: (String) -> String?
  ) -> JSONValue {
    let generator = request.generator.fork(output.key).fork(index)
    var values: [String: String] = [:]
    for field in output.fields {
      values[field] =
        account(field) ?? own(field, index) ?? underlyingValue(of: field) ?? quote.value(of: field)
        ?? PlausibleValue.value(of: field, about: quote, generator: generator)
    }
    ConsistentRecord.agree(&values)
    // Who names no exchange (KRX, NXT, SOR) is told no number of its order router either.
    let names = output.fields.filter {
      ($0 != "SOR_ODNO" || request.parameter("EXCG_ID_DVSN_CD") != nil) && !request.api.lacksOnTheWire($0)
    }
    return .object(JSONObject(names.map { ($0, .string(values[$0] ?? "")) }))
  }

  /// Fields of what the instrument is derived from (기초자산): `unas_prpr`.
  private func underlyingValue(of field: String) -> String? {
    field.hasPrefix("unas_") ? underlying?.value(of: String(field.dropFirst(5))) : nil
  }

  /// Fields that say where in the answer they stand, or repeat the question.
  private func own(_ field: String, _ index: Int) -> String? {
    switch field.lowercased() {
    case "data_rank", "rank", "no": "\(request.page * AnswerRows.rowsPerPage + index + 1)"
    case "odno", "ord_no":
      padded(
        request.placed?.number
          ?? SimulatedDay.orderNumber(atMillisecond: Int(request.moment.nanosecondOfDay / 1_000_000)), to: 10)
    case "ord_tmd": request.moment.timeOfDay
    case "nrml_prcs_yn": "Y"
    case "krx_fwdg_ord_orgno": request.venue == .real ? "06010" : "00950"
    case "excd", "cano", "acnt_prdt_cd", "ovrs_rsvn_odno", "prdt_type_cd": request.parameter(field.uppercased())
    case "nrec", "crec", "trec": request.instrument == nil ? "\(rankedInstruments.count)" : nil
    default: nil
    }
  }

  private static let rowsPerPage = 30
  /// Tables with one row for each figure: income, ratios, years.
  private static let fixedRows = [
    "/uapi/domestic-stock/v1/quotations/estimate-perform output2": 6,
    "/uapi/domestic-stock/v1/quotations/estimate-perform output3": 8,
    "/uapi/domestic-stock/v1/quotations/estimate-perform output4": 5,
  ]
  private static let linesPerPage = 4

  /// What the rows of a list are about, by what their fields can tell.
  private func quotes(for fields: Set<String>, in output: RESTAPI.Output) -> [Quote] {
    if request.isOrder { return [subject] }
    let isSeries = request.instrument != nil || fields.isDisjoint(with: AnswerRows.instrumentFields)
    let isByDay = ["daily", "weekly", "monthly"].contains { request.api.path.contains("/\($0)") }
    let hasClock = !fields.isDisjoint(with: AnswerRows.clockFields)
    if isSeries, !fields.isDisjoint(with: AnswerRows.dayFields), isByDay || !hasClock { return pastDays }
    if isSeries, hasClock { return pastMinutes }
    let several = request.instrumentsAsked
    if !several.isEmpty { return several.map { quote(of: $0) } }
    if !isSeries || request.api.path.contains("/ranking/") { return ranked }
    return Array(repeating: subject, count: AnswerRows.fixedRows["\(request.api.path) \(output.key)"] ?? 10)
  }

  private static let instrumentFields: Set<String> = [
    "mksc_shrn_iscd", "stck_shrn_iscd", "hts_kor_isnm", "symb", "pdno", "futs_shrn_iscd", "optn_shrn_iscd",
    "elw_shrn_iscd", "sht_cd", "isin_name", "code", "inter_shrn_iscd", "shtn_pdno", "ovrs_pdno",
  ]
  private static let dayFields: Set<String> = ["stck_bsop_date", "xymd", "bsop_date", "data_date", "date", "bass_dt"]
  private static let clockFields: Set<String> = [
    "stck_cntg_hour", "bsop_hour", "cntg_hour", "xhms", "data_time", "khms",
  ]

  /// Instruments in the order of the ranking.
  private var ranked: [Quote] { RankingOrder(request).ranked(rankedInstruments.map { quote(of: $0) }) }

  private var rankedInstruments: ArraySlice<Instrument> { request.instruments.prefix(AnswerRows.rowsPerPage) }

  /// The days asked for, latest first; the one that is not over is as far as it has come.
  private var pastDays: [Quote] {
    let period = DailyChartWindow(request)
    return period.stretches.dropFirst(request.page * period.rows).map { stretch in
      if stretch.first == subject.day { return subject }
      var quote = Quote(subject.instrument, from: stretch.first, to: stretch.last, seed: request.seed)
      if stretch.last == subject.day { quote.extend(by: subject) }
      return quote
    }
  }

  /// The minutes asked for, latest first: each with the prices and the volume of that minute.
  private var pastMinutes: [Quote] {
    let asked = MinuteChartWindow(request, of: subject.instrument)
    var series = Quote.series(subject.instrument, at: asked.moment, seconds: asked.seconds, seed: request.seed)
    if asked.moment.day == subject.day {
      if latest(subject.instrument.code) != nil {
        // A recorded trade may stand elsewhere than the simulation: the minutes before lead up to it.
        let simulated = Quote(subject.instrument, at: request.moment, hours: request.hours, seed: request.seed)
        series = series.map { $0.moved(by: subject.price - simulated.price, above: subject.previousClose) }
      }
      if asked.includesNow { series.append(subject) }
    }
    return zip(series.dropFirst(), series).map { quote, before in quote.since(before) }.reversed()
  }

  private func quote(of instrument: Instrument) -> Quote { AnswerRows.quote(of: instrument, request, latest) }

  static func quote(
    of instrument: Instrument, _ request: AnswerRequest, _ latest: (String) -> Record?
  ) -> Quote {
    var quote = Quote(instrument, at: request.moment, hours: request.hours, seed: request.seed)
    if let record = latest(instrument.code) { quote.adopt(record) }
    return quote
  }
}
