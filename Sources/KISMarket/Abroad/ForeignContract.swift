/// A future or option abroad (해외선물옵션) as its code describes it: `ESZ26`, `6AU22`, `OESH23 C3900`.
///
/// The root of its product (options have an O before it), a letter for the month, two digits for the year and, of options,
/// after a space the right and the strike.
public struct ForeignContract: Sendable {
  /// What it is on; made up where nobody knows.
  public let product: ForeignProduct
  /// Whether it is an option.
  public let isOption: Bool
  /// Whether its product is known, and lists such a month.
  public let isListed: Bool
  /// The last day on which it trades, abroad.
  public let lastDay: CalendarDate
  /// The day on which it was listed: fifteen months before.
  public let firstDay: CalendarDate
  private let year: Int
  private let month: Int
  private let right: Character?
  private let strike: Double?

  /// The letters of the months, January first.
  static let letters = Array("FGHJKMNQUVXZ")

  /// Reads a code.
  /// - Parameter day: a code that says no month stands for the quarter that ends next.
  public init(_ code: some StringProtocol, on day: CalendarDate = Market.referenceDate) {
    let parts = code.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    let series = String(parts.first ?? "")
    isOption = parts.count > 1
    let named = ForeignContract.month(of: series)
    let today = day.parts
    (year, month) = named ?? (today.year, (today.month + 2) / 3 * 3)
    let root = named == nil ? series : String(series.dropLast(3))
    let name = isOption && root.hasPrefix("O") ? String(root.dropFirst()) : root
    let known = ForeignProduct.known(name)
    product = known ?? ForeignProduct(unknown: name)
    right = parts.last.flatMap(\.first)
    strike = isOption ? parts.last.flatMap { Double($0.dropFirst()) }.flatMap { $0.isFinite && $0 > 0 ? $0 : nil } : nil
    isListed =
      known != nil && named != nil && product.months.contains(month)
      && (!isOption || strike != nil && (right == "C" || right == "P"))
    lastDay = product.lastDay(year: year, month: month)
    firstDay = ForeignCalendar.newYork.tradingDay(onOrBefore: lastDay.advanced(by: -456))
  }

  /// What it may cost on ``Market/referenceDate``: a future what its product does, an option what exercising it would bring
  /// and some for the time that it has. Nil where nobody knows.
  var referencePrice: Int? {
    guard let level = product.level else { return nil }
    guard isOption else { return level }
    let distance = (Double(level) / Double(product.scale) - (strike ?? 0)) * Double(product.scale)
    let worth = strike == nil ? 0 : max(0, right == "P" ? -distance : distance)
    let price = min(worth, Double(level)) + Double(level) / 60
    return max(1, Int(price) / product.tick) * product.tick
  }

  /// `E-mini S&P 500 2026.12`, of an option with what follows in its code.
  func name(of code: String) -> String? {
    guard isListed else { return nil }
    return "\(product.name) \(year).\(month < 10 ? "0" : "")\(month)" + code.drop { $0 != " " }
  }

  /// The code of the contract of a product that ends next after a day.
  public static func next(_ root: String, on day: CalendarDate) -> String {
    let product = ForeignProduct.known(root) ?? ForeignProduct(unknown: root)
    let first = day.year * 12 + day.parts.month - 1
    let count = (first...(first + 24)).first {
      product.months.contains($0 % 12 + 1) && product.lastDay(year: $0 / 12, month: $0 % 12 + 1) >= day
    }
    let month = count ?? first
    let year = month / 12 % 100
    return root + String(letters[month % 12]) + (year < 10 ? "0" : "") + "\(year)"
  }

  /// The month that a series ends with: `Z26`.
  private static func month(of series: String) -> (Int, Int)? {
    let end = Array(series.suffix(3))
    guard series.count > 3, let month = letters.firstIndex(of: end[0]), let year = Int(String(end[1...])),
      (0...99).contains(year)
    else { return nil }
    return (2000 + year, month + 1)
  }
}
