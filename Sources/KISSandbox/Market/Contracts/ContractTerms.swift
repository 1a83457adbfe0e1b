import KISMarket

/// What a future or option of KRX is about on a day on which it still trades.
final class ContractTerms {
  let contract: ContractCode
  /// The last trading day (최종거래일) in the market's calendar, which may be shown as another.
  let lastDay: CalendarDate
  /// Days until then in the calendar that is shown, 0 on the last day. KIS counts the last day too (잔존일수).
  let days: Int

  /// Nil for a code that says nothing of the kind, and for a contract that has expired.
  init?(_ instrument: Instrument, on day: CalendarDate, shift: DateShift?) {
    // Of contracts on shares only Samsung's futures are known.
    guard instrument.market.isDerivative, let contract = ContractCode(instrument.code),
      contract.index != nil || contract.product == "11" && contract.strike == nil
    else { return nil }
    let shown = contract.lastTradingDay
    let today = shift?.shown(day) ?? day
    guard shown >= today else { return nil }
    self.contract = contract
    lastDay = shift?.meant(shown) ?? shown
    days = shown.number - today.number
  }
}

/// A future or option with the price of its underlying: everything that follows from the two prices.
struct DerivedContract {
  let terms: ContractTerms
  /// In points, or won of a share.
  let price: Double
  let spot: Double

  /// Interest less dividends of a year, which a future costs more than its index.
  private static let carry = 0.015

  /// Whether it is an option and no future.
  var isOption: Bool { terms.contract.strike != nil }

  private var strike: Double? { terms.contract.strike.map { Double($0) / 100 } }
  private var isCall: Bool { terms.contract.right == .call }
  private var days: Double { Double(terms.days) }

  /// What it would be worth (이론가): of a future the index with interest, of an option what the volatility of the past
  /// makes it.
  var theory: Double {
    guard strike != nil else { return spot * (1 + DerivedContract.carry * days / 365) }
    return option(DerivedContract.pastVolatility)?.price ?? price
  }

  /// The volatility of the past (역사적변동성) of an index that moves 1.35 % a day.
  static let pastVolatility = 0.21

  /// The volatility that the price stands for (내재변동성); nil of a future.
  var volatility: Double? {
    strike.map {
      OptionValue.volatility(ofPrice: price, spot: spot, strike: $0, days: days, isCall: isCall)
    }
  }

  /// What exercising it would bring (내재가치).
  var intrinsic: Double {
    strike.map { max(0, isCall ? spot - $0 : $0 - spot) } ?? 0
  }

  func option(_ volatility: Double) -> OptionValue? {
    strike.map { OptionValue(spot: spot, strike: $0, days: days, volatility: volatility, isCall: isCall) }
  }

  /// Whether exercising it would bring something: ITM, OTM, and ATM within half of the distance of two strikes.
  var moneyness: String {
    let step = Double(ContractBoard.strikeStep) / 100
    guard let strike, (strike - spot).magnitude > step / 2 else { return "ATM" }
    return intrinsic > 0 ? "ITM" : "OTM"
  }
}

extension Instrument {
  /// Open interest (미결제약정) after a day: about one and a half days' volume, now more, now less.
  func openInterest(on day: CalendarDate) -> Int {
    var generator = SeededGenerator(seed: 4).fork(code).fork(day.number)
    return ordinaryVolume * 3 / 2 + Int(Double(ordinaryVolume) / 4 * (generator.unit() - 0.5))
  }
}
