/// What a recording holds, counted.
public struct RecordingSummary: Sendable {
  /// A moment that the recording names.
  public struct Marker: Sendable, Hashable {
    /// The marker's name as the file has it; nothing keeps two from having the same.
    public var name: String
    /// When it is.
    public var offset: RecordedTime
  }

  /// REST exchanges of one kind.
  public struct ExchangeKind: Sendable, Hashable {
    /// The HTTP method, `GET` or `POST`.
    public var method: String
    /// The path without its query.
    public var path: String
    /// The `tr_id` header; empty for OAuth.
    public var transactionID: String
  }

  /// Events of all kinds; a line that is cut off at the file's end is none.
  public internal(set) var events = 0
  /// The time of the first event; nil without events.
  public internal(set) var first: RecordedTime?
  /// The time of the last event; nil without events.
  public internal(set) var last: RecordedTime?
  /// Data messages per (tr_id, tr_key), in the order of their first message.
  public internal(set) var registrations: [RecordedRegistration] = []
  /// Messages of the server that are no data: replies, PINGPONG.
  public internal(set) var controlMessages = 0
  /// WebSocket messages of the client: registrations, answers to PINGPONG.
  public internal(set) var clientMessages = 0
  /// WebSocket connections that were opened.
  public internal(set) var opens = 0
  /// WebSocket connections that ended, with or without a close frame.
  public internal(set) var closes = 0
  /// WebSocket pings and pongs of both sides.
  public internal(set) var controlFrames = 0
  /// Notices that are still encrypted.
  public internal(set) var ciphertexts = 0
  /// Moments that the recording names, in order of time.
  public internal(set) var markers: [Marker] = []
  /// REST exchanges by kind, in the order of the first of each.
  public internal(set) var exchanges: [(kind: ExchangeKind, count: Int)] = []
  /// Whether the file ends in the middle of a line.
  public internal(set) var isTruncated = false
  /// What looked wrong and was passed over.
  public internal(set) var warnings: [RecordingError] = []

  private var exchangeIndices: [ExchangeKind: Int] = [:]

  /// Data messages of the server.
  public var dataMessages: Int { registrations.reduce(0) { $0 + $1.messages } }

  mutating func note(_ content: RecordedEvent.Content, at offset: RecordedTime) {
    switch content {
    case .message, .binary: clientMessages += 1
    case .ciphertext: ciphertexts += 1
    case .ping, .pong: controlFrames += 1
    case .opened: opens += 1
    case .closed, .lost: closes += 1
    case .marker(let name): markers.append(Marker(name: name, offset: offset))
    case .exchange(let exchange):
      let kind = ExchangeKind(method: exchange.method, path: exchange.path, transactionID: exchange.transactionID)
      if let index = exchangeIndices[kind] {
        exchanges[index].count += 1
      } else {
        exchangeIndices[kind] = exchanges.count
        exchanges.append((kind, 1))
      }
    }
  }
}
