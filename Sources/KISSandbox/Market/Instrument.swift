/// One instrument (종목) of the simulated market: what it is called and how big it is.
public struct Instrument: Sendable, Hashable {
  /// The short code (단축코드), `005930`.
  public let code: String
  /// The Korean name, `삼성전자`.
  public let name: String
  public let market: Market
  /// The price around which its days are simulated, in won.
  public let referencePrice: Int
  /// Shares traded on an ordinary day.
  public let dailyVolume: Int
  /// Listed shares (상장주수).
  public let listedShares: Int

  /// Where an instrument is listed.
  public enum Market: String, Sendable, Hashable, CaseIterable {
    case kospi = "KOSPI"
    case kosdaq = "KOSDAQ"
    /// Exchange-traded funds: listed beside KOSPI, outside its index, with price steps of their own.
    case etf = "ETF"
  }

  /// The instruments whose names the simulator knows.
  public static let wellKnown: [Instrument] = table.split(separator: "\n").compactMap(Instrument.init(line:))

  /// The instrument of that code; one made up around the code when it is not well known, always the same one.
  public init(code: String) {
    if let known = Instrument.byCode[code] {
      self = known
      return
    }
    var generator = SeededGenerator(seed: 0).fork(code)
    self.code = code
    name = "모의종목\(code.suffix(4))"
    market = generator.chance(0.5) ? .kospi : .kosdaq
    referencePrice = PriceStep(market).nearest(to: Double(2_000 + generator.next() % 120_000))
    dailyVolume = 50_000 + Int(generator.next() % 1_500_000)
    listedShares = 10_000_000 + Int(generator.next() % 90_000_000)
  }

  /// The price steps that apply to it.
  var priceStep: PriceStep { PriceStep(market) }

  private static let byCode = Dictionary(wellKnown.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })

  private init?(line: Substring) {
    let columns = line.split(separator: "|")
    guard columns.count == 6, let market = Market(rawValue: String(columns[2])), let price = Int(columns[3]),
      let volume = Int(columns[4]), let listed = Int(columns[5])
    else { return nil }
    code = String(columns[0])
    name = String(columns[1])
    self.market = market
    referencePrice = price
    dailyVolume = volume * 1_000
    listedShares = listed * 1_000
  }
}
