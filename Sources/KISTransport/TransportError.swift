/// Why a connection could not be made or used, in words for people.
public struct TransportError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What went wrong. Open: more codes may come.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    /// The kind, in a word or two.
    public let description: String

    /// Any text is a code.
    public init(_ description: String) { self.description = description }

    /// The URL makes no sense.
    public static let invalidURL = Code("invalid URL")
    /// The URL asks for TLS and this build has none.
    public static let noTLS = Code("no TLS")
    /// No TCP or TLS connection could be made.
    public static let unreachable = Code("unreachable")
    /// The server answered the WebSocket handshake with something else.
    public static let refused = Code("refused")
    /// The clock passed the limit.
    public static let timedOut = Code("timed out")
    /// More bytes than the limit.
    public static let tooLarge = Code("too large")
    /// The peer broke the protocol.
    public static let violation = Code("protocol violation")
    /// The connection ended without a close frame, or before the answer was whole.
    public static let connectionLost = Code("connection lost")
  }

  /// What went wrong.
  public var code: Code
  /// What happened, to whom, and what to do.
  public var message: String

  /// An error with its words.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message alone.
  public var description: String { message }
}
