/// How a day's volume spreads over the day: the share traded up to a moment.
///
/// A burst at the opening auction, a U between 09:00 and 15:20 (busy, quiet at lunch, busy), nothing in the closing
/// auction, a burst at 15:30, then a creep of after-hours trading to 18:00 (PROTOCOL section 8).
enum IntradayProfile {
  static let openingShare = 0.02
  static let closingShare = 0.07
  static let afterHoursShare = 0.004
  /// The share traded when the closing price is made.
  static let traded = 1 - afterHoursShare

  /// The share of the day's volume traded up to a time of day in seconds; 0 before the open, 1 at 18:00.
  static func share(at seconds: Double) -> Double {
    let open = Double(MarketHours.open)
    let auction = Double(MarketHours.closingAuction)
    let close = Double(MarketHours.close)
    if seconds < open { return 0 }
    let continuousShare = 1 - openingShare - closingShare - afterHoursShare
    let x = ((seconds - open) / (auction - open)).clamped(to: 0...1)
    let traded = openingShare + continuousShare * uShape(x)
    if seconds < close { return traded }
    let afterHours = ((seconds - close) / Double(MarketHours.afterHoursEnd - MarketHours.close)).clamped(to: 0...1)
    return traded + closingShare + afterHoursShare * afterHours
  }

  /// The integral of a density that is 1.75 at the open, 0.78 in the middle and 1.15 at the end; it ends at 1.
  private static func uShape(_ x: Double) -> Double {
    let opening = 1 - (1 - x) * (1 - x) * (1 - x) * (1 - x)
    return 0.55 * x + 0.3 * opening + 0.15 * x * x * x * x
  }
}
