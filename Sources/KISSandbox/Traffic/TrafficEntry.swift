import KISScenario
import KISWire

/// Something that passed between a client and a sandbox.
struct TrafficEntry: Sendable {
  /// When, on the sandbox's clock.
  var time: Duration
  /// The numbers of the WebSocket connections that it passed on, several where one round sent all of them the same; none
  /// for REST.
  let sessions: [Int]
  let content: Content
  /// Bytes that it keeps in memory, roughly.
  let cost: Int

  init(time: Duration, sessions: [Int], _ content: Content) {
    self.time = time
    self.sessions = sessions
    self.content = content
    cost = MemoryLayout<TrafficEntry>.stride + sessions.count * MemoryLayout<Int>.stride + content.cost
  }

  enum Content: Sendable {
    case opened(path: String)
    /// A text of the client.
    case heard([UInt8])
    /// A PING or PONG frame of the client.
    case heardPing([UInt8])
    case heardPong([UInt8])
    /// What the server wrote, and what its notices are encrypted with.
    case sent(SessionWrite.Content, PayloadCipher?)
    /// The server ended the connection.
    case ended(SessionEnding)
    /// The client did, or its connection broke.
    case left(cleanly: Bool)
    case exchange(RESTRequest, SentAnswer, took: Duration)
  }

}

extension TrafficEntry.Content {
  /// Bytes that it keeps outside of itself.
  fileprivate var cost: Int {
    switch self {
    case .opened, .ended, .left: 64
    case .heard(let bytes), .heardPing(let bytes), .heardPong(let bytes), .sent(.bytes(let bytes), _): 64 + bytes.count
    case .sent(.batch(let batch, _), _): batch.cost
    case .exchange(let request, let sent, _):
      512 + request.body.count + sent.body.count + request.observed.headers.reduce(0) { $0 + $1.value.utf8.count }
    }
  }
}
