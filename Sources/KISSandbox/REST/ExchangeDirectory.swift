import KISRecording
import KISWire
import Synchronization

/// The REST exchanges of a recording by what was asked, each in the order of time.
struct ExchangeDirectory: Sendable {
  private struct Call: Hashable {
    var method: String
    var path: String
    var transactionID: String
  }

  /// Exchanges of one call that were asked with the same parameters, by the values of these.
  private struct Questions: Sendable {
    /// In upper case, sorted.
    var names: [String]
    var answers: [[String]: [RecordedAnswer]] = [:]
  }

  private var questions: [Call: [Questions]] = [:]

  /// Notes an event if it is an exchange that was answered. It is sorted by the time of its request, which may be
  /// before that of the line in front where an answer took long.
  mutating func note(_ event: RecordedEventView) {
    guard case .other(.exchange(let exchange)) = event.content, exchange.status != RecordedExchange.unanswered else {
      return
    }
    let call = Call(method: exchange.method, path: exchange.path, transactionID: exchange.transactionID)
    let asked = Dictionary(exchange.parameters.map { ($0.name.uppercased(), $0.value) }) { _, last in last }
    let names = asked.keys.sorted()
    let values = names.map { asked[$0] ?? "" }
    let index = questions[call]?.firstIndex { $0.names == names } ?? questions[call]?.count ?? 0
    if index == questions[call]?.count ?? 0 { questions[call, default: []].append(Questions(names: names)) }
    questions[call]?[index].answers[values, default: []].insert(
      RecordedAnswer(exchange, at: event.offset), inOrderOf: \.offset)
  }

  /// What was answered to a request by a moment: the latest at or before it, or, when there is none yet, the first.
  ///
  /// Parameters match when every recorded one has the same value in the request; names are compared without case,
  /// since clients send both (compat.md section 3 of the protocol notes).
  ///
  /// - Parameter parameters: of the request, as whoever was recorded would have sent them.
  func answer(to request: RESTRequest, _ parameters: [String: String], at offset: RecordedTime) -> RESTAnswer? {
    let call = Call(method: request.method, path: request.path, transactionID: request.transactionID.rawValue)
    var best: RecordedAnswer?
    for known in questions[call] ?? [] {
      guard let answers = known.answers[known.names.map { parameters[$0] ?? "" }],
        known.names.allSatisfy({ parameters[$0] != nil })
      else { continue }
      let next = answers.partitioningIndex { $0.offset > offset }
      let found = answers[max(0, next - 1)]
      guard let other = best else {
        best = found
        continue
      }
      let isLater = found.offset > other.offset
      // The latest of those that were answered by then; before any, the first.
      if other.offset > offset ? !isLater : isLater && found.offset <= offset { best = found }
    }
    return best?.answer
  }

  /// What a request for a path may have meant: some of those for the same path, and one for each other. A day holds
  /// thousands that differ in their parameters only, and comparing all of them would hold up everybody.
  func near(path: String) -> [RecordedExchange] {
    questions.flatMap { call, known in
      let latest = known.flatMap { $0.answers.values.compactMap { $0.last?.exchange } }
      return latest.prefix(call.path == path ? 20 : 1)
    }
  }
}

/// A recorded exchange and its answer, made ready to be sent at the first use and kept.
private final class RecordedAnswer: Sendable {
  let exchange: RecordedExchange
  let offset: RecordedTime
  private let prepared = Mutex<RESTAnswer?>(nil)

  init(_ exchange: RecordedExchange, at offset: RecordedTime) {
    self.exchange = exchange
    self.offset = offset
  }

  var answer: RESTAnswer {
    prepared.withLock { prepared in
      if let prepared { return prepared }
      let answer = RESTAnswer(exchange)
      prepared = answer
      return answer
    }
  }
}

extension Array {
  /// Inserts an element after those that are not greater.
  fileprivate mutating func insert(_ element: Element, inOrderOf key: (Element) -> some Comparable) {
    insert(element, at: partitioningIndex { key($0) > key(element) })
  }
}
