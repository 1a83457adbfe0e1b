import KISWire

/// Every key that a scenario may have: what the decoder accepts and what the JSON Schema publishes.
enum ScenarioKeys {
  static let scenario = KeySection(
    "scenario", "a scenario",
    [
      .init("title", .text, "One line for lists and logs."),
      .init(.recording),
      .init("simulation", .section(simulation), "A simulated day instead of a recording."),
      .init(.clock),
      .init(.speed),
      .init(.start),
      .init(.loop),
      .init(.seed),
      .init(.venue),
      .init("dialect", .section(dialect), "Which layouts frames have. Default: the recording's."),
      .init("credentials", .section(credentials), "Who may come in. Default: everybody."),
      .init("accounts", .list(.section(account)), "What accounts have at the start."),
      .init("orders", .list(.section(orderRule)), "What happens to single orders, whatever the market does."),
      .init("fees", .section(fees), "What trading costs. Default: KIS's own fees."),
      .init("latency", .section(latency), "How long things around an order take."),
      .init(
        "abroad-closed", .words(of: Scenario.AbroadClosed.self),
        "What happens to an order abroad while that exchange is closed: it waits until it opens, or is refused. Default: rest."
      ),
      .init("exchange", .section(exchange), "How the exchange shows what clients order."),
      .init("limits", .section(limits), "What the service counts or lets expire."),
      .init("pingpong", .section(pingPong), "The heartbeat."),
      .init("quirks", .list(.either([.word(switchableQuirks), .section(quirk)])), "Anomalies to switch on, by name."),
      .init(.playhead),
      .init(.codes),
      .init("release-output", .bool, "UNSUBSCRIBE SUCCESS carries iv and key. Default: false."),
      .init(.codeFile),
      .init(.encrypt),
      .init(.simulateOrders),
      .init(.beforeEntries),
      .init(.record),
      .init("generated-answers", .bool, "Make up answers from the catalogue when nothing else has one. Default: true."),
      .init(
        "answers", .words(of: Scenario.AnswerOrder.self),
        "Who answers orders and account inquiries that a recording holds too. Default: captured recordings, then the exchange."
      ),
      .init("states", .list(.text), "Names of the states; the first is the one it starts in."),
      .init("rules", .list(.section(rule)), "When something happens, do these things."),
      .init("faults", .list(.fault), "Faults that are there from the start."),
      .init(
        "expect", .list(.either([.word(subjects), .section(expectation)])), "What the journal must show at the end."),
      .init("sandboxes", .list(.section(sandbox)), "Further isolated worlds, chosen by app key."),
    ])

  static let dialect = KeySection(
    "dialect", "a dialect",
    [
      .init("as-of", .day, "The day whose layouts are in force."),
      .init(
        "layouts", .map(.either([.day, .number(1...1000)])),
        "By tr_id: the layout of another day, or of that many values."),
    ])

  static let credentials = KeySection(
    "credentials", "credentials",
    [
      .init("apps", .list(.section(app)), "The app keys that are accepted. Default: any."),
      .init("hts-ids", .list(.text), "HTS ids that exist besides those of the apps."),
      .init("accounts", .list(.account), "Accounts that exist besides those of the apps: 50012345-01."),
    ])

  static let app = KeySection(
    "app", "an app",
    [
      .init("key", .text, "App key.", isRequired: true),
      .init("secret", .text, "App secret. Default: any."),
      .init("hts-ids", .list(.text), "HTS ids of its owner."),
      .init("accounts", .list(.account), "Accounts of its owner."),
      .init(
        "venue", .words(of: Venue.self), "Where the key is good; elsewhere calls are refused. Default: everywhere."),
      .init("corporate", .bool, "A company: tokens of 90 days with a refresh token, no vts. Default: false."),
    ])

  static let limits = KeySection(
    "limits", "limits",
    [
      .init("registrations", .number(0...100_000), "Registrations of one session. Default: 41."),
      .init("requests-per-second", .number(0...1_000_000), "REST calls per app key. Default: real 20, vts 2."),
      .init("token-interval", .duration, "Least time between two tokens. Default: 1m."),
      .init("token-lifetime", .duration, "Default: 1d."),
      .init("token-reuse", .duration, "For how long the same token comes back. Default: 6h."),
      .init("approval-lifetime", .duration, "Of an approval key. Default: 1d."),
      .init("slot-release", .duration, "How long an app key stays in use after its session. Default: 0s."),
      .init("outbox", .size, "Bytes that may wait for a slow client. Default: 8MB."),
      .init("slow-client", .words(of: Limits.SlowClientPolicy.self), "What happens then. Default: cut."),
      .init("journal-entries", .whole, "Journal entries kept; 0 switches the journal off. Default: 100000."),
      .init("journal-bytes", .size, "Bytes of journal kept. Default: 64MB."),
    ])

  static let pingPong = KeySection(
    "pingpong", "the heartbeat",
    [
      .init("first", .duration, "Time to the first one; with idle, of each silence. Default: the interval, idle 10s."),
      .init("interval", .duration, "Time between two. Default: 100s, idle 20s."),
      .init("timeout", .duration, "Time for an answer. Default: 100s, idle 10s."),
      .init("rhythm", .words(of: HeartbeatRules.Rhythm.self), "Default: always."),
    ])

  static let quirk = KeySection(
    "quirk", "a quirk",
    [
      .init("name", .word(switchableQuirks), "Its name.", isRequired: true),
      .init("tr_id", .list(.text), "Only on these TRs; * stands for any characters."),
      .init("tr_key", .list(.text), "Only on these keys."),
      .init("chance", .chance, "The chance on each occasion. Default: the quirk's own."),
    ])

  static let sandbox = KeySection(
    "sandbox", "a sandbox",
    [
      .init("name", .text, "Its name.", isRequired: true),
      .init("app-keys", .list(.text), "The app keys that lead to it.", isRequired: true),
      .init("scenario", .text, "Path of its scenario. Default: this one again."),
    ])

  private static let switchableQuirks = QuirkFact.table.filter { $0.kind == .switchable }.map(\.quirk.rawValue)
}
