import KISRecording
import KISWire

/// The REST exchanges of a recording by method, path and tr_id, each in the order of time.
struct ExchangeDirectory: Sendable {
  struct Entry: Sendable {
    var offset: Int64
    var exchange: RecordedExchange
  }

  private var entries: [String: [Entry]] = [:]

  /// Notes an event if it is an exchange that was answered. Its place is by the time of its request, which lies before
  /// the line in front where answers took long.
  mutating func note(_ event: RecordedEventView) {
    guard case .other(.exchange(let exchange)) = event.content, exchange.status != RecordedExchange.unanswered else {
      return
    }
    let key = ExchangeDirectory.key(exchange.method, exchange.path, exchange.transactionID)
    var known = entries[key] ?? []
    entries[key] = nil
    let place = known.partitioningIndex { $0.offset > event.offset }
    known.insert(Entry(offset: event.offset, exchange: exchange), at: place)
    entries[key] = known
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
