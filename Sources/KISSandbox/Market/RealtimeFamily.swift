import KISWire

/// What a realtime TR tells, which decides when it speaks.
enum RealtimeFamily: Sendable {
  /// Every trade (체결가).
  case trades
  /// The order book (호가), when it changes.
  case book
  /// The price that an auction would make (예상체결).
  case expected
  /// The figures of an index or industry (지수).
  case index
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
      case "H0UPCNT0", "H0UPANC0", "H0BICNT0": .index
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

  /// The shortest time between two messages, in milliseconds.
  var pace: Int64 {
    switch self {
    case .trades: 0
    case .book: 300
    case .expected, .index: 1_000
    case .indexProgramTrading: 10_000
    case .programTrading, .netAssetValue: 2_000
    case .members: 5_000
    // They come in pairs two to two and a half minutes apart.
    case .marketStatus, .volatilityInterruption: 130_000
    case .notices: 20_000
    }
  }

  /// The instrument that a registration is about.
  func instrument(of id: TransactionID, key: String, codes: KnownCodes = .standard) -> Instrument {
    let kind = Catalogue.realtime(id)?.key
    if self == .notices { return Instrument(code: noticedCode(id), codes: codes) }
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
    return Instrument(code: isDay ? "005930" : key, market: market, codes: codes)
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
