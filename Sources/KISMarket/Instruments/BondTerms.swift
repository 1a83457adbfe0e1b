/// What a bond promises (발행조건): coupons of half a year until it is paid back. A Treasury bond's name says it,
/// `국고03250-5303(23-2)` is 3.25 % until March 2053; of others it follows from the code.
///
/// Prices are for ten thousand won of face value and carry no interest that has accrued, so that they stay where they are
/// when a coupon is paid.
public struct BondTerms: Sendable, Hashable {
  /// In percent a year.
  public let coupon: Double
  public let issued: CalendarDate
  public let matures: CalendarDate
  /// What was issued, in won.
  public let amount: Int

  /// The tenth of the month, on which Treasury bonds pay.
  private static let payday = 10
  private static let monthsBetweenCoupons = 6

  public init(_ instrument: Instrument) { self.init(code: instrument.code, name: instrument.name) }

  init(code: String, name: String) {
    var numbers = CellGenerator(
      seed: 5, instrument: InstrumentNumber(code).value, day: 0, purpose: .unknownInstrument)
    amount = numbers.within(5...80) * 100_000_000_000
    let named = BondTerms.named(name)
    let years = [3, 5, 10, 20][numbers.below(4)]
    let issueYear = named?.issueYear ?? numbers.within(2024...2025)
    let month = named?.month ?? numbers.within(1...12)
    coupon = named?.coupon ?? Double(numbers.within(18...32)) / 8
    issued = BondTerms.day(issueYear, month)
    matures = BondTerms.day(named?.year ?? issueYear + years, month)
  }

  /// Reads `국고03250-5303(23-2)`.
  private static func named(_ name: String) -> (coupon: Double, year: Int, month: Int, issueYear: Int)? {
    let numbers = name.split { !$0.isNumber }.map(String.init)
    guard name.hasPrefix("국고"), numbers.count >= 3, numbers[0].count == 5, numbers[1].count == 4,
      let coupon = Int(numbers[0]), let end = Int(numbers[1]), let issue = Int(numbers[2]),
      (1...12).contains(end % 100)
    else { return nil }
    return (Double(coupon) / 1_000, 2000 + end / 100, end % 100, 2000 + issue)
  }

  private static func day(_ year: Int, _ month: Int) -> CalendarDate {
    let day = CalendarDate(year: year + (month - 1) / 12, month: (month - 1) % 12 + 1, day: payday)
    // What falls due on a holiday is paid on the next day.
    return TradingCalendar.tradingDay(after: (day ?? Market.referenceDate).advanced(by: -1))
  }

  /// The days on which a coupon is paid around a day: the last one until it, and the next after it; nil before the
  /// first and after the last.
  public func coupons(around day: CalendarDate) -> (before: CalendarDate?, next: CalendarDate?) {
    let (year, month, _) = issued.parts
    var before: CalendarDate?
    for coupon in 1...200 {
      let date = BondTerms.day(year, month + coupon * BondTerms.monthsBetweenCoupons)
      guard date <= matures else { return (before, nil) }
      if date > day { return (before, date) }
      before = date
    }
    return (before, nil)
  }
}

extension BondTerms {
  /// What a bond that pays coupons every half a year costs at a yield, as Treasury bonds are reckoned (국채 단가): whole half
  /// years at compound interest, the part of one until the next coupon at simple interest.
  ///
  /// - Parameters:
  ///   - yield: in percent a year.
  ///   - day: when it changes hands.
  public func price(yielding yield: Double, on day: CalendarDate) -> Double {
    let half = BondTerms.daysOfHalfYear
    // From the last coupon backwards, so that a day that is moved by a holiday changes nothing.
    let left = Double(max(1, matures.number - day.number))
    let coupons = (left / half).rounded(.up)
    let part = left / half - (coupons - 1)
    let (rate, paid) = (yield / 200, coupon * 50)
    let discount = BondTerms.power(1 / (1 + rate), Int(coupons))
    let annuity = rate.magnitude < 1e-9 ? coupons : (1 - discount) / (1 - 1 / (1 + rate))
    let worth = (paid * annuity + 10_000 * discount * (1 + rate)) / (1 + part * rate)
    return worth - paid * (1 - part)
  }

  /// What it yields (수익률) at a price, in percent a year: the higher that is, the less.
  public func yield(at price: Double, on day: CalendarDate) -> Double {
    // Along the line through the last two tries; books and lists ask for many.
    var (before, yield) = (coupon - 0.5, coupon)
    var offBefore = self.price(yielding: before, on: day) - price
    for _ in 0..<20 {
      let off = self.price(yielding: yield, on: day) - price
      guard off.magnitude > 1e-7, off != offBefore else { break }
      let next = yield - off * (yield - before) / (off - offBefore)
      (before, yield, offBefore) = (yield, min(max(next, -50), 150), off)
    }
    return max(0.01, yield)
  }

  /// How much of its price it loses when yields rise by a hundredth of a percent, in hundredths of a percent (수정듀레이션).
  func duration(on day: CalendarDate) -> Double {
    let (below, above) = (price(yielding: coupon - 0.5, on: day), price(yielding: coupon + 0.5, on: day))
    return (below - above) / price(yielding: coupon, on: day) * 100
  }

  /// The deviation of a day's return, in hundredths of a percent: what a day's change of yields makes of it, 0.1 % where it
  /// is paid back in three years, 0.5 % in thirty.
  func volatility(on day: CalendarDate) -> Int { max(1, Int((duration(on: day) * BondTerms.dailyYield).rounded())) }

  /// The deviation of a day's change of yields, in hundredths of a percent.
  private static let dailyYield = 3.0
  private static let daysOfHalfYear = 182.625

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var (power, square, rest) = (1.0, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { power *= square }
      square *= square
      rest >>= 1
    }
    return power
  }
}
