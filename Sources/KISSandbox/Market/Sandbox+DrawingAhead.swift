import KISMarket
import KISWire
import Synchronization

extension Sandbox {
  /// Whether an answer to a path may need more of the market than is drawn.
  package nonisolated func mayNeedDrawing(for path: String) -> Bool {
    guard path.holds("/quotations/") || path.holds("/ranking/") else { return false }
    return !isDayDrawn.load(ordering: .relaxed) || AnswerRequest.listsFlowsByDay(path)
  }

  /// What is to be drawn ahead beside the sandbox, which others wait for; nil when it is there.
  ///
  /// Figures of whole markets need the day of every share: some 40 ms, once a day. What was drawn is there for every
  /// market of the seed in which nothing happened; any other one draws again when it is asked.
  package func drawingAhead(of request: RESTRequest) -> DrawingAhead? {
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
      let close = ClockTime(milliseconds: index.closingSecond(on: now.date) * 1_000)
      let listsPrograms = request.path.holds("program")
      return DrawingAhead(
        path: request.path,
        indices: {
          var market = market
          for day in days {
            if listsPrograms {
              _ = market.programs(ofIndex: index.code, on: day, at: ClockTime(20, 0))
              _ = market.index(index.code, on: day, at: ClockTime(20, 0))
            } else {
              _ = market.investors(ofIndex: index.code, on: day, at: close)
            }
          }
        })
    }
    guard isDayDrawn.exchange(true, ordering: .relaxed) == false else { return nil }
    let day = TradingCalendar.tradingDay(onOrBefore: now.date)
    return DrawingAhead(
      path: request.path,
      shares: {
        var market = market
        market.drawShares(day, at: now.time)
      },
      indices: {
        var market = market
        market.drawIndices(day, through: now.time)
      })
  }
}

extension Sandbox {
  private static let mostDrawnLists = 256
}

/// What is drawn before it is asked for, in two steps: the shares, and the indices that are made of them.
package struct DrawingAhead: Sendable {
  /// What for.
  let path: String
  var shares: @Sendable () -> Void = {}
  let indices: @Sendable () -> Void

  /// Draws beside everything else; returns as soon as there is what an answer had better wait for. One about a single
  /// instrument waits for nothing.
  package func begin() async {
    let shares = Task.detached { self.shares() }
    let indices = Task.detached {
      await shares.value
      self.indices()
    }
    if ["program", "investor", "index"].contains(where: path.holds) {
      await indices.value
    } else if ["rank", "foreign-institution"].contains(where: path.holds) {
      await shares.value
    }
  }
}

extension AnswerRequest {
  /// Whether an answer has the flows of whole markets for many days.
  static func listsFlowsByDay(_ path: String) -> Bool {
    path.hasSuffix("/inquire-investor-daily-by-market") || path.hasSuffix("/comp-program-trade-daily")
  }
}
