import KISTransport
public import KISWire

/// What a REST call brought: the envelope and whether there is more.
public struct RESTAnswer: Sendable, Hashable {
  /// The body: outputs, `rt_cd`, `msg_cd`, `msg1`.
  public let envelope: Envelope
  /// `tr_cont`
  public let continuation: Continuation
}

/// KIS's REST API.
///
///     let client = RESTClient(configuration)
///     let answer = try await client.call("FHKST01010100", ["FID_COND_MRKT_DIV_CODE": "J", "FID_INPUT_ISCD": "005930"])
///     let rows = try await client.foreignInstitutionTotal(.init(industry: "0001"))
///
/// Tokens are fetched and renewed on the way. The rate limits of KIS are the caller's to keep.
public struct RESTClient: Sendable {
  private let configuration: ClientConfiguration
  private let tokens: TokenStore

  /// - Parameter tokens: shared with a ``RealtimeClient``; nil makes its own.
  public init(_ configuration: ClientConfiguration, tokens: TokenStore? = nil) {
    self.configuration = configuration
    self.tokens = tokens ?? TokenStore(configuration)
  }

  /// Calls an API by its `tr_id`.
  ///
  /// - Throws: ``ClientError``: `refused` with KIS's code and text, `misuse` for an id that the venue does not have.
  public func call(
    _ transactionID: TransactionID, _ parameters: KeyValuePairs<String, String> = [:]
  ) async throws -> RESTAnswer {
    try await send(request(transactionID, parameters))
  }

  /// Calls an API page by page as long as the server says there is more, and `limit` allows.
  public func pages(
    of transactionID: TransactionID, _ parameters: KeyValuePairs<String, String> = [:], limit: Int = 100
  ) async throws -> [RESTAnswer] {
    var request = try request(transactionID, parameters)
    var pages = [try await send(request)]
    while let last = pages.last, last.continuation.hasMore, pages.count < limit {
      request = request.next(after: last.envelope)
      pages.append(try await send(request))
    }
    return pages
  }

  /// Provisional net buying of foreigners and institutions (국내기관_외국인 매매종목가집계), real venue only.
  public func foreignInstitutionTotal(
    _ query: ForeignInstitutionTotal.Query = .init()
  ) async throws -> [ForeignInstitutionTotal.Row] {
    let parameters = query.parameters.map { RESTRequest.Parameter($0.name, $0.value) }
    let answer = try await send(RESTRequest("GET", ForeignInstitutionTotal.path, .foreignInstitutionTotal, parameters))
    do {
      return try answer.envelope.rows("output").map(ForeignInstitutionTotal.Row.init)
    } catch {
      throw ClientError(.unexpectedAnswer, "\(ForeignInstitutionTotal.path): \(error)")
    }
  }

  /// Sends any request; a token that the server calls invalid or expired is renewed once.
  public func send(_ request: RESTRequest) async throws -> RESTAnswer {
    do {
      return try await attempt(request)
    } catch let error as ClientError where [.invalidToken, .expiredToken].contains(error.messageCode) {
      await tokens.forgetAccessToken()
      return try await attempt(request)
    }
  }

  private func request(
    _ transactionID: TransactionID, _ parameters: KeyValuePairs<String, String>
  ) throws(ClientError) -> RESTRequest {
    try RESTRequest(
      transactionID, at: configuration.venue, parameters.map { RESTRequest.Parameter($0.key, $0.value) })
  }

  private func attempt(_ request: RESTRequest) async throws -> RESTAnswer {
    let token = try await tokens.accessToken()
    let headers = [
      HTTPField("content-type", "application/json; charset=utf-8"),
      HTTPField("authorization", "Bearer \(token.reveal())"), HTTPField("appkey", configuration.appKey.reveal()),
      HTTPField("appsecret", configuration.appSecret.reveal()), HTTPField("tr_id", request.transactionID.rawValue),
      HTTPField("tr_cont", request.continuation.rawValue),
      HTTPField("custtype", configuration.customerType.rawValue),
    ]
    let answer: HTTPAnswer
    do {
      answer = try await configuration.exchange().send(request.http(headers: headers))
    } catch let error where !(error is CancellationError) {
      throw ClientError(error)
    }
    guard let envelope = try? Envelope(parsing: answer.body) else {
      throw ClientError(unexpected: answer, from: request.path)
    }
    guard envelope.isSuccess else {
      throw ClientError(
        .refused, "\(request.path) was refused: \(envelope.code) \(envelope.message)", messageCode: envelope.code,
        status: answer.status)
    }
    return RESTAnswer(envelope: envelope, continuation: Continuation(rawValue: answer.header("tr_cont") ?? ""))
  }
}
