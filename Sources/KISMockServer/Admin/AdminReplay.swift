import KISSandbox
import KISScenario
import KISWire

/// `/replay` and `/clock`: where a sandbox stands in recorded time, and what time it is in it.
extension AdminCall {
  func replay() async throws -> JSONValue { try await sandbox.replayStatus(ofSession: session).json }

  func play() async throws -> JSONValue {
    try await sandbox.play(session: session)
    return try await replay()
  }

  func pause() async throws -> JSONValue {
    try await sandbox.pause(session: session)
    return try await replay()
  }

  func step() async throws -> JSONValue {
    let match = body["until"].map(MessageMatch.init)
    let count = body["count"]?.int ?? (match == nil ? 1 : .max)
    let texts = try await sandbox.step(count, until: match?.matches, session: session)
    return [
      "stepped": .number(texts.count),
      "matched": .bool(texts.last.map { match?.matches($0) ?? false } ?? false),
      "messages": .array(texts.suffix(100).map { .string(String(decoding: $0, as: UTF8.self)) }),
      "replay": try await replay(),
    ]
  }

  func seek() async throws -> JSONValue {
    guard body.members.count == 1, let target = ReplayTarget(body) else {
      throw AdminError.badRequest(
        "expected exactly one of `time`, `marker` and `position_ns`, found \(body.members.count)",
        hint: #"{"time":"09:30:00"}, {"marker":"open"} or {"position_ns":60000000000}"#)
    }
    try await sandbox.seek(to: target, session: session)
    return try await replay()
  }

  func changeRate() async throws -> JSONValue {
    if let speed = body["speed"].flatMap(PlaySpeed.init) { try await sandbox.changeSpeed(to: speed, session: session) }
    return try await replay()
  }

  func setLoop() async throws -> JSONValue {
    try await sandbox.setLoop(body["loop"]?.bool == true, session: session)
    return try await replay()
  }

  func marketState() async throws -> JSONValue {
    let last = try await sandbox.lastMessages(session: session)
    return [
      "registrations": .array(
        last.map { message in
          [
            "tr_id": .string(message.transactionID.rawValue), "tr_key": .string(message.key),
            "text": .string(String(decoding: message.text, as: UTF8.self)),
          ]
        })
    ]
  }

  func clock() -> JSONValue {
    let clock = sandbox.clock
    let rate = (clock as? RealClock)?.rate
    return [
      "kind": .string(rate.map { $0 == 1 ? "real" : "scaled" } ?? "virtual"), "time": .string(clock.wallTime.iso8601),
      "now_ns": .number(clock.now.nanoseconds), "frozen": .bool(clock.isFrozen),
      "rate": rate.map { PlaySpeed.times($0).json } ?? .null,
    ]
  }

  func freezeClock() async -> JSONValue {
    await sandbox.freezeClock()
    return clock()
  }

  func advanceClock() async -> JSONValue {
    await sandbox.advanceClock(by: duration("by") ?? .zero)
    await sandbox.runUntilIdle()
    return clock()
  }

  func resetClock() async -> JSONValue {
    await sandbox.unfreezeClock()
    return clock()
  }
}

/// The message that a step stops behind.
private struct MessageMatch: Sendable {
  var transactionID: String?
  var key: String?
  var part: [UInt8]?

  init(_ json: JSONValue) {
    transactionID = json["tr_id"]?.string
    key = json["tr_key"]?.string
    part = json["contains"]?.string.map { Array($0.utf8) }
  }

  @Sendable func matches(_ text: [UInt8]) -> Bool {
    if let part, !part.isEmpty, text.firstRange(of: part) == nil { return false }
    guard transactionID != nil || key != nil else { return true }
    return text.withUnsafeBytes { bytes in
      guard let head = FrameHead(bytes) else { return false }
      return (transactionID.map { bytes[head.transactionID].elementsEqual($0.utf8) } ?? true)
        && (key.map { bytes[head.key].elementsEqual($0.utf8) } ?? true)
    }
  }
}

extension ReplayTarget {
  /// The first target that a body names; nil when it names none.
  fileprivate init?(_ body: JSONObject) {
    if let time = body["time"]?.string.flatMap({ TimeOfDay($0) }) {
      self = .timeOfDay(time)
    } else if let marker = body["marker"]?.string {
      self = .marker(marker)
    } else if let position = body["position_ns"]?.int {
      self = .position(.nanoseconds(Int64(position)))
    } else {
      return nil
    }
  }
}

extension ReplayStatus {
  var json: JSONValue {
    [
      "state": .string(state), "position_ns": .number(position.nanoseconds),
      "time_of_day": .string(timeOfDay.description),
      "speed": speed.json, "loop": .bool(loops), "laps": .number(laps), "released": .number(released),
      "next_ns": next.map { .number($0.nanoseconds) } ?? .null,
      "anchor_monotonic_ns": monotonicOrigin.map { .number($0) } ?? .null,
    ]
  }
}
