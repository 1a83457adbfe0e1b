import KISMarket
import KISWire

/// What is known of companies, of days and of the whole market beside prices: rows that a view makes by itself.
extension AnswerRequest {
  /// The outputs of an API about domestic shares whose rows come from such a view; nil for all others.
  var information: JSONObject? {
    guard api.path.hasPrefix("/uapi/domestic-stock/v1/") else { return nil }
    let parts = api.path.split(separator: "/").suffix(2).map(String.init)
    if parts[0] == "ksdinfo", let kind = CompanyEvents.Kind(rawValue: parts[1]) {
      return list(companyEvents(kind))
    }
    if parts[0] == "finance", !asksForNothing {
      let share = instrument ?? defaultInstrument
      return list(
        FinancialRows(self, of: share, price: quotes.quote(share, at: marketTime).price).rows.map { ($0, nil) })
    }
    if parts[0] == "ranking", parts[1] == "prefer-disparate-ratio" { return list(preferredShares) }
    if parts[0] == "ranking", parts[1] == "exp-trans-updown" { return list(expectedMoves) }
    if parts[0] == "ranking" { return companyRanking(parts[1]) }
    guard parts[0] == "quotations" else { return nil }
    switch parts[1] {
    case "news-title": return list(Headlines(self).rows.map { ($0, nil) })
    case "invest-opinion", "invest-opbysec": return asksForNothing ? nil : list(opinions)
    case "estimate-perform": return estimates
    case "mktfunds": return list(marketFunds.map { ($0, nil) })
    case "daily-credit-balance": return asksForNothing ? nil : list(creditDays)
    case "daily-short-sale": return asksForNothing ? nil : shortSaleDays
    case "daily-loan-trans": return list(loanDays.map { ($0, nil) })
    case "exp-index-trend": return asksForNothing ? nil : list(expectedIndexTrend)
    case "exp-total-index": return expectedIndices
    case "exp-price-trend": return asksForNothing ? nil : expectedPrices
    case "market-time": return list([(businessDays, nil)])
    case "inquire-overtime-price": return asksForNothing ? nil : list(overtimePrice)
    case "inquire-daily-overtimeprice": return asksForNothing ? nil : overtimeDays
    case "inquire-time-overtimeconclusion": return asksForNothing ? nil : overtimeTrades
    case "capture-uplowprice": return list(limitPrices)
    case "exp-closing-price": return list(closingAuction)
    case "search-info", "search-stock-info": return registered
    case "intstock-grouplist": return list(watchLists)
    case "intstock-stocklist-by-group": return watchedInstruments
    case "psearch-title": return list(conditionSearches)
    case "psearch-result": return foundByConditions.map(list)
    case "frgnmem-pchs-trend": return asksForNothing ? nil : list(memberPurchases)
    case "frgnmem-trade-trend": return memberTrades
    case "credit-by-company": return list(creditShares)
    case "lendable-by-company": return lendableShares
    case "pbar-tratio": return asksForNothing ? nil : volumesByPrice
    case "tradprt-byamt": return asksForNothing ? nil : list(tradesByAmount)
    default: return nil
    }
  }

  /// Values by their names, and the quote that the other fields of a row are read off.
  typealias InformationRow = (values: [String: String], quote: Quote?)

  /// The answer of an API with one output: a list, or the first row where the document has an object.
  func list(_ rows: [InformationRow]) -> JSONObject { [key(of: 0): output(0, rows)] }

  /// An output by its shape.
  func output(_ output: Int, _ rows: [InformationRow]) -> JSONValue {
    let isObject = api.outputs.indices.contains(output) && api.outputs[output].shape == .object
    return isObject ? row(rows.first ?? ([:], nil), of: output) : .array(rows.map { row($0, of: output) })
  }

  /// A row of an output in the order of its document.
  func row(_ row: InformationRow, of output: Int) -> JSONValue {
    let fields = api.outputs.indices.contains(output) ? api.outputs[output].fields : []
    let members = fields.filter { !api.lacksOnTheWire($0) }.map { field in
      let name = field.lowercased()
      let value =
        row.values[name]
        ?? row.quote.flatMap { quote in
          FlowFigure.of(name).flatMap { quote.value(of: $0) } ?? quote.value(of: name) ?? quote.reportedValue(of: name)
        }
      trace?.note(field, value == nil ? .generic : .market)
      return (field, JSONValue.string(value ?? ""))
    }
    return .object(JSONObject(members))
  }

  /// The name of an output.
  func key(of output: Int) -> String { api.outputs.indices ~= output ? api.outputs[output].key : "output" }

  /// The day of the market that answers are about: the current one, or the last one on which it opened.
  var tradingDay: CalendarDate { TradingCalendar.tradingDay(onOrBefore: marketTime.date) }

  /// A parameter that is a date, `20260921` or with zeros before it; nil for anything else.
  func date(_ name: String) -> CalendarDate? { parameter(name).flatMap { CalendarDate(compact: $0.suffix(8)) } }

  /// The days from one parameter to another, not later than `latest`; without them so many days until then.
  func dates(_ from: String, _ to: String, latest: CalendarDate, days: Int) -> (first: CalendarDate, last: CalendarDate)
  {
    let last = min(date(to) ?? latest, latest)
    return (max(DailyChartWindow.dawn, date(from) ?? last.advanced(by: -days)), last)
  }

  /// The shares that are asked for: one, or all of a market (KOSPI, KOSDAQ); no others have companies.
  func shares(market: Board? = nil) -> [Instrument] {
    (instrument.map { [$0] } ?? quotes.shares).filter { $0.kind == .share && (market == nil || $0.board == market) }
  }
}

extension AnswerRequest {
  /// What companies do, the latest first; of one day by code.
  fileprivate func companyEvents(_ kind: CompanyEvents.Kind) -> [InformationRow] {
    let events = CompanyEvents(quotes: quotes)
    let known = marketTime.date.advanced(by: CompanyEvents.notice)
    // Paid issues are looked for by the day on which the subscription begins, or by the record date.
    let bySubscription = kind == .paidIssue && parameter("GB1") != "2"
    let asked = dates("F_DT", "T_DT", latest: bySubscription ? known.advanced(by: 60) : known, days: 400)
    let wider = bySubscription ? asked.first.advanced(by: -60) : asked.first
    let found = shares(market: marketOfParChanges).flatMap { share in
      events.events(kind, of: share, from: wider, through: min(asked.last, known)).filter { event in
        isOfKind(event) && (!bySubscription || isSubscribed(event, from: asked.first, through: asked.last))
      }
    }
    func day(_ event: CompanyEvents.Event) -> String {
      (bySubscription ? event.values["sub_term_ft"] : nil) ?? event.date.compact
    }
    return found.sorted { (day($0), $1.share.code) > (day($1), $0.share.code) }.map { event in
      (event.values.merging(["sht_cd": event.share.code, "isin_name": event.share.name]) { own, _ in own }, nil)
    }
  }

  private func isSubscribed(_ event: CompanyEvents.Event, from first: CalendarDate, through last: CalendarDate) -> Bool
  {
    guard let day = event.values["sub_term_ft"].flatMap({ CalendarDate(compact: $0) }) else { return false }
    return (first...max(first, last)).contains(day)
  }

  /// GB1 of dividends: 1 of the whole year (결산), 2 of a part of it (중간); HIGH_GB those that pay much.
  private func isOfKind(_ event: CompanyEvents.Event) -> Bool {
    guard let kind = event.values["divi_kind"] else { return true }
    let isWanted =
      switch parameter("GB1") {
      case "1": kind == "결산"
      case "2": kind != "결산"
      default: true
      }
    return isWanted && (["Y", "1"].contains(parameter("HIGH_GB")) ? event.values["high_divi_gb"] == "Y" : true)
  }

  private var marketOfParChanges: Board? {
    switch parameter("MARKET_GB") {
    case "1": .kospi
    case "2": .kosdaq
    default: nil
    }
  }
}

extension RESTAPI {
  /// Whether it is about the calendar, not about the market: holidays, and what companies do at the ends of months and
  /// years. Its days are the days that are shown.
  var isByCalendar: Bool {
    path.holds("/ksdinfo/") || path.holds("/domestic-stock/v1/finance/")
      || ["/chk-holiday", "/countries-holiday", "/market-time", "/estimate-perform", "/ranking/dividend-rate"].contains
      { path.hasSuffix($0) }
  }
}
