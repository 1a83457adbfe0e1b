/// When call auctions really end: within 30 seconds after their nominal end, each instrument at a moment of its own
/// (랜덤엔드), so that nobody can time the last order.
public enum AuctionEnd {
  /// The longest delay in milliseconds.
  public static let longestDelay = 30_000

  /// The moment at which an auction of an instrument trades.
  ///
  /// - Parameters:
  ///   - nominal: when it should end.
  ///   - code: the instrument.
  ///   - date: the day.
  ///   - seed: the market's seed.
  public static func moment(after nominal: ClockTime, code: String, on date: CalendarDate, seed: UInt64) -> ClockTime {
    var numbers = CellGenerator(
      seed: seed, instrument: InstrumentNumber(code).value, day: date.number, purpose: .auctionEnd,
      index: nominal.minutes)
    return nominal.later(milliseconds: numbers.below(longestDelay + 1))
  }
}
