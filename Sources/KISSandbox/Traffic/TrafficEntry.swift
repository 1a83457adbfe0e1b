import KISScenario
import KISWire

/// Something that passed between a client and a sandbox.
struct TrafficEntry: Sendable {
  /// When, on the sandbox's clock.
  var time: Duration
  /// The number of the WebSocket connection; nil for REST.
  var session: Int?
  var content: Content

  enum Content: Sendable {
    case opened(path: String)
    /// A text of the client.
    case heard([UInt8])
    /// A PING or PONG frame of the client.
    case heardPing([UInt8])
    case heardPong([UInt8])
    /// Framed bytes of the server, and what its notices are encrypted with.
    case sent([UInt8], PayloadCipher?)
    /// Parts of a batch, which is shared with all who get it.
    case sentParts(FrameBatch, [Range<Int>])
    /// The server ended the connection.
    case ended(SessionEnding)
    /// The client did, or its connection broke.
    case left(cleanly: Bool)
    case exchange(RESTRequest, SentAnswer, took: Duration)
  }

  /// Bytes that it keeps in memory, roughly.
  var cost: Int {
    switch content {
    case .opened, .ended, .left: 64
    case .heard(let bytes), .heardPing(let bytes), .heardPong(let bytes), .sent(let bytes, _): 64 + bytes.count
    case .sentParts(let batch, _): 64 + batch.bytes.count
    case .exchange(let request, let sent, _):
      512 + request.body.count + sent.body.count + request.observed.headers.reduce(0) { $0 + $1.value.utf8.count }
    }
  }
}
