/// The objects in answers, one schema each.
extension AdminSchema {
  static let health = AdminSchema(
    "Health", "Whether the mock serves, and where.",
    [
      .has("status", .word(["healthy"]), "Always `healthy`: a mock that is not does not answer."),
      .has("version", .text, "The mock's version."),
      .has("rest", .text, "Base URL of REST and OAuth."),
      .has("ws", .text, "Base URL of the WebSocket."),
      .has("sandboxes", .whole(from: 1), "How many sandboxes there are."),
    ])

  static let version = AdminSchema("Version", "The mock's version.", [.has("version", .text, "Semantic versioning.")])

  static let replay = AdminSchema(
    "Replay", "Where a replay stands.",
    [
      .has(
        "state", .word(["waiting", "playing", "paused", "ended"]), "`waiting` until the first client registers."),
      .has("position_ns", .whole(from: 0), "Recorded nanoseconds since the beginning."),
      .has("time_of_day", .timeOfDay, "The time of day at that position."),
      .has("speed", .speed, "A multiple of recorded time, or `max`."),
      .has("loop", .flag, "Whether it begins again at its end."),
      .has("laps", .whole(from: 0), "How often it began again."),
      .has("released", .whole(from: 0), "Messages released so far."),
      .has("next_ns", .orNull(.whole(from: 0)), "The position of the next message; null at the end."),
      .has(
        "anchor_monotonic_ns", .orNull(.whole(from: .min)),
        "The host's monotonic nanoseconds at which position 0 would have been due at this speed; null unless it plays "
          + "paced on a real clock."),
    ])

  static let stepped = AdminSchema(
    "Stepped", "What a step sent.",
    [
      .has("stepped", .whole(from: 0), "How many messages were sent; fewer than asked at the end."),
      .has("matched", .flag, "Whether it stopped behind the message asked for."),
      .has("messages", .list(.text), "Their texts, notices decrypted; the last hundred."),
      .has("replay", .object(.replay), "Where the replay stands now."),
    ])

  static let marketState = AdminSchema(
    "LastMessages", "The last message of every registration.",
    [.has("registrations", .list(.object(.lastMessage)), "By tr_id and tr_key.")])

  static let lastMessage = AdminSchema(
    "LastMessage", "The last message that a registration would have got.",
    [
      .has("tr_id", .text, "Its tr_id."), .has("tr_key", .text, "Its tr_key."),
      .has("text", .text, "The message, notices decrypted."),
    ])

  static let clock = AdminSchema(
    "Clock", "What time it is in a sandbox.",
    [
      .has("kind", .word(["real", "scaled", "virtual"]), "Where its time comes from."),
      .has("time", .text, "The wall clock in Korea, ISO 8601."),
      .has("now_ns", .whole(from: 0), "Nanoseconds since the clock was made."),
      .has("frozen", .flag, "Whether it moves only when told."),
      .has("rate", .orNull(.speed), "Seconds of it in one second of the host; null for a virtual clock."),
    ])

  static let recordingStatus = AdminSchema(
    "RecordingStatus", "A recording of what is said and heard.",
    [
      .has("recording", .flag, "Whether one is being written."),
      .has("file", .orNull(.text), "Its path; null when none is or was written."),
      .has("bytes", .orNull(.whole(from: 0)), "What is on file."),
    ])

  static let sessions = AdminSchema(
    "Sessions", "WebSocket connections.", [.has("sessions", .list(.object(.session)), "Oldest first.")])

  static let session = AdminSchema(
    "Session", "One WebSocket connection.",
    [
      .has("session", .whole(from: 1), "Its number."),
      .has("app_key", .orNull(.text), "null until its first good registration."),
      .has("registrations", .list(.object(.registration)), "In the order in which they were made."),
      .has("backlog_bytes", .whole(from: 0), "What waits for the client to read."),
      .has("sent_bytes", .whole(from: 0), "What its socket has taken."),
      .has("owes_pingpong", .flag, "Whether it has to answer a PINGPONG."),
      .has("ending", .flag, "Whether it was told to end and is not gone yet."),
    ])

  static let registration = AdminSchema(
    "Registration", "What a session registered.",
    [
      .has("tr_id", .text, "Its tr_id."), .has("tr_key", .text, "Its tr_key."),
      .has("delivered", .whole(from: 0), "Messages sent since the session began."),
    ])

  static let audience = AdminSchema(
    "Audience", "Who was sent something.", [.has("sessions", .list(.whole(from: 1)), "Numbers of sessions.")])

  static let sandboxes = AdminSchema(
    "Sandboxes", "Isolated worlds.", [.has("sandboxes", .list(.object(.sandbox)), "The default one first.")])

  static let sandbox = AdminSchema(
    "Sandbox", "One isolated world.",
    [
      .has("name", .text, "Its name, for `?sandbox=`."),
      .has("app_keys", .list(.text), "Whose it is, beside the clients of its port."),
      .has("rest", .orNull(.text), "Base URL of REST on a port of its own; null when it has none."),
      .has("ws", .orNull(.text), "Base URL of the WebSocket on a port of its own; null when it has none."),
      .has("seed", .whole(from: 0), "Where its tokens, keys and chances come from."),
      .has("venue", .word(["real", "vts"]), "Which service it is; vts is 모의투자."),
      .has("sessions", .whole(from: 0), "How many WebSocket connections it has."),
      .has("scenario", .orNull(.text), "The file of its scenario; null when it has none."),
      .has("recordings", .list(.text), "What it plays."),
    ])

  static let failure = AdminSchema(
    "Error", "Why a call was refused.", [.has("error", .object(.reason), "What was wrong and what to do.")])

  static let reason = AdminSchema(
    "Reason", "What was wrong.",
    [
      .has("message", .text, "What was found and what was expected."),
      .may("hint", .text, "What to do."),
      .may("nearest", .list(.text), "The closest valid names, best first."),
    ])

  static let account = AdminSchema(
    "Account", "An account as it stands.",
    [
      .has("account", .text, "Its number and product code."),
      .has("cash", .whole(from: .min), "Its money in won once all trades are settled (D+2)."),
      .has("orderable", .whole(from: 0), "What of it orders do not hold back."),
      .has("holdings", .list(.object(.accountHolding)), "What it holds."),
      .has("orders", .whole(from: 0), "How many orders it has placed, changes and cancellations counted."),
    ])

  static let accountHolding = AdminSchema(
    "AccountHolding", "The shares of one instrument.",
    [
      .has("code", .text, "Its code, abroad its symbol."),
      .has("name", .text, "Its Korean name."),
      .has("quantity", .whole(from: 0), "How many."),
      .has("sellable", .whole(from: 0), "How many of them may be sold."),
      .has("average", .decimal, "What one cost on average, in its currency."),
    ])

  static let accounts = AdminSchema(
    "Accounts", "The accounts that were set or used so far.",
    [.has("accounts", .list(.object(.account)), "In the order of their numbers.")])

  static let ordersSteered = AdminSchema(
    "OrdersSteered", "Rules for orders.", [.has("rules", .whole(from: 0), "How many were added, or are left.")])

  static let marketSteered = AdminSchema(
    "MarketSteered", "What happens in the market.",
    [
      .has("happens", .text, "What was asked, in one line."),
      .has("market_time", .text, "The moment of the market behind which it happens, ISO 8601 with zone."),
    ])
}
