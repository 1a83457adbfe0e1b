public import KISWire

/// What is worth knowing of a recording beside its counts: how busy it was and when, how wide its records are, what went
/// wrong, how long answers took, how its sessions ended.
public struct RecordingStatistics: Sendable {
  /// Messages of the server over time: each bucket a stretch of the same length.
  public private(set) var rate: [Int] = []
  /// How long a bucket is.
  public private(set) var bucket = Duration.milliseconds(1)
  /// The longest silences between two messages of the server, longest first.
  public private(set) var gaps: [Gap] = []
  /// How many values a record of each TR has, with how many frames.
  public private(set) var widths: [TransactionID: [Int: Int]] = [:]
  /// Answers and replies that are refusals, by their code or status.
  public private(set) var errors: [String: Int] = [:]
  /// How long answers took, by `tr_id` or path.
  public private(set) var latencies: [String: [Duration]] = [:]
  /// The WebSocket connections by number.
  public private(set) var sessions: [Int: Session] = [:]

  private var lastMessage: RecordedTime?

  /// A silence of the server.
  public struct Gap: Sendable, Hashable {
    /// When the message in front of it came.
    public var start: RecordedTime
    /// How long it lasted.
    public var length: Duration
  }

  /// One WebSocket connection.
  public struct Session: Sendable, Hashable {
    /// The path of its upgrade; nil when its beginning is not in the recording.
    public var path: String?
    /// Messages of the server.
    public var messages = 0
    /// Registrations that were confirmed.
    public var registrations = 0
    /// How it ended: `1000 from the client`, `lost`; nil when its end is not in the recording.
    public var end: String?
  }

  /// How many buckets there are at the most, and how many values are kept to find medians of.
  static let (bucketLimit, latencyLimit, gapCount) = (60, 10_000, 5)

  /// Nothing was seen yet.
  public init() {}

  /// Takes an event into account, in the order of the recording.
  public mutating func note(_ event: RecordedEventView) {
    guard !event.isCarried else { return }
    switch event.content {
    case .serverMessage(let text): note(text, event)
    case .other(.exchange(let exchange)): note(exchange)
    case .other(.opened(let opening)): session(of: event) { $0.path = opening.path }
    case .other(.closed(let closing)):
      let code = closing.code.map { "\($0)" } ?? "no code"
      session(of: event) { $0.end = $0.end ?? "\(code) from the \(closing.side.rawValue)" }
    case .other(.lost): session(of: event) { $0.end = $0.end ?? "lost" }
    case .other: break
    }
  }

  private mutating func note(_ text: UnsafeRawBufferPointer, _ event: RecordedEventView) {
    countMessage(at: event.offset)
    session(of: event) { $0.messages += 1 }
    if let head = FrameHead(text) {
      guard head.count > 0 else { return }
      let values = text[head.payload...].count { $0 == UInt8(ascii: "^") } + 1
      let id = TransactionID(String(decoding: text[head.transactionID], as: UTF8.self))
      widths[id, default: [:]][values / head.count, default: 0] += 1
      return
    }
    guard text.first == UInt8(ascii: "{"),
      let reply = try? RegistrationReply(parsing: String(decoding: text, as: UTF8.self))
    else { return }
    if reply.isSuccess {
      session(of: event) { $0.registrations += 1 }
    } else {
      errors[reply.code.rawValue, default: 0] += 1
    }
  }

  private mutating func note(_ exchange: RecordedExchange) {
    let name = exchange.transactionID.isEmpty ? exchange.path : exchange.transactionID
    if let took = exchange.took, latencies[name, default: []].count < RecordingStatistics.latencyLimit {
      latencies[name, default: []].append(took)
    }
    if exchange.status == RecordedExchange.unanswered {
      errors["no answer", default: 0] += 1
    } else if let envelope = try? Envelope(parsing: exchange.body), !envelope.isSuccess {
      errors["\(exchange.status) \(envelope.code.rawValue)", default: 0] += 1
    } else if exchange.status >= 400 {
      errors["\(exchange.status)", default: 0] += 1
    }
  }

  private mutating func countMessage(at offset: RecordedTime) {
    if let last = lastMessage, offset > last {
      gaps.append(Gap(start: last, length: offset - last))
      if gaps.count > 4 * RecordingStatistics.gapCount { keepLongestGaps() }
    }
    lastMessage = max(lastMessage ?? .zero, offset)
    while offset.sinceStart >= bucket * RecordingStatistics.bucketLimit {
      rate = stride(from: 0, to: rate.count, by: 2).map { rate[$0] + ($0 + 1 < rate.count ? rate[$0 + 1] : 0) }
      bucket *= 2
    }
    let index = Int(offset.nanoseconds / bucket.nanoseconds)
    while rate.count <= index { rate.append(0) }
    rate[index] += 1
  }

  /// Ends the count: what was kept for comparison goes.
  public mutating func finish() { keepLongestGaps() }

  private mutating func keepLongestGaps() {
    gaps = Array(gaps.sorted { ($1.length, $0.start) < ($0.length, $1.start) }.prefix(RecordingStatistics.gapCount))
  }

  private mutating func session(of event: RecordedEventView, _ change: (inout Session) -> Void) {
    guard let connection = event.connection, sessions.count < 10_000 || sessions[connection] != nil else { return }
    change(&sessions[connection, default: Session()])
  }
}
