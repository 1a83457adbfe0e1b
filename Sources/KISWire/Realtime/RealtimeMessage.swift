/// One text message from the WebSocket server, told apart as clients do: by its first character (PROTOCOL section 4).
public enum RealtimeMessage: Sendable, Hashable {
  /// Market data or a notice.
  case frame(Frame)
  /// The answer to a registration or release.
  case registration(RegistrationReply)
  /// A heartbeat to be answered.
  case pingPong(PingPong)
  /// Well-formed JSON that is none of these.
  case unknown(JSONValue)

  /// Reads a message.
  ///
  /// - Throws: ``WireError`` with code `frame` for a malformed envelope, `json` for malformed JSON.
  public init(parsing bytes: [UInt8]) throws(WireError) {
    guard bytes.first(where: { !$0.isJSONSpace }) == UInt8(ascii: "{") else {
      self = .frame(try Frame(parsing: bytes))
      return
    }
    let json = try JSONValue(parsing: bytes)
    if let pingPong = PingPong(json) {
      self = .pingPong(pingPong)
    } else if let reply = RegistrationReply(json) {
      self = .registration(reply)
    } else {
      self = .unknown(json)
    }
  }

  /// Reads a message from text.
  public init(parsing text: String) throws(WireError) {
    try self.init(parsing: Array(text.utf8))
  }
}

extension UInt8 {
  /// Blank, tab, line feed or carriage return.
  var isJSONSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}
