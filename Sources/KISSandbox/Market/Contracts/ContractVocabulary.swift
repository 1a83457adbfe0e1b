import KISMarket
import KISWire

/// What fields say of the terms and the worth of a future or option of KRX, by their names in lower case. One that has
/// expired has neither: then the readings say nothing.
enum ContractVocabulary {
  typealias Reading = @Sendable (Quote) -> String?

  /// How a field is read off the quote of a contract; nil when the name is about neither terms nor worth.
  static func reading(of name: String) -> Reading? {
    if name.holds("antc_cntg_") { return expectation(name) }
    if let reading = readings[name] { return reading }
    // Premiums have no basis.
    return name.hasSuffix("basis") ? option { _ in "0.00" } : nil
  }

  /// While no auction collects orders nothing is expected of a contract, and no change either.
  private static func expectation(_ name: String) -> Reading {
    let nothing = name.hasSuffix("_sign") ? "0" : "0.00"
    return { $0.details.expected == nil ? nothing : nil }
  }

  private static let readings: [String: Reading] = {
    var readings: [String: Reading] = [:]
    for (names, reading) in terms + worth + premium {
      for name in names.split(separator: " ") { readings[String(name)] = reading }
    }
    return readings
  }()

  private static let terms: [(names: String, reading: Reading)] = [
    ("futs_last_tr_date optn_last_tr_date", { $0.details.terms?.lastDay.compact }),
    // KIS counts the last day too.
    ("hts_rmnn_dynu", { $0.details.terms.map { "\($0.days + 1)" } }),
    ("acpr", { $0.details.terms.map { $0.contract.strike.map { decimal(Double($0) / 100) } ?? "0.00" } }),
    ("mtrt_yymm", { $0.details.terms.map { "\($0.contract.year)" + padded($0.contract.month, to: 2) } }),
    ("futs_lstn_medm_hgpr", { $0.details.terms == nil ? nil : $0.text($0.year.high.price) }),
    ("futs_lstn_medm_lwpr", { $0.details.terms == nil ? nil : $0.text($0.year.low.price) }),
    ("hts_otst_stpl_qty", { $0.details.terms == nil ? nil : "\($0.instrument.openInterest(on: $0.day))" }),
    (
      "otst_stpl_qty_icdc rgbf_vrss_icdc",
      { quote in
        guard quote.details.terms != nil else { return nil }
        let instrument = quote.instrument
        let before = instrument.openInterest(on: instrument.tradingDay(before: quote.day))
        return "\(instrument.openInterest(on: quote.day) - before)"
      }
    ),
  ]

  private static let worth: [(names: String, reading: Reading)] = [
    ("hts_thpr thpr", { quote in quote.derived.map { quote.text(quote.theory(of: $0)) } }),
    ("mrkt_basis", { $0.derived.map { $0.isOption ? "0.00" : decimal($0.price - $0.spot) } }),
    (
      "basis thpr_basis",
      { quote in
        quote.derived.map {
          $0.isOption
            ? "0.00" : decimal(Double(quote.theory(of: $0)) / Double(quote.instrument.scale) - $0.spot)
        }
      }
    ),
    (
      "dprt",
      { quote in
        quote.derived.map {
          let theory = quote.theory(of: $0)
          return percent(Double(quote.price - theory), of: Double(theory))
        }
      }
    ),
    (
      "esdg",
      { quote in
        quote.derived.map {
          decimal(Double(quote.price - quote.theory(of: $0)) / Double(quote.instrument.scale))
        }
      }
    ),
    ("unch_prpr nmix_prpr", { $0.derived.map { decimal($0.spot) } }),
  ]

  /// The premium in its two parts, and the greeks of a buyer at the volatility that the premium stands for. A future
  /// follows its index one to one, and has no volatility.
  private static let premium: [(names: String, reading: Reading)] = [
    ("prmm_val", option { decimal($0.price) }),
    ("invl_val", option { decimal(min($0.intrinsic, $0.price)) }),
    ("tmvl_val", option { decimal($0.price - min($0.intrinsic, $0.price)) }),
    ("delta delta_val", greek(ofFutures: "1.0000") { $0.delta }),
    ("gama", greek(ofFutures: "0.0000") { $0.gamma }),
    ("vega", greek(ofFutures: "0.0000") { $0.vega }),
    ("theta", greek(ofFutures: "0.0000") { $0.theta }),
    ("rho", greek(ofFutures: "0.0000") { $0.rho }),
    (
      "hts_ints_vltl",
      { quote in
        quote.derived.flatMap {
          $0.isOption ? quote.details.implied(by: $0).map { decimal($0.volatility * 100) } : "0.00"
        }
      }
    ),
    ("hist_vltl", { $0.derived.map { _ in decimal(DerivedContract.pastVolatility * 100) } }),
    ("unas_hist_vltl avrg_vltl", option { _ in decimal(DerivedContract.pastVolatility * 100) }),
    ("atm_cls_name", option { $0.moneyness }),
  ]

  private static func option(_ value: @escaping @Sendable (DerivedContract) -> String) -> Reading {
    { $0.derived.flatMap { $0.isOption ? value($0) : nil } }
  }

  private static func greek(
    ofFutures constant: String, _ figure: @escaping @Sendable (OptionValue) -> Double
  ) -> Reading {
    { quote in
      quote.derived.flatMap {
        $0.isOption
          ? quote.details.implied(by: $0).map { decimal(figure($0.value), places: 4) } : constant
      }
    }
  }
}

extension Quote {
  /// A contract that still trades, with the price of its underlying; nil for anything else.
  var derived: DerivedContract? {
    guard let terms = details.terms, let spot = details.underlyingPrice else { return nil }
    return DerivedContract(
      terms: terms, price: Double(price) / Double(instrument.scale), spot: spot)
  }

  /// The valid price nearest to what a contract would be worth (이론가).
  fileprivate func theory(of contract: DerivedContract) -> Int {
    nearest(contract.theory * Double(instrument.scale))
  }
}
