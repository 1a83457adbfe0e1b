/// An instrument (종목) of the market: what it is, and how big. Prices are in the smallest units of its market: won for
/// Korean shares, ``decimals`` of them behind the point elsewhere.
public struct Instrument: Sendable, Hashable {
  /// `005930`, `Q500001`, `DNASAAPL`.
  public var code: String { told.figures.code }
  /// 종목명
  public var name: String { told.figures.name }
  /// What it is.
  public var kind: SecurityKind { told.figures.kind }
  /// Where it is listed, of a share.
  public var board: Board { told.figures.board }
  /// The code of its industry (업종코드), `0013`; empty for anything but shares.
  public var industry: String { told.figures.industry }
  /// Its size within the board.
  public var size: SizeClass { told.figures.size }
  /// The indices that it belongs to beside those of its board, industry and size.
  public var memberships: Set<IndexMembership> { told.figures.memberships }
  /// A price that it had on ``Market/referenceDate``: sets the scale of its history.
  public var referencePrice: Int { told.figures.referencePrice }
  /// Shares or contracts traded on an ordinary day.
  public var ordinaryVolume: Int { told.figures.ordinaryVolume }
  /// Prints on an ordinary day.
  public var ordinaryPrints: Int { told.figures.ordinaryPrints }
  /// Standard deviation of a day's return, in hundredths of a percent.
  public var volatility: Int { told.figures.volatility }
  /// Listed shares (상장주수).
  public var listedShares: Int { told.figures.listedShares }
  /// Shares that foreigners hold (외국인 보유수량).
  public var foreignShares: Int { told.figures.foreignShares }
  /// 액면가
  public var parValue: Int { told.figures.parValue }
  /// 자본금, in won.
  public var capital: Int { told.figures.capital }
  /// How many times the market's return an ETF pays, negative for an inverse one; 1 for anything else.
  public var leverage: Int { told.figures.leverage }
  /// The exchange abroad on which it trades; nil in Korea.
  public var exchange: ForeignExchange? { told.figures.exchange }
  /// What a future or option abroad is on; nil for all else.
  public var product: ForeignProduct? { told.figures.product }
  /// The last trading day (최종거래일) of a future or option of KRX, in the market's calendar; nil for all else.
  public var lastTradingDay: CalendarDate? { told.figures.lastTradingDay }
  /// How many of 1,024 parts of what Korean venues trade NXT has; 0 when it is not traded there.
  public var nextradeShare: Int { told.figures.nextradeShare }
  /// From when to when it is listed, in the market's days, of a warrant of a month; nil for what has no end here.
  public var term: ClosedRange<CalendarDate>? { told.figures.term }

  /// What is told of it.
  private struct Figures: Sendable, Hashable {
    let code: String
    let name: String
    let kind: SecurityKind
    let board: Board
    let industry: String
    let size: SizeClass
    let memberships: Set<IndexMembership>
    let referencePrice: Int
    let ordinaryVolume: Int
    let ordinaryPrints: Int
    let volatility: Int
    let listedShares: Int
    let foreignShares: Int
    let parValue: Int
    let capital: Int
    let leverage: Int
    var exchange: ForeignExchange?
    let product: ForeignProduct?
    let nextradeShare: Int
    var lastTradingDay: CalendarDate?
    let term: ClosedRange<CalendarDate>?
  }

  /// Every quote and snapshot has its instrument: a reference is what is copied.
  private final class Told: Sendable {
    let figures: Figures
    init(_ figures: Figures) { self.figures = figures }
  }

  private let told: Told

  /// An instrument as somebody describes it. What is left out follows from the rest.
  ///
  /// - Parameters:
  ///   - referencePrice: in the smallest units of its market, 1 to ``highestPrice``.
  ///   - ordinaryVolume: shares or contracts a day, 1 to a billion.
  ///   - ordinaryPrints: prints a day; nil: as many as names of that turnover have.
  ///   - volatility: of a day, in hundredths of a percent, 0 to 2,000; nil: as others of its kind.
  public init(
    code: String, name: String, kind: SecurityKind = .share, board: Board = .kospi, industry: String = "",
    size: SizeClass = .small, memberships: Set<IndexMembership> = [], referencePrice: Int, ordinaryVolume: Int,
    ordinaryPrints: Int? = nil, volatility: Int? = nil, listedShares: Int? = nil, foreignShares: Int? = nil,
    parValue: Int = 500, capital: Int? = nil, leverage: Int = 1, exchange: ForeignExchange? = nil,
    nextradeShare: Int? = nil, term: ClosedRange<CalendarDate>? = nil
  ) {
    let price = min(max(1, referencePrice), Instrument.highestPrice)
    // What is paid in a day has to stay a number.
    let volume = min(max(1, ordinaryVolume), 1_000_000_000, 1_000_000_000_000_000_000 / price)
    let listed = min(max(1, listedShares ?? volume * 60), 1 << 50)
    // A contract is worth far more than its price: its prints follow its volume, eight contracts each.
    let counted =
      ordinaryPrints
      ?? (kind.isContract ? volume / 8 : Instrument.prints(turnover: FixedPoint.ratio(price, volume, kind.scale)))
    let prints = min(max(1, counted), volume, Instrument.mostPrints)
    let ordinaryShare = size == .large ? 380 : size == .medium ? 220 : 120
    told = Told(
      Figures(
        code: code, name: name, kind: kind, board: board, industry: industry, size: size, memberships: memberships,
        referencePrice: price, ordinaryVolume: volume, ordinaryPrints: prints,
        volatility: min(max(0, volatility ?? Instrument.usualVolatility(kind, code: code, name: name)), 2_000),
        listedShares: listed,
        foreignShares: min(max(0, foreignShares ?? listed / 12), listed), parValue: parValue,
        capital: capital ?? listed.multipliedReportingOverflow(by: parValue).partialValue, leverage: leverage,
        exchange: exchange ?? (kind == .overseasFuture ? .chicago : kind.isForeign ? .nasdaq : nil),
        product: kind == .overseasFuture ? ForeignContract(code).product : nil,
        nextradeShare: nextradeShare
          ?? (kind != .share || prints < Instrument.fewestDensePrints * 2 ? 0 : ordinaryShare),
        lastTradingDay: kind.isContract && exchange == nil ? ContractCode(code)?.lastTradingDay : nil, term: term))
  }

  /// How far instruments of a kind move on a day, in hundredths of a percent; bonds by when they are paid back.
  static func usualVolatility(_ kind: SecurityKind, code: String, name: String) -> Int {
    switch kind {
    case .share, .overseasShare: 250
    case .etf, .etn: 150
    case .elw: 900
    case .bond: BondTerms(code: code, name: name).volatility(on: Market.referenceDate)
    // Indices at home that have no digits are those of bonds (채권지수).
    case .index: code.utf8.allSatisfy { (0x30...0x39).contains($0) } ? 130 : 12
    case .indexFuture: 135
    case .stockFuture: 210
    case .indexOption, .stockOption: 1_200
    case .commodityFuture: 60
    case .overseasFuture: 120
    }
  }

  /// What a share may cost at most: abroad, where prices are in ten-thousandths, two millions of any currency.
  public static let highestPrice = 20_000_000_000

  private init(_ figures: Figures) { told = Told(figures) }

  /// The same where the market's days are shown as others: what trades abroad then does so by the calendar that is shown,
  /// and contracts expire by it.
  public func shown(daysLater: Int) -> Instrument {
    var figures = told.figures
    figures.exchange = exchange?.shown(daysLater: daysLater)
    figures.lastTradingDay =
      lastTradingDay.flatMap { _ in ContractCode(code)?.lastTradingDay }
      .map { TradingCalendar.shifted($0, byTradingDays: -daysLater) }
    return figures.exchange == exchange && figures.lastTradingDay == lastTradingDay ? self : Instrument(figures)
  }

  public static func == (left: Instrument, right: Instrument) -> Bool {
    left.told === right.told || left.told.figures == right.told.figures
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(told.figures) }

  /// How many decimals its prices have: of contracts abroad those of their product.
  public var decimals: Int { product?.decimals ?? kind.decimals }

  /// How many of a price's smallest units make one.
  public var scale: Int { product?.scale ?? kind.scale }

  /// The ticks that hold on a date.
  public func ticks(on date: CalendarDate) -> PriceTicks {
    if let product { return product.ticks }
    guard kind == .overseasShare, let exchange else { return PriceTicks(of: kind, on: board, at: date) }
    return exchange.ticks(ofLarge: size == .large, on: date)
  }

  /// How far it may go on a date in percent of its base price.
  public func limitPercent(on date: CalendarDate) -> Int {
    switch kind {
    case .share, .etf, .etn: PriceLimits.percent(on: date, leverage: kind == .share ? 1 : leverage)
    case .indexFuture, .stockFuture, .commodityFuture: 20
    default: 60
    }
  }

  /// Whether KRX interrupts its trading when it moves too far (변동성완화장치): shares and what is traded like them, no contracts.
  var hasVolatilityInterruptions: Bool { exchange == nil && (kind == .share || kind.isExchangeTradedProduct) }

  /// The price limits around a base price on a date.
  public func limits(around base: Int, on date: CalendarDate) -> PriceLimits {
    PriceLimits(around: base, percent: limitPercent(on: date), ticks: ticks(on: date))
  }

  /// The moves that trigger a volatility interruption (VI) of the dynamic kind, in percent of the last price.
  public func dynamicInterruptionPercent(inClosingAuction: Bool) -> Int {
    let isLarge = memberships.contains(.kospi200) || kind.isExchangeTradedProduct
    return isLarge ? (inClosingAuction ? 2 : 3) : (inClosingAuction ? 4 : 6)
  }

  /// Names with fewer prints a day are drawn print by print; minutes are the sums of their prints.
  static let fewestDensePrints = 800
  /// The exchange makes more of the busiest names; drawing them would cost more than they tell.
  static let mostPrints = 150_000

  /// Prints a day of a name of that turnover in won: the size of a print grows with the fourth root of the turnover
  /// (captures: 1.8 million won where 0.08 trillion are traded, 8 million at 0.6, 10 to 25 million at 4).
  private static func prints(turnover: Int) -> Int {
    let inHundredBillions = max(1, turnover / 100_000)  // in 1/1,000,000
    let fourthRoot = FixedPoint.root(FixedPoint.root(inHundredBillions) * 1_000)  // in 1/1,000
    return turnover / max(1, 6_000 * fourthRoot)
  }
}
