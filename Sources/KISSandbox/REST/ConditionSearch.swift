import KISWire

/// A search for shares (조건검색) that a user has saved in the broker's own terminal. Everybody has the same ones here.
struct ConditionSearch: Sendable {
  let group: String
  let name: String
  private let finds: @Sendable (_ row: JSONObject) -> Bool

  /// By the number (`seq`) that lists of them give; each finds what there is at the moment, which may be nothing.
  static let saved = [
    ConditionSearch(group: "기본", name: "거래량 있음") { number($0, "acml_vol") > 0 },
    ConditionSearch(group: "기본", name: "등락률 3% 이상") { number($0, "chgrate") >= 3 },
    ConditionSearch(group: "기본", name: "시가 대비 상승") { number($0, "price") > number($0, "open") },
    ConditionSearch(group: "신고가", name: "52주 신고가 95% 이상") {
      number($0, "price") >= number($0, "high52") * 0.95
    },
    ConditionSearch(group: "신고가", name: "상한가") { number($0, "price") >= number($0, "uplmtprice") },
  ]

  /// The search of a number; an empty one means the first. nil when nobody saved such a one.
  static func saved(_ number: String) -> ConditionSearch? {
    let index = number.isEmpty ? 0 : Int(number) ?? -1
    return saved.indices.contains(index) ? saved[index] : nil
  }

  /// Those of some rows of 종목조건검색조회 that it finds.
  func found(in rows: [JSONValue]) -> [JSONValue] { rows.filter { $0.object.map(finds) ?? false } }

  private static func number(_ row: JSONObject, _ name: String) -> Double {
    row[name]?.string.flatMap(Double.init) ?? 0
  }
}

extension AnswerRequest {
  /// The searches that a user has saved (종목조건검색 목록조회).
  var savedSearches: [JSONValue] {
    ConditionSearch.saved.enumerated().map { index, search in
      [
        "user_id": .string(parameter("USER_ID") ?? ""), "seq": .string("\(index)"), "grp_nm": .string(search.group),
        "condition_nm": .string(search.name),
      ]
    }
  }

  /// Whether it asks what a saved search finds (종목조건검색조회). Without a hit that is refused (PROTOCOL section 9).
  var isConditionSearch: Bool { id == "HHKST03900400" }

  /// The rows of an answer, of a search those that it finds.
  func found(_ rows: [JSONValue]) -> [JSONValue] {
    guard isConditionSearch else { return rows }
    return ConditionSearch.saved(parameter("SEQ") ?? "")?.found(in: rows) ?? []
  }
}
