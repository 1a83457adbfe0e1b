import KISMarket
import KISWire

extension AnswerRequest {
  /// What analysts say of a share (종목투자의견), or what those of a member say of all (증권사별 투자의견), latest first.
  var opinions: [InformationRow] {
    let asked = dates("FID_INPUT_DATE_1", "FID_INPUT_DATE_2", latest: tradingDay, days: 90)
    let isOfMember = api.path.hasSuffix("/invest-opbysec")
    let member = isOfMember ? parameter("FID_INPUT_ISCD").flatMap { $0.count < 6 ? $0 : nil } : nil
    let kind = isOfMember ? parameter("FID_DIV_CLS_CODE") : nil
    let shares = shares()
    var rows: [InformationRow] = []
    var quotesNow: [String: Quote] = [:]
    var ordinal = TradingCalendar.ordinal(of: asked.last.advanced(by: 1)) - 1
    while rows.count < 100, TradingCalendar.tradingDay(ordinal) >= asked.first {
      let day = TradingCalendar.tradingDay(ordinal)
      for share in shares {
        guard let opinion = Opinion(of: share, on: day, seed: seed), opinion.isBy(member), opinion.isOf(kind) else {
          continue
        }
        let quote = quotesNow[share.code] ?? quotes.quote(share, at: marketTime)
        quotesNow[share.code] = quote
        rows.append((opinion.values(close: quotes.close(share, on: day.advanced(by: -1)), now: quote.price), quote))
      }
      ordinal -= 1
    }
    return Array(rows.prefix(100))
  }
}

/// What a member's analyst wrote of a share on a day.
private struct Opinion {
  let day: CalendarDate
  let member: Broker
  let verdict: (name: String, code: String)
  /// How far the target lies above the price, in percent.
  let upside: Int
  let share: Instrument

  /// Much is written of large names, little of others; nil on most days.
  init?(of share: Instrument, on day: CalendarDate, seed: UInt64) {
    var draws = SeededGenerator(seed: seed).fork("opinion").fork(share.code).fork(day.number)
    guard draws.chance(share.size == .large ? 0.15 : share.size == .medium ? 0.06 : 0.02) else { return nil }
    let members = Broker.all.filter { !$0.isForeign }
    member = members[Int(draws.next() % UInt64(members.count))]
    let part = draws.unit()
    verdict = part < 0.8 ? ("매수", "2") : part < 0.97 ? ("중립", "3") : ("매도", "4")
    upside =
      part < 0.8 ? 15 + Int(draws.next() % 40) : part < 0.97 ? 2 + Int(draws.next() % 8) : -Int(draws.next() % 15)
    (self.day, self.share) = (day, share)
  }

  /// Whether it is by a member (회원사코드, three to five digits); 999 and nothing is everybody.
  func isBy(_ code: String?) -> Bool { code.map { $0 == "999" || Int($0) == 0 || member.code.hasSuffix($0) } ?? true }

  /// Whether it is to buy (1), to hold (2), to sell (3); 0 and nothing is all.
  func isOf(_ kind: String?) -> Bool {
    switch kind {
    case "1": verdict.code == "2"
    case "2": verdict.code == "3"
    case "3": verdict.code == "4"
    default: true
    }
  }

  /// - Parameters:
  ///   - close: of the share the day before.
  ///   - now: what it costs now.
  func values(close: Int, now: Int) -> [String: String] {
    let step = close < 10_000 ? 100 : close < 100_000 ? 1_000 : 5_000
    let goal = max(step, close * (100 + upside) / 100 / step * step)
    return [
      "stck_bsop_date": day.compact, "invt_opnn": verdict.name, "invt_opnn_cls_code": verdict.code,
      // Whatever the opinion before was, captured replies have a 3 here.
      "rgbf_invt_opnn": verdict.name, "rgbf_invt_opnn_cls_code": "3",
      "mbcr_name": member.name.replacing("증권", with: ""),
      "hts_goal_prc": "\(goal)", "stck_prdy_clpr": "\(close)", "stck_nday_esdg": "\(close - goal)",
      "nday_dprt": percent(Double(close - goal), of: Double(goal)), "stft_esdg": "\(now - goal)",
      "dprt": percent(Double(now - goal), of: Double(goal)), "stck_shrn_iscd": share.code, "hts_kor_isnm": share.name,
    ]
  }
}

extension AnswerRequest {
  /// What a company will earn by its analyst (종목추정실적): three years that are over and two to come.
  ///
  /// Money in 억; rates, ratios and figures per share are in tenths, as KIS has them: `181.0` is 18.1 %.
  var estimates: JSONObject {
    let share = instrument ?? defaultInstrument
    guard share.kind == .share else { return empty }
    let books = CompanyBooks(share)
    let quote = quotes.quote(share, at: marketTime)
    let last = CompanyBooks.Period.published(by: marketTime.date, quarterly: false).first?.year ?? CompanyBooks.baseYear
    let years = Array((last - 2)...(last + 2))
    let sheets = years.map { books.statement(.init(year: $0, quarter: 4)) }
    let before = years.map { books.statement(.init(year: $0 - 1, quarter: 4)) }
    typealias Sheet = CompanyBooks.Statement
    func money(_ figure: (Sheet) -> Int) -> [String] {
      sheets.map { decimal(Double(figure($0)) / 100, places: 0) + ".0" }
    }
    func tenths(_ figure: (Sheet) -> Double) -> [String] { sheets.map { tenth(figure($0)) } }
    func growth(_ figure: (Sheet) -> Int) -> [String] {
      zip(sheets, before).map { tenth(Double(figure($0) - figure($1)) * 100 / Double(max(1, abs(figure($1))))) }
    }
    func perShare(_ sheet: Sheet) -> Double { sheet.earningsPerShare }
    let value = { (sheet: Sheet) in
      Double(quote.price) * Double(share.listedShares) / 1_000_000 + Double(sheet.borrowings)
    }
    let income = [
      money(\.sales), growth(\.sales), money(\.operatingProfit), growth(\.operatingProfit), money(\.income),
      growth(\.income),
    ]
    let indicators = [
      money(\.cashEarnings), tenths(perShare),
      zip(sheets, before).map { tenth((perShare($0) - perShare($1)) * 100 / max(1, abs(perShare($1)))) },
      tenths { Double(quote.price) / max(1, perShare($0)) },
      tenths { value($0) / Double(max(1, $0.cashEarnings)) },
      tenths { Double($0.income) * 100 / Double(max(1, $0.equity)) },
      tenths { Double($0.liabilities) * 100 / Double(max(1, $0.equity)) },
      tenths { Double($0.operatingProfit) / max(1, Double($0.borrowings) * 0.04) },
    ]
    return [
      key(of: 0): output(0, [(estimateHead(share), quote)]), key(of: 1): output(1, income.map(columns)),
      key(of: 2): output(2, indicators.map(columns)),
      key(of: 3): output(3, years.map { (["dt": "\($0).12" + ($0 > last ? "E" : "A")], nil) }),
    ]
  }

  private var empty: JSONObject {
    JSONObject(api.outputs.map { ($0.key, nothing($0)) })
  }

  private func tenth(_ value: Double) -> String { decimal(value * 10, places: 0) + ".0" }

  private func columns(_ figures: [String]) -> InformationRow {
    (Dictionary(uniqueKeysWithValues: figures.enumerated().map { ("data\($0.offset + 1)", $0.element) }), nil)
  }

  private func estimateHead(_ share: Instrument) -> [String: String] {
    var draws = SeededGenerator(seed: seed).fork("estimate").fork(share.code)
    let written = TradingCalendar.tradingDay(TradingCalendar.ordinal(of: tradingDay) - 5 - Int(draws.next() % 30))
    let families = ["김", "이", "박", "최", "정", "강", "조", "윤"]
    let names = ["민준", "서연", "지훈", "수빈", "현우", "은지", "도윤", "하늘"]
    return [
      "sht_cd": "A" + share.code, "item_kor_nm": share.name,
      "name1": families[Int(draws.next() % 8)] + names[Int(draws.next() % 8)], "name2": "", "estdate": written.compact,
      "rcmd_name": draws.chance(0.8) ? "매수" : "중립", "capital": decimal(Double(share.capital) / 100_000_000, places: 1),
      "forn_item_lmtrt": percent(Double(share.foreignShares), of: Double(share.listedShares)),
    ]
  }
}
