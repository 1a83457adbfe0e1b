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
        "prdy_ctrt": percent(Double(day.price), of: Double(day.previousClose)), "hts_avls": decimal(worth, places: 0),
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
    var row = [
      "today": today.compact, "time": clockDigits(marketTime.time.seconds), "s_time": "084500", "e_time": "154500",
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

extension AnswerRequest {
  /// The interruptions (VI) of the day that is asked for, the latest first: those that H0STVIC0 tells of.
  var interruptions: [InformationRow] {
    let day = date("FID_INPUT_DATE_1") ?? tradingDay
    guard TradingCalendar.isTradingDay(day), day <= tradingDay else { return [] }
    let time = day == marketTime.date ? marketTime.time : ClockTime(23, 59)
    let found = listed.flatMap { instrument in
      quotes.interruptions(instrument, at: TradingMoment(day, time)).enumerated().map {
        (instrument: instrument, count: $0.offset + 1, interruption: $0.element)
      }
    }
    return found.filter { isWanted($0.interruption) }.sorted {
      ($0.interruption.start, $1.instrument.code) > ($1.interruption.start, $0.instrument.code)
    }.map { instrument, count, interruption in
      let rests = interruption.start <= time && time < interruption.end
      let isStatic = interruption.kind != .dynamicVI
      let rate = percent(Double(interruption.price - interruption.reference), of: Double(interruption.reference))
      return (
        [
          "hts_kor_isnm": instrument.name, "mksc_shrn_iscd": instrument.code, "vi_cls_code": rests ? "Y" : "N",
          "bsop_date": day.compact, "cntg_vi_hour": clockDigits(interruption.start.seconds),
          "vi_cncl_hour": rests ? "000000" : clockDigits(interruption.end.seconds),
          "vi_kind_code": isStatic ? "1" : "2", "vi_prc": "\(interruption.price)",
          "vi_stnd_prc": isStatic ? "\(interruption.reference)" : "0", "vi_dprt": isStatic ? rate : "0.00",
          "vi_dmc_stnd_prc": isStatic ? "0" : "\(interruption.reference)", "vi_dmc_dprt": isStatic ? "0.00" : rate,
          "vi_count": "\(count)",
        ], nil
      )
    }
  }

  /// FID_DIV_CLS_CODE 1 those that rose, 2 those that fell; FID_RANK_SORT_CLS_CODE 1 the static ones, 2 the dynamic ones.
  private func isWanted(_ interruption: Interruption) -> Bool {
    let rose = interruption.price >= interruption.reference
    switch parameter("FID_DIV_CLS_CODE") {
    case "1" where !rose: return false
    case "2" where rose: return false
    default: break
    }
    switch parameter("FID_RANK_SORT_CLS_CODE") {
    case "1": return interruption.kind != .dynamicVI
    case "2": return interruption.kind == .dynamicVI
    default: return true
    }
  }

  /// What trades at the exchange, of the market that is asked for (K, Q), or the one instrument.
  private var listed: [Instrument] {
    let all = instrument.map { [$0] } ?? quotes.traded
    switch parameter("FID_MRKT_CLS_CODE") {
    case "K": return all.filter { $0.board == .kospi }
    case "Q": return all.filter { $0.board == .kosdaq }
    default: return all
    }
  }
}

extension QuotedMarket {
  /// Shares and exchange-traded products.
  var traded: [Instrument] { market.instruments.filter { $0.kind == .share || $0.kind.isExchangeTradedProduct } }
}
