import KISMarket
import KISWire

extension AnswerRequest {
  /// What a fund holds (ETF 구성종목시세): the shares of the index that it follows, by their part in it, the largest first.
  var fundComponents: JSONObject? {
    guard !asksForNothing else { return nil }
    let fund = quotes.quote(instrument ?? defaultInstrument, at: marketTime)
    guard fund.instrument.market == .etf, let index = fund.instrument.underlying else { return nil }
    let definition = IndexDefinition(index.code)
    let members = quotes.shares.filter(definition.contains).map { quotes.quote($0, at: marketTime) }
    func value(_ quote: Quote) -> Double { Double(quote.price) * Double(quote.instrument.listedShares) }
    let whole = members.reduce(0) { $0 + value($1) }
    // In hundreds of millions of won, as market values are; the last one in won.
    let unit = fund.worth * Double(FundComponents.unit)
    let ordered = members.sorted { (value($0), $1.instrument.code) > (value($1), $0.instrument.code) }
    let rows: [InformationRow] = ordered.prefix(FundComponents.most).map { quote in
      let part = whole == 0 ? 0 : value(quote) / whole
      return (
        [
          "tday_rsfl_rate": quote.rate(quote.price, over: quote.previousClose),
          "etf_cnfg_issu_avls": decimal(
            fund.worth * Double(fund.instrument.listedShares) * part / 100_000_000, places: 0),
          "etf_cnfg_issu_rlim": percent(part, of: 1), "etf_vltn_amt": decimal(unit * part, places: 0),
          "tr_pbmn_tnrt": percent(Double(quote.amount), of: value(quote)),
        ], quote
      )
    }
    let head = [
      "etf_cnfg_issu_cnt": "\(members.count)",
      "etf_cnfg_issu_avls": decimal(fund.worth * Double(fund.instrument.listedShares) / 100_000_000, places: 0),
    ]
    return [key(of: 0): output(0, [(head, fund)]), key(of: 1): output(1, rows)]
  }

  /// At which prices how much was traded today (매물대), the highest first: each minute's volume stands at its close.
  var volumesByPrice: JSONObject {
    let share = instrument ?? defaultInstrument
    let day = tradingDay
    let now = day == marketTime.date ? marketTime.time : ClockTime(24, 0)
    let asked = parameter("FID_INPUT_HOUR_1").flatMap { TimeOfDay($0) }.map {
      ClockTime(milliseconds: Int($0.nanoseconds / 1_000_000))
    }
    var volumes: [Int: Int] = [:]
    for bar in quotes.minutes(share, on: day, from: asked ?? ClockTime(0, 0), through: now, tape: tape) {
      volumes[bar.close, default: 0] += bar.volume
    }
    let whole = volumes.values.reduce(0, +)
    let rows: [InformationRow] = volumes.sorted { $0.key > $1.key }.enumerated().map { place, level in
      (
        [
          "data_rank": "\(place + 1)", "stck_prpr": "\(level.key)", "cntg_vol": "\(level.value)",
          "acml_vol_rlim": percent(Double(level.value), of: Double(whole)),
        ], nil
      )
    }
    let quote = quotes.quote(share, at: TradingMoment(day, min(now, ClockTime(23, 59))), tape: tape)
    return [key(of: 0): output(0, [([:], quote)]), key(of: 1): output(1, rows)]
  }

  /// Preferred shares (우선주) beside the ordinary ones of their companies, those that cost least of them first (괴리율).
  var preferredShares: [InformationRow] {
    let filter = RankingFilter(self)
    let known = Dictionary(quotes.shares.map { ($0.code, $0) }) { first, _ in first }
    let pairs: [(ordinary: Quote, preferred: Quote)] = quotes.shares.compactMap { share in
      guard let ordinary = share.ordinaryCode.flatMap({ known[$0] }) else { return nil }
      return (quotes.quote(ordinary, at: marketTime), quotes.quote(share, at: marketTime))
    }
    func distance(_ pair: (ordinary: Quote, preferred: Quote)) -> Double {
      Double(pair.ordinary.price - pair.preferred.price) / Double(max(1, pair.ordinary.price))
    }
    let ordered = pairs.filter { filter.admits($0.ordinary) }.sorted { distance($0) > distance($1) }
    return ordered.prefix(30).enumerated().map { place, pair in
      let preferred = pair.preferred
      return (
        [
          "data_rank": "\(place + 1)", "prst_iscd": preferred.instrument.code,
          "prst_kor_isnm": preferred.instrument.name, "prst_prpr": "\(preferred.price)",
          "prst_prdy_vrss": "\(preferred.change)", "prst_prdy_vrss_sign": preferred.sign,
          "prst_acml_vol": "\(preferred.volume)",
          "prst_prdy_ctrt": preferred.rate(preferred.price, over: preferred.previousClose),
          "diff_prpr": "\(pair.ordinary.price - preferred.price)", "dprt": percent(distance(pair), of: 1),
        ], pair.ordinary
      )
    }
  }
}

/// The creation unit in which shares are exchanged for a fund.
private enum FundComponents {
  /// Shares of a creation unit (CU).
  static let unit = 50_000
  static let most = 100
}
