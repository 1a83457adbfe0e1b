import KISScenario

/// The objects in answers about the journal, scenarios and faults.
extension AdminSchema {
  static let requests = AdminSchema("Requests", "Requests in the journal.", excerpt("requests"))
  static let messages = AdminSchema("Messages", "What happened on WebSocket connections.", excerpt("messages"))
  static let nearMisses = AdminSchema("NearMisses", "Entries with near misses.", excerpt("entries"))

  private static func excerpt(_ name: String) -> [Member] {
    [
      .has(name, .list(.object(.entry)), "The entries, oldest first."),
      .has("total", .whole(from: 0), "How many entries of every kind there have been."),
      .has("complete", .flag, "Whether the journal still has all of them."),
    ]
  }

  static let entry = AdminSchema(
    "Entry", "One thing that a client did. Secrets are masked.",
    [
      .has("id", .whole(from: 1), "Counts all entries."),
      .has("t", .whole(from: 0), "Nanoseconds since the sandbox's clock was made."),
      .may("market_time", .text, "The time of day of the market."),
      .has(
        "kind", .word(["request", "register", "release", "message", "connect", "disconnect", "fault"]), "What it is."),
      .may("session", .whole(from: 1), "The WebSocket connection."),
      .may("app_key", .text, "The app key it came with."),
      .may("method", .text, "Of a request."),
      .may("path", .text, "Of a request or a connect."),
      .may("tr_id", .text, "Of a request or a registration; empty when there was none."),
      .may("tr_key", .text, "Of a registration."),
      .may("parameters", .map(.text), "Of a request: its query, or the members of its body."),
      .may("headers", .map(.text), "Of a request."),
      .may("status", .orNull(.whole(from: 0)), "Of the answer; null when there was none."),
      .may("code", .text, "The msg_cd or error_code of the answer; empty when there was none."),
      .may(
        "source", .text,
        "Who answered: scenario, fault, oauth, refusal, quirk, exchange, recording, generated, unmatched."),
      .may("sent", .text, "How much of the answer left: whole, part, nothing."),
      .may("matched", .flag, "Whether anything answers such requests, or feeds such registrations."),
      .may("near_misses", .list(.object(.nearMiss)), "What it may have meant, nearest first."),
      .may("body", .text, "The beginning of the answer's body as it left."),
      .may("body_cut", .flag, "Whether more of the body left than is shown."),
      .may("text", .text, "What the client sent: a message or a registration, secrets masked."),
      .may("reply", .orNull(.text), "The reply to a registration as it left; null when none did."),
      .may("reason", .text, "Of a disconnect."),
      .may("fault", .text, "The name of a fault."),
      .may("detail", .text, "What a fault did."),
    ])

  static let nearMiss = AdminSchema(
    "NearMiss", "Something that nearly matched.",
    [
      .has("name", .text, "The rule, API or entry that was missed."),
      .has("field", .text, "The first field that differs."),
      .has("expected", .text, "What it should have been."),
      .has("found", .orNull(.text), "What it was; null when it was not there."),
      .may("sent", .text, "What the client sent, when it is an entry of the journal; secrets masked."),
    ])

  static let counted = AdminSchema(
    "Counted", "How often something happened.",
    [
      .has("count", .whole(from: 0), "How often, as far as the journal knows."),
      .has("complete", .flag, "Whether it knows all of it."),
    ])

  static let waited = AdminSchema(
    "Waited", "How a wait ended.",
    [
      .has("happened", .flag, "Whether it happened in time."),
      .has("count", .whole(from: 0), "How often it has happened."),
    ])

  static let verification = AdminSchema(
    "Verification", "What the journal says about expectations.",
    [
      .has("met", .flag, "Whether all of them are met for certain."),
      .has("findings", .list(.object(.finding)), "One for each, in order."),
    ])

  static let finding = AdminSchema(
    "Finding", "What the journal says about one expectation.",
    [
      .has("verdict", .word(["yes", "no", "unknown"]), "`unknown` when it touches entries that had to go."),
      .has("expected", .text, "What was expected."),
      .has("found", .text, "What was found."),
      .may("because", .text, "Why it was expected, when somebody said so."),
      .has("near_misses", .list(.object(.nearMiss)), "What came nearest."),
    ])

  static let scenarios = AdminSchema(
    "Scenarios", "Scenarios in force; one at the most.",
    [.has("scenarios", .list(.object(.scenario)), "Empty when the sandbox has none.")])

  static let scenario = AdminSchema(
    "Scenario", "A scenario and where it is.",
    [
      .has("file", .text, "Its file."),
      .has("title", .text, "What it shows."),
      .has("state", .orNull(.text), "The state it is in; null when it has none."),
      .has("states", .list(.text), "All its states."),
      .has("transitions", .list(.object(.transition)), "Which rules lead from which states to which."),
      .has("over", .flag, "Whether a rule said that it is over."),
    ])

  private static let transition = AdminSchema(
    "Transition", "A way from states to another.",
    [
      .has("rule", .text, "The rule that goes it."),
      .has("from", .list(.text), "The states in which it is awake; empty for all."),
      .has("to", .text, "The state that it enters."),
    ])

  static let faults = AdminSchema(
    "Faults", "Armed faults.",
    [.has("faults", .list(.object(.armedFault)), "Each, in the order in which they were armed.")])

  static let armedFault = AdminSchema(
    "ArmedFault", "A fault that is armed, and how far it has come.",
    [
      .has("name", .text, "Its name."),
      .has("settings", .map(.text), "All of its settings, defaults included."),
      .has("conditions", .map(.text), "When it happens, as a scenario writes it; empty for always."),
      .has("happened", .whole(from: 0), "How often it has happened."),
      .has("remaining", .orNull(.whole(from: 0)), "How often it will happen yet; null without end."),
      .has("left", .orNull(.duration), "For how long it stays armed on the sandbox's clock; null without end."),
      .has("session", .orNull(.whole(from: 1)), "The only session that it happens to; null for everybody."),
    ])
}
