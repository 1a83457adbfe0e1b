/// What the short code of a future or option of KRX says: `A01612`, `101V06`, `B01612B00`.
///
/// A letter or digit for what it is (`1`/`A` future, `2`/`B` call, `3`/`C` put), two for the product, one for the year, two
/// for the month and, of options, three for the whole points of the strike.
public struct ContractCode: Sendable, Hashable {
  /// What its holder may or must do.
  public enum Right: Sendable, Hashable, CaseIterable {
    case future, call, put
  }

  /// What its holder may or must do.
  public let right: Right
  /// Two characters: `01` KOSPI200, `05` its minis, `06` KOSDAQ150, `11` to `64` shares.
  public let product: String
  /// When it expires.
  public let year: Int
  public let month: Int
  /// What an option may be exercised at, in hundredths of a point.
  public let strike: Int?

  /// A contract; nil where there is no such month, or an option has no strike.
  public init?(_ right: Right, product: String, year: Int, month: Int, strike: Int? = nil) {
    guard ContractCode.years.contains(year), (1...12).contains(month), (right == .future) == (strike == nil) else {
      return nil
    }
    (self.right, self.product, self.year, self.month, self.strike) = (right, product, year, month, strike)
  }

  /// Reads a code; nil for anything that is none, and for products whose months end by another rule.
  public init?(_ code: some StringProtocol) {
    let characters = Array(code)
    guard [6, 9].contains(characters.count), let right = ContractCode.right(characters[0]) else { return nil }
    let product = String(characters[1...2])
    guard let number = Int(product), (1...6).contains(number) || (11...64).contains(number),
      let year = ContractCode.year(characters[3]), let month = Int(String(characters[4...5]))
    else { return nil }
    let strike = ContractCode.strike(characters[6...])
    guard (strike == nil) == (characters.count == 6) else { return nil }
    self.init(right, product: product, year: year, month: month, strike: strike)
  }

  /// The code as it has been written since 2026, when the first character became a letter.
  public var code: String {
    let first = right == .future ? "A" : right == .call ? "B" : "C"
    return first + product + "\(year % 10)" + ContractCode.digits(month) + strikeCode
  }

  /// The last trading day (최종거래일): the second Thursday of the month, or the trading day before when that is closed.
  public var lastTradingDay: CalendarDate {
    guard let first = CalendarDate(year: year, month: month, day: 1) else { return TradingCalendar.range.upperBound }
    let firstThursday = (Weekday.thursday.rawValue - first.weekday.rawValue + 7) % 7
    return TradingCalendar.tradingDay(onOrBefore: first.advanced(by: firstThursday + 7))
  }

  /// How much is traded of it on a date beside the contract that expires next, in thousandths: futures expire every third
  /// month, options every month.
  func attention(on date: CalendarDate) -> Int {
    let (thisYear, thisMonth, _) = date.parts
    let period = right == .future ? 3 : 1
    var next = thisYear * 12 + (thisMonth + period - 1) / period * period - 1
    if let expiring = ContractCode(right, product: product, year: next / 12, month: next % 12 + 1, strike: strike),
      expiring.lastTradingDay < date
    {
      next += period
    }
    let later = (year * 12 + month - 1 - next) / period
    return [1_000, 80, 11, 2][min(max(0, later), 3)]
  }

  /// `F 202612`, `C 202612 960.0`, with the product before it unless it is the KOSPI200.
  public var name: String {
    let product = ["05": "미니 ", "06": "코스닥150 "][product] ?? ""
    let month = "\(year)" + ContractCode.digits(month)
    guard let strike else { return product + "F " + month }
    return product + (right == .call ? "C " : "P ") + month + " \(strike / 100).\(strike / 10 % 10)"
  }

  /// The index that it is on; nil for contracts on shares.
  public var index: String? {
    switch product {
    case "06": "3003"
    case _ where product < "10": "2001"
    default: nil
    }
  }

  /// The share that it is on, of those that are known: Samsung's. Nil for contracts on anything else.
  public var share: Instrument? { product == "11" ? Instrument.builtIn("005930") : nil }

  /// What a future is on, by the product in its code: an index (01 to 09), a share (11 to 64), a commodity or currency (65
  /// on). Nil for anything that is not written as a future.
  public static func kind(ofFuture code: some StringProtocol) -> SecurityKind? {
    let bytes = Array(code.utf8)
    guard bytes.count == 6, bytes[0] == UInt8(ascii: "1") || bytes[0] == UInt8(ascii: "A"),
      let product = Int(code.dropFirst().prefix(2))
    else { return nil }
    return switch product {
    case 1...9: .indexFuture
    case 11...64: .stockFuture
    case 65...: .commodityFuture
    default: nil
    }
  }

  private static let years = 2006...2035
  /// The letters of 2006 to 2025; I, O and U could be taken for digits.
  private static let yearLetters = Array("ABCDEFGHJKLMNPQRSTVW")

  private static func right(_ character: Character) -> Right? {
    switch character {
    case "1", "A": .future
    case "2", "B": .call
    case "3", "C": .put
    default: nil
    }
  }

  /// Digits came after the letters: 6 is 2026, 0 is 2030.
  private static func year(_ character: Character) -> Int? {
    if let letter = yearLetters.firstIndex(of: character) { return 2006 + letter }
    return character.wholeNumberValue.map { $0 >= 6 ? 2020 + $0 : 2030 + $0 }
  }

  /// Three characters, a letter first for a thousand points and more (A is 10): 362 is 362.5, since strikes are 2.5 apart.
  private static func strike(_ characters: ArraySlice<Character>) -> Int? {
    guard characters.count == 3, let first = characters.first, let hundreds = first.hexDigitValue ?? letter(first),
      let rest = Int(String(characters.dropFirst()))
    else { return nil }
    let points = hundreds * 100 + rest
    return points * 100 + ([2, 7].contains(points % 10) ? 50 : 0)
  }

  private static func letter(_ character: Character) -> Int? {
    guard let value = character.asciiValue, (0x47...0x5A).contains(value) else { return nil }
    return Int(value) - 0x41 + 10
  }

  private var strikeCode: String {
    guard let strike else { return "" }
    let hundreds = strike / 10_000
    let first = hundreds < 10 ? "\(hundreds)" : String(UnicodeScalar(UInt8(0x41 + min(hundreds - 10, 25))))
    return first + ContractCode.digits(strike / 100 % 100)
  }

  private static func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
