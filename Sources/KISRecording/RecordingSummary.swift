/// What a recording holds, counted.
public struct RecordingSummary: Sendable {
  /// A moment that the recording names.
  public struct Marker: Sendable, Hashable {
    public var name: String
    /// Nanoseconds since the header's start.
    public var offset: Int64
  }

  /// REST exchanges of one kind.
  public struct ExchangeKind: Sendable, Hashable {
    public var method: String
    public var path: String
    public var transactionID: String
  }

  public internal(set) var events = 0
  /// The times of the first and the last event, in nanoseconds since the header's start; nil without events.
  public internal(set) var first: Int64?
  public internal(set) var last: Int64?
  /// Data messages per (tr_id, tr_key), in the order of their first message.
  public internal(set) var registrations: [RecordedRegistration] = []
  /// Messages of the server that are no data: replies, PINGPONG.
  public internal(set) var controlMessages = 0
  public internal(set) var clientMessages = 0
  public internal(set) var closes = 0
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

  mutating func note(_ content: RecordedEvent.Content, at offset: Int64) {
    switch content {
    case .message: clientMessages += 1
    case .closed: closes += 1
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
