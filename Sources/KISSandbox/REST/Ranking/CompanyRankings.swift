import KISMarket
import KISWire

/// Rankings of shares by what their companies earn, own, pay and owe.
extension AnswerRequest {
  /// The rows of such a ranking; nil for any other API.
  func companyRanking(_ name: String) -> JSONObject? {
    switch name {
    case "finance-ratio", "market-value", "profit-asset-index":
      list(bookPeriod.map { bookRanking(name, $0) } ?? [])
    case "dividend-rate": list(dividendRanking)
    case "credit-balance": creditRanking
    case "short-sale": list(shortSaleRanking)
    default: nil
    }
  }

  /// Shares that the filter admits in the order of a figure, the largest first.
  ///
  /// - Parameters:
  ///   - figure: what is compared; asked of every share.
  ///   - values: of a row, by its fields; asked of those alone that are listed.
  private func ranked(
    by figure: (Quote) -> Double, descending: Bool = true, values: (Quote) -> [String: String]
  ) -> [InformationRow] {
    let filter = RankingFilter(self)
    let candidates = quotes.shares.map { quotes.quote($0, at: marketTime) }.filter(filter.admits)
    let figures = candidates.map(figure)
    let ordered = candidates.indices.sorted { one, other in
      guard figures[one] != figures[other] else {
        return candidates[one].instrument.code < candidates[other].instrument.code
      }
      return (figures[one] > figures[other]) == descending
    }
    return ordered.prefix(30).enumerated().map { place, index in
      let quote = candidates[index]
      return (values(quote).merging(["data_rank": "\(place + 1)"]) { own, _ in own }, quote)
    }
  }

  // MARK: Books

  /// The year and quarter that are asked for (FID_INPUT_OPTION_1, and _2: 0 to 3), or the last ones.
  private var bookPeriod: CompanyBooks.Period? {
    let published = CompanyBooks.Period.published(by: marketTime.date, quarterly: true, count: 80)
    let year = parameter("FID_INPUT_OPTION_1").flatMap { Int($0) }
    let quarter = parameter("FID_INPUT_OPTION_2").flatMap { Int($0) }.map { $0 + 1 } ?? 4
    let asked = published.first { $0.year == year && $0.quarter == quarter }
    return asked ?? published.first { $0.quarter == 4 }
  }

  private func books(of quote: Quote, _ period: CompanyBooks.Period) -> [String: String] {
    quotes.books(of: quote.instrument, period, price: quote.price) {
      FinancialRows(of: quote.instrument, price: quote.price, periods: [period]).rows[0].merging([
        "stac_month": String(period.text.suffix(2)), "stac_month_cls_code": "\(period.quarter - 1)", "iqry_csnu": "1",
      ]) { own, _ in own }
    }
  }

  private func bookRanking(_ ranking: String, _ period: CompanyBooks.Period) -> [InformationRow] {
    let key = bookKey(ranking)
    return ranked(
      by: { Double(self.books(of: $0, period)[key] ?? "") ?? 0 }, values: { self.books(of: $0, period) })
  }

  /// By which figure the rows are ranked.
  private func bookKey(_ ranking: String) -> String {
    let code = parameter("FID_RANK_SORT_CLS_CODE") ?? ""
    switch ranking {
    case "finance-ratio": return ["11": "rsrv_rate", "15": "grs", "20": "cptl_tnrt"][code] ?? "cptl_ntin_rate"
    case "market-value":
      return [
        "24": "pbr", "25": "pcr", "26": "psr", "27": "eps", "28": "eva", "29": "ebitda", "30": "pv_div_ebitda",
        "31": "ebitda_div_fnnc_expn",
      ][code] ?? "per"
    default:
      return [
        "1": "bsop_prti", "2": "op_prfi", "3": "thtr_ntin", "4": "total_aset", "5": "total_lblt", "6": "total_cptl",
      ][code] ?? "sale_totl_prfi"
    }
  }

  // MARK: Dividends

  /// Dividends by their rate: of a market (GB1 1 KOSPI, 2 KOSPI200, 3 KOSDAQ), an industry, a range of record dates.
  private var dividendRanking: [InformationRow] {
    let asked = dates("F_DT", "T_DT", latest: marketTime.date, days: 365)
    let industry = parameter("UPJONG").flatMap { $0.count == 4 && $0 != "0000" ? IndexDefinition($0) : nil }
    let market = ["1": "0001", "2": "2001", "3": "1001"][parameter("GB1") ?? ""].map { IndexDefinition($0) }
    let events = CompanyEvents(quotes: quotes)
    // GB2: 6 on ordinary shares, 7 on preferred ones; GB3: 1 in shares, else in cash.
    let isInShares = parameter("GB3") == "1"
    let isOrdinary = ["6": true, "7": false][parameter("GB2") ?? ""]
    let found = quotes.shares.filter {
      (isOrdinary == nil || isOrdinary == ($0.ordinaryCode == nil)) && market?.contains($0) != false
        && industry?.contains($0) != false
    }.flatMap {
      events.events(.dividend, of: $0, from: asked.first, through: asked.last)
    }.filter { event in
      let isWhole = event.values["divi_kind"] == "결산"
      return parameter("GB4") == "1" ? isWhole : parameter("GB4") == "2" ? !isWhole : true
    }
    let field = isInShares ? "stk_divi_rate" : "divi_rate"
    let rated = found.map { (rate: Double($0.values[field] ?? "") ?? 0, event: $0) }.filter { $0.rate > 0 }
    let ordered = rated.sorted { ($0.rate, $1.event.share.code) > ($1.rate, $0.event.share.code) }
    return ordered.prefix(30).enumerated().map { place in
      let event = place.element.event
      var own = [
        "rank": padded(place.offset + 1, to: 4), "sht_cd": event.share.code, "isin_name": event.share.name,
      ]
      if isInShares {
        // A new share counts as its par value.
        own["per_sto_divi_amt"] = "\(Int(Double(event.share.parValue) * place.element.rate / 100))"
        own["divi_rate"] = event.values["stk_divi_rate"]
      }
      return (own.merging(event.values) { own, _ in own }, nil)
    }
  }

  // MARK: What is owed

  /// Margin loans and lent shares of the last day that is settled, and how they grew in so many days (FID_OPTION).
  private var creditRanking: JSONObject {
    let days = min(250, max(1, parameter("FID_OPTION").flatMap { Int($0) } ?? 5))
    let settled = TradingCalendar.tradingDay(TradingCalendar.ordinal(of: tradingDay) - 2)
    let since = TradingCalendar.tradingDay(TradingCalendar.ordinal(of: settled) - days)
    func balance(_ quote: Quote, _ day: CalendarDate) -> CreditBalance {
      quotes.ask(quote.instrument) { $0.credit(of: quote.instrument.code, on: day) }
    }
    // FID_RANK_SORT_CLS_CODE: 0 to 4 loans, 5 to 9 lent shares, each by rate, shares, amount, and growth, 4 and 9 the
    // smallest first.
    let order = (parameter("FID_RANK_SORT_CLS_CODE").flatMap { Int($0) } ?? 0).clamped(to: 0...9)
    func owed(_ balance: CreditBalance) -> Double { Double(order < 5 ? balance.loanShares : balance.lentShares) }
    func figure(_ quote: Quote) -> Double {
      let now = balance(quote, settled)
      return switch order % 5 {
      case 0: owed(now) / Double(max(1, quote.instrument.listedShares))
      case 1: owed(now)
      case 2: order < 5 ? Double(now.loanAmount) : owed(now) * Double(quote.price)
      default: owed(now) / max(1, owed(balance(quote, since)))
      }
    }
    func part(_ shares: Int, of whole: Int) -> String { percent(Double(shares), of: Double(whole)) }
    func values(_ quote: Quote) -> [String: String] {
      let share = quote.instrument
      let (now, then) = (balance(quote, settled), balance(quote, since))
      return [
        "whol_loan_rmnd_stcn": "\(now.loanShares)", "whol_loan_rmnd_amt": "\(now.loanAmount / 10_000)",
        "whol_loan_rmnd_rate": part(now.loanShares, of: share.listedShares), "whol_stln_rmnd_stcn": "\(now.lentShares)",
        "whol_stln_rmnd_amt": "\(now.lentShares * quote.price / 10_000)",
        "whol_stln_rmnd_rate": part(now.lentShares, of: share.listedShares),
        "nday_vrss_loan_rmnd_inrt": part(now.loanShares - then.loanShares, of: then.loanShares),
        "nday_vrss_stln_rmnd_inrt": part(now.lentShares - then.lentShares, of: then.lentShares),
      ]
    }
    let rows = ranked(by: figure, descending: order % 5 != 4, values: values)
    let code = parameter("FID_INPUT_ISCD") ?? "0000"
    let head: InformationRow = (
      [
        "bstp_cls_code": code, "hts_kor_isnm": knownCodes.industry(code)?.koreanName ?? "전체",
        "stnd_date1": since.compact, "stnd_date2": settled.compact,
      ], nil
    )
    return [key(of: 0): output(0, [head]), key(of: 1): output(1, rows)]
  }

  /// The last trading days, by their numbers, whose short sales are ranked (FID_PERIOD_DIV_CODE D, so many and one; M, so
  /// many months).
  var daysOfShortSales: ClosedRange<Int> {
    let last =
      marketTime.time < ClockTime(18, 0) || tradingDay != marketTime.date
      ? TradingCalendar.tradingDay(before: marketTime.date) : tradingDay
    let count = parameter("FID_INPUT_CNT_1").flatMap { Int($0) } ?? 0
    let days = min(66, parameter("FID_PERIOD_DIV_CODE") == "M" ? max(1, count) * 21 : count + 1)
    return (TradingCalendar.ordinal(of: last) - days + 1)...TradingCalendar.ordinal(of: last)
  }

  /// What was sold short in the last days, the most first.
  private var shortSaleRanking: [InformationRow] {
    let ordinals = daysOfShortSales
    let first = TradingCalendar.tradingDay(ordinals.lowerBound)
    let last = TradingCalendar.tradingDay(ordinals.upperBound)
    func sold(_ quote: Quote) -> (volume: Int, amount: Int) {
      let share = quote.instrument
      return ordinals.reduce(into: (0, 0)) { sum, ordinal in
        let short = self.quotes.ask(share) {
          $0.shortSales(of: share.code, on: TradingCalendar.tradingDay(ordinal))
        }
        sum = (sum.0 + short.volume, sum.1 + short.amount)
      }
    }
    func values(_ quote: Quote) -> [String: String] {
      let (sold, won) = sold(quote)
      let traded = self.quotes.days(quote.instrument, from: first, through: last)
      let (volume, amount) = (traded.reduce(0) { $0 + $1.volume }, traded.reduce(0) { $0 + $1.amount })
      return [
        "acml_vol": "\(volume)", "acml_tr_pbmn": "\(amount)", "ssts_cntg_qty": "\(sold)",
        "ssts_vol_rlim": percent(Double(sold), of: Double(volume)), "ssts_tr_pbmn": "\(won)",
        "ssts_tr_pbmn_rlim": percent(Double(won), of: Double(amount)), "stnd_date1": first.compact,
        "stnd_date2": last.compact, "avrg_prc": "\(sold == 0 ? 0 : won / sold)",
      ]
    }
    return ranked(by: { Double(sold($0).volume) }, values: values)
  }
}
