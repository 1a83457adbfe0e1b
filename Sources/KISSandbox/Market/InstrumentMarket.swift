import KISMarket

extension Instrument {
  /// Where an instrument is listed, and with it how its prices are written.
  enum Market: String, Sendable, Hashable, CaseIterable {
    case kospi = "KOSPI"
    case kosdaq = "KOSDAQ"
    /// Exchange-traded funds: listed beside KOSPI, outside its index, with price steps of their own.
    case etf = "ETF"
    /// Equity-linked warrants (주식워런트증권).
    case elw = "ELW"
    /// An industry index (업종지수), by its code.
    case index = "INDEX"
    case indexFutures = "INDEX FUTURES"
    case indexOption = "INDEX OPTION"
    case stockFutures = "STOCK FUTURES"
    case bond = "BOND"
    /// Shares abroad; realtime keys have a prefix for delay and exchange: `DNASAAPL`.
    case overseas = "OVERSEAS"
    case overseasFutures = "OVERSEAS FUTURES"

    /// How many decimals its prices have.
    var decimals: Int { (kind ?? .share).decimals }

    /// How many decimals prices of anything there have at most: those of contracts abroad depend on their product.
    var mostDecimals: Int { self == .overseasFutures ? ForeignProduct.mostDecimals : decimals }

    /// How many of a price's smallest units make one; of contracts abroad that depends on their product.
    var scale: Int { (kind ?? .share).scale }

    /// What the market calls it; nil for a share, whose board the code does not tell.
    var kind: SecurityKind? {
      switch self {
      case .kospi, .kosdaq: nil
      case .etf: .etf
      case .elw: .elw
      case .index: .index
      case .indexFutures: .indexFuture
      case .indexOption: .indexOption
      case .stockFutures: .stockFuture
      case .bond: .bond
      case .overseas: .overseasShare
      case .overseasFutures: .overseasFuture
      }
    }

    /// Whether it is abroad, in another time zone.
    var isAbroad: Bool { self == .overseas || self == .overseasFutures }
    /// Futures and options of KRX.
    var isDerivative: Bool {
      switch self {
      case .indexFutures, .indexOption, .stockFutures: true
      case .kospi, .kosdaq, .etf, .elw, .index, .bond, .overseas, .overseasFutures: false
      }
    }
  }

  /// Whether NXT trades it: shares that trade often, no funds, notes or warrants.
  var isOnNextrade: Bool { nextradeShare > 0 }

  /// The tape that holds what is asked for: of what NXT does not trade KRX's is that of both venues.
  func tape(_ asked: Tape) -> Tape { asked == .unified && !isOnNextrade ? .krx : asked }

  /// A price of it as KIS writes it.
  func text(_ price: Int) -> String {
    decimals == 0 ? "\(price)" : decimal(Double(price) / Double(scale), places: decimals)
  }

  /// Where it is listed, and with it how its prices are written.
  var market: Market {
    switch kind {
    case .share: board == .kosdaq ? .kosdaq : .kospi
    case .etf, .etn: .etf
    case .elw: .elw
    case .bond: .bond
    case .index: .index
    case .indexFuture, .commodityFuture: .indexFutures
    case .indexOption, .stockOption: .indexOption
    case .stockFuture: .stockFutures
    case .overseasShare: .overseas
    case .overseasFuture: .overseasFutures
    }
  }
}
