/// A peer broke RFC 6455; the connection has to be failed with ``code``.
public struct WebSocketViolation: Error, Sendable, Hashable, CustomStringConvertible {
  /// What the answering close frame says.
  public var code: WebSocketCloseCode
  /// What was found, for the close frame's reason and for logs; ASCII, at most 123 bytes.
  public var reason: String

  /// A violation with the words for its close frame.
  public init(_ code: WebSocketCloseCode, _ reason: String) {
    self.code = code
    self.reason = reason
  }

  /// The close frame that answers it.
  public var close: WebSocketClose { WebSocketClose(code, reason: reason) }

  /// The reason and the code.
  public var description: String { "\(reason) (close code \(code))" }
}
