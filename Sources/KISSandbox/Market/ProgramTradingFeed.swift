import KISScenario
import KISWire

/// H0UPPGM0 records of an industry from some moment on, without end.
struct ProgramTradingFeed: Sendable {
  private let key: String
  private let industry: IndustryMarket
  private let seed: UInt64
  private var session: MarketMoment
  private var flow: ProgramFlow
  private var second: Int

  /// The steps of a day are the same for everybody, so that late joiners see the totals that others see.
  static let step = 10
  /// The first of them: `085913` in KIS's example.
  static let start = MarketHours.firstTotals + 13

  init(_ key: String, from start: KoreanTime, hours: OpeningHours, seed: UInt64) {
    self.key = key
    self.seed = seed
    industry = IndustryMarket(rawValue: key) ?? (key.hasPrefix("1") ? .kosdaq : .kospi)
    session = MarketMoment(start, on: .index, hours: hours)
    flow = ProgramFlow(industry, on: session.day, seed: seed)
    second = ProgramTradingFeed.start
    catchUp()
  }

  mutating func next() -> (time: KoreanTime, record: String) {
    if second > (session.shift == 0 && session.hours == .exchange ? MarketHours.afterHoursEnd : session.end) {
      session = session.following(on: .index)
      flow = ProgramFlow(industry, on: session.day, seed: seed)
      second = ProgramTradingFeed.start
      catchUp()
    }
    flow.advance(to: second)
    var values = flow.values(of: industry)
    values[0] = key
    values[1] = clockDigits(((second + session.shift) % 86_400 + 86_400) % 86_400)
    let time = session.day.midnight + .seconds(second + session.shift)
    second += ProgramTradingFeed.step
    return (time, values.joined(separator: "^"))
  }

  /// Plays the steps before the session's first moment.
  private mutating func catchUp() {
    while second < session.second {
      flow.advance(to: second)
      second += ProgramTradingFeed.step
    }
  }
}
