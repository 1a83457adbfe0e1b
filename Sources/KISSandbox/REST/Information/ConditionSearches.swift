import KISMarket
import KISWire

/// A search by conditions (조건검색) that a customer has kept at the broker. Here every customer has the same ones; no API
/// changes them.
struct ConditionSearch: Sendable {
  /// 그룹명
  let group: String
  /// 조건명
  let name: String
  fileprivate let admits: @Sendable (Quote) -> Bool

  /// The broker gives out no more of what a search finds.
  fileprivate static let most = 100

  /// The searches; the place of one is its key (`seq`).
  static let all = [
    ConditionSearch(group: "종목", name: "5만원 이하 코스닥") {
      $0.instrument.board == .kosdaq && $0.price <= 50_000
    },
    ConditionSearch(group: "시세", name: "상승률 2% 이상") { $0.isUp(percent: 2) },
    ConditionSearch(group: "시세", name: "하락률 2% 이상") { $0.isUp(percent: -2) },
    ConditionSearch(group: "시세", name: "5일 이동평균 위") { $0.price * 5 > $0.details.closes(4) + $0.price },
    ConditionSearch(group: "시세", name: "52주 신고가") { $0.high > 0 && $0.high >= $0.details.year.high.price },
    ConditionSearch(group: "거래", name: "거래량 전일의 2배 이상") { $0.volume >= $0.previousVolume * 2 },
    ConditionSearch(group: "거래", name: "체결강도 120 이상") { $0.strength >= 120 },
  ]
}

extension Quote {
  /// Whether it rose by so many percent, or more; of a negative number, fell.
  fileprivate func isUp(percent: Int) -> Bool {
    let change = change * 100 - previousClose * percent
    return percent > 0 ? change >= 0 : change <= 0
  }
}

extension AnswerRequest {
  /// The searches that somebody has kept (종목조건검색 목록조회).
  var conditionSearches: [InformationRow] {
    ConditionSearch.all.enumerated().map { place, search in
      (
        [
          "user_id": parameter("USER_ID") ?? "", "seq": "\(place)", "grp_nm": search.group,
          "condition_nm": search.name,
        ], nil
      )
    }
  }

  /// The shares that the one with this key (`seq`) finds, by their code; nil where there are none, see ``refusalOfNothing``.
  var foundByConditions: [InformationRow]? {
    guard
      let search = parameter("SEQ").flatMap({ Int($0) }).flatMap({ key in
        ConditionSearch.all.indices.contains(key) ? ConditionSearch.all[key] : nil
      })
    else { return nil }
    let found = quotes.shares.map { quotes.quote($0, at: marketTime) }.filter(search.admits)
      .sorted { $0.instrument.code < $1.instrument.code }.prefix(ConditionSearch.most)
    guard !found.isEmpty else { return nil }
    return found.map { quote in
      let expected = quote.details.expected
      let change = (expected?.price ?? quote.previousClose) - quote.previousClose
      return (
        [
          "code": quote.instrument.code, "name": quote.instrument.name, "expprice": "\(expected?.price ?? 0)",
          "expchange": "\(change)", "expchggrate": quote.rate(expected?.price ?? 0, over: quote.previousClose),
          "expcvol": "\(expected?.volume ?? 0)", "expdaebi": signCode(Double(change)),
          "chgrate2": percent(Double(quote.volume), of: Double(quote.previousVolume)),
          "stotprice": quote.marketValueText,
        ], quote
      )
    }
  }

  /// What KIS refuses to answer though the question is well formed: a search by conditions that finds nothing
  /// (PROTOCOL section 2.3).
  var refusalOfNothing: MessageCode? { api.path.hasSuffix("/psearch-result") ? .noSearchHit : nil }
}
