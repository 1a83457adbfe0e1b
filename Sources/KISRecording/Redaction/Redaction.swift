import KISWire

/// Takes secrets and people out of events, and puts placeholders of the same length and shape where they stood.
///
///     var redaction = Redaction()
///     for event in session {
///       if let event = redaction.redacted(event) { try writer.append(event) }
///     }
///     writer.header.placeholders = redaction.placeholders
///
/// What is a secret is known by its name (`appkey`, `CANO`), by its shape (a JWT, `12345678-01`) or by its place in
/// a notice. Once seen it is replaced everywhere: in headers, parameters, bodies, messages and error texts, plain, as
/// base64, in hexadecimal, percent-encoded or escaped as JSON does. Notices are decrypted with the iv and key that the
/// registration on their connection got, and stay decrypted. The same secret has the same placeholder throughout.
///
/// Time goes forward only: what is in an event before anything says that it is a secret is not found there. Whoever can
/// read a session twice shows it to ``learn(from:)`` first.
public struct Redaction: Sendable {
  /// What stands for secrets so far, in the order of their first appearance.
  public private(set) var placeholders: [RecordingHeader.Placeholder]
  /// Notices that were decrypted.
  public private(set) var decrypted = 0
  /// Notices whose key nobody knew; they stay as they were.
  public private(set) var undecrypted = 0
  /// Events in which something was replaced.
  public private(set) var changed = 0

  private var placeholderBySecret: [String: String] = [:]
  private var ordinals: [String: Int] = [:]
  private var taken: Set<String>
  private var search = SecretSearch()
  /// What is looked for in market data: nothing that a price could be.
  private var marketSearch = SecretSearch()
  private var ciphers = NoticeCiphers()

  /// - Parameter known: the placeholders of a recording that was redacted before; they are left alone.
  public init(known: [RecordingHeader.Placeholder] = []) {
    placeholders = known
    taken = Set(known.map(\.text))
  }

  /// How many placeholders there are of each kind, in the order of their first appearance.
  public var counts: [(kind: SecretKind, count: Int)] {
    var counts: [(kind: SecretKind, count: Int)] = []
    for placeholder in placeholders {
      let kind = SecretKind(rawValue: placeholder.kind)
      if let index = counts.firstIndex(where: { $0.kind == kind }) {
        counts[index].count += 1
      } else {
        counts.append((kind, 1))
      }
    }
    return counts
  }

  /// The event with its notice decrypted and its secrets replaced.
  public mutating func redacted(_ event: RecordedEvent) -> RecordedEvent {
    var event = event
    redact(&event)
    return event
  }

  /// Decrypts the event's notice and replaces its secrets.
  public mutating func redact(_ event: inout RecordedEvent) {
    decrypt(&event)
    learn(fromReadable: event)
    let before = event.content
    if case .exchange(var exchange) = event.content {
      replaceRequestNumbers(in: &exchange.requestHeaders)
      replaceRequestNumbers(in: &exchange.headers)
      event.content = .exchange(exchange)
    }
    event.content.replaceText { text, isMarketData in
      (isMarketData ? marketSearch : search).replaced(in: text)
    }
    if event.content != before { changed += 1 }
  }

  /// Blanks the numbers of requests. Each answer has its own and nothing refers to it, so that one placeholder does for
  /// all, however long a recording is.
  private mutating func replaceRequestNumbers(in headers: inout [NameValue]) {
    for index in headers.indices where headers[index].name.lowercased() == "gt_uid" {
      let count = headers[index].value.utf8.count
      guard count >= 16 else { continue }
      let placeholder = String(repeating: "0", count: count)
      headers[index].value = placeholder
      if taken.insert(placeholder).inserted {
        placeholders.append(.init(kind: SecretKind.requestNumber.rawValue, text: placeholder))
      }
    }
  }

  /// Notes the secrets of an event, and the key of its connection, without changing it.
  public mutating func learn(from event: RecordedEvent) {
    var event = event
    let counts = (decrypted, undecrypted)
    decrypt(&event)
    (decrypted, undecrypted) = counts
    learn(fromReadable: event)
  }

  /// Notes a secret that is known from elsewhere.
  public mutating func learn(_ secret: String, as kind: SecretKind) {
    let secret = secret.trimmingSpaces
    guard !taken.contains(secret), placeholderBySecret[secret] == nil,
      secret.utf8.count >= SecretSpellings.shortest, secret.contains(where: { $0.isLetter || $0.isNumber })
    else { return }
    if kind == .account, secret.utf8.count > 8, secret.utf8.prefix(8).allSatisfy({ (0x30...0x39).contains($0) }) {
      // An account and its product: both spellings have to show the same eight digits.
      let number = String(secret.prefix(8))
      learn(number, as: .account)
      if let placeholder = placeholderBySecret[number] {
        note(secret, placeholder + secret.dropFirst(8), kind)
        return
      }
    }
    let placeholder = newPlaceholder(for: secret, kind)
    note(secret, placeholder, kind)
  }

  /// Text with the secrets that are known so far replaced, for logs and messages to people.
  public func redacted(_ text: String) -> String {
    let replaced = Array(text.utf8).withUnsafeBytes { search.replaced(in: $0) }
    return replaced.map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  /// Whether a text is one of the placeholders.
  public func isPlaceholder(_ text: String) -> Bool { taken.contains(text) }

  /// Forgets the iv and key of every session, to begin the recording again.
  mutating func forgetKeys() { ciphers = NoticeCiphers() }

  private mutating func decrypt(_ event: inout RecordedEvent) {
    switch ciphers.decrypted(event) {
    case .readable(let content):
      event.content = content
      decrypted += 1
    case .unreadable: undecrypted += 1
    case .plain: break
    }
  }

  private mutating func learn(fromReadable event: RecordedEvent) {
    for (kind, secret) in EventSecrets.found(in: event.content) { learn(secret, as: kind) }
  }

  private mutating func note(_ secret: String, _ placeholder: String, _ kind: SecretKind) {
    placeholderBySecret[secret] = placeholder
    taken.insert(placeholder)
    placeholders.append(.init(kind: kind.rawValue, text: placeholder))
    let spellings = SecretSpellings.spellings(of: secret, as: placeholder)
    search.add(spellings)
    marketSearch.add(spellings.filter { !$0.needsBoundary })
  }

  private mutating func newPlaceholder(for secret: String, _ kind: SecretKind) -> String {
    let shape = PlaceholderText.text(for: secret, kind: kind, ordinal: 0)
    while true {
      let ordinal = ordinals[shape, default: 0] + 1
      ordinals[shape] = ordinal
      let placeholder = PlaceholderText.text(for: secret, kind: kind, ordinal: ordinal)
      // Text of few letters and digits has few placeholders: then two secrets share one.
      if !taken.contains(placeholder) && placeholder != secret || ordinal > 1_000_000 { return placeholder }
    }
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    var text = Substring(self)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
