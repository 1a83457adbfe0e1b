import KISMarket
import KISWire

extension Instrument {
  /// The instrument of a code as it is known to the market or to a user's list; one made up around the code when it is
  /// not, always the same one.
  ///
  /// - Parameters:
  ///   - market: what it is if the code alone does not tell, as with an index; nil for a share.
  ///   - codes: the list that knows it besides the market.
  ///   - seed: the market's seed.
  ///   - referenceDate: the market's reference date as it is shown.
  init(
    code: String, market: Market? = nil, codes: KnownCodes = .standard, seed: UInt64 = 1,
    referenceDate: CalendarDate = KISMarket.Market.referenceDate
  ) {
    if market == .index, let industry = codes.industry(code) {
      self.init(
        code: code, name: industry.koreanName, kind: .index, referencePrice: IndexDefinition(code).referenceLevel,
        ordinaryVolume: 300_000, listedShares: 1, foreignShares: 0)
      return
    }
    if let listed = codes.instrument(code), codes.isAdded(code) || Instrument.builtIn(code) == nil {
      self.init(listed)
      return
    }
    self =
      Instrument.builtIn(code)
      ?? Instrument(unknown: code, kind: market?.kind, seed: seed, referenceDate: referenceDate)
  }

  /// An instrument of a user's list.
  init(_ listed: ListedInstrument) {
    let kind = SecurityKind(listed: listed.kind.description)
    let scale = kind == .overseasFuture ? ForeignContract(listed.code).product.scale : kind.scale
    let price = (listed.referencePrice * Double(scale)).clamped(to: 1...Double(Instrument.highestPrice)).rounded()
    self.init(
      code: listed.code, name: listed.koreanName, kind: kind, board: listed.market == "KOSDAQ" ? .kosdaq : .kospi,
      industry: kind == .share ? (listed.market == "KOSDAQ" ? "1028" : "0008") : "", referencePrice: Int(price),
      ordinaryVolume: listed.dailyVolume ?? 200_000, listedShares: listed.listedShares,
      exchange: ForeignExchange(named: listed.market))
  }

  /// Whether it is an index over industries (업종), whose figures are sums over shares.
  var isIndexOfShares: Bool {
    kind == .index && code.utf8.count == 4 && code.isAllDigits
  }
}

extension Instrument.Market {
  /// What a listed instrument is.
  init(_ listed: ListedInstrument) { self = Instrument(listed).market }
}

extension SecurityKind {
  /// By the word of a list of codes; a share when the word is unknown.
  fileprivate init(listed word: String) {
    self = word == "bond-index" ? .index : SecurityKind(rawValue: word) ?? .share
  }
}
