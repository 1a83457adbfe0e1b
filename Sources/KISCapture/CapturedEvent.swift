package import KISWire

/// One thing that passed between a client and KIS, as a capture shows it: what every reader of captures produces and
/// recordings are made of.
///
/// Readers give the events of one direction of a connection in the order of its stream. Between directions and
/// connections ``time`` decides.
package struct CapturedEvent: Sendable, Hashable {
  /// A number for each connection of the capture, from 1, in the order in which they appear.
  package var connection: Int
  /// Nanoseconds since 1970, UTC: when the last byte of it was seen.
  package var time: Int64
  /// Who sent it; for an exchange and an opening, the client.
  package var side: Side
  /// What passed.
  package var content: Content

  package init(connection: Int, time: Int64, side: Side, _ content: Content) {
    self.connection = connection
    self.time = time
    self.side = side
    self.content = content
  }

  /// One end of a connection.
  package enum Side: Sendable, Hashable {
    case client
    case server

    /// The other end.
    package var other: Side { self == .client ? .server : .client }
  }

  /// What can pass on a connection.
  package enum Content: Sendable, Hashable {
    /// A request and what came of it; ``CapturedEvent/time`` is when the request was complete, or else the answer.
    case exchange(CapturedExchange)
    /// A WebSocket was opened; the response has status 101. Captures that begin later do not have it.
    case open(CapturedExchange)
    /// A WebSocket text message, masked and fragmented no more. The bytes may be no UTF-8.
    case text([UInt8])
    /// A WebSocket binary message.
    case binary([UInt8])
    /// A ping with its payload.
    case ping([UInt8])
    /// A pong with its payload.
    case pong([UInt8])
    /// A close frame; without a code its payload was empty.
    case close(code: UInt16?, reason: [UInt8])
    /// The WebSocket's connection ended without a close frame.
    case lost
  }
}

/// A request with its answer, as sent; at least one of the two.
package struct CapturedExchange: Sendable, Hashable {
  /// The request's first line, headers and body; nil when the capture does not hold it.
  package var request: Request?
  /// The answer's; nil when the capture does not hold one.
  package var response: Response?
  /// Nanoseconds since 1970, UTC, when the answer was complete; the request's time without one.
  package var answered: Int64

  package init(request: Request?, response: Response?, answered: Int64) {
    self.request = request
    self.response = response
    self.answered = answered
  }

  /// What was asked.
  package struct Request: Sendable, Hashable {
    /// `GET`, `POST`.
    package var method: String
    /// Path and query as in the request line.
    package var target: String
    /// In the order sent.
    package var headers: [NameValue]
    /// Without its transfer coding.
    package var body: [UInt8]

    package init(method: String, target: String, headers: [NameValue] = [], body: [UInt8] = []) {
      self.method = method
      self.target = target
      self.headers = headers
      self.body = body
    }
  }

  /// What was answered.
  package struct Response: Sendable, Hashable {
    /// Three digits.
    package var status: Int
    /// In the order sent.
    package var headers: [NameValue]
    /// Without its transfer coding and content coding.
    package var body: [UInt8]

    package init(status: Int, headers: [NameValue] = [], body: [UInt8] = []) {
      self.status = status
      self.headers = headers
      self.body = body
    }
  }
}
