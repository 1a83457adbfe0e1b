import KISWire

/// A client's registration or release, or the reply to one.
struct RegistrationMessage {
  var registration: RegistrationKey
  /// What the client asked for; nil for a reply.
  var action: RegistrationRequest.Action?

  /// Nil for any other message.
  init?(_ message: [UInt8]) {
    guard message.first == UInt8(ascii: "{"), let json = try? JSONValue(parsing: message) else { return nil }
    if let input = json["body"]?["input"] {
      guard let id = input["tr_id"]?.string, let key = input["tr_key"]?.string else { return nil }
      registration = RegistrationKey(TransactionID(id), key: key)
      action = json["header"]?["tr_type"]?.string.flatMap(RegistrationRequest.Action.init)
    } else {
      guard let header = json["header"], json["body"]?["rt_cd"] != nil, let id = header["tr_id"]?.string else {
        return nil
      }
      registration = RegistrationKey(TransactionID(id), key: header["tr_key"]?.string ?? "")
    }
  }
}
