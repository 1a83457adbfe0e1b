import KISMarket

extension Quote {
  /// What a derivative, a bond or a fund is worth beside its price, made of that price so that it moves with it; nil for
  /// other fields and for what has no such worth.
  ///
  /// - Parameter name: of the field, in lower case.
  func derivedValue(of name: String) -> String? {
    switch instrument.market {
    case .indexFutures, .stockFutures, .indexOption:
      ContractVocabulary.reading(of: name)?(self) ?? expiredValue(of: name)
    case .elw: warrantValue(of: name)
    case .bond: bondValue(of: name) ?? bondYield(of: name)
    case .overseasFutures: overseasContractValue(of: name)
    case .etf: fundValue(of: name)
    case .index: instrument.isIndexOfShares ? breadthValue(of: name) : bondIndexValue(of: name)
    case .overseas: AbroadVocabulary.value(of: name, in: self)
    default: nil
    }
  }

  /// The valid price nearest to a number.
  func nearest(_ value: Double) -> Int {
    let ticks = instrument.ticks(on: day)
    return ticks.price(at: max(1, ticks.index(nearest: Int(value.clamped(to: 1...1e12).rounded()))))
  }

  /// The price in whole units: index points, won, the currency of an exchange abroad.
  var worth: Double { Double(price) / Double(instrument.scale) }

  /// What a contract that has expired is taken to have been worth.
  func expiredValue(of name: String) -> String? {
    switch name {
    case "futs_last_tr_date", "optn_last_tr_date":
      if let contract = ContractCode(instrument.code) {
        return (details.shift?.meant(contract.lastTradingDay) ?? contract.lastTradingDay).compact
      }
    case "hts_rmnn_dynu": if ContractCode(instrument.code) != nil { return "0" }
    default: break
    }
    return instrument.market == .indexOption ? optionValue(of: name) : futuresValue(of: name)
  }

  /// Futures: the spot price lies a little below, the theoretical price (이론가) between the two.
  private func futuresValue(of name: String) -> String? {
    let theory = nearest(Double(price) * 0.9993)
    let spot = nearest(Double(price) * 0.9985)
    return switch name {
    case "hts_thpr", "thpr": text(theory)
    case "mrkt_basis", "basis": decimal(Double(price - spot) / Double(instrument.scale))
    case "thpr_basis": decimal(Double(theory - spot) / Double(instrument.scale))
    case "dprt": rate(price, over: theory)
    default: nil
    }
  }

  /// Options that have expired: what exercising would bring (내재가치) and time (시간가치) make the price; greeks have the signs
  /// of who bought it.
  private func optionValue(of name: String) -> String? {
    let intrinsic = price * 6 / 10
    let theory = max(1, nearest(Double(price) * 1.01))
    var generator = SeededGenerator(seed: 3).fork(instrument.code)
    let (moneyness, volatility) = (0.35 + 0.3 * generator.unit(), 14 + 10 * generator.unit())
    let side = instrument.isPut ? -1.0 : 1.0
    return switch name {
    case "hts_thpr", "thpr": text(theory)
    case "prmm_val": decimal(worth)
    case "invl_val": decimal(Double(intrinsic) / Double(instrument.scale))
    case "tmvl_val": decimal(Double(price - intrinsic) / Double(instrument.scale))
    case "delta", "delta_val": decimal(side * moneyness, places: 4)
    case "gama": decimal(0.01 + moneyness / 50, places: 4)
    case "vega": decimal(worth * 0.08, places: 4)
    case "theta": decimal(worth * -0.03, places: 4)
    case "rho": decimal(side * worth * 0.02, places: 4)
    case "hts_ints_vltl": decimal(volatility + 1)
    case "hist_vltl", "unas_hist_vltl", "avrg_vltl": decimal(volatility)
    case "dprt": rate(price, over: theory)
    default: nil
    }
  }

  /// Bonds: the higher the price, the lower the yield (수익률), in percent.
  private func bondYield(of name: String) -> String? {
    func yield(_ price: Int) -> String {
      decimal(bondYield(at: Double(price) / Double(instrument.scale)))
    }
    // What is no rate ends otherwise, a level's number aside.
    guard ["_ert", "_rate"].contains(where: { name.holds($0) }) else { return nil }
    let level = Int(name.reversed().prefix { $0.isNumber }.reversed().map(String.init).joined()).map { $0 - 1 } ?? 0
    guard (0..<QuotedBook.depth).contains(level) else { return nil }
    return switch name.reversed().drop(while: { $0.isNumber }).reversed().map(String.init).joined() {
    case "askp_ert", "seln_ernn_rate": yield(book.askPrices[level])
    case "bidp_ert", "shnu_ernn_rate": yield(book.bidPrices[level])
    case "bond_cntg_ert", "ernn_rate": yield(price)
    case "oprc_ert": yield(open == 0 ? price : open)
    case "hgpr_ert": yield(max(high, price))
    case "lwpr_ert": yield(low == 0 ? price : low)
    default: nil
    }
  }

  /// Indices of shares: how many rose, stayed and fell, limits included.
  private func breadthValue(of name: String) -> String? {
    guard let breadth else { return nil }
    return switch name {
    case "ascn_issu_cnt": "\(breadth.advancing)"
    case "uplm_issu_cnt": "\(breadth.atUpperLimit)"
    case "stnr_issu_cnt": "\(breadth.unchanged)"
    case "down_issu_cnt": "\(breadth.declining)"
    case "lslm_issu_cnt": "\(breadth.atLowerLimit)"
    // Every share trades, or stands where it stood.
    case "qtqt_ascn_issu_cnt", "qtqt_down_issu_cnt": "0"
    default: nil
    }
  }

  /// Indices of bonds: the others follow the total return (총수익); duration, convexity and yields are those of a market
  /// of some five years.
  private func bondIndexValue(of name: String) -> String? {
    switch name {
    case "clen_prc_nmix": decimal(worth * 0.82)
    case "mrkt_prc_nmix": decimal(worth * 0.83)
    case "bond_call_rnvs_nmix": decimal(worth * 0.99)
    case "bond_zero_rnvs_nmix": decimal(worth * 1.01)
    case "bond_avrg_drtn_val": "5.21"
    case "bond_avrg_cnvx_val": "44.38"
    case "bond_avrg_ytm_val": "3.12"
    case "bond_avrg_frdl_ytm_val": "3.27"
    default: nil
    }
  }

  /// Funds: how far the price is from the net asset value (괴리율), and how well it follows its index.
  private func fundValue(of name: String) -> String? {
    switch name {
    case "nav", "nav_prdy_vrss", "nav_prdy_ctrt", "oprc_nav", "hprc_nav", "lprc_nav":
      netAssetValue(of: name.uppercased())
    case "prdy_clpr_nav", "prdy_last_nav": decimal(Double(previousClose) * 1.0004)
    case "nav_vrss_prpr": decimal(worth * -0.0004)
    case "dprt": "-0.04"
    case "trc_errt": "0.12"
    default: nil
    }
  }
}

extension Instrument {
  /// Whether it is a right to sell: `3…` and, since the codes were changed, `C…`.
  fileprivate var isPut: Bool { market == .indexOption && (code.hasPrefix("3") || code.hasPrefix("C")) }

  /// What it is derived from; nil for what is no derivative, and for contracts on goods. The index of a contract
  /// follows from its code, all others from the name: funds are called after their index, warrants and contracts on
  /// shares after the share.
  var underlying: Instrument? {
    switch kind {
    case .etf, .etn:
      Instrument(code: followedIndex ?? "2001", market: .index)
    case .indexFuture, .indexOption: Instrument(code: ContractCode(code)?.index ?? "2001", market: .index)
    case .elw: Warrant(self)?.share
    // Of contracts without a share in their names, only Samsung's are known.
    case .stockFuture, .stockOption:
      shareOfContract
    default: nil
    }
  }
}
