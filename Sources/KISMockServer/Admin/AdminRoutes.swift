import KISWire

/// Everything the admin API can do, in one list. Paths stand behind `/__admin`.
enum AdminRoutes {
  static let all: [AdminRoute] =
    server + replay + recordings + clock + recorders + channels + journal + scenario + accounts + catalogue + sandboxes

  /// For people who look what is there: a line each.
  static var listing: String {
    all.map { route in
      let method = route.method.rawValue + String(repeating: " ", count: 7 - route.method.rawValue.count)
      return "\(method)\(AdminResponder.root)\(route.path)  \(route.summary)\n"
    }.joined()
  }

  private static let server: [AdminRoute] = [
    AdminRoute(.get, "/health", "Whether the mock serves, and where.", answers: .health) { try await $0.health() },
    AdminRoute(.get, "/version", "The mock's version.", answers: .version) { _ in
      ["version": .string(MockServer.version)]
    },
    AdminRoute(.post, "/reset", "Makes the sandbox as it was at its start.", answers: .sandbox) {
      try await $0.reset()
    },
    AdminRoute(.get, "/status", "How the sandbox stands, all in one.", answers: .status) { await $0.status() },
    AdminRoute(
      plain: "/events", "What happens in the sandbox, as server-sent events.", "text/event-stream",
      """
      A stream that does not end, whose events have ids to resume from by `Last-Event-ID`. `entry`: an entry of the \
      journal, as /requests tells it. `order`: what became of an order, {"id", "market_time", "kind" (accepted, refused, \
      filled, changed, cancelled, dropped, expired), "order", "account", "code", "side", "price", "quantity"}. `status`: \
      what /status answers, every second and when something changes. `frames`: {"frames": [{"session", "t", "text", \
      "plain", "defect"}], "lost"}, when they were asked for; `lost` counts those that were left out. `lost`: \
      {"entries", "orders"}, how many had gone before they were told: nothing waits for a slow reader. `reset`: the \
      journal began anew, and what was told before is over.
      """,
      query: [
        .may("history", .whole(from: 0), "How many of the latest entries and order events to begin with. Default: 0."),
        .may("frames", .word(["true", "false"]), "Whether frames are told, 2,000 a second at the most."),
        .may("tr_id", .text, "The only tr_id whose frames are told."),
        .may("tr_key", .text, "The only tr_key whose frames are told."),
      ]
    ) { .events(AdminEvents(call: $0, lastEventID: $0.lastEventID)) },
    AdminRoute(
      plain: "/metrics", "Figures of all sandboxes as text, in the form that Prometheus reads.", "text/plain",
      """
      Each sample has the label `sandbox`. Gauges: kis_mock_sessions, _registrations, _backlog_bytes, _armed_faults. \
      Counters: kis_mock_released_messages_total, kis_mock_frames_total (by tr_id), kis_mock_sent_bytes_total, \
      kis_mock_requests_total (by source and status; status 0 is no answer), kis_mock_faults_total (by fault), \
      kis_mock_journal_entries_total, kis_mock_journal_evictions_total. Histograms: kis_mock_request_duration_seconds, \
      kis_mock_frame_lateness_seconds.
      """
    ) { .text(await AdminMetrics.text(of: $0.server.sandboxes.all)) },
    AdminRoute(plain: "/openapi.json", "This description.", "application/json") { _ in .json(AdminOpenAPI.document) },
  ]

  private static let replay: [AdminRoute] = [
    AdminRoute(.get, "/replay", "Where the replay stands.", query: [session], answers: .replay) {
      try await $0.replay()
    },
    AdminRoute(.post, "/replay/play", "Starts or resumes the replay.", query: [session], answers: .replay) {
      try await $0.play()
    },
    AdminRoute(.post, "/replay/pause", "Pauses the replay.", query: [session], answers: .replay) {
      try await $0.pause()
    },
    AdminRoute(
      .post, "/replay/step", "Pauses and sends the next messages one by one, until a count or a match.",
      query: [session], takes: .step, answers: .stepped
    ) { try await $0.step() },
    AdminRoute(
      .post, "/replay/seek", "Goes to a moment; the last value of every registration is rebuilt.", query: [session],
      takes: .seek, answers: .replay
    ) { try await $0.seek() },
    AdminRoute(
      .post, "/replay/rate", "Changes the speed; the position does not jump.", query: [session], takes: .rate,
      answers: .replay
    ) { try await $0.changeRate() },
    AdminRoute(
      .post, "/replay/loop", "Whether the replay begins again at its end.", query: [session], takes: .loop,
      answers: .replay
    ) { try await $0.setLoop() },
    AdminRoute(
      .get, "/replay/state", "The last message of every registration up to the position.", query: [session],
      answers: .marketState
    ) { try await $0.marketState() },
  ]

  private static let recordings: [AdminRoute] = [
    AdminRoute(
      .get, "/timeline", "How many events the recordings hold, over their time line.",
      query: range + [.may("bins", .whole(from: 1, upTo: 4_000), "In how many stretches. Default: 600.")],
      answers: .timeline
    ) { try await $0.timeline() },
    AdminRoute(
      .get, "/recording/events", "Events of the recordings from a position on.",
      query: [
        .may("from_ns", .whole(from: 0), "The position. Default: the beginning."),
        .may("limit", .whole(from: 1, upTo: 2_000), "How many at the most. Default: 200."),
        .may("tr_id", .text, "The only tr_id whose messages and requests are told."),
        .may("kind", .word(["any", "requests"]), "Whether requests alone are told. Default: any."),
      ], answers: .recordedEvents
    ) { try await $0.recordedEvents() },
    AdminRoute(
      plain: "/recording/part", "A range of a recording, as a recording.", "application/jsonl",
      query: range + [.may("recording", .whole(from: 0), "Which recording. Default: 0, the first one.")]
    ) { try await $0.recordedPart() },
  ]

  private static let range: [AdminSchema.Member] = [
    .may("from_ns", .whole(from: 0), "Where the range begins, in nanoseconds since the beginning of the time line."),
    .may("to_ns", .whole(from: 0), "Where it ends. Default: behind the last event."),
  ]

  private static let clock: [AdminRoute] = [
    AdminRoute(.get, "/clock", "What time it is in the sandbox.", answers: .clock) { $0.clock() },
    AdminRoute(.post, "/clock/freeze", "Makes time stand still.", answers: .clock) { await $0.freezeClock() },
    AdminRoute(.post, "/clock/advance", "Moves time forward at once.", takes: .advance, answers: .clock) {
      await $0.advanceClock()
    },
    AdminRoute(.post, "/clock/reset", "Lets time run again.", answers: .clock) { await $0.resetClock() },
  ]

  private static let recorders: [AdminRoute] = [
    AdminRoute(.get, "/recordings", "Whether what is said and heard is being written down.", answers: .recordingStatus)
    {
      await $0.recordingStatus()
    },
    AdminRoute(
      .post, "/recordings/start", "Writes what is said and heard from now on into a new file, without secrets.",
      takes: .recordingStart, answers: .recordingStatus
    ) { try await $0.startRecording() },
    AdminRoute(.post, "/recordings/stop", "Ends the recording.", answers: .recordingStatus) {
      try await $0.stopRecording()
    },
    AdminRoute(
      plain: "/recordings/snapshot", "What was said and heard lately, as a recording without secrets.",
      "application/jsonl",
      "The header Kis-Mock-Complete is `false` when a part of the range had left memory.",
      query: [
        .may("last", .duration, "How far back on the sandbox's clock, at most an hour and 8 MB. Default: 60s."),
        .may("from_ns", .whole(from: 0), "In place of `last`: where to begin, as `t` of entries and frames says it."),
        .may("to_ns", .whole(from: 0), "Where to end. Default: now."),
      ]
    ) { try await $0.recordingSnapshot() },
  ]

  private static let channels: [AdminRoute] = [
    AdminRoute(.get, "/sessions", "The WebSocket connections and what they registered.", answers: .sessions) {
      await $0.sessions()
    },
    AdminRoute(
      .post, "/channels/send", "Sends a text that no recording holds.", takes: .message, answers: .audience
    ) { try await $0.send() },
    AdminRoute(
      .post, "/sessions/{session}/strike", "Ends or silences a session at once, as a fault does.", takes: .striking,
      answers: .sessions
    ) { try await $0.strikeSession() },
  ]

  private static let journal: [AdminRoute] = [
    AdminRoute(
      .get, "/requests", "REST and OAuth requests with their answers.", query: [limit], answers: .requests
    ) { await $0.requests() },
    AdminRoute(.delete, "/requests", "Forgets everything in the journal.", answers: .requests) {
      await $0.forgetJournal()
    },
    AdminRoute(
      .get, "/requests/unmatched", "Requests that nothing answered, each with its near misses.", query: [limit],
      answers: .requests
    ) { await $0.unmatchedRequests() },
    AdminRoute(
      .post, "/requests/count", "How often something happened: a request, or anything else that is in the journal.",
      takes: .count, answers: .counted
    ) { try await $0.count() },
    AdminRoute(
      .get, "/near-misses",
      "Unmatched requests, and registrations that are refused or nothing feeds, with what they may have meant.",
      query: [limit], answers: .nearMisses
    ) { await $0.nearMisses() },
    AdminRoute(
      .get, "/messages", "What happened on WebSocket connections: registrations, messages, connects, faults.",
      query: [limit], answers: .messages
    ) { await $0.messages() },
    AdminRoute(
      .post, "/messages/wait", "Waits until something has happened; what happened before counts.", takes: .wait,
      answers: .waited
    ) { try await $0.waitForMessages() },
    AdminRoute(
      .post, "/verify", "Checks expectations, as a scenario's `expect:` does.", takes: .expectations,
      answers: .verification
    ) { try await $0.verify() },
  ]

  private static let scenario: [AdminRoute] = [
    AdminRoute(.get, "/scenarios", "The sandbox's scenario and the state it is in.", answers: .scenarios) {
      await $0.scenarios()
    },
    AdminRoute(.get, "/rules", "The rules that run.", answers: .rules) { await $0.rules() },
    AdminRoute(
      .post, "/rules", "Adds a rule before all others, until the sandbox is reset.", takes: .newRule, answers: .rules
    ) { try await $0.addRule() },
    AdminRoute(.delete, "/rules", "Takes the rules away that were added.", answers: .rules) { await $0.removeRules() },
    AdminRoute(.get, "/faults/known", "Every fault that there is, with its settings.", answers: .knownFaults) {
      $0.knownFaults()
    },
    AdminRoute(.get, "/faults", "Which faults are armed.", answers: .faults) { await $0.faults() },
    AdminRoute(.post, "/faults", "Arms a fault.", takes: .arming, answers: .faults) { try await $0.armFault() },
    AdminRoute(
      .delete, "/faults", "Takes faults away.",
      query: [.may("name", .text, "The fault to take away; without it all of them.")], answers: .faults
    ) { try await $0.clearFaults() },
  ]

  private static let accounts: [AdminRoute] = [
    AdminRoute(.get, "/accounts", "The accounts that were set or used so far.", answers: .accounts) {
      await $0.accounts()
    },
    AdminRoute(.get, "/accounts/{account}", "An account: 12345678-01.", answers: .account) {
      try await $0.account()
    },
    AdminRoute(
      .put, "/accounts/{account}", "Sets an account's money, all its holdings, or both.", takes: .accountChange,
      answers: .account
    ) { try await $0.setAccount() },
    AdminRoute(
      .post, "/orders", "Adds a rule for single orders to come, as a scenario's `orders:` has it.", takes: .orderRules,
      answers: .ordersSteered
    ) { try await $0.steerOrders() },
    AdminRoute(
      .post, "/market", "Moves the market, halts it, lets it go to a limit, trips its circuit breaker.",
      takes: .marketSteering, answers: .marketSteered
    ) { try await $0.steerMarket() },
    AdminRoute(.delete, "/orders", "Takes all rules for orders away.", answers: .ordersSteered) {
      await $0.stopSteering()
    },
  ]

  private static let catalogue: [AdminRoute] = [
    AdminRoute(
      .post, "/ask", "Calls KIS's REST API without credentials, limits, rules and faults, and leaves no trace.",
      takes: .question, answers: .reply
    ) { try await $0.ask() },
    AdminRoute(.get, "/trading", "Which kinds of orders each venue takes now.", answers: .trading) {
      await $0.trading()
    },
    AdminRoute(.get, "/catalogue", "Every realtime TR.", answers: .realtimeCatalogue) { $0.realtimeCatalogue() },
    AdminRoute(
      .get, "/catalogue/{tr_id}", "The values of a realtime TR in the order of the wire.", answers: .realtimeLayout
    ) { try await $0.realtimeLayout() },
  ]

  private static let sandboxes: [AdminRoute] = [
    AdminRoute(.get, "/sandboxes", "The isolated worlds of this process.", answers: .sandboxes) {
      await $0.sandboxes()
    },
    AdminRoute(
      .post, "/sandboxes", "Adds one, for the clients of some app keys or of a port of its own.", takes: .newSandbox,
      answers: .sandbox
    ) { try await $0.createSandbox() },
    AdminRoute(.get, "/sandboxes/{name}", "One of them.", answers: .sandbox) { try await $0.sandboxByName() },
    AdminRoute(
      .delete, "/sandboxes/{name}", "Takes one away; its sessions get a close frame.", answers: .sandboxes
    ) { try await $0.deleteSandbox() },
    AdminRoute(
      .post, "/sandboxes/{name}/reset", "Makes one of them as it was at its start.", answers: .sandbox
    ) { try await $0.resetSandboxByName() },
    fork,
  ]

  private static let fork = AdminRoute(
    .post, "/sandboxes/{name}/fork",
    "Makes a copy of one as it stands: market, orders, clock, journal, everything but its connections.", takes: .fork,
    answers: .sandbox
  ) { try await $0.forkSandbox() }

  private static let limit = AdminSchema.Member.may(
    "limit", .whole(from: 0), "How many entries at the most, the latest. Default: 1000.")

  private static let session = AdminSchema.Member.may(
    "session", .whole(from: 1), "The session whose own playhead is meant, when each has one.")
}
