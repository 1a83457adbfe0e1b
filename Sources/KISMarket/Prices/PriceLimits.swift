/// The lowest and the highest price of a day (하한가, 상한가), in won.
public struct PriceLimits: Sendable, Hashable {
  /// 하한가
  public let lower: Int
  /// 상한가
  public let upper: Int

  /// Limits that are known, as recorded ones.
  public init(lower: Int, upper: Int) {
    self.lower = lower
    self.upper = upper
  }

  /// The limits around a base price (기준가), with the exchange's three roundings: the width is floored to the tick at
  /// the *base* price, added and subtracted, and each result moved inward to the tick at *its own* price.
  ///
  /// - Parameters:
  ///   - base: the base price in won.
  ///   - percent: how far the price may go, 30 for shares.
  ///   - ticks: the ticks of the day.
  public init(around base: Int, percent: Int, ticks: PriceTicks) {
    let base = min(max(1, base), 1 << 50)
    let step = ticks.step(at: base)
    let width = base * percent / 100 / step * step
    upper = ticks.price(at: ticks.index(atOrBelow: base + width))
    lower = max(ticks.price(at: 1), ticks.price(at: ticks.index(atOrAbove: base - width)))
  }

  /// How far a price may go in percent of its base price, by date: 15 before 2015-06-15, 30 since; the multiple of a
  /// leveraged ETF or ETN widens it.
  public static func percent(on date: CalendarDate, leverage: Int = 1) -> Int {
    (date < widerFrom ? 15 : 30) * max(1, abs(leverage))
  }

  /// ±30 % since this day.
  static let widerFrom: CalendarDate = "2015-06-15"

  /// The limits of a new listing's first day: 60 % to 400 % of the offer price since 2023-06-26.
  public static func firstDay(offerPrice: Int, ticks: PriceTicks) -> PriceLimits {
    let offer = min(max(1, offerPrice), 1 << 50)
    return PriceLimits(
      lower: max(ticks.price(at: 1), ticks.price(at: ticks.index(atOrAbove: (offer * 60 + 99) / 100))),
      upper: ticks.price(at: ticks.index(atOrBelow: offer * 4)))
  }

  /// Whether an order may have that price.
  public func contains(_ price: Int) -> Bool { (lower...upper).contains(price) }
}
