import KISMarket
import KISRecording
public import KISWire

/// Where the answer of an API comes from and what it heeds, as found out by asking it.
public struct APIDescription: Sendable {
  /// The API.
  public let api: RESTAPI
  /// Who answers it: the first of these that gives it a figure.
  public let source: Source
  /// Whether a recording that is loaded holds answers of it; these come first, except for orders and accounts.
  public let isRecorded: Bool
  /// Its parameters that change the answer, in the order of the document.
  public let honoured: [String]
  /// Those that say nothing about what is asked for: numbers of screens, names of terminals, cursors that are repeated.
  public let decoration: [String]
  /// Those that are taken and not looked at though they say something.
  public let ignored: [String]
  /// How many fields its answer has, and which of them are made up around their names.
  public let fieldCount: Int
  public let madeUp: [String]

  /// Who answers an API.
  public enum Source: String, Sendable, CaseIterable {
    /// The exchange and its accounts: orders, and what follows from them.
    case exchange
    /// The market: prices, volumes, books, rankings, charts.
    case market
    /// The calendar of trading days.
    case calendar
    /// Words and chance, in the shape of the document.
    case generic
  }
}

extension Sandbox {
  /// Asks every REST API that has a `tr_id` and is meant once, and tells what its answer is made of.
  public func describeAPIs(where isMeant: @Sendable (RESTAPI) -> Bool = { _ in true }) -> [APIDescription] {
    let all = Catalogue.rest.filter { !$0.ids(on: configuration.venue).isEmpty }
    let meant = all.filter(isMeant)
    guard !meant.isEmpty else { return [] }
    // What is ordered first is what inquiries then list.
    let orders = all.filter { $0.method == "POST" }.map { describe($0) }
    let inquiries = meant.filter { $0.method != "POST" }.map { describe($0) }
    let found = Dictionary((orders + inquiries).map { ($0.api.path, $0) }) { first, _ in first }
    return meant.compactMap { found[$0.path] }
  }

  private func describe(_ api: RESTAPI) -> APIDescription {
    let trace = AnswerTrace()
    let id = api.ids(on: configuration.venue).first ?? ""
    let moment = moment(for: api)
    let sample = SampleQuestion(api, id: id, moment: moment, in: stage.market)
    var asked = asked(question(api, id, sample), by: api)
    // Asked while the market is open, whatever the sandbox plays: before that many have nothing to tell.
    asked.moment = moment
    asked.trace = trace
    var isExchange = false
    if !asked.api.path.contains("/quotations/") {
      isExchange = exchangeAnswer(to: question(api, id, sample), &asked, appKey: "") != nil || asked.account != nil
    }
    if !asked.isTradedByExchange, !asked.isReservation {
      _ = GeneratedAnswer(asked)
    }
    let special: APIDescription.Source? =
      isExchange || asked.simulatedOutputs() == nil ? nil : id == "CTCA0903R" ? .calendar : .market
    // Cursors are read before there is a request to trace.
    let read = trace.readNames.union(api.paging.cursors.map { $0.uppercased() }.filter { $0.contains("_NK") })
    let names = api.parameters.map(\.name)
    let unread = names.filter { !read.contains($0.uppercased()) }
    let origins = trace.origins
    return APIDescription(
      api: api, source: special ?? source(origins, isExchange: isExchange), isRecorded: isRecorded(api),
      honoured: names.filter { read.contains($0.uppercased()) },
      decoration: unread.filter { api.isDecoration($0) }, ignored: unread.filter { !api.isDecoration($0) },
      fieldCount: origins.values.reduce(0) { $0 + $1.count }, madeUp: (origins[.generic] ?? []).sorted())
  }

  /// Half past ten of the market's day; in the closing auction what is told only then.
  private func moment(for api: RESTAPI) -> KoreanTime {
    let isLate = ["/exp-closing-price", "/inquire-vi-status"].contains { api.path.hasSuffix($0) }
    let day = TradingCalendar.tradingDay(onOrBefore: CalendarDate(of: marketTime))
    return TradingMoment(day, isLate ? ClockTime(15, 25) : ClockTime(10, 30)).koreanTime
  }

  private func question(_ api: RESTAPI, _ id: TransactionID, _ sample: SampleQuestion) -> RESTRequest {
    RESTRequest(
      method: api.method, path: api.path, query: api.method == "GET" ? sample.parameters : [],
      headers: [("tr_id", id.rawValue)],
      body: api.method == "GET"
        ? [] : JSONValue.object(JSONObject(sample.parameters.map { ($0.0, JSONValue.string($0.1)) })).utf8)
  }

  /// Made up is what has no figure of anybody's.
  private func source(
    _ origins: [AnswerTrace.Origin: Set<String>], isExchange: Bool
  ) -> APIDescription.Source {
    if isExchange { return .exchange }
    let market = origins[.market]?.count ?? 0
    return market > 0 && market * 2 >= (origins[.generic]?.count ?? 0) ? .market : .generic
  }

  private func isRecorded(_ api: RESTAPI) -> Bool {
    configuration.recordings.contains { !$0.exchanges.near(path: api.path).filter { $0.path == api.path }.isEmpty }
  }
}
