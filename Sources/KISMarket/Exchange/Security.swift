/// What can be ordered, as far as an exchange has to know it.
public struct Security: Sendable, Hashable {
  /// Where it is listed, and so which rules hold for its orders.
  public enum Listing: Sendable, Hashable {
    /// A share or fund in Korea: the board, and whether NXT trades it too.
    case korea(Board, SecurityKind, isOnNextrade: Bool)
    /// A share abroad.
    case abroad(ForeignExchange)
    /// 선물·옵션: what kind of contract, and where it trades.
    case contract(SecurityKind, ContractMarket)
    /// 장내채권
    case bond

    /// Whether it trades in Korea by day.
    var isHome: Bool {
      switch self {
      case .korea, .bond, .contract(_, .krx): true
      case .abroad, .contract: false
      }
    }
  }

  /// What the caller calls it; unique over all that one exchange trades.
  public let code: String
  /// Where it is listed.
  public let listing: Listing
  /// What it is paid in (ISO 4217). Prices and amounts are in the smallest unit that its prices have.
  public let currency: String
  /// What one of it is worth at a price of 1.
  public let size: ContractSize
  /// The last trading day (최종거래일) of a contract; nil where nobody knows it.
  public let lastTradingDay: CalendarDate?

  /// A security.
  public init(
    _ code: String, _ listing: Listing, currency: String = "KRW", size: ContractSize = .one,
    lastTradingDay: CalendarDate? = nil
  ) {
    (self.code, self.listing, self.currency, self.size) = (code, listing, currency, size)
    self.lastTradingDay = lastTradingDay
  }

  /// Whether it is a share abroad.
  public var isAbroad: Bool { if case .abroad = listing { true } else { false } }
  /// Whether it trades by the phases of KRX's and NXT's share markets.
  public var hasPhases: Bool { if case .korea = listing { true } else { false } }
  /// Whether it is a future or an option: sold without being held, and covered by a margin (증거금).
  public var isContract: Bool { if case .contract = listing { true } else { false } }
  /// Whether it is an option, whose buyer pays a premium.
  public var isOption: Bool {
    switch listing {
    case .contract(.indexOption, _), .contract(.stockOption, _): true
    default: false
    }
  }

  /// What so many are worth at a price. What orders are checked for always has an amount.
  public func amount(_ price: Int, _ quantity: Int) -> Int { size.amount(price, quantity) ?? 1 << 60 }
}

/// What holds for a security on a day.
public struct SecurityDay: Sendable, Hashable {
  /// The price that limits and the first change are counted from (기준가), the previous close as a rule.
  public var base: Int
  /// The prices that orders may have; nil where every price is taken.
  public var ticks: PriceTicks?
  /// The lowest and highest price; nil where there are none.
  public var limits: PriceLimits?
  /// The last price before now.
  public var last: Int
  /// The close of the regular session; nil before it is known.
  public var close: Int?
  /// What one contract that is opened holds back (위탁증거금), as a price: a tenth of the last one, say.
  public var margin: Int?
  /// Quantities are multiples of it (매매수량단위).
  public var lot: Int

  /// A day.
  public init(
    base: Int, ticks: PriceTicks? = nil, limits: PriceLimits? = nil, last: Int? = nil, close: Int? = nil,
    margin: Int? = nil, lot: Int = 1
  ) {
    (self.base, self.ticks, self.limits, self.last, self.close) = (base, ticks, limits, last ?? base, close)
    (self.margin, self.lot) = (margin, max(1, lot))
  }
}
