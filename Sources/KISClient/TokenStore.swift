import KISTransport
import KISWire

/// Gets access tokens (접근토큰) and approval keys (웹소켓 접속키) and uses each again while it is good.
///
/// KIS issues one token per minute and app key (PROTOCOL section 1.1), so clients of one app key share a store.
/// Secrets stay in memory and print as dots.
public actor TokenStore {
  private let configuration: ClientConfiguration
  private let time: ElapsedTime
  private var credentials: [Kind: Credential] = [:]
  private var waiting: [CheckedContinuation<Void, Never>] = []

  private enum Kind {
    case accessToken
    case approvalKey
  }

  /// An empty store; the first caller fetches.
  public init(_ configuration: ClientConfiguration) {
    self.configuration = configuration
    time = ElapsedTime(on: configuration.clock)
  }

  /// The token for REST calls, good for a day.
  ///
  /// - Throws: ``ClientError``; EGW00133 when a token was issued less than a minute ago.
  public func accessToken() async throws -> Secret { try await secret(.accessToken, fetchAccessToken) }

  /// The key for registrations, good for a day.
  public func approvalKey() async throws -> Secret { try await secret(.approvalKey, fetchApprovalKey) }

  /// The server called it invalid or expired: the next caller gets a new one.
  public func forgetAccessToken() { credentials[.accessToken]?.forget() }

  /// The server called it unknown: the next caller gets a new one.
  public func forgetApprovalKey() { credentials[.approvalKey]?.forget() }

  /// Gives the access token back (접근토큰폐기), if there is one.
  public func revoke() async throws {
    guard let token = credentials[.accessToken]?.secret(at: time.now) else { return }
    forgetAccessToken()
    let (appKey, appSecret) = (configuration.appKey.reveal(), configuration.appSecret.reveal())
    let request = RevocationRequest(appKey: appKey, appSecret: appSecret, token: token.reveal())
    _ = try await post("/oauth2/revokeP", request.text)
  }

  private func secret(
    _ kind: Kind, _ fetch: () async throws -> (Secret, lifetime: Duration)
  ) async throws -> Secret {
    while true {
      switch credentials[kind, default: Credential()].advice(at: time.now) {
      case .use(let secret): return secret
      case .wait: await withCheckedContinuation { waiting.append($0) }
      case .fetch:
        defer { wakeAll() }
        do {
          let (secret, lifetime) = try await fetch()
          credentials[kind, default: Credential()].stored(secret, lifetime: lifetime, at: time.now)
          return secret
        } catch {
          credentials[kind, default: Credential()].failed()
          throw ClientError(error)
        }
      }
    }
  }

  private func wakeAll() {
    for continuation in waiting { continuation.resume() }
    waiting = []
  }

  private func fetchAccessToken() async throws -> (Secret, lifetime: Duration) {
    let request = TokenRequest(appKey: configuration.appKey.reveal(), appSecret: configuration.appSecret.reveal())
    let answer = try TokenAnswer(parsing: try await post("/oauth2/tokenP", request.text))
    return (Secret(answer.accessToken), .seconds(answer.lifetime))
  }

  private func fetchApprovalKey() async throws -> (Secret, lifetime: Duration) {
    let request = ApprovalRequest(appKey: configuration.appKey.reveal(), appSecret: configuration.appSecret.reveal())
    let answer = try ApprovalAnswer(parsing: try await post("/oauth2/Approval", request.text))
    return (Secret(answer.approvalKey), .seconds(86_400))
  }

  private func post(_ path: String, _ body: String) async throws -> [UInt8] {
    let headers = [HTTPField("content-type", "application/json; charset=utf-8")]
    let answer = try await configuration.exchange().send(
      HTTPRequest("POST", path, headers: headers, body: Array(body.utf8)))
    if answer.status >= 400, let error = try? OAuthError(parsing: answer.body) {
      throw ClientError(
        .refused, "\(path) was refused: \(error)", messageCode: error.code, status: answer.status)
    }
    guard answer.status == 200 else { throw ClientError(unexpected: answer, from: path) }
    return answer.body
  }
}
