import KISMarket

/// When a company pays dividends (배당), and in what.
struct DividendHabit {
  /// The months at whose ends holders are written down (배당기준일), by what the payment is called.
  let months: [(month: Int, name: String)]
  /// Whether the holders of a year are written down two months after its end, once the dividend is known: allowed since
  /// 2023 (배당절차 개선).
  let isLate: Bool
  /// New shares that it gives beside money at the end of a year, in percent of those that are held (주식배당); mostly 0.
  let inShares: Int

  init(of share: Instrument, seed: UInt64) {
    var habit = SeededGenerator(seed: seed).fork("dividends").fork(share.code)
    let often = habit.unit()
    if let months = DividendHabit.realEstate[share.code] {
      // Each is a business year of its own.
      self.months = months.map { ($0, "결산") }
      (isLate, inShares) = (false, 0)
      return
    }
    let quarters = often < 0.65 ? [4] : often < 0.88 ? [2, 4] : [1, 2, 3, 4]
    months = quarters.map { ($0 * 3, $0 == 4 ? "결산" : quarters.count == 2 ? "중간" : "분기") }
    isLate = habit.chance(0.2)
    let gives = habit.chance(share.size == .large ? 0.04 : 0.12) || share.code == DividendHabit.celltrion
    inShares = gives && share.ordinaryCode == nil ? 2 + Int(habit.next() % 4) : 0
  }

  /// Of the large companies the one that is known for dividends in shares.
  private static let celltrion = "068270"

  /// Real estate investment trusts (리츠) close their books in other months than companies do.
  private static let realEstate: [String: [Int]] = [
    "088260": [6, 12], "293940": [3, 9], "330590": [6, 12], "338100": [5, 11], "334890": [2, 8], "348950": [6, 12],
    "350520": [6, 12], "357120": [5, 11], "357250": [5, 11], "357430": [3, 9], "365550": [5, 11], "377190": [3, 9],
    "395400": [3, 6, 9, 12], "396690": [3, 9], "404990": [6, 12], "417310": [2, 5, 8, 11], "432320": [1, 7],
    "448730": [1, 4, 7, 10], "451800": [4, 10],
  ]

  /// What trusts pay out of a price in a year: nearly all that they earn.
  static let yieldOfTrusts = 0.065

  /// Whether a share is one of such a trust.
  static func isTrust(_ share: Instrument) -> Bool { realEstate[share.code] != nil }
}
