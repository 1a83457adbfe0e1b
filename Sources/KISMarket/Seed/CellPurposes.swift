extension CellPurpose {
  /// The random end of an auction.
  static let auctionEnd = CellPurpose(rawValue: 1)
  /// What the market as a whole does on a day.
  static let commonDay = CellPurpose(rawValue: 2)
  /// What the market as a whole does in the minutes of a day.
  static let commonMinutes = CellPurpose(rawValue: 3)
  /// What the market as a whole does in a year.
  static let commonYear = CellPurpose(rawValue: 4)
  /// An instrument's return of a year.
  static let year = CellPurpose(rawValue: 5)
  /// An instrument's return of a day, before it is bent to the year's.
  static let dailyReturn = CellPurpose(rawValue: 6)
  /// Open, high, low and volume of a day.
  static let day = CellPurpose(rawValue: 7)
  /// Volatility that lasts for weeks, and for days.
  static let volatilityOfWeeks = CellPurpose(rawValue: 8)
  static let volatilityOfDays = CellPurpose(rawValue: 9)
  /// Activity that lasts for weeks.
  static let activity = CellPurpose(rawValue: 10)
  /// Auction volumes and the tilt of a day.
  static let stretch = CellPurpose(rawValue: 11)
  /// The path through a day's minutes.
  static let path = CellPurpose(rawValue: 12)
  /// Prints and shares per price level of a minute.
  static let levels = CellPurpose(rawValue: 13)
  /// The prints of a minute.
  static let prints = CellPurpose(rawValue: 14)
  /// The quote that two minutes share at their border.
  static let border = CellPurpose(rawValue: 15)
  /// The list of prints of a thin day.
  static let thin = CellPurpose(rawValue: 16)
  /// Quantities in the book.
  static let depth = CellPurpose(rawValue: 17)
  /// The expected price of an auction.
  static let expectedPrice = CellPurpose(rawValue: 18)
  /// The rest of a day after a known state.
  static let rest = CellPurpose(rawValue: 19)
  /// A session before or after the regular one.
  static let extendedSession = CellPurpose(rawValue: 20)
  /// The other venue's part of a minute.
  static let otherVenue = CellPurpose(rawValue: 21)
  /// Who traded: investors, programs, members, shorts, credit.
  static let investors = CellPurpose(rawValue: 22)
  static let programs = CellPurpose(rawValue: 23)
  static let members = CellPurpose(rawValue: 24)
  static let shortSales = CellPurpose(rawValue: 25)
  static let credit = CellPurpose(rawValue: 26)
  /// What is made up about an instrument that nobody knows.
  static let unknownInstrument = CellPurpose(rawValue: 27)
  /// High, low and turnover of an index day.
  static let indexDay = CellPurpose(rawValue: 28)
  /// Days on which a speculative share goes to its limit.
  static let outburst = CellPurpose(rawValue: 29)
  /// Where contracts stand while what they follow does not trade.
  static let anticipation = CellPurpose(rawValue: 30)
}
