import KISScenario
import KISWire

extension Sandbox {
  /// What an OAuth endpoint, or hashkey, answers; nil for every other path.
  func oauthAnswer(to request: RESTRequest) -> RESTAnswer? {
    guard request.method == "POST" else { return nil }
    do {
      switch request.path {
      case "/oauth2/tokenP": return try issueToken(TokenRequest(request.json))
      case "/oauth2/Approval": return try issueApprovalKey(ApprovalRequest(request.json))
      case "/oauth2/revokeP": return try revokeToken(RevocationRequest(request.json))
      case "/uapi/hashkey": return try hash(request)
      default: return nil
      }
    } catch {
      return .oauthRefusal(error)
    }
  }

  /// POST /oauth2/tokenP (접근토큰발급), PROTOCOL section 1.1.
  private func issueToken(_ request: TokenRequest) throws(OAuthError) -> RESTAnswer {
    let asksToRefresh = request.grantType == GrantType.refreshToken
    if asksToRefresh, !configuration.corporateAppKeys.contains(request.appKey) {
      throw OAuthError(.unsupportedGrantType)
    }
    try admit(request.appKey, request.appSecret)
    if asksToRefresh {
      let refreshed = admission.credentials.refreshToken(
        request.refreshToken ?? "", appKey: request.appKey, limits: configuration.limits, now: clock.now,
        wall: clock.wallTime)
      guard let refreshed else { throw OAuthError(.invalidToken) }
      return answer(refreshed)
    }
    admission.credentials.noteSecret(request.appSecret, of: request.appKey)
    if drawsBeside { drawDayAhead() }
    let issued = admission.credentials.issueToken(
      appKey: request.appKey, limits: configuration.limits, now: clock.now, wall: clock.wallTime)
    guard let issued else {
      // At most three are kept.
      let violations = (admission.tokenViolations[request.appKey] ?? []) + [clock.now]
      admission.tokenViolations[request.appKey] = violations.suffix(3)
      throw OAuthError(.tokenTooSoon)
    }
    return answer(issued)
  }

  private func answer(_ token: IssuedCredentials.Token) -> RESTAnswer {
    let expiry =
      switch configuration.tokenExpiryText ?? (clock.tellsHostTime ? .byClock : .farFuture) {
      case .byClock: (clock.wallStart + token.expires).spaced
      case .farFuture: "2099-12-31 23:59:59"
      }
    let lifetime = Int((token.expires - clock.now + .milliseconds(999)).components.seconds)
    let answer = TokenAnswer(
      accessToken: token.text, expiry: expiry, lifetime: lifetime, refreshToken: token.refresh)
    return RESTAnswer(oauth: answer.text)
  }

  /// POST /oauth2/Approval (웹소켓 접속키 발급), PROTOCOL section 1.2.
  private func issueApprovalKey(_ request: ApprovalRequest) throws(OAuthError) -> RESTAnswer {
    try admit(request.appKey, request.appSecret)
    let key = admission.credentials.issueApprovalKey(
      appKey: request.appKey, limits: configuration.limits, now: clock.now)
    return RESTAnswer(oauth: ApprovalAnswer(approvalKey: key).text)
  }

  /// POST /oauth2/revokeP (접근토큰폐기), PROTOCOL section 1.3.
  private func revokeToken(_ request: RevocationRequest) throws(OAuthError) -> RESTAnswer {
    if let code = admission.credentials.refusal(appKey: request.appKey, secret: request.appSecret) {
      throw OAuthError(code)
    }
    guard admission.credentials.revoke(token: request.token) else { throw OAuthError(.invalidToken) }
    var answer = RevocationAnswer()
    answer.writesCodeAsText = configuration.quirks.contains(.revokeCodeAsText)
    return RESTAnswer(oauth: answer.text)
  }

  /// POST /uapi/hashkey, PROTOCOL section 1.4: the body comes back with 64 hexadecimal digits.
  private func hash(_ request: RESTRequest) throws(OAuthError) -> RESTAnswer {
    let code = admission.credentials.refusal(
      appKey: request.header("appkey") ?? "", secret: request.header("appsecret") ?? "")
    if let code { throw OAuthError(code) }
    guard !request.isChunked else { return .refusal(.routingError) }
    guard let json = request.json, json.object != nil else { return .refusal(.routingError) }
    return RESTAnswer(oauth: HashKey.answer(to: json))
  }

  /// - Throws: why an app key with its secret gets neither a token nor an approval key.
  private func admit(_ appKey: String, _ secret: String) throws(OAuthError) {
    if isBlockedForViolations(appKey) { throw OAuthError(.invalidAppKey) }
    if let code = admission.credentials.refusal(appKey: appKey, secret: secret) { throw OAuthError(code) }
  }

  /// Quirk 4: after several violations within an hour a correct app key is called invalid for the rest of it.
  private func isBlockedForViolations(_ appKey: String) -> Bool {
    guard configuration.quirks.contains(.tokenViolationsBlockAppKey) else { return false }
    return (admission.tokenViolations[appKey] ?? []).filter { clock.now - $0 < .seconds(3_600) }.count >= 3
  }
}
