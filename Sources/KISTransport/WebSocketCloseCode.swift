/// Why a WebSocket connection ended (RFC 6455 section 7.4). Open: applications use 3000 to 4999 as they like.
public struct WebSocketCloseCode: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
  /// The number on the wire.
  public var rawValue: UInt16

  /// Any number is a code.
  public init(rawValue: UInt16) { self.rawValue = rawValue }
  /// Any number is a code.
  public init(_ rawValue: UInt16) { self.rawValue = rawValue }

  /// The purpose is fulfilled.
  public static let normal = WebSocketCloseCode(1000)
  /// The server stops, the client leaves.
  public static let goingAway = WebSocketCloseCode(1001)
  /// RFC 6455 was broken.
  public static let protocolError = WebSocketCloseCode(1002)
  /// A type of data that is not taken, as binary here.
  public static let unacceptableData = WebSocketCloseCode(1003)
  /// Text that is not UTF-8.
  public static let invalidPayload = WebSocketCloseCode(1007)
  /// Any rule that has no code of its own.
  public static let policyViolation = WebSocketCloseCode(1008)
  /// Longer than the limit.
  public static let messageTooBig = WebSocketCloseCode(1009)
  /// The server failed.
  public static let internalError = WebSocketCloseCode(1011)

  /// True when a close frame may carry this code: registered with IANA and not reserved (1004, 1005, 1006, 1015), or
  /// in the ranges of libraries and applications.
  public var mayBeSent: Bool {
    switch rawValue {
    case 1000...1003, 1007...1014, 3000...4999: true
    default: false
    }
  }

  /// The number.
  public var description: String { String(rawValue) }
}
