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
  /// Bytes that its content keeps in memory, roughly.
  let contentCost: Int
  /// Bytes that all of it keeps in memory, roughly: with many sessions, their numbers are most of it.
  var cost: Int {
    contentCost + MemoryLayout<TrafficEntry>.stride + sessions.capacity * MemoryLayout<Int>.stride
  }

  init(time: Duration, sessions: [Int], _ content: Content) {
    self.time = time
    self.sessions = sessions
    self.content = content
    contentCost = content.cost
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
