import KISWire

extension RecordedEvent.Content {
  /// Puts other text in place of each text in it, where there is any.
  ///
  /// - Parameter replacement: is given the text, and whether it is market data (values of a TR that is for everybody);
  ///   nil leaves it.
  mutating func replaceText(_ replacement: (UnsafeRawBufferPointer, Bool) -> [UInt8]?) {
    func replaced(_ bytes: [UInt8]) -> [UInt8] {
      bytes.withUnsafeBytes { replacement($0, isMarketData($0)) } ?? bytes
    }
    func replaced(_ text: String) -> String {
      Array(text.utf8).withUnsafeBytes { replacement($0, false) }.map { String(decoding: $0, as: UTF8.self) } ?? text
    }
    func replaced(_ pairs: [NameValue]) -> [NameValue] { pairs.map { NameValue($0.name, replaced($0.value)) } }
    switch self {
    case .message(let bytes, let side): self = .message(replaced(bytes), from: side)
    case .binary(let bytes, let side): self = .binary(replaced(bytes), from: side)
    case .ping(let bytes, let side): self = .ping(replaced(bytes), from: side)
    case .pong(let bytes, let side): self = .pong(replaced(bytes), from: side)
    case .opened(let opening):
      self = .opened(.init(path: replaced(opening.path), headers: replaced(opening.headers)))
    case .closed(var closing):
      closing.reason = replaced(closing.reason)
      self = .closed(closing)
    case .marker(let name): self = .marker(replaced(name))
    case .exchange(var exchange):
      // The paths of KIS are words, and short secrets may be words too.
      if Catalogue.rest(path: exchange.path, method: exchange.method) == nil { exchange.path = replaced(exchange.path) }
      exchange.parameters = replaced(exchange.parameters)
      exchange.requestHeaders = replaced(exchange.requestHeaders)
      exchange.requestBody = replaced(exchange.requestBody)
      exchange.headers = replaced(exchange.headers)
      exchange.body = replaced(exchange.body)
      self = .exchange(exchange)
    case .ciphertext, .lost: break
    }
  }
}

/// Whether this is a frame of a TR that everybody gets the same of.
func isMarketData(_ text: UnsafeRawBufferPointer) -> Bool {
  guard let head = FrameHead(text), !head.isEncrypted else { return false }
  return !NoticeIDs.all.contains(String(decoding: text[head.transactionID], as: UTF8.self))
}

/// The ids of all TRs that are for one person.
private enum NoticeIDs {
  static let all = Set(
    Catalogue.realtime.filter(\.isEncrypted).flatMap { [$0.id, $0.paperID].compactMap { $0?.rawValue } })
}
