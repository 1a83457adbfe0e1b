import KISWire

/// An event in the form in which two recordings are compared: what it belongs to, and what of it has to agree.
struct ComparedEvent: Sendable {
  /// Events that are compared with each other, in their order.
  struct Channel: Sendable, Hashable {
    /// `frame`, `client`, `reply`, `rest`, `connection`, `control`, `marker`.
    var kind: String
    /// A `tr_id` with its key, or method, path and `tr_id` of an exchange; empty where there is none.
    var subject: String
    /// Which of the connections that have this channel, in the order of their appearance: numbers of connections differ
    /// between two recordings of the same thing.
    var role = 0
  }

  var channel: Channel
  var offset: Int64
  var line: Int
  /// What has to agree, with what differs from run to run blanked.
  var fields: [NameValue]

  init(_ view: RecordedEventView, _ dialect: Dialect) {
    let event = view.event
    (offset, line) = (view.offset, view.line)
    switch event.content {
    case .message(let bytes, let side):
      (channel, fields) = ComparedEvent.message(bytes, from: side, dialect)
    case .ciphertext(let bytes):
      let id = (try? Frame(parsing: bytes))?.transactionID.rawValue ?? ""
      // Other sessions, other bytes.
      (channel, fields) = (Channel(kind: "frame", subject: id), [NameValue("cipher", "encrypted")])
    case .binary(let bytes, let side):
      (channel, fields) = (
        Channel(kind: "control", subject: "binary \(side.rawValue)"), [ComparedEvent.text("binary", bytes)]
      )
    case .ping(let bytes, let side):
      (channel, fields) = (
        Channel(kind: "control", subject: "ping \(side.rawValue)"), [ComparedEvent.text("ping", bytes)]
      )
    case .pong(let bytes, let side):
      (channel, fields) = (
        Channel(kind: "control", subject: "pong \(side.rawValue)"), [ComparedEvent.text("pong", bytes)]
      )
    case .opened(let opening):
      (channel, fields) = (Channel(kind: "connection", subject: "open"), [NameValue("path", opening.path)])
    case .closed(let closing):
      channel = Channel(kind: "connection", subject: "end")
      fields = [
        NameValue("code", closing.code.map { "\($0)" } ?? "none"), NameValue("reason", closing.reason),
        NameValue("from", closing.side.rawValue),
      ]
    case .lost: (channel, fields) = (Channel(kind: "connection", subject: "end"), [NameValue("code", "lost")])
    case .marker(let name): (channel, fields) = (Channel(kind: "marker", subject: ""), [NameValue("marker", name)])
    case .exchange(let exchange):
      let subject = [exchange.method, exchange.path, exchange.transactionID].filter { !$0.isEmpty }
      channel = Channel(kind: "rest", subject: subject.joined(separator: " "))
      fields = exchange.parameters.map { VolatileNames.masked(NameValue("?" + $0.name, $0.value)) }
      fields.append(NameValue("status", "\(exchange.status)"))
      fields += ComparedEvent.leaves(of: exchange.body, orText: "body")
    }
  }

  private static func message(
    _ bytes: [UInt8], from side: RecordedEvent.Side, _ dialect: Dialect
  ) -> (Channel, [NameValue]) {
    if side == .server, let frame = try? Frame(parsing: bytes) {
      let values = String(decoding: frame.payload, as: UTF8.self).split(
        separator: "^", omittingEmptySubsequences: false)
      let layout = dialect.layout(of: frame.transactionID)
      let width = frame.count > 0 ? values.count / frame.count : values.count
      let names = values.indices.map { index in
        let field = width > 0 ? index % width : index
        let name = field < layout.fields.count ? layout.fields[field] : "value \(field + 1)"
        return frame.count > 1 && width > 0 ? "record \(index / width + 1) \(name)" : name
      }
      return (
        Channel(kind: "frame", subject: "\(frame.transactionID) \(values.first ?? "")"),
        [NameValue("count", "\(frame.count)")] + zip(names, values).map { NameValue($0, String($1)) }
      )
    }
    let subject = RegistrationMessage(bytes).map { "\($0.registration)" } ?? ""
    return (Channel(kind: side == .client ? "client" : "reply", subject: subject), leaves(of: bytes, orText: "text"))
  }

  /// The values of some JSON by their paths; of any other text the text.
  private static func leaves(of bytes: [UInt8], orText name: String) -> [NameValue] {
    guard let json = try? JSONValue(parsing: bytes) else { return bytes.isEmpty ? [] : [text(name, bytes)] }
    var leaves: [NameValue] = []
    append(json, at: "", name: "", to: &leaves)
    return leaves
  }

  private static func append(_ value: JSONValue, at path: String, name: String, to leaves: inout [NameValue]) {
    switch value {
    case .object(let object):
      for member in object.members {
        append(member.value, at: path.isEmpty ? member.name : "\(path).\(member.name)", name: member.name, to: &leaves)
      }
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        append(element, at: "\(path)[\(index)]", name: name, to: &leaves)
      }
    default:
      let text = value.string ?? value.text
      leaves.append(NameValue(path, VolatileNames.contain(name) ? VolatileNames.mask : text))
    }
  }

  private static func text(_ name: String, _ bytes: [UInt8]) -> NameValue {
    NameValue(name, String(decoding: bytes, as: UTF8.self))
  }
}

/// What is another in every run: credentials, numbers of requests, the host's time.
enum VolatileNames {
  static let mask = "…"

  static func contain(_ name: String) -> Bool {
    names.contains(name.lowercased()) || SecretNames.kind(of: name.utf8).map { !kept.contains($0) } ?? false
  }

  static func masked(_ pair: NameValue) -> NameValue {
    contain(String(pair.name.drop { $0 == "?" })) ? NameValue(pair.name, mask) : pair
  }

  private static let names: Set<String> = [
    "gt_uid", "datetime", "access_token_token_expired", "expires_in", "date",
  ]
  /// Who somebody is does not change between two runs.
  private static let kept: Set<SecretKind> = [.account, .htsID, .name, .phone]
}
