import HummingbirdCore
import KISSandbox
import KISWire
import NIOCore
import ServiceLifecycle

/// What happens in a sandbox, as server-sent events (HTML Living Standard section 9.2): one call that does not end.
///
/// Nothing waits for who reads. News are fetched a few times a second from what the sandbox keeps anyway, its journal and
/// the last writes; who reads too slowly finds less there, and is told how much is gone.
struct AdminEvents: Sendable {
  let call: AdminCall
  /// Where to go on from: what `Last-Event-ID` said.
  var lastEventID: String?

  /// How often news are fetched, and after how many times without news a status is told.
  private static let interval = Duration.milliseconds(100)
  private static let quietRounds = 10
  /// How many frames are told at a time; others are counted.
  private static let framesPerRound = 200

  /// Writes until the client is gone or the server stops.
  @concurrent func write(to writer: inout any ResponseBodyWriter) async throws {
    let sandbox = call.sandbox
    let filter = FrameFilter(call)
    var place = await sandbox.placeToWatch(history: call.query["history"]?.int ?? 0)
    if let (journal, entry, order) = resumed { (place.journal, place.entry, place.order) = (journal, entry, order) }
    try await writer.write(ByteBuffer(string: "retry: 1000\n\n"))
    guard let filter else { return try await tell(from: place, filter: nil, to: &writer) }
    place.write = await sandbox.beginWatchingFrames()
    do {
      try await tell(from: place, filter: filter, to: &writer)
    } catch {
      await sandbox.endWatchingFrames()
      throw error
    }
    await sandbox.endWatchingFrames()
  }

  @concurrent private func tell(
    from place: WatchPlace, filter: FrameFilter?, to writer: inout any ResponseBodyWriter
  ) async throws {
    let sandbox = call.sandbox
    var place = place
    var last: SandboxStanding?
    var round = 0
    while !Task.isShuttingDownGracefully, call.server.sandboxes.sandbox(named: sandbox.name) === sandbox {
      var text = EventText()
      let news = await sandbox.news(since: place)
      place = news.place
      text.append(news)
      let standing = await sandbox.standing
      if round % AdminEvents.quietRounds == 0 || last.map({ $0.differs(from: standing) }) ?? true {
        text.append("status", call.status(standing))
        last = standing
      }
      if let filter { text.append(news, filter, most: AdminEvents.framesPerRound) }
      if !text.isEmpty { try await writer.write(text.buffer) }
      round += 1
      try await HostTime.sleep(for: AdminEvents.interval)
    }
  }

  /// The place that an event's id says; nil when it is none of ours.
  private var resumed: (journal: Int, entry: Int, order: Int)? {
    let parts = (lastEventID ?? "").split(separator: ".").compactMap { Int($0) }
    guard parts.count == 3, parts.allSatisfy({ $0 >= 0 }) else { return nil }
    return (parts[0], parts[1], parts[2])
  }
}

extension SandboxStanding {
  /// Whether somebody would want to know at once.
  fileprivate func differs(from other: SandboxStanding) -> Bool {
    state != other.state || faults.map(\.happened) != other.faults.map(\.happened)
      || sessions.map(\.number) != other.sessions.map(\.number)
      || replay?.state != other.replay?.state || replay?.speed != other.replay?.speed
      || replay?.laps != other.replay?.laps || hasJumped(since: other)
  }

  /// Whether the replay is somewhere else than where it would have come to by itself.
  private func hasJumped(since other: SandboxStanding) -> Bool {
    guard let replay, let before = other.replay else { return false }
    guard let here = replay.monotonicOrigin, let there = before.monotonicOrigin else {
      return replay.state != "playing" && replay.position != before.position
    }
    return abs(here - there) > 1_000_000
  }
}

/// Which frames somebody wants to see.
private struct FrameFilter {
  private let transactionID: [UInt8]?
  private let key: [UInt8]?

  /// Nil when no frames are wanted.
  init?(_ call: AdminCall) {
    guard call.query["frames"]?.string == "true" else { return nil }
    transactionID = call.query["tr_id"]?.string.map { Array($0.utf8) }
    key = call.query["tr_key"]?.string.map { Array($0.utf8) }
  }

  func takes(_ message: SessionWrite.Message) -> Bool {
    guard transactionID != nil || key != nil else { return true }
    return (message.plain ?? message.bytes).withUnsafeBytes { bytes in
      guard let head = FrameHead(bytes) else { return false }
      return (transactionID.map { bytes[head.transactionID].elementsEqual($0) } ?? true)
        && (key.map { bytes[head.key].elementsEqual($0) } ?? true)
    }
  }
}

extension OrderHappening {
  fileprivate var json: JSONValue {
    [
      "id": .number(number), "market_time": .string(marketTime.description), "kind": .string(kind.rawValue),
      "order": .number(order), "account": .string(account), "code": .string(code),
      "side": .string(isBuy ? "buy" : "sell"), "price": .number(price), "quantity": .number(quantity),
    ]
  }
}

/// Events as text: `id`, `event`, `data`, a blank line.
private struct EventText {
  private(set) var buffer = ByteBuffer()

  var isEmpty: Bool { buffer.readableBytes == 0 }

  mutating func append(_ name: String, _ data: JSONValue, id: String? = nil) {
    if let id { buffer.writeString("id: \(id)\n") }
    buffer.writeString("event: \(name)\ndata: ")
    buffer.writeBytes(data.utf8)
    buffer.writeString("\n\n")
  }

  mutating func append(_ news: WatchNews) {
    if news.isNewJournal { append("reset", [:], id: "\(news.place.journal).0.0") }
    if news.lostEntries + news.lostOrders > 0 {
      append("lost", ["entries": .number(news.lostEntries), "orders": .number(news.lostOrders)])
    }
    let untold = news.place.order - news.orders.count
    for entry in news.entries {
      append("entry", entry.json, id: "\(news.place.journal).\(entry.number).\(untold)")
    }
    for order in news.orders {
      append("order", order.json, id: "\(news.place.journal).\(news.place.entry).\(order.number)")
    }
  }

  /// - Parameter most: how many frames to tell; the others are counted.
  mutating func append(_ news: WatchNews, _ filter: FrameFilter, most: Int) {
    var frames: [JSONValue] = []
    var lost = news.lostWrites
    for write in news.writes {
      write.forEachMessage { message in
        guard filter.takes(message) else { return }
        guard frames.count < most else {
          lost += 1
          return
        }
        frames.append(json(message, of: write))
      }
    }
    if lost > 0 || !frames.isEmpty { append("frames", ["frames": .array(frames), "lost": .number(lost)]) }
  }

  private func json(_ message: SessionWrite.Message, of write: SessionWrite) -> JSONValue {
    var frame: JSONObject = [
      "session": .number(write.session), "t": .number(write.time.nanoseconds),
      "text": .string(String(decoding: message.bytes.prefix(EventText.longestMessage), as: UTF8.self)),
    ]
    if let plain = message.plain { frame["plain"] = .string(String(decoding: plain, as: UTF8.self)) }
    if let defect = message.defect { frame["defect"] = .string(defect) }
    return .object(frame)
  }

  /// Bytes of a message that are told.
  private static let longestMessage = 16_384
}
