/// What futures and options abroad are on (해외선물옵션 품목): where they trade, how their prices are written, what a contract is
/// worth, and when its months end.
public struct ForeignProduct: Sendable, Hashable {
  /// What codes of its contracts begin with: `ES`.
  public let root: String
  /// E-mini S&P 500
  public let name: String
  /// The exchange: `CME`, `CBOT`, `ICE` …
  public let exchange: String
  /// What it is paid in (ISO 4217).
  public let currency: String
  /// What it is on.
  public let kind: Kind
  /// How many decimals its prices have.
  public let decimals: Int
  /// The step between prices (틱사이즈), in units of the last decimal.
  public let tick: Int
  /// What one whole point of a contract is worth in its currency (거래승수).
  public let pointValue: Int
  /// What the broker holds back of one contract (위탁증거금), in its currency; nil where nobody knows: a tenth of its value.
  public let margin: Int?
  /// Where it stands on ``Market/referenceDate``, in units of the last decimal; nil where nobody knows.
  public let level: Int?
  /// The months that are listed.
  public let months: Set<Int>
  /// The prices that orders may have.
  public let ticks: PriceTicks
  private let ending: Ending

  /// What a product is on.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case currency, interest, index, grain, livestock, metal, energy
  }

  /// When a month's contracts end.
  private enum Ending: String, Hashable {
    case thirdFriday = "third-friday"
    case beforeThirdWednesday = "two-before-third-wednesday"
    case seventhLastDay = "seventh-last"
    case thirdLastDay = "third-last"
    case secondLastDay = "second-last"
    case lastDay = "last"
    case beforeFifteenth = "before-15th"
    case beforeTenth = "two-before-10th"
    case tenthDay = "tenth"
    case beforeTwentyFifth = "three-before-25th-of-month-before"
    case beforeMonth = "three-before-month"
    case lastDayOfMonthBefore = "last-of-month-before"
    case lastDayTwoMonthsBefore = "last-two-months-before"
  }

  /// How many of a price's smallest units make one.
  public var scale: Int { (0..<decimals).reduce(1) { scale, _ in scale * 10 } }

  /// The last day on which the contracts of a month trade. Business days are those of New York, Hong Kong's for what trades
  /// there.
  public func lastDay(year: Int, month: Int) -> CalendarDate {
    let calendar: ForeignCalendar = exchange == "HKEX" ? .hongKong : .newYork
    func first(_ months: Int) -> CalendarDate {
      let count = year * 12 + month - 1 + months
      return CalendarDate(year: count / 12, month: count % 12 + 1, day: 1) ?? Market.referenceDate
    }
    func third(_ weekday: Weekday) -> CalendarDate {
      first(0).advanced(by: (weekday.rawValue - first(0).weekday.rawValue + 7) % 7 + 14)
    }
    /// So many business days before a date.
    func before(_ date: CalendarDate, _ count: Int) -> CalendarDate {
      (0..<count).reduce(date) { day, _ in calendar.tradingDay(before: day) }
    }
    switch ending {
    case .thirdFriday: return calendar.tradingDay(onOrBefore: third(.friday))
    case .beforeThirdWednesday: return before(third(.wednesday), 2)
    case .seventhLastDay: return before(first(1), 8)
    case .thirdLastDay: return before(first(1), 3)
    case .secondLastDay: return before(first(1), 2)
    case .lastDay: return before(first(1), 1)
    case .beforeFifteenth: return before(first(0).advanced(by: 14), 1)
    case .beforeTenth: return before(first(0).advanced(by: 9), 2)
    case .tenthDay: return (0..<10).reduce(first(0).advanced(by: -1)) { day, _ in calendar.tradingDay(after: day) }
    case .beforeTwentyFifth: return before(calendar.tradingDay(onOrBefore: first(-1).advanced(by: 24)), 3)
    case .beforeMonth: return before(first(0), 3)
    case .lastDayOfMonthBefore: return before(first(0), 1)
    case .lastDayTwoMonthsBefore: return before(first(-1), 1)
    }
  }

  /// A product that nobody here knows: in dollars, in hundredths, a thousand dollars a point.
  init(unknown root: String) {
    self.init(
      root: root, name: root, exchange: "CME", currency: "USD", kind: .index, numbers: [2, 1, 1_000], margin: nil,
      level: nil, months: Set(1...12), ending: .thirdFriday)
  }

  private init(
    root: String, name: String, exchange: String, currency: String, kind: Kind, numbers: [Int], margin: Int?,
    level: Int?, months: Set<Int>, ending: Ending
  ) {
    (self.root, self.name, self.exchange, self.currency, self.kind) = (root, name, exchange, currency, kind)
    (decimals, tick, pointValue) = (numbers[0], numbers[1], numbers[2])
    (self.margin, self.level, self.months, self.ending) = (margin, level, months, ending)
    ticks = PriceTicks(every: tick)
  }

  private init?(line: Substring) {
    let parts = line.split(separator: "|").map(String.init)
    guard parts.count == 12, let kind = Kind(rawValue: parts[4]), let ending = Ending(rawValue: parts[11]) else {
      return nil
    }
    let numbers = parts[5...9].compactMap { Int($0) }
    guard numbers.count == 5 else { return nil }
    let letters = parts[10] == "all" ? ForeignContract.letters : Array(parts[10])
    self.init(
      root: parts[0], name: parts[1], exchange: parts[2], currency: parts[3], kind: kind, numbers: numbers,
      margin: numbers[3], level: numbers[4],
      months: Set(letters.compactMap { ForeignContract.letters.firstIndex(of: $0).map { $0 + 1 } }), ending: ending)
  }

  /// Every product that is known.
  public static let all: [ForeignProduct] = lines.split(separator: "\n").compactMap(ForeignProduct.init(line:))

  /// The product of a root; nil when nobody knows it.
  public static func known(_ root: String) -> ForeignProduct? { byRoot[root] }

  /// The most decimals that any of them has.
  public static let mostDecimals = all.map(\.decimals).max() ?? 2

  private static let byRoot = Dictionary(all.map { ($0.root, $0) }) { first, _ in first }

  /// Root, name, exchange, currency, kind; decimals, tick, value of a point, margin, level; months and when they end. Ticks
  /// and values are those of the exchanges' contract specifications as of 2026; margins and levels only set a scale.
  private static let lines = """
    6A|Australian Dollar|CME|USD|currency|5|5|100000|2200|65250|HMUZ|two-before-third-wednesday
    6B|British Pound|CME|USD|currency|4|1|62500|2600|13450|HMUZ|two-before-third-wednesday
    6C|Canadian Dollar|CME|USD|currency|5|5|100000|1300|72800|HMUZ|two-before-third-wednesday
    6E|Euro FX|CME|USD|currency|5|5|125000|3000|116500|HMUZ|two-before-third-wednesday
    6J|Japanese Yen|CME|USD|currency|7|5|12500000|3200|66500|HMUZ|two-before-third-wednesday
    6M|Mexican Peso|CME|USD|currency|5|1|500000|1800|5350|HMUZ|two-before-third-wednesday
    6N|New Zealand Dollar|CME|USD|currency|5|5|100000|1800|59000|HMUZ|two-before-third-wednesday
    6S|Swiss Franc|CME|USD|currency|5|5|125000|4200|125500|HMUZ|two-before-third-wednesday
    CNH|USD/CNH|HKEX|CNY|currency|4|1|100000|16000|71200|all|two-before-third-wednesday
    DX|US Dollar Index|ICE|USD|currency|3|5|1000|2200|98500|HMUZ|two-before-third-wednesday
    ZB|30-Year T-Bond|CBOT|USD|interest|5|3125|1000|4200|11800000|HMUZ|seventh-last
    ZN|10-Year T-Note|CBOT|USD|interest|6|15625|1000|2200|112500000|HMUZ|seventh-last
    BON|Euro-BONO|EUREX|EUR|interest|2|1|1000|3300|12450|HMUZ|two-before-10th
    ES|E-mini S&P 500|CME|USD|index|2|25|50|23000|690000|HMUZ|third-friday
    MES|Micro E-mini S&P 500|CME|USD|index|2|25|5|2300|690000|HMUZ|third-friday
    NQ|E-mini NASDAQ-100|CME|USD|index|2|25|20|34000|2530000|HMUZ|third-friday
    MNQ|Micro E-mini NASDAQ-100|CME|USD|index|2|25|2|3400|2530000|HMUZ|third-friday
    YM|E-mini Dow|CBOT|USD|index|0|1|5|15000|47500|HMUZ|third-friday
    RTY|E-mini Russell 2000|CME|USD|index|1|1|50|9500|24500|HMUZ|third-friday
    M2K|Micro E-mini Russell 2000|CME|USD|index|1|1|5|950|24500|HMUZ|third-friday
    NKD|Nikkei 225 Dollar|CME|USD|index|0|5|5|16000|50800|HMUZ|third-friday
    HSI|Hang Seng Index|HKEX|HKD|index|0|1|50|120000|26100|all|second-last
    MHI|Mini Hang Seng Index|HKEX|HKD|index|0|1|10|24000|26100|all|second-last
    HHI|Hang Seng China Enterprises|HKEX|HKD|index|0|1|50|48000|9300|all|second-last
    CN|FTSE China A50|SGX|USD|index|0|1|1|1300|14800|all|second-last
    ZC|Corn|CBOT|USD|grain|2|25|50|1300|43000|HKNUZ|before-15th
    ZS|Soybeans|CBOT|USD|grain|2|25|50|2600|108000|FHKNQUX|before-15th
    ZW|Wheat|CBOT|USD|grain|2|25|50|2000|54000|HKNUZ|before-15th
    ZL|Soybean Oil|CBOT|USD|grain|2|1|600|2300|5000|FHKNQUVZ|before-15th
    LE|Live Cattle|CME|USD|livestock|3|25|400|3300|235000|GJMQVZ|last
    HE|Lean Hogs|CME|USD|livestock|3|25|400|2000|88000|GJKMNQVZ|tenth
    GC|Gold|COMEX|USD|metal|1|1|100|32000|38500|all|third-last
    MGC|Micro Gold|COMEX|USD|metal|1|1|10|3200|38500|all|third-last
    SI|Silver|COMEX|USD|metal|3|5|5000|32000|47000|all|third-last
    HG|Copper|COMEX|USD|metal|4|5|25000|9500|48500|all|third-last
    PL|Platinum|NYMEX|USD|metal|1|1|50|6500|15500|FJNV|third-last
    CL|Crude Oil|NYMEX|USD|energy|2|1|1000|6800|6500|all|three-before-25th-of-month-before
    MCL|Micro Crude Oil|NYMEX|USD|energy|2|1|100|680|6500|all|three-before-25th-of-month-before
    BRN|Brent Crude Oil|ICE|USD|energy|2|1|1000|6500|6850|all|last-two-months-before
    NG|Natural Gas|NYMEX|USD|energy|3|1|10000|4300|3500|all|three-before-month
    RB|RBOB Gasoline|NYMEX|USD|energy|4|1|42000|7200|19500|all|last-of-month-before
    HO|NY Harbor ULSD|NYMEX|USD|energy|4|1|42000|7600|23500|all|last-of-month-before
    """
}
