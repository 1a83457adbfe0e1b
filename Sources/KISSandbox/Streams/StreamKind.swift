import KISMarket
import KISWire

/// What a realtime TR reports, which decides when it sends.
enum StreamKind: Sendable {
  /// Every trade (체결가).
  case trades
  /// The order book (호가), when it changes.
  case book
  /// The price that an auction would make (예상체결).
  case expected
  /// The figures of an index or industry (지수).
  case index
  /// What the auctions of its shares would make of an index (지수 예상체결, H0UPANC0).
  case expectedIndex
  /// Program trading of an index (H0UPPGM0).
  case indexProgramTrading
  /// Program trading of a share.
  case programTrading
  /// The most active members (회원사).
  case members
  /// Market operation of a share (장운영정보).
  case marketStatus
  /// Volatility interruptions (VI).
  case volatilityInterruption
  /// Net asset value of a fund (NAV).
  case netAssetValue
  /// Orders of a customer (체결통보).
  case notices

  init(_ id: TransactionID) {
    let name = id.rawValue
    self =
      switch name {
      case "H0UPPGM0": .indexProgramTrading
      case "H0UPCNT0", "H0BICNT0": .index
      case "H0UPANC0": .expectedIndex
      case "H0STVIC0": .volatilityInterruption
      case "H0STNAV0": .netAssetValue
      case "HDFFF010": .book
      case "HDFFF1C0", "HDFFF2C0": .notices
      case _ where name.contains("CNI"): .notices
      case _ where name.hasSuffix("ASP0") || name.hasSuffix("ASP1") || name.hasSuffix("OAA0"): .book
      case _ where name.hasSuffix("ANC0") || name.hasSuffix("OAC0"): .expected
      case _ where name.hasSuffix("PGM0"): .programTrading
      case _ where name.hasSuffix("MBC0"): .members
      case _ where name.hasSuffix("MKO0"): .marketStatus
      default: .trades
      }
  }

  /// How often it looks whether there is something new, in milliseconds, for an instrument with so many prints a day.
  func pace(ordinaryPrints: Int) -> Int {
    switch self {
    case .trades: 250
    // A thin name's book changes seldom.
    case .book: max(300, min(6_000, 6_000_000 / max(1, ordinaryPrints) / 300 * 300))
    case .expected, .index, .expectedIndex, .volatilityInterruption, .marketStatus: 1_000
    case .indexProgramTrading, .programTrading, .netAssetValue: 2_000
    case .members: 5_000
    case .notices: 20_000
    }
  }

  /// The tape that a TR reports: KRX's regular session or evening, NXT's, or that of both venues.
  static func tape(of id: TransactionID) -> Tape {
    if isAfterHours(id) { return .evening }
    return id.rawValue.hasPrefix("H0NX") ? .nxt : id.rawValue.hasPrefix("H0UN") ? .unified : .krx
  }

  /// Whether a TR reports only what is traded after KRX's regular session (시간외).
  static func isAfterHours(_ id: TransactionID) -> Bool { id.rawValue.hasPrefix("H0STO") }

  /// The instrument that a registration is about.
  func instrument(of id: TransactionID, key: String, in quotes: QuotedMarket) -> Instrument {
    let kind = Catalogue.realtime(id)?.key
    if self == .notices { return quotes.instrument(noticedCode(id)) }
    let market: Instrument.Market? =
      switch kind {
      case .industry: .index
      case .etf: .etf
      case .elw: .elw
      case .bond: id == "H0BICNT0" ? .index : .bond
      case .derivative: id.rawValue.hasPrefix("H0ZF") ? .stockFutures : isOption(id) ? .indexOption : .indexFutures
      case .overseasStock: .overseas
      case .overseasDerivative: .overseasFutures
      case .stock, .htsID, nil: nil
      }
    // The document keys VI by a day, its example by an instrument.
    let isDay = self == .volatilityInterruption && key.count == 8
    return quotes.instrument(isDay ? "005930" : key, market)
  }

  private func isOption(_ id: TransactionID) -> Bool {
    ["H0IO", "H0ZO", "H0EU"].contains { id.rawValue.hasPrefix($0) }
  }

  /// What a customer of a notice TR trades.
  private func noticedCode(_ id: TransactionID) -> String {
    switch id.rawValue.prefix(4) {
    case "H0GS": "DNASAAPL"
    case "H0IF": "A05608"
    case "H0MF": "101W12"
    case "H0EU": "301V06362"
    case "HDFF": "ESZ26"
    default: "005930"
    }
  }
}
