import KISMarket
import KISWire

/// A part of the broker with order and inquiry APIs of its own: what was ordered at one is not listed at another.
enum Desk: Hashable, CaseIterable {
  /// 국내주식
  case shares
  /// 해외주식
  case sharesAbroad
  /// 국내선물옵션
  case contracts
  /// 장내채권
  case bonds
  /// 해외선물옵션
  case contractsAbroad

  /// Whether it is about futures and options.
  var isOfContracts: Bool { self == .contracts || self == .contractsAbroad }

  /// The TRs of notices about a customer's orders; none are known for bonds. Contracts have others by night than by
  /// day, and those abroad one for the order and one for its fills.
  func notices(of event: ExchangeEvent.Kind, _ security: Security) -> Set<TransactionID> {
    switch self {
    case .shares: return ["H0STCNI0", "H0STCNI9"]
    case .sharesAbroad: return ["H0GSCNI0", "H0GSCNI9"]
    case .contracts:
      if case .contract(_, .krxNight) = security.listing { return [security.isOption ? "H0EUCNI0" : "H0MFCNI0"] }
      return ["H0IFCNI0", "H0IFCNI9"]
    case .bonds: return []
    case .contractsAbroad:
      if case .filled = event { return ["HDFFF2C0"] }
      return ["HDFFF1C0"]
    }
  }
}

extension Instrument.Market {
  /// Where an instrument is ordered.
  var desk: Desk {
    switch self {
    case .kospi, .kosdaq, .etf, .elw, .index: .shares
    case .overseas: .sharesAbroad
    case .indexFutures, .indexOption, .stockFutures: .contracts
    case .bond: .bonds
    case .overseasFutures: .contractsAbroad
    }
  }
}
