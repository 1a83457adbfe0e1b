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
  /// How many fields its answer has.
  public let fieldCount: Int
  /// The fields of its answer that are made up around their names, sorted.
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

/// When an API is asked: orders come before the APIs that list and change them.
private enum APITurn: CaseIterable {
  case orders, inquiries, changes, reservations, reservationLists, reservationChanges

  init(_ api: RESTAPI) {
    switch OrderAPI(path: api.path)?.role {
    case .order: self = .orders
    case .change: self = .changes
    case .reservation: self = .reservations
    case .reservationChange: self = .reservationChanges
    case nil: self = api.path.contains("/order-resv-") ? .reservationLists : .inquiries
    }
  }

  /// Whether it is asked even when it is not to be described, because others list what it does.
  var comesBefore: Bool { self == .orders || self == .reservations }
}

extension Sandbox {
  /// Asks every REST API that has a `tr_id` and is meant, and tells what its answers are made of.
  ///
  /// What is ordered first is what inquiries then list; what changes orders comes after these, and reservations, which are
  /// taken in the evening, at the end.
  public func describeAPIs(where isMeant: @Sendable (RESTAPI) -> Bool = { _ in true }) -> [APIDescription] {
    let all = Catalogue.rest.filter { !$0.ids(on: configuration.venue).isEmpty }
    let meant = all.filter(isMeant)
    guard !meant.isEmpty else { return [] }
    let meantPaths = Set(meant.map(\.path))
    var found: [String: APIDescription] = [:]
    for turn in APITurn.allCases {
      for api in all where APITurn(api) == turn && (turn.comesBefore || meantPaths.contains(api.path)) {
        found[api.path] = describe(api)
      }
    }
    return meant.compactMap { found[$0.path] }
  }

  private func describe(_ api: RESTAPI) -> APIDescription {
    let trace = AnswerTrace()
    let ids = api.ids(on: configuration.venue)
    var (isExchange, special) = (false, APIDescription.Source?.none)
    // Orders are asked as everything that they can be: purchases and sales, at the market and at a limit.
    for id in api.method == "POST" ? Array(ids) : Array(ids.prefix(1)) {
      for chosen in variants(of: api, id) {
        let (isOfExchange, source) = ask(api, id, chosen, trace)
        isExchange = isExchange || isOfExchange
        special = special ?? source
      }
    }
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

  /// Asks an API one question.
  /// - Returns: whether the exchange answers, and who else does where its figures do not show that.
  private func ask(
    _ api: RESTAPI, _ id: TransactionID, _ chosen: [String: String], _ trace: AnswerTrace
  ) -> (isExchange: Bool, special: APIDescription.Source?) {
    let moment = moment(for: api)
    let sample = SampleQuestion(api, id: id, moment: moment, in: stage.market, chosen: chosen)
    let asking = question(api, id, sample)
    var asked = asked(asking, by: api)
    // Asked while the market is open, whatever the sandbox plays: before that many have nothing to answer with.
    asked.moment = moment
    asked.trace = trace
    var isExchange = false
    if !asked.api.path.contains("/quotations/") {
      isExchange =
        exchangeAnswer(to: asking, &asked, appKey: "", reservationTime: moment) != nil || asked.account != nil
    }
    if !asked.isTradedByExchange, !asked.isReservation { _ = GeneratedAnswer(asked) }
    guard !isExchange, asked.simulatedOutputs() != nil else { return (isExchange, nil) }
    return (isExchange, id == "CTCA0903R" ? .calendar : .market)
  }

  /// Parameters other than the usual ones, so that an answer has something to look at: prices that wait, and numbers of
  /// orders and reservations that are there.
  private func variants(of api: RESTAPI, _ id: TransactionID) -> [[String: String]] {
    let empty = AnswerRequest(
      api: api, id: id, parameters: [], moment: moment(for: api), venue: configuration.venue, quotes: stage.market,
      page: 0)
    var usual: [String: String] = [:]
    switch OrderAPI(path: api.path)?.role {
    case .change:
      let kinds = exchange.core.orders.indices.filter { position in
        let instrument = exchange.instruments[exchange.core.orders[position].security.code]
        return instrument?.market.desk == empty.market.desk && exchange.core.orders[position].open > 0
      }
      if let position = kinds.last {
        let order = exchange.core.orders[position]
        usual["ORGN_ODNO"] = "\(order.number)"
        usual["ORGN_ORD_DT"] = order.placed.date.compact
        usual["EXCG_ID_DVSN_CD"] = order.route.rawValue
        if let instrument = exchange.instruments[order.security.code] { usual["PDNO"] = instrument.symbol }
      }
      return [usual.merging(["RVSE_CNCL_DVSN_CD": "01"]) { $1 }, usual.merging(["RVSE_CNCL_DVSN_CD": "02"]) { $1 }]
    case .reservationChange:
      let isAbroad = api.path.contains("/overseas-")
      let kept = exchange.core.reservations.last { $0.isWaiting && ($0.order.security?.isAbroad ?? false) == isAbroad }
      let (number, day) = (kept?.number ?? 0, kept?.received.date.compact ?? "")
      return [
        [
          "RSVN_ORD_SEQ": "\(number)", "OVRS_RSVN_ODNO": "\(number)", "RSVN_ORD_ORD_DT": day, "RSVN_ORD_RCIT_DT": day,
          "RSYN_ORD_RCIT_DT": day,
        ]
      ]
    case .order: return [[:], restingOrder(of: empty)]
    case .reservation where api.path.contains("/overseas-"):
      // Abroad the same API changes what it reserved.
      let number = "\(exchange.core.reservations.count + 1)"
      return [[:], ["OVRS_RSVN_ODNO": number, "RVSE_CNCL_DVSN_CD": "01"]]
    case .reservation, nil: return [[:]]
    }
  }

  /// The parameters of an order that finds no counterpart: a limit far below the market, or above it for what sells.
  private func restingOrder(of request: AnswerRequest) -> [String: String] {
    let quote = stage.market.quote(request.defaultInstrument, at: TradingMoment(marketTime))
    let market = quote.instrument.market
    let limits = quote.securityDay(on: TradingMoment(marketTime).date).limits
    let tick = max(1, quote.tick)
    let far = limits.map { request.isSale ? $0.upper : $0.lower } ?? quote.price * 9 / 10 / tick * tick
    switch market.desk {
    case .shares: return ["ORD_DVSN": "00", "ORD_UNPR": quote.text(far)]
    case .contracts: return ["ORD_DVSN_CD": "01", "UNIT_PRICE": quote.text(far)]
    case .contractsAbroad:
      return ["PRIC_DVSN_CD": "1", "FM_LIMIT_ORD_PRIC": quote.text(far), "FM_ORD_QTY": "1", "CCLD_CNDT_CD": "6"]
    case .bonds, .sharesAbroad: return [:]
    }
  }

  /// Half past ten of the market's day; in the closing auction what is known only then, in the evening what is
  /// reserved.
  private func moment(for api: RESTAPI) -> KoreanTime {
    let isLate = ["/exp-closing-price", "/inquire-vi-status"].contains { api.path.hasSuffix($0) }
    let day = TradingCalendar.tradingDay(onOrBefore: CalendarDate(of: marketTime))
    let isReserved = [APITurn.reservations, .reservationLists, .reservationChanges].contains(APITurn(api))
    let isAbroad = api.path.contains("/overseas-")
    let time = isLate ? ClockTime(15, 25) : isReserved && !isAbroad ? ClockTime(16, 0) : ClockTime(10, 30)
    return TradingMoment(day, time).koreanTime
  }

  private func question(_ api: RESTAPI, _ id: TransactionID, _ sample: SampleQuestion) -> RESTRequest {
    RESTRequest(
      method: api.method, path: api.path, query: api.method == "GET" ? sample.parameters : [],
      headers: [("tr_id", id.rawValue)],
      body: api.method == "GET"
        ? [] : JSONValue.object(JSONObject(sample.parameters.map { ($0.0, JSONValue.string($0.1)) })).utf8)
  }

  /// An answer counts as the market's when at least half as many fields come from the market as are made up.
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
