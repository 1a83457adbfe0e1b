/// Which answer of a connection belongs to which request: the n-th to the n-th, unless some were not captured.
struct RequestPairing {
  /// A request that waits for its answer.
  private struct Waiting {
    var message: HTTPStream.Message
    var time: Int64
    var place: CapturePlace
  }

  enum Result {
    case exchange(CapturedExchange, time: Int64, isOpening: Bool)
    case omitted(String, CapturePlace)
  }

  private var requests: [Waiting] = []
  private var answers: [Waiting] = []

  /// The method of the request that the next answer belongs to.
  var nextMethod: String? { answers.count < requests.count ? requests[answers.count].message.line.first : nil }
  var hasAnswers: Bool { !answers.isEmpty }

  mutating func add(request: HTTPStream.Message, time: Int64, place: CapturePlace) {
    requests.append(Waiting(message: request, time: time, place: place))
  }

  /// - Returns: whether it is an answer, and no interim one.
  mutating func add(answer: HTTPStream.Message, time: Int64, place: CapturePlace) -> Bool {
    let status = answer.line.count > 1 ? Int(answer.line[1]) ?? 0 : 0
    if (100..<200).contains(status), status != 101 { return false }
    answers.append(Waiting(message: answer, time: time, place: place))
    return true
  }

  /// A hole hid whole answers. Unless requests overlap, all but the last were answered in it.
  ///
  /// - Returns: the requests whose answers are lost.
  mutating func answersAreMissing() -> [(exchange: CapturedExchange, time: Int64)] {
    guard answers.isEmpty, requests.count > 1 else { return [] }
    defer { requests.removeFirst(requests.count - 1) }
    return requests.dropLast().compactMap { RequestPairing.unanswered($0) }
  }

  mutating func pair() -> [Result] {
    var results: [Result] = []
    for answer in answers {
      guard let request = requests.first, request.message.began <= answer.message.began else {
        results.append(RequestPairing.orphan(answer))
        continue
      }
      requests.removeFirst()
      if request.message.isBroken || request.message.line.count < 2 {
        results.append(.omitted(ConversationOutput.Reason.brokenRequest, request.place))
      } else if answer.message.isBroken {
        results.append(.omitted(ConversationOutput.Reason.brokenAnswer, answer.place))
      } else {
        let exchange = CapturedExchange(
          request: RequestPairing.request(request), response: RequestPairing.response(answer),
          answered: max(answer.time, request.time))
        results.append(.exchange(exchange, time: request.time, isOpening: exchange.response?.status == 101))
      }
    }
    answers = []
    return results
  }

  private static func orphan(_ answer: Waiting) -> Result {
    guard !answer.message.isBroken else { return .omitted(ConversationOutput.Reason.brokenAnswer, answer.place) }
    let response = response(answer)
    return .exchange(
      CapturedExchange(request: nil, response: response, answered: answer.time), time: answer.time,
      isOpening: response.status == 101)
  }

  /// The requests that no answer came for.
  mutating func finish() -> [(exchange: CapturedExchange, time: Int64)] {
    defer { requests = [] }
    return requests.compactMap { RequestPairing.unanswered($0) }
  }

  private static func unanswered(_ waiting: Waiting) -> (exchange: CapturedExchange, time: Int64)? {
    guard !waiting.message.isBroken, waiting.message.line.count >= 2 else { return nil }
    return (CapturedExchange(request: request(waiting), response: nil, answered: waiting.time), waiting.time)
  }

  private static func request(_ waiting: Waiting) -> CapturedExchange.Request {
    CapturedExchange.Request(
      method: waiting.message.line[0], target: waiting.message.line[1], headers: waiting.message.headers,
      body: waiting.message.body)
  }

  private static func response(_ waiting: Waiting) -> CapturedExchange.Response {
    ContentCoding.decode(
      CapturedExchange.Response(
        status: Int(waiting.message.line[1]) ?? 0, headers: waiting.message.headers, body: waiting.message.body))
  }
}
