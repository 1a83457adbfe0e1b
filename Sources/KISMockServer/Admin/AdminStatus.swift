import KISSandbox
import KISScenario
import KISWire

/// How a sandbox stands, all in one.
extension AdminCall {
  func status() async -> JSONValue { status(await sandbox.standing) }

  func status(_ standing: SandboxStanding) -> JSONValue {
    [
      "sandbox": .string(sandbox.name), "clock": clock(), "replay": standing.replay?.json ?? .null,
      "market_time": .string(standing.marketTime.description), "state": standing.state.map { .string($0) } ?? .null,
      "faults": .array(standing.faults.map(\.json)), "sessions": .array(standing.sessions.map(\.json)),
      "frames": .object(
        JSONObject(standing.traffic.frames.sorted { $0.key < $1.key }.map { ($0.key.rawValue, .number($0.value)) })),
      "sent_bytes": .number(standing.traffic.bytes),
      "requests": .number(standing.traffic.requests.values.reduce(0, +)),
      "faults_happened": .number(standing.traffic.faults.values.reduce(0, +)),
      "lateness": standing.traffic.lateness.json, "request_times": sandbox.requestTimes.histogram.json,
      "entries": .number(standing.entries),
    ]
  }
}

extension Histogram {
  fileprivate var json: JSONValue {
    func microseconds(_ share: Double) -> JSONValue { quantile(share).map { .number($0) } ?? .null }
    return ["count": .number(count), "p50_us": microseconds(0.5), "p99_us": microseconds(0.99)]
  }
}

extension AdminSchema {
  static let status = AdminSchema(
    "Status", "How a sandbox stands.",
    [
      .has("sandbox", .text, "Its name."),
      .has("clock", .object(.clock), "What time it is in it."),
      .has("replay", .orNull(.object(.replay)), "Where the shared replay stands; null when each session has its own."),
      .has("market_time", .text, "The time of day of the market."),
      .has("state", .orNull(.text), "The state of its scenario; null when it has none."),
      .has("faults", .list(.object(.armedFault)), "What is armed, in the order in which it was."),
      .has("sessions", .list(.object(.session)), "WebSocket connections, oldest first."),
      .has("frames", .map(.whole(from: 0)), "Frames sent since the start, by tr_id."),
      .has("sent_bytes", .whole(from: 0), "Bytes that sockets took."),
      .has("requests", .whole(from: 0), "REST and OAuth requests."),
      .has("faults_happened", .whole(from: 0), "How often faults did something."),
      .has("lateness", .object(.spread), "How much later than planned frames of a paced replay left."),
      .has("request_times", .object(.spread), "From a request's last byte to the beginning of its answer."),
      .has("entries", .whole(from: 0), "How many entries the journal has had."),
    ])

  private static let spread = AdminSchema(
    "Spread", "How long something took.",
    [
      .has("count", .whole(from: 0), "How many there were."),
      .has("p50_us", .orNull(.whole(from: 0)), "Half of them took at most so many microseconds; null beyond 2.5 s."),
      .has("p99_us", .orNull(.whole(from: 0)), "99 in 100 took at most so many; null beyond 2.5 s."),
    ])
}
