/// What an equity-linked warrant (ELW) is a right to: a part of a share at a price. No list of warrants has it, so it follows
/// from the name and the code.
public struct Warrant: Sendable {
  /// The share that it is on (기초자산).
  public let share: Instrument
  /// The right to sell (풋), not to buy (콜).
  public let isPut: Bool
  /// The strike price (행사가), in won.
  public let strike: Double
  /// How much of a share one warrant is for (전환비율).
  public let ratio = 0.01
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
    let step = share.referencePrice < 100_000 ? 1_000 : 10_000
    let permille = numbers.within(940...980)
    strike = Double(share.referencePrice * (isPut ? 2_000 - permille : permille) / 1_000 / step * step)
  }

  /// How many times a small move of the share it makes where both have their reference prices: what Black and Scholes say
  /// at the volatility that its price implies. Negative for the right to sell.
  var elasticity: Double {
    let (spot, perShare) = (Double(share.referencePrice), Double(price) / ratio)
    func option(_ volatility: Double) -> OptionValue {
      OptionValue(spot: spot, strike: strike, days: Warrant.usualDays, volatility: volatility, isCall: !isPut)
    }
    let implied = OptionValue.volatility(
      ofPrice: perShare, spot: spot, strike: strike, days: Warrant.usualDays, isCall: !isPut)
    let size = min(max((option(implied).delta * spot / perShare).magnitude, 1.5), 12)
    return isPut ? -size : size
  }

  /// Until it ends, of the usual series.
  private static let usualDays = 83.0
}

extension Instrument {
  /// The share that its name names, as those of warrants and of contracts on shares do.
  public var shareInName: Instrument? { Instrument.sharesByName.first { name.contains($0.name) } }

  /// Longer names first: 삼성전자우 is another share than 삼성전자.
  private static let sharesByName = builtIn.filter { $0.kind == .share }.sorted { $0.name.count > $1.name.count }
}
