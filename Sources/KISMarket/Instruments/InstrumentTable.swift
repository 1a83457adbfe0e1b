extension Instrument {
  /// Every instrument that is known by name: shares of KOSPI and KOSDAQ, ETFs and ETNs, then derivatives, bonds and
  /// what trades abroad.
  public static let builtIn: [Instrument] =
    lines(shareLines).compactMap(share) + lines(otherLines).compactMap(other)

  /// Split by bytes: every start waits for it, and characters cost twenty times as much.
  private static func lines(_ text: String) -> [Substring] {
    text.utf8.split(separator: UInt8(ascii: "\n")).map { Substring($0) }
  }

  private static func parts(_ line: Substring) -> [String] {
    line.utf8.split(separator: UInt8(ascii: "|")).map { String(Substring($0)) }
  }

  /// The instrument of that code when it is known by name.
  public static func builtIn(_ code: String) -> Instrument? { builtInByCode[code] }

  private static let builtInByCode = Dictionary(builtIn.map { ($0.code, $0) }) { first, _ in first }

  private static func share(_ line: Substring) -> Instrument? {
    let parts = parts(line)
    guard parts.count == 13, let board = Board(rawValue: parts[2]), let size = SizeClass(rawValue: parts[4]) else {
      return nil
    }
    let numbers = parts[6...].compactMap { Int($0) }
    guard numbers.count == 7 else { return nil }
    return Instrument(
      code: parts[0], name: parts[1], board: board, industry: parts[3], size: size,
      memberships: Set(parts[5].compactMap { IndexMembership(rawValue: String($0)) }), referencePrice: numbers[0],
      ordinaryVolume: numbers[1] * 1_000, volatility: numbers[6], listedShares: numbers[2],
      foreignShares: numbers[3], parValue: numbers[4], capital: numbers[5])
  }

  private static func other(_ line: Substring) -> Instrument? {
    let parts = parts(line)
    guard parts.count == 9, let kind = SecurityKind(rawValue: parts[2]) else { return nil }
    let numbers = parts[4...].compactMap { Int($0) }
    guard numbers.count == 5 else { return nil }
    return Instrument(
      code: parts[0], name: parts[1], kind: kind, board: Board(rawValue: parts[3]) ?? .kospi,
      // What is known by name abroad is large there.
      size: kind == .overseasShare ? .large : .small, referencePrice: numbers[0], ordinaryVolume: numbers[1] * 1_000,
      volatility: numbers[3],
      listedShares: numbers[2] * 1_000, foreignShares: 0, parValue: 0, capital: 0, leverage: numbers[4],
      exchange: ForeignExchange(named: parts[3]))
  }
}

extension Instrument {
  /// An instrument made up around a code that nobody knows, always the same one for a seed.
  ///
  /// - Parameters:
  ///   - code: any code; what it is follows from its form when `kind` does not say.
  ///   - kind: what it is, when the caller knows.
  ///   - seed: the market's seed.
  ///   - referenceDate: as which day ``Market/referenceDate`` counts for contracts that expire.
  public init(
    unknown code: String, kind: SecurityKind? = nil, seed: UInt64, referenceDate: CalendarDate = Market.referenceDate
  ) {
    if kind == nil || kind == .elw, let warrant = MonthlyWarrant(code, seed: seed) {
      self.init(warrant, referenceDate: referenceDate)
      return
    }
    var numbers = CellGenerator(
      seed: seed, instrument: InstrumentNumber(code).value, day: 0, purpose: .unknownInstrument)
    var kind = kind ?? Instrument.kind(ofCode: code)
    // Whatever it was asked for as, the code of a future says what it is on.
    if kind == .indexFuture || kind == .stockFuture { kind = ContractCode.kind(ofFuture: code) ?? kind }
    let board: Board = numbers.below(2) == 0 ? .kospi : .kosdaq
    // Most names are small: the square of a uniform number.
    let part = numbers.below(1_024)
    let (prices, volumes) = Instrument.ordinary(kind)
    let drawn = prices.lowerBound + (prices.upperBound - prices.lowerBound) * part / 1_024 * part / 1_024
    // The code of a share may look like one.
    let isContract = [.indexFuture, .indexOption, .stockFuture, .stockOption].contains(kind)
    let contract = isContract ? ContractCode(code) : nil
    // A future stands above its index by the interest until it expires, 1.5 % a year.
    let level = Instrument.underlyingLevel(kind, code, contract)
    let option = kind == .indexOption ? contract.flatMap { ReferenceOption($0, on: referenceDate) } : nil
    let days = contract.map { max(0, $0.lastTradingDay.number - referenceDate.number) } ?? 90
    let abroad = kind == .overseasFuture ? ForeignContract(code, on: referenceDate) : nil
    let name = contract?.name ?? abroad?.name(of: code) ?? Instrument.madeUpName(code, kind)
    // A bond costs what its coupons are worth at the yields of the day.
    let bond = kind == .bond ? BondTerms(code: code, name: name) : nil
    let worth = bond.map { Int($0.price(yielding: 2.8 + Double(part) / 1_024, on: referenceDate) * 100) }
    let known = option?.price ?? abroad?.referencePrice ?? worth
    let price = known ?? level.map { $0 + $0 * 15 * days / 365_000 } ?? drawn
    let drawnVolume = volumes.lowerBound + (volumes.upperBound - volumes.lowerBound) / 1_024 * numbers.below(1_024)
    let attention = (option?.attention ?? 1_000) * (contract?.attention(on: referenceDate) ?? 1_000)
    let volume = max(1, FixedPoint.ratio(drawnVolume, attention, 1_000_000))
    let industries = IndexDefinition.industries(of: board)
    // Shares differ in how far they move, and what trades like them.
    let isQuiet = [.bond, .index, .commodityFuture].contains(kind)
    self.init(
      code: code, name: name, kind: kind, board: board,
      industry: kind == .share ? industries[numbers.below(industries.count)] : "", referencePrice: price,
      ordinaryVolume: volume,
      volatility: option?.volatility ?? (level == nil && !isQuiet ? numbers.within(200...400) : nil),
      leverage: option?.leverage ?? 1)
  }

  /// What a future is on costs on the reference date, in the smallest units of the future; nil where nobody knows. Of shares
  /// and commodities only Samsung (product 11) and the US dollar (75) are built in.
  private static func underlyingLevel(_ kind: SecurityKind, _ code: String, _ contract: ContractCode?) -> Int? {
    let product = code.dropFirst().prefix(2)
    return switch kind {
    case .indexFuture: IndexDefinition(contract?.index ?? "2001").referenceLevel
    case .stockFuture: contract?.share?.referencePrice
    case .commodityFuture where product == "75": builtIn("FX@KRW")?.referencePrice
    default: nil
    }
  }

  private static func kind(ofCode code: String) -> SecurityKind {
    if code.utf8.count == 7, code.first == "Q" { return .etn }
    if code.utf8.count > 4, let first = code.first, "DR".contains(first), code.dropFirst().first?.isLetter == true {
      return .overseasShare
    }
    return .share
  }

  /// Prices in smallest units, and units traded a day.
  private static func ordinary(_ kind: SecurityKind) -> (prices: ClosedRange<Int>, volumes: ClosedRange<Int>) {
    switch kind {
    case .share, .etf, .etn: (1_200...120_000, 50_000...1_500_000)
    case .elw: (50...900, 50_000...1_500_000)
    case .bond: (950_000...1_060_000, 50_000...500_000)
    case .index: (80_000...680_000, 100_000...900_000)
    case .indexFuture: (95_000...115_000, 60_000...400_000)
    case .indexOption, .stockOption: (120...1_800, 60_000...400_000)
    case .stockFuture: (20_000...200_000, 60_000...400_000)
    case .commodityFuture, .overseasFuture: (10_000...600_000, 60_000...400_000)
    case .overseasShare: (200_000...4_000_000, 800_000...40_000_000)
    }
  }

  private static func madeUpName(_ code: String, _ kind: SecurityKind) -> String {
    switch kind {
    case .share: "모의종목\(code.suffix(4))"
    case .etf, .etn: "모의 \(kind.rawValue.uppercased()) \(code.suffix(4))"
    case .elw: "모의\(code.suffix(4))콜"
    case .bond: "모의국고채권(\(code.suffix(4)))"
    case .index: "모의지수\(code.suffix(4))"
    case .indexFuture, .stockFuture, .commodityFuture: "F \(code.suffix(4))"
    case .indexOption, .stockOption: "C \(code.suffix(4))"
    case .overseasShare, .overseasFuture: code.uppercased()
    }
  }
}
