/// Where a security is listed (시장구분).
public enum Board: String, Sendable, Hashable, CaseIterable {
  /// 유가증권시장
  case kospi = "KOSPI"
  /// 코스닥시장
  case kosdaq = "KOSDAQ"
}

/// What an instrument is, as far as its ticks, limits and sessions depend on it.
public enum SecurityKind: String, Sendable, Hashable, CaseIterable {
  /// 주권
  case share
  /// 상장지수펀드
  case etf
  /// 상장지수증권
  case etn
  /// 주식워런트증권
  case elw
  /// 채권
  case bond
  /// 지수 that is quoted like an instrument, as a bond index
  case index
  /// 지수선물
  case indexFuture = "index-future"
  /// 지수옵션
  case indexOption = "index-option"
  /// 주식선물
  case stockFuture = "stock-future"
  /// 주식옵션
  case stockOption = "stock-option"
  /// 상품선물
  case commodityFuture = "commodity-future"
  /// 해외주식
  case overseasShare = "overseas-share"
  /// 해외선물옵션
  case overseasFuture = "overseas-future"

  /// Whether it is an exchange-traded product (ETF, ETN): other ticks, no sale tax, no after-market.
  public var isExchangeTradedProduct: Bool { self == .etf || self == .etn }

  /// Whether it trades abroad.
  public var isForeign: Bool { self == .overseasShare || self == .overseasFuture }

  /// Whether it is a future or an option.
  var isContract: Bool { isFuture || self == .indexOption || self == .stockOption }

  /// Whether it is a future, in Korea or abroad.
  public var isFuture: Bool {
    [.indexFuture, .stockFuture, .commodityFuture, .overseasFuture].contains(self)
  }

  /// How many decimals its prices have.
  public var decimals: Int {
    switch self {
    case .share, .etf, .etn, .elw, .stockFuture: 0
    case .bond, .index, .indexFuture, .indexOption, .stockOption, .commodityFuture, .overseasFuture: 2
    case .overseasShare: 4
    }
  }

  /// How many of a price's smallest units make one.
  public var scale: Int {
    switch decimals {
    case 0: 1
    case 2: 100
    default: 10_000
    }
  }
}
