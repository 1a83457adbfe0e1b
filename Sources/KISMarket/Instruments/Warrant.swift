/// What an equity-linked warrant (ELW) is a right to: a part of a share at a price. No list of warrants has it, so it follows
/// from the name and the code.
public struct Warrant: Sendable {
  /// The share that it is on (기초자산).
  public let share: Instrument
  /// The right to sell (풋), not to buy (콜).
  public let isPut: Bool
  /// How much of a share one warrant is for (전환비율).
  public let ratio: Double
  /// Its strike in thousandths of the price that its share has when it is listed.
  private let moneyness: Int
  /// What its premium makes of its share's moves in a year when it is listed; nil where a price is known instead.
  private let volatility: Double?
  private let price: Int

  /// Nil for anything but a warrant. The share is named in its name; Samsung's when none is.
  public init?(_ instrument: Instrument) {
    guard instrument.kind == .elw, let share = instrument.shareInName ?? Instrument.builtIn("005930") else {
      return nil
    }
    self.share = share
    isPut = instrument.name.hasSuffix("풋")
    price = instrument.referencePrice
    var numbers = CellGenerator(
      seed: 0, instrument: InstrumentNumber(instrument.code).value, day: 0, purpose: .unknownInstrument)
    if instrument.term == nil {
      let permille = numbers.within(940...980)
      (moneyness, volatility, ratio) = (isPut ? 2_000 - permille : permille, nil, 0.01)
    } else {
      // So much that a warrant costs some hundred won.
      ratio = share.referencePrice < 200_000 ? 0.02 : share.referencePrice < 500_000 ? 0.01 : 0.005
      (moneyness, volatility) = (numbers.within(880...1_120), Double(numbers.within(36...58)) / 100)
    }
  }

  /// The strike price (행사가), in won, where its share has its reference price.
  public var strike: Double { strike(whereShareIsAt: share.referencePrice) }

  /// The strike price that it is listed with.
  func strike(whereShareIsAt price: Int) -> Double {
    let step = price < 100_000 ? 1_000 : 10_000
    return Double(price * moneyness / 1_000 / step * step)
  }

  /// What it is worth, in won, some days before it ends.
  func worth(spot: Int, strike: Double, days: Int) -> Int {
    let option = OptionValue(
      spot: Double(spot), strike: strike, days: Double(days), volatility: volatility ?? 0.4, isCall: !isPut)
    return max(1, Int((option.price * ratio).rounded()))
  }

  /// How many times a small move of the share it makes where both have their reference prices: what Black and Scholes say
  /// at the volatility that its price implies. Negative for the right to sell.
  var elasticity: Double {
    let spot = Double(share.referencePrice)
    func option(_ volatility: Double) -> OptionValue {
      OptionValue(spot: spot, strike: strike, days: Warrant.usualDays, volatility: volatility, isCall: !isPut)
    }
    let perShare = volatility.map { option($0).price } ?? Double(price) / ratio
    let implied =
      volatility
      ?? OptionValue.volatility(
        ofPrice: perShare, spot: spot, strike: strike, days: Warrant.usualDays, isCall: !isPut)
    let size = min(max((option(implied).delta * spot / perShare).magnitude, 1.5), 12)
    return isPut ? -size : size
  }

  /// From the last day on which it trades until it ends.
  static let restDays = 2

  /// Until it ends, of the usual series.
  private static let usualDays = 83.0
}

/// What a warrant of a month was listed with, by what its share cost then.
struct WarrantIssue: Sendable {
  let warrant: Warrant
  let strike: Double
  /// The close of the day before it was listed.
  let first: PriceAnchor
  /// The last closes that were expected on days, by the ordinals of those.
  var lasts: [Int: PriceAnchor] = [:]
}

extension Market {
  /// The strike price of a warrant of a month, in won: it is set by the price that its share has when it is listed. Nil for
  /// anything else.
  public mutating func strike(ofMonthlyWarrant instrument: Instrument) -> Double? { issue(of: instrument)?.strike }

  /// Nil for anything but a warrant of a month.
  mutating func newIssue(of instrument: Instrument) -> WarrantIssue? {
    guard let term = instrument.term, let warrant = Warrant(instrument) else { return nil }
    let before = TradingDays(of: instrument).ordinal(of: term.lowerBound) - 1
    let spot = close(warrant.share, before)
    let strike = warrant.strike(whereShareIsAt: spot)
    let life = term.upperBound.number - term.lowerBound.number + Warrant.restDays
    return WarrantIssue(
      warrant: warrant, strike: strike,
      first: anchor(instrument, before, at: warrant.worth(spot: spot, strike: strike, days: life)))
  }

  /// What a warrant of a month costs last: with two days left hardly more than exercising it brings.
  mutating func last(of instrument: Instrument, _ issue: WarrantIssue, seenOn day: Int) -> PriceAnchor {
    let last = TradingDays(of: instrument).ordinal(of: instrument.term?.upperBound ?? Market.referenceDate)
    let spot = close(issue.warrant.share, last, seenOn: min(day, last))
    let price = issue.warrant.worth(spot: spot, strike: issue.strike, days: Warrant.restDays)
    return anchor(instrument, last, at: price)
  }

  private func anchor(_ instrument: Instrument, _ ordinal: Int, at price: Int) -> PriceAnchor {
    let ticks = instrument.ticks(on: TradingDays(of: instrument).day(ordinal))
    return PriceAnchor(ordinal: ordinal, price: ticks.price(at: max(1, ticks.index(nearest: price))))
  }
}

extension Instrument {
  /// The share that its name names, as those of warrants and of contracts on shares do.
  public var shareInName: Instrument? { Instrument.sharesByName.first { name.contains($0.name) } }

  /// Longer names first: 삼성전자우 is another share than 삼성전자.
  private static let sharesByName = builtIn.filter { $0.kind == .share }.sorted { $0.name.count > $1.name.count }
}
