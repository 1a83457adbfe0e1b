public import KISWire

/// One line of a recording after the header: something that happened at an offset from its start.
public struct RecordedEvent: Sendable, Hashable {
  /// When it happened; never before the start. For an exchange the moment at which its request was complete.
  public var offset: RecordedTime
  /// The number of the connection on which it happened; nil where nobody told connections apart.
  public var connection: Int?
  /// It happened before the part of a recording that the file holds, and the rest needs it: a registration, its reply.
  public var isCarried: Bool
  /// What happened.
  public var content: Content

  /// An event at a moment of a recording.
  public init(at offset: RecordedTime, on connection: Int? = nil, isCarried: Bool = false, _ content: Content) {
    self.offset = offset
    self.connection = connection
    self.isCarried = isCarried
    self.content = content
  }

  /// What can happen on a connection.
  public enum Content: Sendable, Hashable {
    /// A WebSocket connection was opened.
    indirect case opened(Opening)
    /// A WebSocket text message. Bytes, since the real service sends broken UTF-8 now and then (quirk 87).
    ///
    /// A notice (flag `1`) keeps its payload decrypted; replay encrypts it with the session's own iv and key.
    case message([UInt8], from: Side)
    /// A notice of the server whose key nobody knew: `1|tr_id|count|base64`, as it went over the wire.
    case ciphertext([UInt8])
    /// A WebSocket binary message; KIS sends none, clients have been seen to.
    case binary([UInt8], from: Side)
    /// A WebSocket ping with its payload, at most 125 bytes.
    case ping([UInt8], from: Side)
    /// A WebSocket pong with its payload, at most 125 bytes.
    case pong([UInt8], from: Side)
    /// A close frame of one side.
    indirect case closed(Closing)
    /// The connection ended without a close frame.
    case lost
    /// A REST or OAuth request with its answer.
    indirect case exchange(RecordedExchange)
    /// A name for this moment, to seek to.
    case marker(String)
  }

  /// Who sent a message.
  public enum Side: String, Sendable, Hashable {
    /// KIS, or what stood in for it. A line without `from` is one of the server.
    case server
    /// The program that uses the API; its lines have `"from":"client"`.
    case client
  }

  /// How a WebSocket connection began: what the client asked for in its upgrade.
  public struct Opening: Sendable, Hashable {
    /// The path, as in the request's first line: `/tryitout`.
    public var path: String
    /// The headers of the request, in the order sent.
    public var headers: [NameValue]

    /// An upgrade of this path.
    public init(path: String, headers: [NameValue] = []) {
      self.path = path
      self.headers = headers
    }
  }

  /// What a close frame said.
  public struct Closing: Sendable, Hashable {
    /// The close code, 0 to 65535; nil when the frame had none.
    public var code: Int?
    /// The reason behind the code; usually empty.
    public var reason: String
    /// Who sent it.
    public var side: Side

    /// A close frame.
    public init(code: Int?, reason: String = "", from side: Side = .server) {
      self.code = code
      self.reason = reason
      self.side = side
    }
  }
}
