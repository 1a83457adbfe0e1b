import KISRecording

/// The REST exchanges of a recording by method, path and tr_id, each in the order of time.
struct ExchangeDirectory: Sendable {
  struct Entry: Sendable {
    var offset: Int64
    var exchange: RecordedExchange
  }

  private var entries: [String: [Entry]] = [:]

  /// Reads them all; messages are passed over.
  init(_ reader: RecordingReader) throws {
    var reader = reader
    var entries: [String: [Entry]] = [:]
    try reader.read { event in
      if case .other(.exchange(let exchange)) = event.content {
        let key = ExchangeDirectory.key(exchange.method, exchange.path, exchange.transactionID)
        entries[key, default: []].append(Entry(offset: event.offset, exchange: exchange))
      }
      return .more
    }
    self.entries = entries
  }

  /// What was answered to a request by a moment: the latest at or before it, or, when there is none yet, the first.
  ///
  /// Parameters match when every recorded one has the same value in the request; names are compared without case,
  /// since clients send both (compat.md section 3 of the protocol notes).
  func answer(
    method: String, path: String, transactionID: String, parameters: [String: String], at offset: Int64
  ) -> RecordedExchange? {
    let candidates = entries[ExchangeDirectory.key(method, path, transactionID)] ?? []
    let matching = candidates.filter { entry in
      entry.exchange.parameters.allSatisfy { parameters[$0.name.uppercased()] == $0.value }
    }
    return (matching.last { $0.offset <= offset } ?? matching.first)?.exchange
  }

  /// Every request that is recorded, for near misses.
  var all: [RecordedExchange] { entries.values.flatMap { $0.map(\.exchange) } }

  private static func key(_ method: String, _ path: String, _ transactionID: String) -> String {
    "\(method) \(path) \(transactionID)"
  }
}
