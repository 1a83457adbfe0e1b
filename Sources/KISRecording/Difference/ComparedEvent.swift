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
  var offset: RecordedTime
  var line: LineNumber
  /// A frame as it stands: its values are told apart only where two frames differ.
  private var frame: [UInt8] = []
  /// What of any other event has to agree, with what differs from run to run blanked.
  private var values: [NameValue] = []

  init(_ view: RecordedEventView) {
    (offset, line) = (view.offset, view.line)
    if case .serverMessage(let text) = view.content, let head = FrameHead(text) {
      let id = String(decoding: text[head.transactionID], as: UTF8.self)
      channel = Channel(
        kind: "frame", subject: id + " " + String(decoding: text[head.key], as: UTF8.self))
      frame = Array(text)
      return
    }
    (channel, values) = ComparedEvent.meaning(of: view.event.content)
  }

  /// Whether two events mean the same.
  func agrees(with other: ComparedEvent) -> Bool { frame == other.frame && values == other.values }

  /// What has to agree, value by value.
  func fields(_ dialect: Dialect) -> [NameValue] {
    guard !frame.isEmpty else { return values }
    guard let frame = try? Frame(parsing: frame) else { return [ComparedEvent.text("text", frame)] }
    let values = String(decoding: frame.payload, as: UTF8.self).split(
      separator: "^", omittingEmptySubsequences: false)
    let layout = dialect.layout(of: frame.transactionID)
    let width = frame.count > 0 ? values.count / frame.count : values.count
    let names = values.indices.map { index in
      let field = width > 0 ? index % width : index
      let name = field < layout.fields.count ? layout.fields[field] : "value \(field + 1)"
      return frame.count > 1 && width > 0 ? "record \(index / width + 1) \(name)" : name
    }
    return [NameValue("count", "\(frame.count)")]
      + zip(names, values).map { NameValue($0, String($1)) }
  }

  private static func meaning(of content: RecordedEvent.Content) -> (Channel, [NameValue]) {
    switch content {
    case .message(let bytes, let side):
      let subject = RegistrationMessage(bytes).map { "\($0.registration)" } ?? ""
      return (
        Channel(kind: side == .client ? "client" : "reply", subject: subject),
        leaves(of: bytes, orText: "text")
      )
    case .ciphertext(let bytes):
      let id = (try? Frame(parsing: bytes))?.transactionID.rawValue ?? ""
      // Each session encrypts with a key of its own, so the bytes differ in any case.
      return (Channel(kind: "frame", subject: id), [NameValue("cipher", "encrypted")])
    case .binary(let bytes, let side):
      return (Channel(kind: "control", subject: "binary \(side.rawValue)"), [text("binary", bytes)])
    case .ping(let bytes, let side):
      return (Channel(kind: "control", subject: "ping \(side.rawValue)"), [text("ping", bytes)])
    case .pong(let bytes, let side):
      return (Channel(kind: "control", subject: "pong \(side.rawValue)"), [text("pong", bytes)])
    case .opened(let opening):
      return (Channel(kind: "connection", subject: "open"), [NameValue("path", opening.path)])
    case .closed(let closing):
      return (
        Channel(kind: "connection", subject: "end"),
        [
          NameValue("code", closing.code.map { "\($0)" } ?? "none"),
          NameValue("reason", closing.reason),
          NameValue("from", closing.side.rawValue),
        ]
      )
    case .lost: return (Channel(kind: "connection", subject: "end"), [NameValue("code", "lost")])
    case .marker(let name):
      return (Channel(kind: "marker", subject: ""), [NameValue("marker", name)])
    case .exchange(let exchange):
      let subject = [exchange.method, exchange.path, exchange.transactionID].filter { !$0.isEmpty }
      var fields = exchange.parameters.map {
        VolatileNames.masked(NameValue("?" + $0.name, $0.value))
      }
      fields.append(NameValue("status", "\(exchange.status)"))
      fields += leaves(of: exchange.body, orText: "body")
      return (Channel(kind: "rest", subject: subject.joined(separator: " ")), fields)
    }
  }

  /// The values of some JSON by their paths; of any other text the text.
  private static func leaves(of bytes: [UInt8], orText name: String) -> [NameValue] {
    guard let json = try? JSONValue(parsing: bytes) else {
      return bytes.isEmpty ? [] : [text(name, bytes)]
    }
    var leaves: [NameValue] = []
    append(json, at: "", name: "", to: &leaves)
    return leaves
  }

  private static func append(
    _ value: JSONValue, at path: String, name: String, to leaves: inout [NameValue]
  ) {
    switch value {
    case .object(let object):
      for member in object.members {
        append(
          member.value, at: path.isEmpty ? member.name : "\(path).\(member.name)",
          name: member.name, to: &leaves)
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
    names.contains(name.lowercased())
      || SecretNames.kind(of: name.utf8).map { !kept.contains($0) } ?? false
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
