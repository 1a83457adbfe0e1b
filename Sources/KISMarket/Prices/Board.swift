/// Where a security is listed (시장구분).
public enum Board: String, Sendable, Hashable, CaseIterable {
  /// 유가증권시장
  case kospi = "KOSPI"
  /// 코스닥시장
  case kosdaq = "KOSDAQ"
}

/// What a listed security is, as far as its ticks, limits and sessions depend on it.
public enum SecurityKind: String, Sendable, Hashable, CaseIterable {
  /// 주권
  case share
  /// 상장지수펀드
  case etf
  /// 상장지수증권
  case etn
  /// 주식워런트증권
  case elw

  /// Whether it is an exchange-traded product (ETF, ETN): other ticks, no sale tax.
  public var isExchangeTradedProduct: Bool { self == .etf || self == .etn }
}
