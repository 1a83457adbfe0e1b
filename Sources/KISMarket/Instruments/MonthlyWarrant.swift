/// One of the warrants (ELW) that end on the second Thursday of a month: who issued it, on which share, when it was listed.
/// They are drawn from the seed, six a month. The code tells the issuer, the month and the place among them: `57HG03`.
///
/// A warrant lives for months, so whatever day is asked about, some are about to end, some have just been listed, and those
/// of years ago have their names and last prices still.
public struct MonthlyWarrant: Sendable, Hashable {
  /// Who issued it.
  public let issuer: WarrantIssuer
  /// The share that it is on (기초자산).
  public let share: Instrument
  /// The right to sell (풋), not to buy (콜).
  public let isPut: Bool
  /// When it is listed (상장일), the last day on which it trades (최종거래일), and when it ends (만기일), in the calendar that is
  /// shown.
  public let listed: CalendarDate
  public let lastDay: CalendarDate
  public let matures: CalendarDate
  private let series: String

  /// The warrants that end in a month; none where no month is told apart.
  public static func ending(year: Int, month: Int, seed: UInt64) -> [MonthlyWarrant] {
    guard years.contains(year), let contract = ContractCode(.future, product: "01", year: year, month: month),
      !underlyings.isEmpty
    else { return [] }
    var numbers = CellGenerator(
      seed: seed, instrument: InstrumentNumber("warrants").value, day: year * 12 + month, purpose: .unknownInstrument)
    let place = (year - years.lowerBound) * 12 + month - 1
    let letters = String([letters[place / letters.count], letters[place % letters.count]])
    // The most asked for is always among them; no share is twice.
    let others = numbers.below(underlyings.count - 1)
    return (0..<pairs).flatMap { pair in
      let share = pair == 0 ? underlyings[0] : underlyings[1 + (others + pair * 4) % (underlyings.count - 1)]
      let issuer = WarrantIssuer.all[numbers.below(WarrantIssuer.all.count)]
      let matures = contract.lastTradingDay
      let age = numbers.within(pair < pairs - 1 ? 77...112 : 168...203)
      let listed = TradingCalendar.tradingDay(onOrBefore: matures.advanced(by: -age))
      return [false, true].map { isPut in
        let number = pair * 2 + (isPut ? 2 : 1)
        return MonthlyWarrant(
          issuer: issuer, share: share, isPut: isPut, listed: listed, lastDay: lastDay(before: matures),
          matures: matures, series: letters + "0\(number)")
      }
    }
  }

  /// The warrant of a code; nil for a code of another form, and for one that was not drawn.
  public init?(_ code: String, seed: UInt64) {
    let characters = Array(code)
    guard characters.count == 6, let first = MonthlyWarrant.letters.firstIndex(of: characters[2]),
      let second = MonthlyWarrant.letters.firstIndex(of: characters[3])
    else { return nil }
    let place = first * MonthlyWarrant.letters.count + second
    let month = MonthlyWarrant.ending(
      year: MonthlyWarrant.years.lowerBound + place / 12, month: place % 12 + 1, seed: seed)
    guard let warrant = month.first(where: { $0.code == code }) else { return nil }
    self = warrant
  }

  private init(
    issuer: WarrantIssuer, share: Instrument, isPut: Bool, listed: CalendarDate, lastDay: CalendarDate,
    matures: CalendarDate, series: String
  ) {
    (self.issuer, self.share, self.isPut, self.series) = (issuer, share, isPut, series)
    (self.listed, self.lastDay, self.matures) = (listed, lastDay, matures)
  }

  /// `57HG03`
  public var code: String { issuer.number + series }

  /// `한국HG03삼성전자콜`
  public var name: String { issuer.name + series + share.name + (isPut ? "풋" : "콜") }

  /// Whether it can be traded on a day of the calendar that is shown.
  public func isTraded(on day: CalendarDate) -> Bool { listed <= day && day <= lastDay }

  /// Trading ends two trading days before a warrant does.
  public static func lastDay(before matures: CalendarDate) -> CalendarDate {
    TradingCalendar.tradingDay(TradingCalendar.ordinal(of: matures) - 2)
  }

  /// For how many months ahead there may be some that are listed.
  public static let longestLife = 7

  /// A call and a put each on so many shares.
  private static let pairs = 3
  private static let years = 2010...2035
  /// I, O and U could be taken for digits.
  private static let letters = Array("ABCDEFGHJKLMNPQRSTVWXYZ")

  /// Large shares whose prices are high enough that a hundredth of them is worth some ticks, the largest first.
  private static let underlyings = Instrument.builtIn.filter {
    $0.kind == .share && $0.board == .kospi && $0.size == .large && $0.referencePrice >= 100_000 && $0.name.count > 2
  }.prefix(16).map { $0 }
}

/// A securities company that issues warrants and is their liquidity provider (LP).
public struct WarrantIssuer: Sendable, Hashable {
  /// With what the codes of its warrants begin.
  public let number: String
  /// With what their names begin.
  public let name: String
  /// What it is called in full.
  public let company: String

  /// The issuers that are known. KRX numbers them; 57 and 58 are those of the warrants that are built in.
  public static let all = [
    WarrantIssuer(number: "57", name: "한국", company: "한국투자증권"),
    WarrantIssuer(number: "58", name: "미래", company: "미래에셋증권"),
    WarrantIssuer(number: "52", name: "KB", company: "KB증권"),
    WarrantIssuer(number: "54", name: "신한", company: "신한투자증권"),
  ]
}

extension Instrument {
  /// A warrant of a month as an instrument of the market.
  ///
  /// - Parameter referenceDate: as which day ``Market/referenceDate`` counts.
  init(_ warrant: MonthlyWarrant, referenceDate: CalendarDate) {
    var numbers = CellGenerator(
      seed: 0, instrument: InstrumentNumber(warrant.code).value, day: 1, purpose: .unknownInstrument)
    let daysLater = TradingCalendar.ordinal(of: referenceDate) - TradingCalendar.ordinal(of: Market.referenceDate)
    func meant(_ day: CalendarDate) -> CalendarDate { TradingCalendar.shifted(day, byTradingDays: -daysLater) }
    let term = meant(warrant.listed)...meant(warrant.lastDay)
    let described = Instrument(
      code: warrant.code, name: warrant.name, kind: .elw, referencePrice: 300,
      ordinaryVolume: numbers.within(120...1_400) * 1_000, volatility: 900,
      listedShares: numbers.within(10...60) * 1_000_000, foreignShares: 0, parValue: 0, capital: 0, term: term)
    self = described
  }
}
