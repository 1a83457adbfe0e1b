import HeapModule
import KISRecording
import KISWire

/// Writes a recording as packets that Wireshark shows as the session.
struct PacketExport {
  private var writer: PcapngWriter
  private var lanes: [Lane: TCPConversation] = [:]
  private var pending = Heap<Pending>()
  private var sequence: Int64 = 0
  private var ciphers = NoticeCiphers()
  private var laneCount = 0
  /// Until when a lane waits for an answer.
  private var busyUntil: [Lane: Int64] = [:]
  private(set) var left = ExportCounts()

  /// The header of an upgrade that is only there to let dissectors know the WebSocket; imports pass over it.
  static let madeUp = NameValue("X-Kis-Mock", "handshake was not captured")

  /// A made-up TCP connection: recordings of format 1 do not tell connections apart.
  private struct Lane: Hashable {
    var connection: Int
    var isWebSocket: Bool
    /// Exchanges that overlap need connections beside each other.
    var spare = 0
  }

  /// Something that goes over the wire at its time.
  private struct Pending: Comparable {
    var time: Int64
    var sequence: Int64
    var lane: Lane
    var what: What

    enum What {
      case bytes([UInt8], fromClient: Bool)
      case end
    }

    static func < (left: Pending, right: Pending) -> Bool {
      (left.time, left.sequence) < (right.time, right.sequence)
    }
    static func == (left: Pending, right: Pending) -> Bool {
      left.time == right.time && left.sequence == right.sequence
    }
  }

  init(_ output: OutputFile) throws(CaptureError) { writer = try PcapngWriter(output) }

  /// - Parameter start: of the recording, in nanoseconds since 1970.
  mutating func add(_ event: RecordedEvent, start: Int64) throws(CaptureError) {
    let time = start + event.offset.nanoseconds
    try flush(before: time)
    let connection = event.connection ?? 0
    switch event.content {
    case .exchange(let exchange): add(exchange, on: connection, at: time)
    case .opened(let opening):
      let lane = Lane(connection: connection, isWebSocket: true)
      lanes[lane] = nil
      open(lane, opening, at: time)
    case .marker: left.markers += 1
    case .lost: put(.end, on: webSocket(connection, at: time), at: time)
    case .message, .ciphertext, .binary, .ping, .pong, .closed:
      let lane = webSocket(connection, at: time)
      let content = ciphers.encrypted(event) ?? event.content
      guard let (opcode, payload, side) = content.frame else { return }
      left.messages += 1
      let mask = side == .client ? UInt32(truncatingIfNeeded: sequence &* 2_654_435_761 | 0x0101_0101) : nil
      put(.bytes(WebSocketText.frame(opcode, payload, mask: mask), fromClient: side == .client), on: lane, at: time)
    }
  }

  mutating func finish() throws(CaptureError) {
    try flush(before: .max)
    left.packets = writer.packets
  }

  private mutating func webSocket(_ connection: Int, at time: Int64) -> Lane {
    let lane = Lane(connection: connection, isWebSocket: true)
    if lanes[lane] == nil {
      open(lane, RecordedEvent.Opening(path: "/", headers: [PacketExport.madeUp]), at: time)
    }
    return lane
  }

  private mutating func open(_ lane: Lane, _ opening: RecordedEvent.Opening, at time: Int64) {
    var opening = opening
    if opening.headers.first(named: "upgrade") == nil {
      opening.headers += [NameValue("Upgrade", "websocket"), NameValue("Connection", "Upgrade")]
    }
    start(lane, port: PacketExport.port(opening.headers, otherwise: 21_000))
    put(.bytes(HTTPText.upgrade(opening), fromClient: true), on: lane, at: time)
    put(.bytes(HTTPText.switching, fromClient: false), on: lane, at: time)
  }

  private mutating func add(_ exchange: RecordedExchange, on connection: Int, at time: Int64) {
    left.exchanges += 1
    let answered = time + max(0, exchange.took?.nanoseconds ?? 0)
    var lane = Lane(connection: connection, isWebSocket: false)
    // Answers come in the order of their requests; one that overtakes had another connection.
    while let busy = busyUntil[lane], busy > answered { lane.spare += 1 }
    busyUntil[lane] = answered
    if lanes[lane] == nil { start(lane, port: PacketExport.port(exchange.requestHeaders, otherwise: 9_443)) }
    put(.bytes(HTTPText.request(exchange), fromClient: true), on: lane, at: time)
    guard exchange.status != RecordedExchange.unanswered else { return }
    put(.bytes(HTTPText.response(exchange), fromClient: false), on: lane, at: answered)
  }

  private mutating func start(_ lane: Lane, port: UInt16) {
    laneCount += 1
    lanes[lane] = TCPConversation(number: laneCount, port: port)
    opened.insert(lane)
  }

  /// Lanes whose SYN was not written yet.
  private var opened: Set<Lane> = []

  private mutating func put(_ what: Pending.What, on lane: Lane, at time: Int64) {
    pending.insert(Pending(time: time, sequence: sequence, lane: lane, what: what))
    sequence += 1
  }

  /// Writes what goes over the wire before a moment.
  private mutating func flush(before time: Int64) throws(CaptureError) {
    while let next = pending.min, next.time < time {
      pending.removeMin()
      guard var conversation = lanes[next.lane] else { continue }
      var packets: [[UInt8]] = []
      if opened.remove(next.lane) != nil { packets += conversation.open() }
      switch next.what {
      case .bytes(let bytes, let fromClient): packets += conversation.send(bytes, fromClient: fromClient)
      case .end: packets += conversation.end()
      }
      lanes[next.lane] = conversation
      for packet in packets { try writer.write(packet, at: next.time) }
    }
  }

  /// The port of a `Host` header.
  private static func port(_ headers: [NameValue], otherwise port: UInt16) -> UInt16 {
    headers.first(named: "host")?.split(separator: ":").last.flatMap { UInt16($0) } ?? port
  }
}

extension RecordedEvent.Content {
  /// Opcode, payload and sender of what goes over a WebSocket as one frame.
  var frame: (opcode: UInt8, payload: [UInt8], side: RecordedEvent.Side)? {
    switch self {
    case .message(let bytes, let side): (1, bytes, side)
    case .ciphertext(let bytes): (1, bytes, .server)
    case .binary(let bytes, let side): (2, bytes, side)
    case .ping(let bytes, let side): (9, bytes, side)
    case .pong(let bytes, let side): (10, bytes, side)
    case .closed(let closing):
      (
        8, closing.code.map { [UInt8($0 >> 8 & 0xFF), UInt8($0 & 0xFF)] + Array(closing.reason.utf8) } ?? [],
        closing.side
      )
    case .opened, .lost, .exchange, .marker: nil
    }
  }
}
