extension ScenarioKeys {
  /// What a journal is asked for, in a scenario's `expect:` as in the admin API.
  static let expectation = KeySection(
    "expectation", "an expectation",
    query.keys + [
      .init("in-order", .several(.either([.word(subjects), .section(query)])), "These happened one after the other."),
      .init("at-least", .whole, "How often at least. Default: 1."),
      .init("at-most", .whole, "How often at most."),
      .init("exactly", .whole, "How often exactly."),
      .init("absent", .bool, "It never happened: the same as exactly 0."),
      .init("within", .duration, "In the busiest stretch of this length; for an order, from its first to its last."),
      .init("because", .text, "Why, in words for whoever reads that it was not met."),
    ], exactlyOneOf: subjects + ["in-order"], atMostOneOf: ["at-least", "at-most", "exactly", "absent"])

  static let query = KeySection(
    "query", "a query of the journal",
    [
      .init("request", .section(request), "REST or OAuth requests."),
      .init("register", .section(registration), "Registrations, successful or not."),
      .init("release", .section(registration), "Releases, successful or not."),
      .init("frame", .section(registration), "Frames that were delivered."),
      .init("message", .list(.text), "Other messages of clients."),
      .init("connect", .anything, "WebSocket connections that opened."),
      .init("disconnect", .anything, "WebSocket connections that ended."),
      .init("fault", .list(.text), "Faults that did something."),
      .init("status", .list(.number(100...999)), "The HTTP status of the answer."),
      .init("code", .list(.text), "The msg_cd or error_code of the answer: OPSP0000."),
      .init("unmatched", .bool, "Whether nothing answered the request."),
      .init("session", .positive, "The number of the WebSocket connection."),
      .init("app-key", .list(.text), "The app key."),
      .init("since", .duration, "From this time on, since the sandbox started."),
      .init("until", .duration, "Up to this time."),
    ], exactlyOneOf: subjects)

  static let subjects = JournalQuery.Kind.allCases.map(\.rawValue)
}
