/// How an order behaves (주문구분): its price, and what becomes of what cannot trade at once.
public struct OrderKind: Sendable, Hashable {
  /// How its price is found.
  public enum Price: String, Sendable, Hashable, CaseIterable {
    /// 지정가
    case limit
    /// 시장가
    case market
    /// 조건부지정가: a limit until the closing auction, then at the market.
    case conditional
    /// 최유리지정가
    case bestOpposite
    /// 최우선지정가
    case bestOwn
    /// 장전 시간외종가: at the previous close.
    case preOpenClosing
    /// 장후 시간외종가: at the close.
    case closing
    /// 시간외단일가
    case afterHoursAuction
    /// 중간가
    case midpoint
    /// 스톱지정가
    case stopLimit
    /// 장개시지정가 (LOO), abroad: a limit that trades with the open or not at all.
    case limitOnOpen
    /// 장개시시장가 (MOO)
    case marketOnOpen
    /// 장마감지정가 (LOC)
    case limitOnClose
    /// 장마감시장가 (MOC)
    case marketOnClose

    var isOnOpen: Bool { self == .limitOnOpen || self == .marketOnOpen }
    var isOnClose: Bool { self == .limitOnClose || self == .marketOnClose }
  }

  /// How its price is found.
  public let price: Price
  /// What becomes of the rest.
  public let timeInForce: NewOrder.TimeInForce

  /// A kind of order; without more said it rests.
  public init(_ price: Price, _ timeInForce: NewOrder.TimeInForce = .day) {
    (self.price, self.timeInForce) = (price, timeInForce)
  }

  /// 지정가
  public static let limit = OrderKind(.limit)
  /// 시장가
  public static let market = OrderKind(.market)

  /// Whether the order names a price of its own.
  public var namesPrice: Bool {
    switch price {
    case .limit, .conditional, .afterHoursAuction, .stopLimit, .limitOnOpen, .limitOnClose: true
    case .market, .bestOpposite, .bestOwn, .preOpenClosing, .closing, .midpoint, .marketOnOpen, .marketOnClose: false
    }
  }

  /// Whether it belongs to a market beside the regular one, at hours of its own.
  public var isOffHours: Bool { price == .preOpenClosing || price == .closing || price == .afterHoursAuction }
}

/// Where an order is sent to.
public enum OrderRoute: String, Sendable, Hashable, CaseIterable {
  /// 한국거래소
  case krx = "KRX"
  /// 넥스트레이드
  case nxt = "NXT"
  /// 최선주문집행 (smart order routing): the venue with the better price, KRX when they are alike.
  case sor = "SOR"
}

/// Which kinds of orders a venue takes, by phase and date: a table.
public enum OrderRules {
  private struct Row {
    let prices: Set<OrderKind.Price>
    let isResting: Bool
    let venues: Set<TradingVenue>
    let phases: Set<TradingPhase>
    var from: CalendarDate = "1990-01-01"
    var until: CalendarDate = "9999-12-31"
  }

  private static let rows: [Row] = [
    Row(
      prices: [.limit], isResting: true, venues: [.krx],
      phases: [.openingAuction, .preOpenClosingPrice, .continuous, .closingAuction, .afterMarket]),
    Row(
      prices: [.market], isResting: true, venues: [.krx],
      phases: [.openingAuction, .preOpenClosingPrice, .continuous, .closingAuction]),
    Row(
      prices: [.conditional], isResting: true, venues: [.krx],
      phases: [.openingAuction, .preOpenClosingPrice, .continuous]),
    Row(prices: [.bestOpposite, .bestOwn], isResting: true, venues: [.krx], phases: [.continuous]),
    Row(prices: [.midpoint, .stopLimit], isResting: true, venues: [.krx, .nxt], phases: [.continuous]),
    Row(prices: [.preOpenClosing], isResting: true, venues: [.krx], phases: [.preOpenClosingPrice]),
    Row(prices: [.closing], isResting: true, venues: [.krx], phases: [.closingPriceEntry, .closingPrice]),
    Row(
      prices: [.afterHoursAuction], isResting: true, venues: [.krx], phases: [.afterHoursAuctions],
      until: "2026-09-13"),
    Row(
      prices: [.limit, .bestOpposite, .bestOwn], isResting: true, venues: [.nxt],
      phases: [.preMarket, .continuous, .afterMarket]),
    Row(prices: [.limit, .market, .bestOpposite], isResting: false, venues: [.krx], phases: [.continuous]),
    Row(
      prices: [.limit, .market, .bestOpposite], isResting: false, venues: [.nxt],
      phases: [.preMarket, .continuous, .afterMarket]),
    Row(prices: [.midpoint], isResting: false, venues: [.krx, .nxt], phases: [.continuous]),
  ]

  /// Whether a venue takes a kind of order in a phase of a day.
  public static func allows(
    _ kind: OrderKind, at venue: TradingVenue, in phase: TradingPhase, on date: CalendarDate
  ) -> Bool {
    rows.contains { row in
      row.prices.contains(kind.price) && row.isResting == (kind.timeInForce == .day) && row.venues.contains(venue)
        && row.phases.contains(phase) && row.from <= date && date <= row.until
    }
  }

  /// Whether smart routing takes a kind at all: what only one venue knows is not routed.
  public static func isRouted(_ kind: OrderKind) -> Bool {
    switch kind.price {
    case .limit, .market, .bestOpposite, .bestOwn: true
    case .conditional, .preOpenClosing, .closing, .afterHoursAuction, .midpoint, .stopLimit, .limitOnOpen,
      .marketOnOpen, .limitOnClose, .marketOnClose:
      false
    }
  }

  /// Whether exchanges abroad take a kind: limits, and what is for the open or the close; at the market only sales do.
  static func isTakenAbroad(_ kind: OrderKind, side: Side) -> Bool {
    switch kind.price {
    case .limit: kind.timeInForce == .day
    case .limitOnOpen, .limitOnClose: true
    case .marketOnOpen, .marketOnClose: side == .sell
    default: false
    }
  }

  /// Whether bonds (limits only), futures and options are ordered so.
  static func isTaken(_ kind: OrderKind, of security: Security) -> Bool {
    switch kind.price {
    case .limit: security.isContract || kind.timeInForce == .day
    case .market, .bestOpposite: security.isContract
    case .stopLimit: if case .contract(_, .abroad) = security.listing { true } else { false }
    default: false
    }
  }
}
