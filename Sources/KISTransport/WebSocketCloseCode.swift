/// Why a WebSocket connection ended (RFC 6455 section 7.4). Open: applications use 3000 to 4999 as they like.
public struct WebSocketCloseCode: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
  public var rawValue: UInt16

  public init(rawValue: UInt16) { self.rawValue = rawValue }
  public init(_ rawValue: UInt16) { self.rawValue = rawValue }

  public static let normal = WebSocketCloseCode(1000)
  public static let goingAway = WebSocketCloseCode(1001)
  public static let protocolError = WebSocketCloseCode(1002)
  public static let unacceptableData = WebSocketCloseCode(1003)
  /// Text that is not UTF-8.
  public static let invalidPayload = WebSocketCloseCode(1007)
  public static let policyViolation = WebSocketCloseCode(1008)
  public static let messageTooBig = WebSocketCloseCode(1009)
  public static let internalError = WebSocketCloseCode(1011)

  /// True when a close frame may carry this code: registered with IANA and not reserved (1004, 1005, 1006, 1015), or
  /// in the ranges of libraries and applications.
  public var mayBeSent: Bool {
    switch rawValue {
    case 1000...1003, 1007...1014, 3000...4999: true
    default: false
    }
  }

  public var description: String { String(rawValue) }
}
