/// Something that happens in a market beside what its seed says. From that moment on it is the market's path, in every
/// figure; what was before stays.
public struct MarketEvent: Sendable, Hashable {
  /// Whom it concerns.
  public enum Scope: Sendable, Hashable {
    /// An instrument, by its code.
    case instrument(String)
    /// All shares of a board.
    case board(Board)
  }

  /// What happens.
  public enum Kind: Sendable, Hashable {
    /// What was traded until then is known, as from a recording; the day goes on from there.
    case known(KnownState)
    /// The price goes away by so many hundredths of a percent within a time (milliseconds); the limits end it.
    case move(basisPoints: Int, over: Int)
    /// Trading rests for a time (milliseconds) and goes on with an auction (as a volatility interruption does).
    case halt(milliseconds: Int)
    /// The price goes to its limit within a minute and stays there: up for a buyers' limit (상한가).
    case limit(Side)
    /// 서킷브레이커, first stage: the price falls by 8 %, trading rests for 20 minutes, an auction of 10 lets it go on.
    case circuitBreaker
  }

  public let scope: Scope
  public let date: CalendarDate
  /// The last moment that is not concerned.
  public let time: ClockTime
  public let kind: Kind

  public init(_ kind: Kind, to scope: Scope, on date: CalendarDate, at time: ClockTime) {
    self.scope = scope
    self.date = date
    self.time = time
    self.kind = kind
  }

  /// The order of events of one moment.
  var rank: Int { if case .known = kind { 0 } else { 1 } }

  /// Whether an instrument is meant.
  public func concerns(_ instrument: Instrument) -> Bool {
    switch scope {
    case .instrument(let code): code == instrument.code
    case .board(let board): instrument.kind == .share && instrument.board == board
    }
  }
}

/// What is known of an instrument's day at a moment. Prices in the smallest units of its market.
public struct KnownState: Sendable, Hashable {
  public var price: Int
  public var open: Int
  public var high: Int
  public var low: Int
  public var volume: Int
  public var amount: Int
  public var boughtVolume: Int
  public var soldVolume: Int
  public var boughtPrints: Int
  public var soldPrints: Int

  /// A state; what is left out follows from the rest: half of the volume bought, every price the last one.
  public init(
    price: Int, open: Int? = nil, high: Int? = nil, low: Int? = nil, volume: Int, amount: Int,
    boughtVolume: Int? = nil, soldVolume: Int? = nil, boughtPrints: Int = 0, soldPrints: Int = 0
  ) {
    self.price = price
    self.open = open ?? price
    self.high = max(high ?? price, price)
    self.low = min(low ?? price, price)
    self.volume = max(0, volume)
    self.amount = max(0, amount)
    self.boughtVolume = boughtVolume ?? self.volume / 2
    self.soldVolume = soldVolume ?? (self.volume - self.boughtVolume)
    self.boughtPrints = boughtPrints
    self.soldPrints = soldPrints
  }

  /// The tape on the grid of ticks; high and low are rounded inward, so that they win over the rounded ones.
  func running(_ ticks: PriceTicks) -> Running {
    Running(
      open: ticks.index(nearest: open), high: ticks.index(atOrBelow: high), low: ticks.index(atOrAbove: low),
      last: ticks.index(nearest: price), volume: volume, amount: amount, boughtVolume: boughtVolume,
      soldVolume: soldVolume, boughtPrints: boughtPrints, soldPrints: soldPrints,
      reference: ticks.index(nearest: open))
  }
}
