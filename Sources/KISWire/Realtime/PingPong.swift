/// The heartbeat that the server sends as a text message about every 100 s (PROTOCOL section 3.4).
///
///     {"header":{"tr_id":"PINGPONG","datetime":"20231004160455"}}
///
/// Clients answer in four ways, all of which count: the same text, the same JSON written anew, or a WebSocket PONG or
/// PING control frame that carries it. ``init(answer:)`` reads any of them.
public struct PingPong: Sendable, Hashable {
  /// `YYYYMMDDHHMMSS` in Korean time (KST); empty when an answer left it out.
  public var datetime: String

  /// - Parameter datetime: `YYYYMMDDHHMMSS` in Korean time.
  public init(datetime: String) { self.datetime = datetime }

  /// The heartbeat in parsed JSON; nil when it is something else.
  public init?(_ json: JSONValue) {
    guard json["header"]?["tr_id"]?.string == TransactionID.pingPong.rawValue else { return nil }
    datetime = json["header"]?["datetime"]?.string ?? ""
  }

  /// A client's answer: the payload of a text message or of a PONG or PING control frame. Nil for anything else.
  public init?(answer payload: [UInt8]) {
    guard payload.first(where: { !$0.isJSONSpace }) == UInt8(ascii: "{"),
      let json = try? JSONValue(parsing: payload)
    else { return nil }
    self.init(json)
  }

  /// The message as KIS writes it.
  public var text: String { json.text }

  /// The bytes of ``text``.
  public var bytes: [UInt8] { json.utf8 }

  private var json: JSONValue {
    ["header": ["tr_id": .string(TransactionID.pingPong.rawValue), "datetime": .string(datetime)]]
  }
}
