/// What can be ordered, as far as an exchange has to know it.
public struct Security: Sendable, Hashable {
  /// Where it is listed, and so which rules hold for its orders.
  public enum Listing: Sendable, Hashable {
    /// In Korea: the board, and whether NXT trades it too.
    case korea(Board, SecurityKind, isOnNextrade: Bool)
    /// Abroad.
    case abroad(ForeignExchange)
  }

  /// What the caller calls it; unique over all that one exchange trades.
  public let code: String
  /// Where it is listed.
  public let listing: Listing
  /// What it is paid in (ISO 4217). Prices and amounts are in the smallest unit that its prices have.
  public let currency: String

  /// A security.
  public init(_ code: String, _ listing: Listing, currency: String = "KRW") {
    (self.code, self.listing, self.currency) = (code, listing, currency)
  }

  /// Whether it trades abroad.
  public var isAbroad: Bool { if case .abroad = listing { true } else { false } }
}

/// What holds for a security on a day.
public struct SecurityDay: Sendable, Hashable {
  /// The price that limits and the first change are counted from (기준가), the previous close as a rule.
  public var base: Int
  /// The prices that orders may have; nil abroad, where every price is taken.
  public var ticks: PriceTicks?
  /// The lowest and highest price; nil abroad.
  public var limits: PriceLimits?
  /// The last price before now.
  public var last: Int
  /// The close of the regular session; nil before it is known.
  public var close: Int?

  /// A day.
  public init(base: Int, ticks: PriceTicks? = nil, limits: PriceLimits? = nil, last: Int? = nil, close: Int? = nil) {
    (self.base, self.ticks, self.limits, self.last, self.close) = (base, ticks, limits, last ?? base, close)
  }
}
