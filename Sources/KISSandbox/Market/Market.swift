extension Instrument {
  /// Where an instrument is listed, and with it how its prices are written.
  public enum Market: String, Sendable, Hashable, CaseIterable {
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
    var decimals: Int {
      switch self {
      case .kospi, .kosdaq, .etf, .elw, .stockFutures: 0
      case .index, .indexFutures, .indexOption, .bond, .overseasFutures: 2
      case .overseas: 4
      }
    }

    /// How many of a price's smallest units make one.
    var scale: Int {
      switch decimals {
      case 0: 1
      case 2: 100
      default: 10_000
      }
    }

    /// A price as KIS writes it.
    func text(_ price: Int) -> String {
      decimals == 0 ? "\(price)" : decimal(Double(price) / Double(scale), places: decimals)
    }

    /// Prices of instruments that nobody knows, in smallest units.
    var ordinaryPrices: ClosedRange<Int> {
      switch self {
      case .kospi, .kosdaq, .etf: 2_000...120_000
      case .elw: 50...900
      case .index: 80_000...680_000
      case .indexFutures: 95_000...115_000
      case .indexOption: 120...1_800
      case .stockFutures: 20_000...200_000
      case .bond: 950_000...1_060_000
      case .overseas: 200_000...4_000_000
      case .overseasFutures: 10_000...600_000
      }
    }

    /// Shares or contracts a day of instruments that nobody knows.
    var ordinaryVolumes: ClosedRange<Int> {
      switch self {
      case .kospi, .kosdaq, .etf, .elw: 50_000...1_500_000
      case .index: 300_000_000...900_000_000
      case .indexFutures, .indexOption, .stockFutures, .overseasFutures: 60_000...400_000
      case .bond: 50_000...500_000
      case .overseas: 800_000...40_000_000
      }
    }

    /// A name for an instrument that nobody knows.
    func madeUpName(of code: String) -> String {
      switch self {
      case .kospi, .kosdaq, .stockFutures: "모의종목\(code.suffix(4))"
      case .etf: "모의 ETF \(code.suffix(4))"
      case .elw: "모의\(code.suffix(4))콜"
      case .index: "모의업종\(code)"
      case .indexFutures: "F \(code.suffix(4))"
      case .indexOption: "C \(code.suffix(4))"
      case .bond: "모의국고채권(\(code.suffix(4)))"
      case .overseas, .overseasFutures: code.uppercased()
      }
    }
  }
}
