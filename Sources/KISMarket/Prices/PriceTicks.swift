/// The prices that orders may have (호가가격단위), of a kind of security and a date: a table of bands, each with its step.
///
/// Every valid price has an index, counted from 0 won, so that "three ticks higher" is an addition. Prices are in
/// won, of other markets than that of shares in their smallest units.
public struct PriceTicks: Sendable, Hashable {
  /// From this price on, up to the next band, prices are multiples of the step.
  struct Band: Sendable, Hashable {
    let from: Int
    let step: Int
    /// The index of the band's first price.
    var firstIndex = 0
  }

  private let bands: [Band]

  /// Bands from 0 on, ascending.
  private init(_ rows: [(from: Int, step: Int)]) {
    var bands: [Band] = []
    for row in rows {
      let firstIndex = bands.last.map { $0.firstIndex + (row.from - $0.from) / $0.step } ?? 0
      bands.append(Band(from: row.from, step: row.step, firstIndex: firstIndex))
    }
    self.bands = bands
  }

  /// The same step at every price.
  init(every step: Int) { self.init([(0, max(1, step))]) }

  /// The ticks that hold for a security in Korea on a date.
  public init(of kind: SecurityKind, on board: Board, at date: CalendarDate) {
    switch kind {
    case .etf, .etn: self = date < PriceTicks.exchangeTradedProductsFineFrom ? .fives : .exchangeTradedProducts
    case .elw, .indexFuture: self = .fives
    case .index, .indexOption, .stockOption: self = .ones
    case .bond: self = .halves
    case .commodityFuture: self = .tens
    // What trades abroad has those of its exchange or product, see ``Instrument/ticks(on:)``.
    case .overseasShare, .overseasFuture: self = .ones
    case .share, .stockFuture:
      self = date >= PriceTicks.sharesAlikeFrom ? .shares : board == .kospi ? .kospiBefore2023 : .kosdaqBefore2023
    }
  }

  /// The step at a price: what lies between it and the next price above.
  @inline(__always)
  public func step(at price: Int) -> Int { bands[band(ofPrice: price)].step }

  /// Whether an order may have that price.
  public func allows(_ price: Int) -> Bool {
    guard price > 0 else { return false }
    let band = bands[band(ofPrice: price)]
    return (price - band.from) % band.step == 0
  }

  /// The index of the highest valid price that is not above; 0 for a price below the first.
  @inline(__always)
  public func index(atOrBelow price: Int) -> Int {
    let price = max(0, price)
    let band = bands[band(ofPrice: price)]
    return band.firstIndex + (price - band.from) / band.step
  }

  /// The index of the lowest valid price that is not below.
  @inline(__always)
  public func index(atOrAbove price: Int) -> Int {
    let price = max(0, price)
    let band = bands[band(ofPrice: price)]
    return band.firstIndex + (price - band.from + band.step - 1) / band.step
  }

  /// The index of the nearest valid price, the higher one in the middle.
  @inline(__always)
  public func index(nearest price: Int) -> Int {
    let price = max(0, price)
    let band = bands[band(ofPrice: price)]
    return band.firstIndex + (price - band.from + band.step / 2) / band.step
  }

  /// The price of an index.
  @inline(__always)
  public func price(at index: Int) -> Int {
    var number = bands.count - 1
    while number > 0 && index < bands[number].firstIndex { number -= 1 }
    return bands[number].from + (index - bands[number].firstIndex) * bands[number].step
  }

  /// The valid price some ticks away (negative: below), never below the lowest.
  public func price(_ ticks: Int, ticksFrom price: Int) -> Int {
    self.price(at: max(1, index(atOrBelow: price) + ticks))
  }

  @inline(__always)
  private func band(ofPrice price: Int) -> Int {
    var number = bands.count - 1
    while number > 0 && price < bands[number].from { number -= 1 }
    return number
  }
}

extension PriceTicks {
  /// KOSPI and KOSDAQ have one table since this day.
  static let sharesAlikeFrom: CalendarDate = "2023-01-25"
  /// ETF and ETN below 2,000 won move by one won since this day; by five at any price before.
  static let exchangeTradedProductsFineFrom: CalendarDate = "2023-12-11"

  static let shares = PriceTicks([
    (0, 1), (2_000, 5), (5_000, 10), (20_000, 50), (50_000, 100), (200_000, 500), (500_000, 1_000),
  ])
  static let kospiBefore2023 = PriceTicks([
    (0, 1), (1_000, 5), (5_000, 10), (10_000, 50), (50_000, 100), (100_000, 500), (500_000, 1_000),
  ])
  static let kosdaqBefore2023 = PriceTicks([(0, 1), (1_000, 5), (5_000, 10), (10_000, 50), (50_000, 100)])
  static let exchangeTradedProducts = PriceTicks([(0, 1), (2_000, 5)])
  /// In the smallest units of each market: points, 0.05 points, a tenth of a won, half a won, US cents.
  static let ones = PriceTicks([(0, 1)])
  static let fives = PriceTicks([(0, 5)])
  static let tens = PriceTicks([(0, 10)])
  static let halves = PriceTicks([(0, 50)])
  static let cents = PriceTicks([(0, 100)])
  /// Abroad, in ten-thousandths of the currency. In the United States whole cents from a dollar on.
  static let newYork = PriceTicks([(0, 1), (10_000, 100)])
  static let hongKong = PriceTicks([
    (0, 10), (2_500, 50), (5_000, 100), (200_000, 200), (500_000, 500), (1_000_000, 1_000), (2_000_000, 2_000),
    (5_000_000, 5_000), (10_000_000, 10_000), (20_000_000, 20_000), (50_000_000, 50_000),
  ])
  static let hongKongBefore2025 = PriceTicks([
    (0, 10), (2_500, 50), (5_000, 100), (100_000, 200), (200_000, 500), (1_000_000, 1_000), (2_000_000, 2_000),
    (5_000_000, 5_000), (10_000_000, 10_000), (20_000_000, 20_000), (50_000_000, 50_000),
  ])
  static let tokyo = PriceTicks([
    (0, 10_000), (30_000_000, 50_000), (50_000_000, 100_000), (300_000_000, 500_000), (500_000_000, 1_000_000),
    (3_000_000_000, 5_000_000), (5_000_000_000, 10_000_000),
  ])
  static let tokyoLarge = PriceTicks([
    (0, 1_000), (10_000_000, 5_000), (30_000_000, 10_000), (100_000_000, 50_000), (300_000_000, 100_000),
    (1_000_000_000, 500_000), (3_000_000_000, 1_000_000),
  ])
  static let hoChiMinh = PriceTicks([(0, 100_000), (100_000_000, 500_000), (500_000_000, 1_000_000)])
  static let hanoi = PriceTicks([(0, 1_000_000)])
}
