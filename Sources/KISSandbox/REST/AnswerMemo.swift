import KISScenario
import KISWire

/// Answers to questions about the market that were given a moment ago.
///
/// A request gets the answer that was given to an equal one at the same moment, or while it waited for its turn: an
/// answer has to be true of some moment between the request's arrival and the answer. Answers that depend on an
/// account, an order or the caller are not kept.
struct AnswerMemo {
  /// All of a request that a generated answer about the market depends on.
  struct Question: Hashable {
    private let id: TransactionID
    private let path: String
    private let parameters: [NameValue]
    private let continuation: String?

    init(_ request: RESTRequest) {
      (id, path, parameters) = (request.transactionID, request.path, request.observed.parameters)
      continuation = request.header("tr_cont")
    }
  }

  /// All else that it depends on, but for the time.
  struct State: Hashable {
    /// How often the market was changed.
    let changes: Int
    /// How often what clients traded or wait for was.
    let ownChanges: Int
    /// How many recorded messages have left.
    let released: Int
  }

  private struct Entry {
    let state: State
    let moment: Duration
    let answer: RESTAnswer
  }

  private var entries: [Question: Entry] = [:]
  private static let most = 32

  /// The answer to a question, when it is of no moment before the question's arrival.
  func answer(to question: Question, in state: State, arrived: Duration) -> RESTAnswer? {
    guard let entry = entries[question], entry.state == state, entry.moment >= arrived else { return nil }
    return entry.answer
  }

  /// Keeps an answer.
  /// - Parameter moment: the moment that it is of, by the clock of the sandbox.
  mutating func keep(_ answer: RESTAnswer, to question: Question, in state: State, at moment: Duration) {
    if entries.count >= AnswerMemo.most { entries.removeAll(keepingCapacity: true) }
    entries[question] = Entry(state: state, moment: moment, answer: answer)
  }

  /// Forgets everything: what answers depend on was changed by a command.
  mutating func forget() { entries = [:] }
}
