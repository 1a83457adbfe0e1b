import KISMarket
import KISWire

/// What trades after the regular session (시간외): prices of the evening beside those of the day, measured from the close.
extension AnswerRequest {
  /// The price now (시간외현재가).
  var overtimePrice: [InformationRow] {
    let share = instrument ?? defaultInstrument
    return [(overtime(share, at: marketTime), quotes.quote(share, at: marketTime))]
  }

  /// The last thirty days, the latest first, beside the price now (시간외일자별주가).
  var overtimeDays: JSONObject {
    let share = instrument ?? defaultInstrument
    let last = TradingCalendar.ordinal(of: tradingDay)
    let rows: [InformationRow] = (0..<30).map { back in
      let day = TradingCalendar.tradingDay(last - back)
      let moment = day == marketTime.date ? marketTime : TradingMoment(day, ClockTime(23, 59))
      return (overtime(share, at: moment), quotes.quote(share, at: moment))
    }
    return [key(of: 0): output(0, overtimePrice), key(of: 1): output(1, rows)]
  }

  /// The last trades, the latest first, each with the totals until then (시간외시간별체결).
  var overtimeTrades: JSONObject {
    let share = instrument ?? defaultInstrument
    var now = tradingDay == marketTime.date ? marketTime : TradingMoment(tradingDay, ClockTime(23, 59))
    let evening = quotes.quote(share, at: now, tape: .evening)
    // Until this evening begins, the last one is listed.
    if evening.day < now.date { now = TradingMoment(evening.day, ClockTime(23, 59)) }
    var volume = evening.volume
    let rows: [InformationRow] = quotes.lastPrints(30, share, at: now, tape: .evening).map { print in
      defer { volume -= print.size }
      let change = print.price - evening.previousClose
      return (
        [
          "stck_cntg_hour": clockDigits(print.time.seconds), "stck_prpr": "\(print.price)", "prdy_vrss": "\(change)",
          "prdy_vrss_sign": signCode(Double(change)),
          "prdy_ctrt": evening.rate(print.price, over: evening.previousClose),
          "askp": "\(print.ask)", "bidp": "\(print.bid)", "acml_vol": "\(volume)", "cntg_vol": "\(print.size)",
        ], nil
      )
    }
    return [key(of: 0): output(0, overtimePrice), key(of: 1): output(1, rows)]
  }

  /// What all shares of both boards traded in the evening, and how many rose, fell and stood, by the names of the first
  /// output of the evening's rankings; nil for any other API.
  var overtimeTotals: [String: String]? {
    guard ["/ranking/overtime-fluctuation", "/ranking/overtime-volume"].contains(where: api.path.hasSuffix) else {
      return nil
    }
    return quotes.eveningTotals(at: marketTime) { AnswerRequest.totals(of: $0) }
  }

  /// The sums and counts of the evenings of all shares.
  private static func totals(of evenings: [Quote]) -> [String: String] {
    func sum(_ board: Board?, _ figure: (Quote) -> Int) -> String {
      "\(evenings.reduce(0) { $0 + (board == nil || $1.instrument.board == board ? figure($1) : 0) })"
    }
    func count(_ sign: String) -> String { "\(evenings.count { $0.sign == sign })" }
    return [
      "ovtm_untp_uplm_issu_cnt": count("1"), "ovtm_untp_ascn_issu_cnt": count("2"),
      "ovtm_untp_stnr_issu_cnt": count("3"), "ovtm_untp_lslm_issu_cnt": count("4"),
      "ovtm_untp_down_issu_cnt": count("5"), "ovtm_untp_acml_vol": sum(nil, \.volume),
      "ovtm_untp_acml_tr_pbmn": sum(nil, \.amount), "ovtm_untp_exch_vol": sum(.kospi, \.volume),
      "ovtm_untp_exch_tr_pbmn": sum(.kospi, \.amount), "ovtm_untp_kosdaq_vol": sum(.kosdaq, \.volume),
      "ovtm_untp_kosdaq_tr_pbmn": sum(.kosdaq, \.amount),
    ]
  }

  /// The figures of the evening that a moment belongs to, by their names.
  private func overtime(_ share: Instrument, at moment: TradingMoment) -> [String: String] {
    let evening = quotes.quote(share, at: moment, tape: .evening)
    let fields = api.outputs.flatMap(\.fields).filter { $0.hasPrefix("ovtm_untp_") }
    var values = Dictionary(
      fields.compactMap { field in evening.value(of: field).map { (field, $0) } },
      uniquingKeysWith: { first, _ in first })
    values["ovtm_untp_tr_pbmn"] = "\(evening.amount)"
    let limits = overtimeLimits(evening)
    (values["ovtm_untp_mxpr"], values["ovtm_untp_llam"]) = ("\(limits.upper)", "\(limits.lower)")
    for name in ["antc_cnpr", "antc_cntg_vrss", "antc_vol", "antc_cnqn"] { values["ovtm_untp_" + name] = "0" }
    (values["ovtm_untp_antc_cntg_vrss_sign"], values["ovtm_untp_antc_cntg_ctrt"]) = ("3", "0.00")
    (values["uplm_sign"], values["lslm_sign"]) = ("1", "4")
    for name in ["bidp", "askp"] { values[name] = evening.value(of: name) }
    return values
  }

  /// A tenth of the close either way while auctions made the price, the day's own limits since then.
  private func overtimeLimits(_ evening: Quote) -> PriceLimits {
    let isByAuction = TradingHours(of: .krx, on: evening.day).first(.afterHoursAuctions) != nil
    let ticks = evening.instrument.ticks(on: evening.day)
    return isByAuction ? PriceLimits(around: evening.previousClose, percent: 10, ticks: ticks) : evening.limits
  }
}
