/// What an option is worth by Black and Scholes, and how that changes (greeks). Interest and dividends are taken to
/// outweigh each other, so a right is never worth less than what exercising it brings.
///
/// Made of ``FixedPoint`` and of what IEEE defines exactly, so that every machine has the same figures.
public struct OptionValue: Sendable, Hashable {
  /// What it is worth, in the unit of the spot price.
  public let price: Double
  /// How much of a move of the spot it makes (델타): 0 to 1 of a call, -1 to 0 of a put.
  public let delta: Double
  /// How much delta changes with a point of the spot (감마).
  public let gamma: Double
  /// What a percent more of volatility adds (베가).
  public let vega: Double
  /// What a day takes away (세타).
  public let theta: Double
  /// What a percent more of interest adds (로).
  public let rho: Double

  /// - Parameters:
  ///   - days: until it expires; less than a half is half a day, as nothing is certain before the close.
  ///   - volatility: of a year, 0.2 for 20 %.
  public init(spot: Double, strike: Double, days: Double, volatility: Double, isCall: Bool) {
    let years = max(days, 0.5) / 365
    let spread = volatility * years.squareRoot()
    let first = (OptionValue.ln(spot) - OptionValue.ln(strike)) / spread + spread / 2
    let second = first - spread
    let (reached, paid) = (OptionValue.cumulative(first), OptionValue.cumulative(second))
    let call = spot * reached - strike * paid
    let density = OptionValue.exp(-first * first / 2) * 0.3989422804014327
    price = max(isCall ? call : call - spot + strike, isCall ? spot - strike : strike - spot, 0)
    delta = isCall ? reached : reached - 1
    gamma = density / (spot * spread)
    vega = spot * density * years.squareRoot() / 100
    theta = -spot * density * volatility / (2 * years.squareRoot()) / 365
    rho = (isCall ? strike * paid : strike * (paid - 1)) * years / 100
  }

  /// The volatility at which an option is worth a price (내재변동성): 0.01 to 3, whatever it takes.
  public static func volatility(
    ofPrice price: Double, spot: Double, strike: Double, days: Double, isCall: Bool
  ) -> Double {
    var (low, high) = (0.01, 3.0)
    // From the volatility at which the price bends from one side to the other Newton's steps do not overshoot (Manaster
    // and Koehler); where rounding makes one leave the range that is left, that is halved instead.
    let years = max(days, 0.5) / 365
    let bend = (2 * (ln(spot) - ln(strike)).magnitude / years).squareRoot()
    var volatility = min(max(bend, 0.1), high)
    for _ in 0..<40 {
      let value = OptionValue(spot: spot, strike: strike, days: days, volatility: volatility, isCall: isCall)
      if value.price < price { low = volatility } else { high = volatility }
      let step = (price - value.price) / (value.vega * 100)
      let next = volatility + step
      let isInside = next > low && next < high
      volatility = isInside ? next : (low + high) / 2
      if high - low < 1e-7 || isInside && step.magnitude < 1e-7 { break }
    }
    return volatility
  }

  private static let unit = Double(FixedPoint.one)

  private static func exp(_ x: Double) -> Double { Double(FixedPoint.exp(Int((max(x, -19) * unit).rounded()))) / unit }

  /// Of a number of points, rounded to thousandths, which is finer than any price.
  private static func ln(_ x: Double) -> Double {
    Double(FixedPoint.ln(Int((min(max(x, 0.001), 1e9) * 1_000).rounded()))) / unit
  }

  /// The chance of a normal number to be below (Abramowitz and Stegun 26.2.17, good to 10⁻⁷).
  private static func cumulative(_ x: Double) -> Double {
    let t = 1 / (1 + 0.2316419 * x.magnitude)
    let sum =
      t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
    let above = OptionValue.exp(-x * x / 2) * 0.3989422804014327 * sum
    return x < 0 ? above : 1 - above
  }
}
