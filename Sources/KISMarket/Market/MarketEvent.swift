/// Something that happens in a market in addition to what its seed determines. From that moment on every figure follows
/// it; what was before stays.
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
    /// The price moves by a number of hundredths of a percent within a time (milliseconds), at most to its limit.
    case move(basisPoints: Int, over: Int)
    /// Trading rests for a time (milliseconds) and resumes with an auction, as after a volatility interruption.
    case halt(milliseconds: Int)
    /// The price goes to its limit within a minute and stays there: up for a buyers' limit (상한가).
    case limit(Side)
    /// 서킷브레이커, first stage: the price falls by 8 %, trading rests for 20 minutes and resumes with an auction of 10
    /// minutes.
    case circuitBreaker
  }

  /// Whom it concerns.
  public let scope: Scope
  /// The trading day on which it happens.
  public let date: CalendarDate
  /// The last moment before it takes effect.
  public let time: ClockTime
  /// What happens.
  public let kind: Kind

  /// An event that takes effect after a moment of a day.
  public init(_ kind: Kind, to scope: Scope, on date: CalendarDate, at time: ClockTime) {
    self.scope = scope
    self.date = date
    self.time = time
    self.kind = kind
  }

  /// The order of events of one moment: what was made known comes first.
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
  /// The last price (현재가).
  public var price: Int
  /// 시가
  public var open: Int
  /// 고가
  public var high: Int
  /// 저가
  public var low: Int
  /// Shares traded until then (누적 거래량).
  public var volume: Int
  /// What was paid for them (누적 거래대금).
  public var amount: Int
  /// Shares that buyers took (매수 체결량).
  public var boughtVolume: Int
  /// Shares that sellers took (매도 체결량).
  public var soldVolume: Int
  /// Prints that buyers took.
  public var boughtPrints: Int
  /// Prints that sellers took.
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
