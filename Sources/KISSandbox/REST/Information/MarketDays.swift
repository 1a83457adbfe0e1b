import KISMarket
import KISWire

extension AnswerRequest {
  /// Money around the market (증시자금), by the day, latest first, in 억: known the trading day after.
  var marketFunds: [[String: String]] {
    let kospi = quotes.instrument("0001", .index)
    let known = TradingCalendar.tradingDay(before: tradingDay)
    let last = TradingCalendar.tradingDay(onOrBefore: min(date("FID_INPUT_DATE_1") ?? known, known))
    let days = days(of: kospi, through: last, count: 30)
    guard let latest = days.first else { return [] }
    let kosdaq = self.days(of: quotes.instrument("1001", .index), through: last, count: 30)
    let value = Double(quotes.boardValue(.kospi, before: latest.day.advanced(by: 1)))
    return zip(days, kosdaq).map { day, other in
      let worth = value * Double(day.price) / Double(latest.price)
      let before = value * Double(day.previousClose) / Double(latest.price)
      let yesterday = TradingCalendar.tradingDay(before: day.day)
      func fund(_ name: String) -> Int { MarketFund.amount(name, of: worth / 100, on: day.day, seed: seed) }
      let deposits = fund("cust_dpmn_amt")
      let turnover = Double(day.amount + other.amount) / 100_000_000
      var row = [
        "bsop_date": day.day.compact, "bstp_nmix_prpr": day.text(day.price),
        "bstp_nmix_prdy_vrss": day.text(day.change),
        "prdy_vrss_sign": signCode(Double(day.change)),
        // Here KIS prints the level in percent of the day before.
        "prdy_ctrt": percent(Double(day.price), of: Double(day.previousClose)),
        "hts_avls": decimal(worth / 100, places: 0),
        "cust_dpmn_amt_prdy_vrss":
          "\(deposits - MarketFund.amount("cust_dpmn_amt", of: before / 100, on: yesterday, seed: seed))",
        "amt_tnrt": percent(turnover, of: Double(deposits)),
      ]
      for name in MarketFund.parts.keys { row[name] = "\(fund(name))" }
      return row
    }
  }

  /// The trading days around this one (영업일조회), and when futures trade.
  var businessDays: [String: String] {
    let today = marketTime.date
    let first = TradingCalendar.ordinal(of: today)
    let hours = TradingHours(ofContractsOn: TradingCalendar.tradingDay(first))
    var row = [
      "today": today.compact, "time": clockDigits(marketTime.time.seconds),
      "s_time": clockDigits(hours.continuous?.start.seconds ?? 0), "e_time": clockDigits(hours.close?.seconds ?? 0),
    ]
    for number in 0..<5 { row["date\(number + 1)"] = TradingCalendar.tradingDay(first + number).compact }
    return row
  }
}

/// A fund that grows and shrinks with what shares are worth.
private enum MarketFund {
  /// In percent of the value of KOSPI.
  static let parts = [
    "cust_dpmn_amt": 2.2, "uncl_amt": 0.04, "crdt_loan_rmnd": 0.7, "futs_tfam_amt": 0.5, "sttp_amt": 4.8,
    "mxtp_amt": 1.2, "bntp_amt": 6.5, "mmf_amt": 8.8, "secu_lend_amt": 0.8,
  ]

  static func amount(_ name: String, of value: Double, on day: CalendarDate, seed: UInt64) -> Int {
    let curve = SmoothNoise(SeededGenerator(seed: seed).fork("fund").fork(name))
    return Int(value * (parts[name] ?? 1) / 100 * (1 + 0.15 * curve.value(at: Double(day.number) / 15)))
  }
}
