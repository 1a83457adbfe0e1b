import KISMarket
public import KISWire

/// What an API answers when neither a recording nor a scenario knows: the shape of the catalogue, filled with values that
/// fit their names, that agree with each other, and that agree with every other answer about the same moment.
///
/// A pure function of everything it is given.
public struct GeneratedAnswer: Sendable, Hashable {
  /// The body: `rt_cd`, `msg_cd`, `msg1` and the outputs of the API.
  public let envelope: Envelope
  /// Whether another page follows; the caller says so in `tr_cont`.
  public let hasMore: Bool

  /// - Parameters:
  ///   - api: what was asked.
  ///   - id: the `tr_id` it was asked with; tells buying from selling.
  ///   - parameters: of the query or the body.
  ///   - moment: the time on the sandbox's clock.
  ///   - page: from 0, see ``page(of:parameters:)``.
  ///   - latest: the last trade record of a code in the recording that is being played, if there is one; prices then
  ///     agree with it.
  public init(
    _ api: RESTAPI, id: TransactionID, parameters: [NameValue], at moment: KoreanTime, venue: Venue,
    seed: UInt64, page: Int = 0, latest: @escaping (String) -> Record? = { _ in nil }
  ) {
    self.init(
      AnswerRequest(
        api: api, id: id, parameters: parameters, moment: moment, venue: venue, quotes: QuotedMarket(seed: seed),
        page: page),
      latest: latest)
  }

  init(_ request: AnswerRequest, latest: @escaping (String) -> Record? = { _ in nil }) {
    let api = request.api
    if request.isAboutNothing {
      (envelope, hasMore) = (request.answerAboutNothing, false)
      return
    }
    let known = request.simulatedOutputs()
    if known == nil, let code = request.refusalOfNothing {
      (envelope, hasMore) = (.error(code), false)
      return
    }
    let rows = known == nil && !request.asksForNothing ? AnswerRows(request, latest: latest) : nil
    if request.listsOwnOrders {
      hasMore = request.account.map { OrderInquiry(request, $0).hasMore } ?? false
    } else if let known, !request.listsDays {
      hasMore = request.isFollowed(ofRows: known.members.compactMap { $0.value.array?.count }.max() ?? 0)
    } else if let isFollowed = rows?.isFollowed {
      hasMore = isFollowed
    } else {
      hasMore = request.listsDays && request.page + 1 < GeneratedAnswer.pagesOfDays
    }
    var outputs = request.cursors(hasMore: hasMore)
    if let known {
      for member in known.members { outputs[member.name] = request.onPage(member.value) }
    } else {
      for output in api.outputs {
        outputs[output.key] =
          rows.map { output.shape == .array ? .array($0.list(output)) : $0.single(output) } ?? request.nothing(output)
      }
    }
    let (code, message) = request.successMessage(hasMore: hasMore, isEmpty: request.isEmpty(outputs))
    envelope =
      request.isOrder
      ? .acknowledgement(outputs, code: code, message: message) : .success(outputs, code: code, message: message)
  }

  /// Pages that anybody may ask for.
  private static let mostPages = 1_000

  /// The calendar has no end; the broker's is told so far.
  private static let pagesOfDays = 3

  /// Which page a request asks for, from 0, read from the cursor that the page before gave.
  public static func page(of api: RESTAPI, parameters: [NameValue]) -> Int {
    let cursor = parameters.first { parameter in
      api.paging.cursors.contains { $0.isSameName(as: parameter.name) }
        && parameter.name.uppercased().contains("_NK")
    }
    // A view has as many pages as it fills: what it is asked for beyond the last one is empty.
    guard let text = cursor?.value.prefix(while: { $0 != " " }), let page = Int(text), page < mostPages else {
      return 0
    }
    return max(0, page)
  }
}

extension AnswerRequest {
  /// Whether it lists days of the calendar, which has no end.
  fileprivate var listsDays: Bool { id == "CTCA0903R" }

  /// The rows of the page that is asked for, of an API that has pages.
  fileprivate func onPage(_ output: JSONValue) -> JSONValue {
    guard !listsDays, let rows = output.array else { return output }
    return .array(Array(onPage(rows)))
  }
}
