import KISMarket
import KISWire
import Synchronization

extension Sandbox {
  /// Whether an answer to a path may need more of the market than is drawn.
  package nonisolated func mayNeedDrawing(for path: String) -> Bool {
    guard path.holds("/quotations/") || path.holds("/ranking/") else { return false }
    return !isDayDrawn.load(ordering: .relaxed) || AnswerRequest.listsFlowsByDay(path)
      || AnswerRequest.listsIndices(path)
  }

  /// Draws what a request needs before it can be answered at once. It is done beside the sandbox, which goes on meanwhile:
  /// figures of whole markets need the day of every share, some 40 ms for each day.
  ///
  /// Who asks about whole markets waits until it is there; who asks about one share does not.
  package func drawAhead(for request: RESTRequest) async {
    guard configuration.generatesAnswers, let api = Catalogue.rest(path: request.path, method: request.method),
      let drawing = drawing(for: request, by: api)
    else { return }
    let market = stage.market.market
    let key = "\(market.changes) \(drawing.name)"
    if let running = stage.drawings[key] {
      if Sandbox.isAboutMarkets(request.path) { await running.value }
      return
    }
    if stage.drawings.count >= Sandbox.mostDrawings { stage.drawings = [:] }
    let task = Task.detached(priority: .utility) {
      var market = market
      await drawing.draw(&market)
      await self.take(market, drawn: drawing, as: key)
    }
    stage.drawings[key] = task
    if Sandbox.isAboutMarkets(request.path) { await task.value }
  }

  /// Takes over what was drawn beside the sandbox, unless the market was moved since.
  private func take(_ market: Market, drawn: MarketDrawing, as key: String) {
    if drawn.isDay { stage.drawings[key] = nil }
    guard market.changes == stage.market.market.changes else { return }
    stage.market.adoptDrawings(of: market, minutes: drawn.isDay)
    if drawn.isDay { isDayDrawn.store(true, ordering: .relaxed) }
  }

  /// What has to be drawn, and by what name it is known; nil when it is there.
  private func drawing(for request: RESTRequest, by api: RESTAPI) -> MarketDrawing? {
    let now = TradingMoment(marketTime)
    if AnswerRequest.listsIndices(request.path) {
      let day = TradingCalendar.tradingDay(onOrBefore: now.date)
      let codes = configuration.knownCodes.industries.map(\.code)
      return MarketDrawing(name: "indices \(day)", isDay: false) { market in
        await MarketDrawing.draw(market.listedAtHome.map(\.code), on: day, in: &market)
        for code in codes {
          _ = market.index(code, on: day, at: now.time)
          await Task.yield()
        }
      }
    }
    guard AnswerRequest.listsFlowsByDay(request.path) else {
      guard !isDayDrawn.load(ordering: .relaxed) else { return nil }
      let day = TradingCalendar.tradingDay(onOrBefore: now.date)
      return MarketDrawing(name: "\(day)", isDay: true) { market in
        await MarketDrawing.draw(market.listedAtHome.map(\.code), on: day, in: &market)
        market.drawBoards(day, through: now.time)
      }
    }
    let asked = asked(request, by: api)
    let index = asked.listsProgramsByDay ? asked.programIndex : asked.instrument ?? asked.defaultInstrument
    guard index.isIndexOfShares else { return nil }
    let days = DailyChartWindow(asked, today: now.date).stretches(of: index).map(\.last)
    guard let last = days.first else { return nil }
    return MarketDrawing(name: "\(index.code) \(last) \(days.count)", isDay: false) { market in
      let members = market.codesOfMembers(ofIndex: index.code)
      for day in days {
        await MarketDrawing.draw(members, on: day, in: &market)
        market.drawFlows(ofIndex: index.code, on: day)
      }
    }
  }

  /// Whether an answer to a path is about whole markets, so that it is better to wait for what is drawn.
  private static func isAboutMarkets(_ path: String) -> Bool {
    ["rank", "foreign-institution", "program", "investor", "index", "vi-status"].contains { path.holds($0) }
  }

  private static let mostDrawings = 256
}

/// Something of a market that is drawn beside the sandbox.
private struct MarketDrawing: Sendable {
  let name: String
  /// Whether it is the market's day.
  let isDay: Bool
  let draw: @Sendable (inout Market) async -> Void

  /// Draws a day of some instruments. Now and then whoever else waits for a processor has it.
  static func draw(_ codes: [String], on day: CalendarDate, in market: inout Market) async {
    for (number, code) in codes.enumerated() {
      market.drawDay(of: code, on: day)
      if number % 16 == 15 { await Task.yield() }
    }
  }
}

extension AnswerRequest {
  /// Whether an answer has the flows of whole markets for many days.
  static func listsFlowsByDay(_ path: String) -> Bool {
    path.hasSuffix("/inquire-investor-daily-by-market") || path.hasSuffix("/comp-program-trade-daily")
  }

  /// Whether an answer has every index of a moment.
  static func listsIndices(_ path: String) -> Bool { path.hasSuffix("/inquire-index-category-price") }

  /// Whether those are of programs: their market has a letter of its own.
  fileprivate var listsProgramsByDay: Bool { api.path.hasSuffix("/comp-program-trade-daily") }
}
