import KISMarket
import KISWire

extension AnswerRequest {
  /// What an account is owed for shares that it holds (기간별계좌권리현황): cash dividends (권리유형코드 03) whose record day lies in
  /// the period, the latest first; nil where it is about no account of the exchange.
  var rightsOfAccount: JSONObject? {
    guard let view = account else { return nil }
    let asked = dates("INQR_STRT_DT", "INQR_END_DT", latest: marketTime.date, days: 365)
    let isWanted =
      [nil, "", "%%", "00", "03"].contains(parameter("RGHT_TYPE_CD"))
      && [nil, "300"].contains(parameter("PRDT_TYPE_CD"))
    let code = parameter("PDNO")
    let events = CompanyEvents(quotes: quotes)
    var rows: [(date: CalendarDate, code: String, row: InformationRow)] = []
    for (instrument, holding) in view.holdings where isWanted && instrument.kind == .share && holding.quantity > 0 {
      guard code == nil || code == instrument.code else { continue }
      for event in events.events(.dividend, of: instrument, from: asked.first, through: asked.last) {
        rows.append((event.date, instrument.code, (right(event, of: instrument, holding.quantity), nil)))
      }
    }
    let latest = rows.sorted { ($0.date, $1.code) > ($1.date, $0.code) }
    return [key(of: 0): output(0, latest.map(\.row))]
  }

  private func right(_ event: CompanyEvents.Event, of share: Instrument, _ quantity: Int) -> [String: String] {
    let amount = quantity * (event.values["per_sto_divi_amt"].flatMap { Int($0) } ?? 0)
    // Whole shares only; the rest of one is paid in money.
    let shares = Int(Double(quantity) * (event.values["stk_divi_rate"].flatMap { Double($0) } ?? 0) / 100)
    let listed = (event.values["stk_div_pay_dt"] ?? "").filter(\.isNumber)
    let paid = (event.values["divi_pay_dt"] ?? "").filter(\.isNumber)
    var values = [
      "acno10": (parameter("CANO") ?? "") + (parameter("ACNT_PRDT_CD") ?? ""), "rght_type_cd": "03",
      "bass_dt": event.date.compact, "rght_cblc_type_cd": "01", "rptt_pdno": share.code, "pdno": share.code,
      "prdt_type_cd": "300", "shtn_pdno": share.code, "prdt_name": share.name, "cblc_qty": "\(quantity)",
      "last_alct_amt": "\(amount)", "cash_dfrm_dt": paid, "lstg_stqt": "\(share.listedShares)",
      "last_alct_qty": "\(shares)", "tot_alct_qty": "\(shares)", "lstg_dt": listed,
      // Income tax on dividends with the local tax on it, in whole tens of won.
      "tax_amt": "\(amount * 154 / 1_000 / 10 * 10)",
    ]
    for name in [
      "excs_alct_qty", "last_ftsk_qty", "last_ftsk_chgs", "rdpt_prca", "dlay_int_amt",
      "rqst_qty", "rqst_amt", "rfnd_amt", "sbsc_unpr",
    ] { values[name] = "0" }
    for name in ["sbsc_end_dt", "rqst_dt", "rfnd_dt"] { values[name] = "" }
    return values
  }
}
