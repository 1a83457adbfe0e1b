/// A part of a session that is drawn as one: from a moment to the end, between known prices, with known volume. A day is
/// one stretch, unless something that happens in it makes the rest another one.
///
/// Prices are indices of the day's ticks unless they are said to be prices.
struct Stretch: Sendable {
  /// The day.
  var ordinal = 0
  /// Its part of the names of random cells: each stretch of a day has another one.
  var key = 0
  /// When the session's first minute begins, milliseconds since midnight.
  var sessionStart = 0
  /// The first minute of the stretch, counted in the session, and how many milliseconds of it are gone.
  var firstMinute = 0
  var gone = 0
  /// Where it starts; the price of the auction that it starts with, if there is one.
  var open = 0
  var high = 0
  var low = 0
  var close = 0
  /// Shares, those of the auctions included.
  var volume = 0
  /// Prints of continuous trading.
  var prints = 0
  /// Shares of the auctions at its start and end.
  var openingVolume = 0
  var closingVolume = 0
  /// When these auctions trade, milliseconds since midnight.
  var openingTime = 0
  var closingTime = 0
  /// Deviation of the price from the start to the end, in 256ths of its unit.
  var deviation = 0
  /// The price limits.
  var lower = 0
  var upper = 0
  /// How much more is bought than sold: a normal number in 1,024ths.
  var tilt = 0
  /// Whether static volatility interruptions happen, and the price that they are measured from.
  var interrupts = false
  var reference = 0
  /// Prices that the path has to be at when a minute ends, ascending by minute (counted in the session).
  var waypoints: [Waypoint] = []
  /// From which minute on (counted in the session) every trade is made at the limit at which it closes; nil when none is.
  var locked: Int?
  /// How far what it follows moves it until the start of each minute of the session and the end of the last one, as
  /// logarithms in Q30; empty when it follows nothing.
  var lead: [Int] = []
  /// Minutes in which nothing trades, before an auction at the start of the next one.
  var pauses: [Pause] = []

  /// A price to be at.
  struct Waypoint: Sendable, Hashable {
    let minute: Int
    let price: Int
  }

  /// A pause in trading, which an auction ends.
  struct Pause: Sendable, Hashable {
    /// Minutes without trading, counted in the session; the auction is in the minute after them.
    let minutes: Range<Int>
    /// When the auction trades, milliseconds since midnight.
    let resume: Int
    /// Whether the whole market rests.
    var isCircuitBreaker = false
  }
}

/// One minute of a stretch: what is traded in it, at which prices. Prices are tick indices.
///
/// A market keeps hundreds of thousands of them: wide fields come before narrow ones, so that nothing is lost to
/// padding.
struct MinuteCell: Sendable {
  /// Won, the auction included.
  var amount = 0
  /// Shares of continuous trading.
  @Compact var volume = 0
  /// Shares of the auction that the minute starts with.
  @Compact var auctionVolume = 0
  /// Shares that buyers took.
  @Compact var boughtVolume = 0
  /// Counted in the session.
  @Compact var minute = 0
  /// Of continuous trading; all equal to the close before when there is none.
  @Compact var open = 0
  @Compact var high = 0
  @Compact var low = 0
  @Compact var close = 0
  /// Prints of continuous trading, and those that buyers took.
  @Compact var prints = 0
  @Compact var boughtPrints = 0
  @Compact var auctionPrice = 0
  /// Where the traded minute before ended, and which it was.
  @Compact var previousClose = 0
  @Compact var previousMinute = 0
  /// Whether trading rests, in a volatility interruption or by order.
  var isHalted = false
}
