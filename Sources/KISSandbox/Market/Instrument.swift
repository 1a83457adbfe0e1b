public import KISWire

/// One instrument (종목) of the simulated market: what it is called and how big it is.
public struct Instrument: Sendable, Hashable {
  /// The code that registrations and requests name it by: `005930`, `DNASAAPL`.
  public let code: String
  /// The Korean name, `삼성전자`.
  public let name: String
  /// Where it is listed: KOSPI, KOSDAQ, an exchange abroad …
  public let market: Market
  /// The price around which its days are simulated, in the smallest units of its market.
  public let referencePrice: Int
  /// Shares traded on an ordinary day.
  public let dailyVolume: Int
  /// Listed shares (상장주수).
  public let listedShares: Int

  /// The shares of KOSPI and KOSDAQ that ``CodeTable`` knows.
  static let wellKnownShares: [Instrument] = CodeTable.instruments.filter { $0.kind == .share }.map {
    Instrument(code: $0.code)
  }

  /// The instrument of that code as it is known; one made up around the code when it is not, always the same one.
  ///
  /// - Parameters:
  ///   - market: what it is if the code alone does not tell, as with an index; nil for a share.
  ///   - codes: who knows it.
  public init(code: String, market: Market? = nil, codes: KnownCodes = .standard) {
    let known = codes.instrument(code)
    let market = known.map { Market($0) } ?? market ?? .kospi
    var generator = SeededGenerator(seed: 0).fork(code)
    func draw(_ range: ClosedRange<Int>) -> Int {
      range.lowerBound + Int(generator.next() % UInt64(range.count))
    }
    let referencePrice = known?.referencePrice ?? (market == .index ? Instrument.indexLevels[code] : nil)
    let price = referencePrice.map { $0 * Double(market.scale) } ?? Double(draw(market.ordinaryPrices))
    self.code = code
    self.market = market
    name = known?.koreanName ?? codes.industry(code)?.koreanName ?? market.madeUpName(of: code)
    self.referencePrice = PriceStep(market).nearest(to: price)
    dailyVolume = known?.dailyVolume ?? draw(market.ordinaryVolumes)
    listedShares = known?.listedShares ?? dailyVolume * 60
  }

  /// Where the indices that everybody knows stood in 2026: KOSPI, KOSDAQ, KOSPI200.
  private static let indexLevels = ["0001": 6_690.0, "1001": 1_020, "2001": 1_101]

  /// The price steps that apply to it.
  var priceStep: PriceStep { PriceStep(market) }
}

extension Instrument.Market {
  /// What a listed instrument is.
  init(_ listed: ListedInstrument) {
    self =
      switch listed.kind {
      case .etf, .etn: .etf
      case .elw: .elw
      case .bond: .bond
      case .bondIndex: .index
      case .indexFuture, .commodityFuture: .indexFutures
      case .indexOption, .stockOption: .indexOption
      case .stockFuture: .stockFutures
      case .overseasShare: .overseas
      case .overseasFuture: .overseasFutures
      default: listed.market == "KOSDAQ" ? .kosdaq : .kospi
      }
  }
}
