/// Why a connection could not be made or used, in words for people.
public struct TransportError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What went wrong. Open: more codes may come.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }

    /// The URL makes no sense.
    public static let invalidURL = Code("invalid URL")
    /// The URL asks for TLS and this build has none.
    public static let noTLS = Code("no TLS")
    /// No TCP or TLS connection could be made.
    public static let unreachable = Code("unreachable")
    /// The server answered the WebSocket handshake with something else.
    public static let refused = Code("refused")
    public static let timedOut = Code("timed out")
    public static let tooLarge = Code("too large")
    /// The peer broke the protocol.
    public static let violation = Code("protocol violation")
    /// The connection ended without a word.
    public static let connectionLost = Code("connection lost")
  }

  public var code: Code
  public var message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}
