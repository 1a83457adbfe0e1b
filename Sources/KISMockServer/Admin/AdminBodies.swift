import KISScenario

/// The objects in requests, one schema each.
extension AdminSchema {
  static let step = AdminSchema(
    "Step", "How far to step.",
    [
      .may("count", .whole(from: 1), "How many messages at the most. Default: 1; with `until`, all there are."),
      .may("until", .object(.match), "The message to stop behind."),
    ])

  static let match = AdminSchema(
    "Match", "A message, by any of these; all that are given must fit.",
    [
      .may("tr_id", .text, "Its tr_id."),
      .may("tr_key", .text, "Its first value, which is the tr_key."),
      .may("contains", .text, "A part of its text."),
    ])

  static let seek = AdminSchema(
    "Seek", "Where to: exactly one of these.",
    [
      .may("time", .timeOfDay, "A time of day on the recording's time line."),
      .may("marker", .text, "A moment that the recording names."),
      .may("position_ns", .whole(from: 0), "Recorded nanoseconds since the beginning."),
    ])

  static let rate = AdminSchema(
    "Rate", "How fast to play.", [.has("speed", .speed, "A multiple of recorded time, or `max` for unpaced.")])

  static let loop = AdminSchema("Loop", "Whether to loop.", [.has("loop", .flag, "Whether to begin again at the end.")])

  static let advance = AdminSchema(
    "Advance", "How far time moves.", [.has("by", .duration, "How much time passes at once.")])

  static let recordingStart = AdminSchema(
    "RecordingStart", "What to write.",
    [.has("file", .text, "A new file, session.jsonl; relative paths start where the mock runs.")])

  static let message = AdminSchema(
    "Message", "A text to send.",
    [
      .has(
        "text", .text,
        "A data message goes to whoever registered it; one with flag 1 is written decrypted and encrypted with each "
          + "session's key. Any other text goes to every session."),
      .may("session", .whole(from: 1), "The only session to send to, whatever it registered."),
    ])

  static let newSandbox = AdminSchema(
    "NewSandbox", "An isolated world to add. It needs app keys, a port, or both.",
    [
      .has("name", .text, "A new name, for `?sandbox=`."),
      .may("app_keys", .list(.text), "Clients that come with one of these are in it."),
      .may("port", .whole(from: 0, upTo: 65_535), "Clients that come in on this port are in it; 0 takes a free one."),
    ]
      + Setting.allCases.filter { $0.row.places.contains(.admin) }.map {
        .may($0.adminKey, AdminSchema.Kind($0.row.kind), $0.summary)
      })

  static let count = AdminSchema(
    "Count", "What to count.", [.has("query", .scenario("query"), "What of the journal is meant.")])

  static let wait = AdminSchema(
    "Wait", "What to wait for.",
    [
      .has("for", .scenario("query"), "What of the journal is meant."),
      .may("count", .whole(from: 1), "How often it has to happen. Default: 1."),
      .may("timeout", .duration, "How long to wait, in the host's time. Default: 10s."),
    ])

  static let accountChange = AdminSchema(
    "AccountChange", "What an account is to have; what is left out stays.",
    [
      .may("cash", .whole(from: 0, upTo: AccountChoice.mostCash), "Its money in won."),
      .may("holdings", .list(.scenario("holding")), "Everything that it holds."),
    ])

  static let orderRules = AdminSchema(
    "OrderRules", "One rule for orders, or several.",
    [
      .may("match", .scenario("ordermatch"), "Which orders. Default: all."),
      .may("do", .scenario("orderaction"), "What happens: a word such as `fill`, a mapping, or a list of both."),
      .may("orders", .list(.scenario("order")), "Several rules."),
    ])

  static let marketSteering = AdminSchema(
    "MarketSteering", "One thing that the market is to do, as a scenario's action has it.",
    [
      .may("move", .scenario("move"), "The price goes up or down within a time."),
      .may("halt", .scenario("halt"), "Trading rests, then goes on with an auction."),
      .may("limit", .scenario("limit"), "The price goes to its limit within a minute and stays there."),
      .may("circuit_breaker", .scenario("circuitbreaker"), "A market falls by 8 %, rests for 20 minutes, goes on."),
    ])

  static let expectations = AdminSchema(
    "Expectations", "What must have happened.",
    [.has("expect", .list(.scenario("expectation")), "As in a scenario's `expect:`.")])

  static let arming = AdminSchema(
    "Arming", "A fault to arm.",
    [
      .has("fault", .scenario("fault"), "Its name, or its name, settings and conditions."),
      .may("session", .whole(from: 1), "The only session it happens to."),
    ])
}

extension AdminSchema.Kind {
  /// What may be written for a setting.
  fileprivate init(_ kind: Setting.Kind) {
    self =
      switch kind {
      case .text, .file, .day, .dayOrToday, .secret: .text
      case .duration: .duration
      case .files, .transactionIDs, .names: .list(.text)
      case .flag: .flag
      case .port: .whole(from: 0, upTo: 65_535)
      case .seed: .whole(from: 0)
      case .speed: .speed
      case .timeOfDay: .timeOfDay
      case .words(let words): .word(words)
      }
  }
}
