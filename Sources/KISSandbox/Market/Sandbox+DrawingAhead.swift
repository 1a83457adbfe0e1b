import KISMarket
import KISWire
import Synchronization

extension Sandbox {
  /// Whether an answer to a path may need more of the market than is drawn.
  package nonisolated func mayNeedDrawing(for path: String) -> Bool {
    guard path.holds("/quotations/") || path.holds("/ranking/") else { return false }
    return !isDayDrawn.load(ordering: .relaxed) || AnswerRequest.listsFlowsByDay(path)
  }

  /// Whether an answer to a path is about whole markets, so that it is better to wait for what is drawn.
  package nonisolated func isAboutMarkets(_ path: String) -> Bool {
    ["rank", "foreign-institution", "program", "investor", "index"].contains { path.holds($0) }
  }

  /// What has to be drawn before a request can be answered at once, to be done beside the sandbox, which others wait for;
  /// nil when it is there.
  ///
  /// Figures of whole markets need the day of every share: some 40 ms, once a day. What was drawn is there for every
  /// market of the seed in which nothing happened; any other one draws again when it is asked.
  package func drawingAhead(of request: RESTRequest) -> (@Sendable () -> Void)? {
    guard configuration.generatesAnswers, let api = Catalogue.rest(path: request.path, method: request.method) else {
      return nil
    }
    let market = stage.market.market
    let now = TradingMoment(marketTime)
    if AnswerRequest.listsFlowsByDay(request.path) {
      let asked = asked(request, by: api)
      let index = asked.instrument ?? asked.defaultInstrument
      guard index.isIndexOfShares else { return nil }
      let days = DailyChartWindow(asked, today: now.date).stretches(of: index).map(\.last)
      if stage.drawnLists.count >= Sandbox.mostDrawnLists { stage.drawnLists = [] }
      guard let last = days.first, stage.drawnLists.insert("\(api.path) \(index.code) \(last) \(days.count)").inserted
      else { return nil }
      return {
        var market = market
        for day in days {
          _ = market.investors(ofIndex: index.code, on: day, at: ClockTime(20, 0))
          _ = market.programs(ofIndex: index.code, on: day, at: ClockTime(20, 0))
        }
      }
    }
    guard isDayDrawn.exchange(true, ordering: .relaxed) == false else { return nil }
    return {
      var market = market
      market.drawAhead(TradingCalendar.tradingDay(onOrBefore: now.date), through: now.time)
    }
  }
}

extension Sandbox {
  private static let mostDrawnLists = 256
}

extension AnswerRequest {
  /// Whether an answer has the flows of whole markets for many days.
  static func listsFlowsByDay(_ path: String) -> Bool {
    path.hasSuffix("/inquire-investor-daily-by-market") || path.hasSuffix("/comp-program-trade-daily")
  }
}
