/// How futures and options follow what they are about while that does not trade: they open a quarter of an hour before it
/// and close a quarter of an hour after it.
///
/// They open between its last close and where it will open, go on to that opening until it does, and in its closing
/// auction from where it was to its close. Around that way they move a little, all that are about the same alike, so
/// that futures and options stay as far apart as they are worth.
struct Anticipation {
  /// When contracts begin, and when what they are about does, milliseconds since midnight.
  let start: Int
  let opening: Int
  /// How much of the way from the last close to the opening contracts have gone when they open, in 1,024ths.
  private let opened: Int
  private let numbers: CellGenerator
  /// The deviation of a minute, as a logarithm in Q30.
  private let deviation: Int

  /// - Parameter day: the day of what is followed.
  init(leader: Leader, of day: DayDraw, seed: UInt64, start: Int, opening: Int) {
    (self.start, self.opening) = (start, opening)
    var numbers = CellGenerator(
      seed: seed, instrument: InstrumentNumber(leader.code).value, day: day.ordinal, purpose: .anticipation)
    opened = start < opening ? numbers.within(600...1_000) : 1_024
    self.numbers = numbers
    // A minute of a session moves by about a thirtieth of the day's range; without trades beside them by half of that.
    deviation = (FixedPoint.ln(max(1, day.high)) - FixedPoint.ln(max(1, day.low))) / 64
  }

  /// The price of what is followed that contracts open by.
  func open(_ day: DayDraw) -> Int { day.base + (day.open - day.base) * opened / 1_024 }

  /// The way of what is followed, for the minutes of contracts.
  ///
  /// - Parameters:
  ///   - points: how far it has moved at the start of each minute of its continuous trading and at the end of the last.
  ///   - close: how far it has moved at its close.
  ///   - closing: how many minutes its closing auction takes, with the one in which that trades.
  ///   - count: how many minutes contracts trade.
  ///   - elasticity: how many times its moves the contract makes, in 1,024ths.
  func way(_ points: [Int], close: Int, closing: Int, minutes count: Int, elasticity: Int) -> [Int] {
    let early = (opening - start) / 60_000
    let late = max(0, count - early - points.count + 1)
    let noise = deviation * elasticity / 1_024
    var numbers = numbers
    let before = bridge(early, noise, &numbers)
    let after = bridge(late, noise, &numbers)
    let (first, last) = (points[0], points[points.count - 1])
    let ahead = (0..<early).map { minute in
      let opened = opened + (1_024 - opened) * minute / early
      return first * opened / 1_024 + before[minute]
    }
    let behind = (0..<late).map { minute in
      last + (close - last) * min(closing, minute + 1) / closing + after[minute + 1]
    }
    return Array((ahead + points + behind).prefix(count + 1))
  }

  /// A walk that ends where it begins.
  private func bridge(_ minutes: Int, _ deviation: Int, _ numbers: inout CellGenerator) -> [Int] {
    var walk = [0]
    for _ in 0..<minutes { walk.append(walk[walk.count - 1] + deviation * numbers.roughNormal() / 4_096) }
    let end = walk[minutes]
    return walk.enumerated().map { minute, moved in moved - (minutes == 0 ? 0 : end * minute / minutes) }
  }
}

extension Stretch {
  /// Goes the way of what it follows, and where that opens later meets it there.
  ///
  /// - Parameters:
  ///   - lead: how far that moves it until the start of each minute and the end of the last one.
  ///   - base: what it moves from.
  ///   - opening: when what it follows opens.
  mutating func follow(_ lead: [Int], from base: Int, ticks: PriceTicks, opening: ClockTime?) {
    self.lead = lead
    let minute = ((opening?.milliseconds ?? sessionStart) - sessionStart) / 60_000
    guard minute > 0, minute < lead.count, prints >= Instrument.fewestDensePrints else { return }
    let price = FixedPoint.integer(ofLn: FixedPoint.ln(base) + lead[minute])
    waypoints = [Waypoint(minute: minute - 1, price: max(low, min(high, ticks.index(nearest: max(1, price)))))]
  }
}

extension Market {
  /// The day of what an instrument follows, as it opens by it.
  mutating func day(of leader: Leader, _ ordinal: Int, to instrument: Instrument) -> DayDraw {
    var day = day(of: leader, ordinal)
    if let anticipation = anticipation(of: leader, on: day, by: instrument) { day.open = anticipation.open(day) }
    return day
  }

  /// How far the day of what an instrument follows moves it until the start of each minute of its own session and the end
  /// of the last one, as logarithms in Q30; empty where that trades too seldom.
  mutating func lead(of leader: Leader, _ ordinal: Int, _ hours: SessionHours, to instrument: Instrument) -> [Int] {
    let date = TradingCalendar.tradingDay(ordinal)
    let leading = TradingHours(of: .krx, on: date)
    guard instrument.isContractAtHome, let continuous = leading.continuous, let close = leading.close,
      let leadersHours = SessionHours(of: self.instrument(leader.code), on: date, seed: seed)
    else { return lead(of: leader, ordinal, hours) }
    let points = lead(of: leader, ordinal, leadersHours)
    let day = day(of: leader, ordinal)
    guard !points.isEmpty, let anticipation = anticipation(of: leader, on: day, by: instrument) else { return points }
    let closed = (FixedPoint.ln(max(1, day.close)) - FixedPoint.ln(max(1, day.base))) * leader.elasticity / 1_024
    return anticipation.way(
      points, close: closed, closing: close.minutes - continuous.end.minutes + 1, minutes: hours.minutes,
      elasticity: leader.elasticity)
  }

  /// Nil for what trades in the hours of what it follows.
  private func anticipation(of leader: Leader, on day: DayDraw, by instrument: Instrument) -> Anticipation? {
    let date = TradingCalendar.tradingDay(day.ordinal)
    guard instrument.isContractAtHome, let start = instrument.hours(on: date).continuous?.start,
      let opening = TradingHours(of: .krx, on: date).continuous?.start
    else { return nil }
    return Anticipation(
      leader: leader, of: day, seed: seed, start: start.milliseconds, opening: opening.milliseconds)
  }
}
