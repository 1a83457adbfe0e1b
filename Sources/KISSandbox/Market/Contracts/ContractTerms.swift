import KISMarket

/// What a future or option of KRX is about on a day on which it still trades.
struct ContractTerms {
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
}

extension Quote {
  /// A contract that still trades, with the price of its underlying; nil for anything else.
  var derived: DerivedContract? {
    guard let terms = details.terms, let spot = details.underlyingPrice else { return nil }
    return DerivedContract(
      terms: terms, price: Double(price) / Double(instrument.scale), spot: spot)
  }

  /// The value of a field about a contract that still trades; nil for any other field.
  func contractValue(of name: String) -> String? {
    if let value = quietValue(of: name) { return value }
    guard let terms = details.terms else { return nil }
    switch name {
    case "futs_last_tr_date", "optn_last_tr_date": return terms.lastDay.compact
    case "hts_rmnn_dynu": return "\(terms.days + 1)"
    case "acpr": return terms.contract.strike.map { decimal(Double($0) / 100) } ?? "0.00"
    case "mtrt_yymm": return "\(terms.contract.year)" + padded(terms.contract.month, to: 2)
    case "futs_lstn_medm_hgpr": return text(year.high.price)
    case "futs_lstn_medm_lwpr": return text(year.low.price)
    case "hts_otst_stpl_qty": return "\(instrument.openInterest(on: day))"
    case "otst_stpl_qty_icdc", "rgbf_vrss_icdc":
      let before = instrument.openInterest(on: instrument.tradingDay(before: day))
      return "\(instrument.openInterest(on: day) - before)"
    default: return derived.flatMap { derivedValue(of: name, $0) }
    }
  }

  /// Whether ``contractValue(of:)`` may know a field: a board has thousands of them, and most are prices and volumes.
  static func tellsOfContract(_ name: String) -> Bool {
    contractFields.contains(name) || name.holds("antc_cntg_") || name.hasSuffix("basis")
  }

  private static let contractFields = Set(
    """
    futs_last_tr_date optn_last_tr_date hts_rmnn_dynu acpr mtrt_yymm futs_lstn_medm_hgpr futs_lstn_medm_lwpr \
    hts_otst_stpl_qty otst_stpl_qty_icdc rgbf_vrss_icdc hts_thpr thpr dprt esdg unch_prpr nmix_prpr prmm_val invl_val \
    tmvl_val delta delta_val gama vega theta rho hts_ints_vltl hist_vltl unas_hist_vltl avrg_vltl atm_cls_name
    """.split(separator: " ").map(String.init))

  /// While no auction collects orders nothing is expected of a contract, and no change either.
  private func quietValue(of name: String) -> String? {
    guard name.holds("antc_cntg_"), details.expected == nil else { return nil }
    return name.hasSuffix("_sign") ? "0" : "0.00"
  }

  private func derivedValue(of name: String, _ contract: DerivedContract) -> String? {
    let scale = Double(instrument.scale)
    // Computed only for fields that need it: for an option that is a formula of its own.
    var theory: Int { nearest(contract.theory * scale) }
    var distance: Double { Double(price - theory) }
    // Premiums have no basis.
    if name.hasSuffix("basis"), contract.terms.contract.strike != nil { return "0.00" }
    switch name {
    case "hts_thpr", "thpr": return text(theory)
    case "mrkt_basis": return decimal(contract.price - contract.spot)
    case "basis", "thpr_basis": return decimal(Double(theory) / scale - contract.spot)
    case "dprt": return percent(distance, of: Double(theory))
    case "esdg": return decimal(distance / scale)
    case "unch_prpr", "nmix_prpr": return decimal(contract.spot)
    default: return optionValue(of: name, contract)
    }
  }

  /// The premium in its two parts, and the greeks of a buyer at the volatility that the premium stands for.
  private func optionValue(of name: String, _ contract: DerivedContract) -> String? {
    guard contract.terms.contract.strike != nil else {
      // A future follows its index one to one, and has no volatility.
      switch name {
      case "delta", "delta_val": return "1.0000"
      case "gama", "vega", "theta", "rho": return "0.0000"
      case "hts_ints_vltl": return "0.00"
      case "hist_vltl": return decimal(DerivedContract.pastVolatility * 100)
      default: return nil
      }
    }
    func greek(_ figure: KeyPath<OptionValue, Double>) -> String? {
      details.implied(by: contract).map { decimal($0.value[keyPath: figure], places: 4) }
    }
    switch name {
    case "prmm_val": return decimal(contract.price)
    case "invl_val": return decimal(min(contract.intrinsic, contract.price))
    case "tmvl_val": return decimal(contract.price - min(contract.intrinsic, contract.price))
    case "delta", "delta_val": return greek(\.delta)
    case "gama": return greek(\.gamma)
    case "vega": return greek(\.vega)
    case "theta": return greek(\.theta)
    case "rho": return greek(\.rho)
    case "hts_ints_vltl": return details.implied(by: contract).map { decimal($0.volatility * 100) }
    case "hist_vltl", "unas_hist_vltl", "avrg_vltl": return decimal(DerivedContract.pastVolatility * 100)
    case "atm_cls_name": return moneyness(contract)
    default: return nil
    }
  }

  /// Whether exercising it would bring something: ITM, OTM, and ATM within half of the distance of two strikes.
  private func moneyness(_ contract: DerivedContract) -> String {
    let step = Double(ContractBoard.strikeStep) / 100
    guard let strike = contract.terms.contract.strike, (Double(strike) / 100 - contract.spot).magnitude > step / 2
    else {
      return "ATM"
    }
    return contract.intrinsic > 0 ? "ITM" : "OTM"
  }
}

extension Instrument {
  /// Open interest (미결제약정) after a day: about one and a half days' volume, now more, now less.
  func openInterest(on day: CalendarDate) -> Int {
    var generator = SeededGenerator(seed: 4).fork(code).fork(day.number)
    return ordinaryVolume * 3 / 2 + Int(Double(ordinaryVolume) / 4 * (generator.unit() - 0.5))
  }
}
