import KISMarket
import KISWire

/// The terms of an equity-linked warrant (ELW): the right that the market knows, and its days.
final class WarrantTerms {
  /// The right to sell (풋), not to buy (콜).
  let isPut: Bool
  /// The strike price (행사가), in won.
  let strike: Double
  /// How much of a share one warrant is for (전환비율).
  let ratio: Double
  let listed: CalendarDate
  /// The last day on which it trades (최종거래일) and the day on which it ends (만기일).
  let lastDay: CalendarDate
  let matures: CalendarDate
  /// Who issued it, and is its liquidity provider (LP).
  let issuer: String

  static let issuePrice = 1_000

  /// - Parameters:
  ///   - day: on which it trades, in the calendar that is shown.
  ///   - seed: what warrants of months are drawn from.
  ///   - strike: that of a warrant of a month, which its share's price set.
  init?(_ instrument: Instrument, on day: CalendarDate, seed: UInt64, strike: @autoclosure () -> Double?) {
    guard let warrant = Warrant(instrument) else { return nil }
    (isPut, ratio) = (warrant.isPut, warrant.ratio)
    issuer =
      WarrantIssuer.all.first { instrument.name.hasPrefix($0.name) }?.company
      ?? String(instrument.name.prefix { !$0.isASCII })
    if instrument.term != nil, let monthly = MonthlyWarrant(instrument.code, seed: seed), let strike = strike() {
      self.strike = strike
      (listed, lastDay, matures) = (monthly.listed, monthly.lastDay, monthly.matures)
      return
    }
    self.strike = warrant.strike
    // One of a series that goes on: the next second Thursday of a quarter that is not too near.
    let (year, month, _) = day.parts
    let quarters = (0..<8).map { (year + (month - 1 + $0) / 12, (month - 1 + $0) % 12 + 1) }.filter { $0.1 % 3 == 0 }
    let days = quarters.compactMap { year, month in
      ContractCode(.future, product: "01", year: year, month: month)?.lastTradingDay
    }
    matures = days.first { $0.number - day.number >= 20 } ?? day.advanced(by: 90)
    lastDay = MonthlyWarrant.lastDay(before: matures)
    listed = TradingCalendar.tradingDay(onOrBefore: matures.advanced(by: -182))
  }
}

extension Quote {
  /// What a warrant is worth beside its price, and what it promises; nil for other fields and other instruments.
  ///
  /// Premium and greeks are those of its share's price at the same moment, per warrant.
  ///
  /// - Parameter name: of the field, in lower case.
  func warrantValue(of name: String) -> String? {
    guard instrument.market == .elw, WarrantTerms.fields.contains(name) || name.hasPrefix("unas_"),
      let terms = details.warrantTerms(on: details.shift?.shown(day) ?? day), let share = details.underlying
    else { return nil }
    switch name {
    case "unas_shrn_iscd": return share.instrument.code
    case "unas_isnm": return share.instrument.name
    case "unas_hist_vltl": return decimal(DerivedContract.pastVolatility * 100)
    case _ where name.hasPrefix("unas_"): return share.value(of: String(name.dropFirst(5)))
    default:
      return terms.value(of: name, meant: { details.shift?.meant($0) ?? $0 }, today: day)
        ?? worth(of: name, terms, share)
    }
  }

  private func worth(of name: String, _ terms: WarrantTerms, _ share: Quote) -> String? {
    let spot = Double(share.price)
    let perShare = Double(price) / terms.ratio
    let payoff = max(0, terms.isPut ? terms.strike - spot : spot - terms.strike)
    let intrinsic = min(perShare, payoff)
    let breakEven = terms.isPut ? terms.strike - perShare : terms.strike + perShare
    let today = details.shift?.shown(day) ?? day
    let days = Double(max(0, terms.matures.number - today.number))
    var volatility: Double {
      details.volatility(ofWarrantAt: price) {
        OptionValue.volatility(ofPrice: perShare, spot: spot, strike: terms.strike, days: days, isCall: !terms.isPut)
      }
    }
    func option(_ volatility: Double) -> OptionValue {
      OptionValue(spot: spot, strike: terms.strike, days: days, volatility: volatility, isCall: !terms.isPut)
    }
    var theory: Int { max(1, Int((option(DerivedContract.pastVolatility).price * terms.ratio).rounded())) }
    var gearing: Double { spot / max(1, perShare) }
    switch name {
    case "invl_val": return decimal(intrinsic * terms.ratio)
    case "tmvl_val": return decimal((perShare - intrinsic) * terms.ratio)
    case "prmm_val": return decimal(Double(price))
    case "hts_thpr", "elw_thpr", "thpr": return "\(theory)"
    case "dprt": return percent(Double(price - theory), of: Double(theory))
    case "esdg": return "\(price - theory)"
    case "prit": return percent(terms.isPut ? terms.strike : spot, of: terms.isPut ? spot : terms.strike)
    case "gear": return decimal(gearing)
    case "lvrg_val": return decimal(gearing * abs(option(volatility).delta))
    case "prls_qryr_stpr_prc": return decimal(breakEven)
    case "prls_qryr_rate": return percent(breakEven - spot, of: spot)
    // How much a share has to grow a year so that the warrant brings as much as the share itself (자본지지점).
    case "cfp": return percent(terms.strike - spot + perShare, of: max(1, spot - perShare) * max(days, 1) / 365)
    case "tick_conv_prc": return decimal(Double(tick) / max(0.000_1, abs(option(volatility).delta) * terms.ratio))
    case "hts_ints_vltl": return decimal(volatility * 100)
    case "hist_vltl", "avrg_vltl", "d10_hist_vltl", "d20_hist_vltl", "d30_hist_vltl", "d60_hist_vltl",
      "d90_hist_vltl":
      return decimal(DerivedContract.pastVolatility * 100)
    case "delta", "delta_val": return decimal(option(volatility).delta, places: 4)
    case "gama": return decimal(option(volatility).gamma, places: 4)
    case "vega": return decimal(option(volatility).vega * terms.ratio, places: 4)
    case "theta": return decimal(option(volatility).theta * terms.ratio, places: 4)
    case "rho": return decimal(option(volatility).rho * terms.ratio, places: 4)
    case "atm_cls_name", "moneyness":
      let distance = (terms.isPut ? terms.strike - spot : spot - terms.strike) / spot
      if name == "moneyness" { return percent(distance, of: 1) }
      return distance.magnitude < 0.02 ? "ATM" : distance > 0 ? "ITM" : "OTM"
    case "mtrt_vltn_amt", "ccls_paym_prc", "rdmp_amt": return decimal(payoff * terms.ratio)
    case "total_rdmp_amt": return decimal(payoff * terms.ratio * Double(instrument.listedShares), places: 0)
    default: return providerValue(of: name)
    }
  }

  /// What the liquidity provider (LP) holds and traded: most of what is listed, and a little more than the other side
  /// of investors' trades.
  private func providerValue(of name: String) -> String? {
    let curve = SmoothNoise(SeededGenerator(seed: 6).fork("provider").fork(instrument.code))
    let part = 0.8 + 0.15 * curve.value(at: Double(day.number) / 20)
    let held = Int(Double(instrument.listedShares) * part)
    // Investors' purchases are its sales. The bar of a day that is over has no sides, so these are looked up only for
    // fields that need them.
    var traded: (sold: Int, bought: Int) {
      let isToldOf = buyVolume + sellVolume > 0
      let (theirSales, theirPurchases) = isToldOf ? (sellVolume, buyVolume) : (details.sides.sold, details.sides.bought)
      return (theirPurchases + theirPurchases / 8, theirSales + theirSales / 8)
    }
    return switch name {
    case "lp_hvol": "\(held)"
    case "lp_hldn_rate", "lp_rlim": percent(Double(held), of: Double(instrument.listedShares))
    case "lp_seln_qty": "\(min(volume, traded.sold))"
    case "lp_shnu_qty": "\(min(volume, traded.bought))"
    case "lp_ntby_qty": "\(min(volume, traded.bought) - min(volume, traded.sold))"
    case "lp_seln_avrg_unpr", "lp_shnu_avrg_unpr": average(places: 2)
    case "prsn_deal_qty": "\(volume - min(volume, (traded.sold + traded.bought) / 2))"
    default: nil
    }
  }
}

extension WarrantTerms {
  fileprivate func value(of name: String, meant: (CalendarDate) -> CalendarDate, today: CalendarDate) -> String? {
    switch name {
    case "acpr": decimal(strike)
    case "stck_cnvr_rate": decimal(ratio, places: 4)
    case "rght_type_name": isPut ? "PUT" : "CALL"
    case "elw_rght_form": "유럽형"
    // Nothing knocks it out.
    case "elw_ko_barrier", "apprch_rate": "0.00"
    case "stck_lstn_date": meant(listed).compact
    case "stck_last_tr_date", "evnt_prd_fin_date": meant(lastDay).compact
    case "mtrt_date": meant(matures).compact
    case "stck_lp_fin_date": meant(lastDay).compact
    case "stlm_date": meant(TradingCalendar.settlement(of: matures)).compact
    case "hts_rmnn_dynu": "\(max(0, meant(lastDay).number - today.number))"
    case "pblc_co_name", "lp_mbcr_name": issuer
    case "pblc_prc": "\(WarrantTerms.issuePrice)"
    case "rdmp_ask_amt": "0"
    case "invt_epmd_cntt": ""
    default: nil
    }
  }

  fileprivate static let fields = Set(
    """
    acpr stck_cnvr_rate rght_type_name elw_rght_form elw_ko_barrier apprch_rate stck_lstn_date stck_last_tr_date \
    evnt_prd_fin_date mtrt_date stck_lp_fin_date stlm_date hts_rmnn_dynu pblc_co_name lp_mbcr_name pblc_prc rdmp_ask_amt \
    invt_epmd_cntt invl_val tmvl_val prmm_val hts_thpr elw_thpr thpr dprt esdg prit gear lvrg_val prls_qryr_stpr_prc \
    prls_qryr_rate cfp tick_conv_prc hts_ints_vltl hist_vltl avrg_vltl d10_hist_vltl d20_hist_vltl d30_hist_vltl \
    d60_hist_vltl d90_hist_vltl delta delta_val gama vega theta rho atm_cls_name moneyness mtrt_vltn_amt ccls_paym_prc \
    rdmp_amt total_rdmp_amt lp_hvol lp_hldn_rate lp_rlim lp_seln_qty lp_shnu_qty lp_ntby_qty lp_seln_avrg_unpr \
    lp_shnu_avrg_unpr prsn_deal_qty
    """.split(separator: " ").map(String.init))
}
