import KISMarket
import KISScenario
import KISWire
import Synchronization

/// The parts of the market's day that are drawn outside the actor before answers need them: each builds on the one
/// before.
enum DrawnPart: Int, CaseIterable {
  /// The minutes of every share.
  case shares = 1
  /// The paths of the boards' indices.
  case indices
  /// Who traded in them: investors and programs.
  case flows

  /// The part that an answer to a path needs.
  init(for path: String) {
    self =
      switch path {
      case _ where path.holds("/ranking/") || path.holds("-by-stock"): .shares
      case _ where path.holds("program") || path.holds("investor-"): .flows
      case _ where path.holds("index") || path.holds("/domestic-futureoption/"): .indices
      default: .shares
      }
  }
}

extension Sandbox {
  /// Whether an answer to a path may need more of the market than is drawn.
  package nonisolated func mayNeedDrawing(for path: String) -> Bool {
    let drawn = drawnAhead.load(ordering: .relaxed)
    if isRedrawing.load(ordering: .relaxed) { return true }
    guard path.holds("/quotations/") || path.holds("/ranking/") else { return false }
    return drawn < DrawnPart(for: path).rawValue || AnswerRequest.listsFlowsByDay(path)
      || AnswerRequest.listsIndices(path) || AnswerRequest.listsDays(path) || AnswerRequest.tellsYearOfIndex(path)
      || AnswerRequest.sumsOwnCustomers(path)
  }

  /// Draws what a request needs before it can be answered at once. It is done outside the actor, which goes on
  /// meanwhile: figures of whole markets need the day of every share, some 10 ms for each day.
  ///
  /// A request about whole markets waits for it; one about a single share waits at most for what it needs itself.
  package func drawAhead(for request: RESTRequest) async {
    if let redrawing { await redrawing.value }
    waiting += 1
    defer { endWaiting() }
    guard configuration.generatesAnswers, let api = request.api,
      request.path.holds("/quotations/") || request.path.holds("/ranking/")
    else { return }
    if let index = indexAlone(asked: request, by: api) {
      await draw(through: .shares)
      let year = drawing(for: request, by: api).map { begin($0) }
      await begin(drawing(of: index)).value
      await year?.value
      return
    }
    if Sandbox.isAboutMarkets(request.path) {
      await draw(through: DrawnPart(for: request.path))
    } else {
      drawDayAhead()
    }
    if let drawing = drawing(for: request, by: api) { await begin(drawing).value }
  }

  /// The index of shares that an answer is about and about nothing else, while not all are drawn.
  private func indexAlone(asked request: RESTRequest, by api: RESTAPI) -> Instrument? {
    guard request.path.holds("/inquire-index-"), !AnswerRequest.listsIndices(request.path),
      drawnAhead.load(ordering: .relaxed) < DrawnPart.indices.rawValue
    else { return nil }
    let asked = asked(request, by: api)
    let index = asked.instrument ?? asked.defaultInstrument
    return index.isIndexOfShares ? index : nil
  }

  private func drawing(of index: Instrument) -> MarketDrawing {
    let now = TradingMoment(marketTime)
    let day = TradingCalendar.tradingDay(onOrBefore: now.date)
    return MarketDrawing(name: "index \(index.code) \(day)", part: nil, isOfToday: true) { market in
      await MarketDrawing.draw(market.codesOfMembers(ofIndex: index.code), on: day, in: &market)
      market.drawIndex(index.code, on: day, through: now.time)
    }
  }

  /// Draws the parts of the market's day up to one, outside the actor.
  private func draw(through last: DrawnPart) async {
    for part in DrawnPart.allCases where part.rawValue <= last.rawValue {
      guard drawnAhead.load(ordering: .relaxed) < part.rawValue else { continue }
      await begin(part).value
    }
  }

  /// Begins to draw a part of the market's day, unless that is under way.
  private func begin(_ part: DrawnPart) -> Task<Void, Never> {
    let now = TradingMoment(marketTime)
    let day = TradingCalendar.tradingDay(onOrBefore: now.date)
    return begin(
      MarketDrawing(name: "\(part) \(day)", part: part, isOfToday: true) { market in
        switch part {
        case .shares: await MarketDrawing.draw(market.sharesAtHome.map(\.code), on: day, in: &market)
        case .indices: await MarketDrawing.drawIndices(day, through: now.time, in: &market)
        case .flows: market.drawFlows(day, through: now.time)
        }
      })
  }

  /// - Parameter earlier: what is drawn first: together they would take both processors from answers.
  private func begin(_ drawing: MarketDrawing, after earlier: Task<Void, Never>? = nil) -> Task<Void, Never> {
    let market = stage.market.market
    let key = "\(market.changes) \(drawing.name)"
    if let running = stage.drawings[key] { return running }
    if stage.drawings.count >= Sandbox.mostDrawings { stage.drawings = [:] }
    let task = Task.detached(priority: .utility) {
      var market = market
      if let earlier {
        await earlier.value
        market = await self.marketSoFar
      }
      await drawing.draw(&market)
      await self.take(market, drawn: drawing, as: key)
    }
    stage.drawings[key] = task
    return task
  }

  /// Takes over what was drawn outside the actor, unless the market has changed since.
  private func take(_ market: Market, drawn: MarketDrawing, as key: String) {
    if drawn.part != nil { stage.drawings[key] = nil }
    guard market.changes == stage.market.market.changes else { return }
    stage.market.adoptDrawings(of: market, minutes: drawn.isOfToday)
    guard let part = drawn.part?.rawValue else { return }
    if drawnAhead.load(ordering: .relaxed) == part - 1 { drawnAhead.store(part, ordering: .relaxed) }
    if redraws > 0 { wake() }
  }

  private func endWaiting() {
    waiting -= 1
    guard waiting == 0 else { return }
    let resting = resting
    self.resting = []
    for drawing in resting { drawing.resume() }
  }

  /// Returns when no request waits for something to be drawn: what nobody waits for yet is drawn behind that.
  private func nobodyWaits() async {
    while waiting > 0 { await withCheckedContinuation { resting.append($0) } }
  }

  /// Begins to draw the market's day: somebody has come, or went to another moment of it, and will ask.
  func drawDayAhead() {
    guard configuration.generatesAnswers, drawnAhead.load(ordering: .relaxed) == 0 else { return }
    _ = begin(yearOfFunds, after: begin(.shares))
  }

  private var marketSoFar: Market { stage.market.market }

  /// The days of the year before, whose highs and lows a price has, and today's way of what follows the boards' indices:
  /// of one fund each.
  private var yearOfFunds: MarketDrawing {
    let today = TradingCalendar.tradingDay(onOrBefore: TradingMoment(marketTime).date)
    let first = today.advanced(by: -400)
    return MarketDrawing(name: "year of funds \(today)", part: nil) { market in
      for code in ["069500", "229200"] {
        // Whole years are drawn, whichever days of them are asked for.
        var day = CalendarDate(year: first.year, month: 1, day: 1) ?? first
        while day.year <= today.year {
          await self.nobodyWaits()
          market.drawIndex(followedBy: code, from: day, through: day.advanced(by: 27))
          day = day.advanced(by: 28)
        }
        await self.nobodyWaits()
        _ = market.days(of: code, from: first, through: today)
        market.drawDay(of: code, on: today)
      }
    }
  }

  /// Whether what streams need may be drawn outside the actor: not on a virtual clock, and not while a replay is as
  /// fast as its readers, where no market time passes while something is drawn.
  var drawsBeside: Bool {
    isRunning && clock is RealClock
      && stage.playheads.values.allSatisfy { if case .times = $0.speed { true } else { false } }
  }

  /// The part of the market's day that the registered streams need; nil when each is about a single share, which is
  /// drawn in no time.
  private var told: DrawnPart? {
    stage.streams.keys.compactMap { part(toldBy: $0) }.max { $0.rawValue < $1.rawValue }
  }

  /// The part of the market's day that a stream needs; nil for one about a single share.
  func part(toldBy owner: StreamOwner) -> DrawnPart? {
    switch routes.name(of: owner.route).map({ StreamKind($0.transactionID) }) {
    case .indexProgramTrading: .flows
    case .index: .indices
    case .expectedIndex: .shares
    default: nil
    }
  }

  /// Whether the part of the market's day that something needs is drawn, or nothing is being drawn again.
  func isDrawn(_ part: DrawnPart?) -> Bool {
    guard redraws > 0, let part else { return true }
    return drawnAhead.load(ordering: .relaxed) >= part.rawValue
  }

  /// Draws what streams need of the market's day before they are sent, where that takes longer than they may hold up
  /// others.
  func drawForStreams() {
    guard drawsBeside, let told, told.rawValue > drawnAhead.load(ordering: .relaxed) else { return }
    redraw(through: told)
  }

  /// Draws again what streams, answers and orders need of a market that has changed. Until it is there they wait, each
  /// for its part; only recordings go on.
  ///
  /// - Parameter drawn: how many parts of its day were drawn before.
  func redraw(_ drawn: Int) {
    guard drawsBeside else { return }
    let needsShares = !stage.streams.isEmpty || exchange.core.hasOpenOrders
    let parts = [DrawnPart(rawValue: drawn), told, needsShares ? .shares : nil].compactMap(\.self)
    guard let last = parts.max(by: { $0.rawValue < $1.rawValue }) else { return }
    redrawsShares = true
    redraw(through: last)
  }

  private func redraw(through last: DrawnPart) {
    clock.hold(.work)
    redraws += 1
    isRedrawing.store(true, ordering: .relaxed)
    redrawing = Task {
      await draw(through: last)
      endRedraw()
    }
  }

  private func endRedraw() {
    redraws -= 1
    if redraws == 0 {
      redrawing = nil
      redrawsShares = false
      isRedrawing.store(false, ordering: .relaxed)
    }
    clock.release(.work)
    wake()
  }

  /// Checks whether the market has changed, because a recording has ended or a day has begun. If so, it is drawn again
  /// first.
  func noteOtherMarket() {
    let (drawn, changes, day) = (drawnAhead.load(ordering: .relaxed), stage.market.market.changes, stage.day)
    handOver()
    tellNewDay()
    if stage.market.market.changes != changes || day != nil && stage.day != day { redraw(drawn) }
  }

  /// What a request needs beyond the parts of the day; nil when it needs nothing else.
  private func drawing(for request: RESTRequest, by api: RESTAPI) -> MarketDrawing? {
    let now = TradingMoment(marketTime)
    if AnswerRequest.listsIndices(request.path) {
      let day = TradingCalendar.tradingDay(onOrBefore: now.date)
      let codes = configuration.knownCodes.industries.map(\.code)
      return MarketDrawing(name: "all indices \(day)", part: nil) { market in
        for code in codes {
          _ = market.index(code, on: day, at: now.time)
          await Task.yield()
        }
      }
    }
    let asked = asked(request, by: api)
    if AnswerRequest.tellsYearOfIndex(request.path) {
      return drawing(ofYearOf: asked.instrument ?? asked.defaultInstrument, now.date)
    }
    if let days = RankingFigures.daysOfOwnCustomers(asked) {
      let codes = stage.market.shares.map(\.code)
      return MarketDrawing(name: "brokers \(days)", part: nil) { market in
        for day in days {
          await MarketDrawing.draw(codes, in: &market) { market, code in
            _ = market.brokers(of: code, on: day, at: day == now.date ? now.time : Market.endOfDay)
          }
        }
      }
    }
    if AnswerRequest.ranksShortSales(request.path) {
      let (days, shares) = (asked.daysOfShortSales, stage.market.shares.map(\.code))
      return MarketDrawing(name: "short sales \(days)", part: nil) { market in
        for code in shares {
          for day in days {
            _ = market.shortSales(of: code, on: TradingCalendar.tradingDay(day))
          }
          await Task.yield()
        }
      }
    }
    if AnswerRequest.listsDays(request.path) { return drawing(ofDaysFor: asked, now.date) }
    guard AnswerRequest.listsFlowsByDay(request.path) else { return nil }
    let index = asked.listsProgramsByDay ? asked.programIndex : asked.instrument ?? asked.defaultInstrument
    guard index.isIndexOfShares else { return nil }
    let days = DailyChartWindow(asked, today: now.date).stretches(of: index).map(\.last)
    guard let last = days.first else { return nil }
    return MarketDrawing(name: "\(index.code) \(last) \(days.count)", part: nil) { market in
      let members = market.codesOfMembers(ofIndex: index.code)
      for day in days {
        await MarketDrawing.draw(members, on: day, in: &market)
        market.drawFlows(ofIndex: index.code, on: day)
      }
    }
  }

  /// The days of an index from the beginning of the year on, whose highest and lowest level the answer has.
  private func drawing(ofYearOf index: Instrument, _ today: CalendarDate) -> MarketDrawing? {
    guard index.isIndexOfShares else { return nil }
    let last = TradingCalendar.tradingDay(before: today)
    let first = QuoteDetails.calendarYear(before: today, stage.dateShift)
    guard first <= last else { return nil }
    return MarketDrawing(name: "year of \(index.code) \(last)", part: nil) { market in
      let middle = first.advanced(by: (last.number - first.number) / 2)
      let start = market
      async let late = MarketDrawing.days(ofIndex: index.code, from: middle.advanced(by: 1), through: last, in: start)
      _ = market.indexDays(index.code, from: first, through: middle)
      market.adoptDrawings(of: await late, minutes: false)
    }
  }

  /// The days of a chart, and of the index that a contract follows.
  private func drawing(ofDaysFor asked: AnswerRequest, _ today: CalendarDate) -> MarketDrawing? {
    let instrument = asked.instrument ?? asked.defaultInstrument
    let stretches = DailyChartWindow(asked, today: today).stretches(of: instrument, page: asked.page)
    // A copy of the market draws only instruments that it knows by their code.
    guard let last = stretches.first?.last, let first = stretches.last.map({ instrument.tradingDay(before: $0.first) }),
      instrument.isIndexOfShares || stage.market.market.instrument(instrument.code) == instrument
    else { return nil }
    let (code, tape) = (instrument.code, asked.tape)
    let isIndex = instrument.isIndexOfShares
    let followed = instrument.market.isDerivative ? instrument.underlying : nil
    return MarketDrawing(name: "days of \(code) \(first) \(last) \(tape)", part: nil) { market in
      if isIndex {
        _ = market.indexDays(code, from: first, through: last)
      } else {
        _ = market.dayBars(of: code, from: first, through: last, tape: tape)
      }
      if let followed, followed.isIndexOfShares { _ = market.indexDays(followed.code, from: first, through: last) }
    }
  }

  /// Whether an answer to a path is about whole markets, so that it is better to wait for what is drawn.
  private static func isAboutMarkets(_ path: String) -> Bool {
    ["rank", "foreign-institution", "program", "investor", "index", "vi-status", "/domestic-futureoption/"].contains {
      path.holds($0)
    }
  }

  private static let mostDrawings = 256
}

/// Something of a market that is drawn outside the actor.
private struct MarketDrawing: Sendable {
  let name: String
  /// The part of the market's day that it is; nil for something else.
  let part: DrawnPart?
  /// Whether its minutes are those of the market's day: those of other days would evict them.
  var isOfToday = false
  let draw: @Sendable (inout Market) async -> Void

  /// Draws a day of some instruments, both halves at once.
  static func draw(_ codes: [String], on day: CalendarDate, in market: inout Market) async {
    await draw(codes, in: &market) { $0.drawDay(of: $1, on: day) }
  }

  /// Draws something of some instruments, every second one in a task of its own.
  static func draw(
    _ codes: [String], in market: inout Market, _ draw: @escaping @Sendable (inout Market, String) -> Void
  ) async {
    let start = market
    async let other = half(codes, from: 1, in: start, draw)
    market = await half(codes, from: 0, in: start, draw)
    market.adoptDrawings(of: await other, minutes: true)
  }

  /// Yields now and then, for others that wait for a processor.
  private static func half(
    _ codes: [String], from first: Int, in start: Market, _ draw: @escaping @Sendable (inout Market, String) -> Void
  ) async -> Market {
    var market = start
    for number in stride(from: first, to: codes.count, by: 2) {
      draw(&market, codes[number])
      if number % 8 > 5 { await Task.yield() }
    }
    return market
  }

  /// Draws the days of an index.
  static func days(
    ofIndex code: String, from first: CalendarDate, through last: CalendarDate, in start: Market
  ) async -> Market {
    var market = start
    _ = market.indexDays(code, from: first, through: last)
    return market
  }

  /// Sums up the indices that are asked for most: KOSPI, KOSDAQ and KOSPI200.
  static func drawIndices(_ day: CalendarDate, through time: ClockTime, in market: inout Market) async {
    await draw(market.codesOfResiduals(), on: day, in: &market)
    await draw(["0001", "1001", "2001"], in: &market) { $0.drawIndex($1, on: day, through: time) }
  }
}

extension AnswerRequest {
  /// Whether an answer has the flows of whole markets for many days.
  static func listsFlowsByDay(_ path: String) -> Bool {
    listsInvestorsByDay(path) || path.hasSuffix("/comp-program-trade-daily")
  }

  /// Whether an answer has who traded in a market, day by day.
  static func listsInvestorsByDay(_ path: String) -> Bool { path.hasSuffix("/inquire-investor-daily-by-market") }

  /// Whether an answer has every index of a moment.
  static func listsIndices(_ path: String) -> Bool { path.hasSuffix("/inquire-index-category-price") }

  /// Whether an answer has many days of something, or the months that they make.
  static func listsDays(_ path: String) -> Bool {
    ranksShortSales(path) || chartsOfDays.contains(where: path.hasSuffix)
  }

  private static let chartsOfDays = [
    "/inquire-daily-itemchartprice", "/inquire-daily-indexchartprice", "/inquire-daily-fuopchartprice",
    "/inquire-index-daily-price", "/inquire-daily-chartprice", "/dailyprice", "/daily-ccnl", "/weekly-ccnl",
    "/monthly-ccnl", "/opt-daily-ccnl", "/opt-weekly-ccnl", "/opt-monthly-ccnl",
  ]

  /// Whether an answer sums what the broker's own customers traded on several days.
  static func sumsOwnCustomers(_ path: String) -> Bool { path.hasSuffix("/traded-by-company") }

  /// Whether an answer has the highest and the lowest level of an index in a year.
  static func tellsYearOfIndex(_ path: String) -> Bool { path.hasSuffix("/inquire-index-price") }

  /// Whether an answer ranks what was sold short in many days.
  static func ranksShortSales(_ path: String) -> Bool { path.hasSuffix("/ranking/short-sale") }

  /// Whether those are the flows of programs, whose market is named by another parameter.
  fileprivate var listsProgramsByDay: Bool { api.path.hasSuffix("/comp-program-trade-daily") }
}
