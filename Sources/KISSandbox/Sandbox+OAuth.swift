import KISScenario
import KISWire

extension Sandbox {
  /// POST /oauth2/tokenP (접근토큰발급), PROTOCOL section 1.1.
  func issueToken(_ request: RESTRequest) -> RESTAnswer {
    let parameters = request.parameters
    if let refusal = refusal(of: parameters, secret: "APPSECRET") { return refusal }
    let appKey = parameters["APPKEY"] ?? ""
    if parameters["GRANT_TYPE"] == GrantType.refreshToken {
      let refreshed = admission.credentials.refreshToken(
        parameters["REFRESH_TOKEN"] ?? "", appKey: appKey, limits: configuration.limits, now: clock.now,
        wall: clock.wallTime)
      return refreshed.map(answer) ?? .oauthRefusal(.invalidToken)
    }
    admission.credentials.noteSecret(parameters["APPSECRET"] ?? "", of: appKey)
    let issued = admission.credentials.issueToken(
      appKey: appKey, limits: configuration.limits, now: clock.now, wall: clock.wallTime)
    guard let issued else {
      admission.tokenViolations[appKey, default: []].append(clock.now)
      return .oauthRefusal(.tokenTooSoon)
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
    return RESTAnswer(body: Array(answer.text.utf8))
  }

  /// POST /oauth2/Approval (웹소켓 접속키 발급), PROTOCOL section 1.2. The secret is called `secretkey` here.
  func issueApprovalKey(_ request: RESTRequest) -> RESTAnswer {
    let parameters = request.parameters
    if let refusal = refusal(of: parameters, secret: "SECRETKEY") { return refusal }
    let key = admission.credentials.issueApprovalKey(
      appKey: parameters["APPKEY"] ?? "", limits: configuration.limits, now: clock.now)
    return RESTAnswer(["approval_key": .string(key)])
  }

  /// POST /oauth2/revokeP (접근토큰폐기), PROTOCOL section 1.3.
  func revokeToken(_ request: RESTRequest) -> RESTAnswer {
    let parameters = request.parameters
    if let code = admission.credentials.refusal(
      appKey: parameters["APPKEY"] ?? "", secret: parameters["APPSECRET"] ?? "")
    {
      return .oauthRefusal(code)
    }
    guard admission.credentials.revoke(token: parameters["TOKEN"] ?? "") else { return .oauthRefusal(.invalidToken) }
    let code: JSONValue = configuration.quirks.contains(.revokeCodeAsText) ? "200" : 200
    return RESTAnswer(["code": code, "message": "접근토큰 폐기에 성공하였습니다"])
  }

  /// POST /uapi/hashkey, PROTOCOL section 1.4: the body comes back with 64 hexadecimal digits.
  func hash(_ request: RESTRequest) -> RESTAnswer {
    if let code = admission.credentials.refusal(
      appKey: request.header("appkey") ?? "", secret: request.header("appsecret") ?? "")
    {
      return .oauthRefusal(code)
    }
    guard let body = request.bodyObject else { return .gatewayRefusal(.routingError) }
    return RESTAnswer(["BODY": .object(body), "HASH": .string(ContentHash.hexadecimal(of: request.body))])
  }

  private func refusal(of parameters: [String: String], secret: String) -> RESTAnswer? {
    switch parameters["GRANT_TYPE"] {
    case nil, "": return .oauthRefusal(.grantTypeRequired)
    case GrantType.clientCredentials: break
    case GrantType.refreshToken where configuration.corporateAppKeys.contains(parameters["APPKEY"] ?? ""): break
    default: return .oauthRefusal(.unsupportedGrantType)
    }
    if isBlockedForViolations(parameters["APPKEY"] ?? "") { return .oauthRefusal(.invalidAppKey) }
    return admission.credentials.refusal(appKey: parameters["APPKEY"] ?? "", secret: parameters[secret] ?? "")
      .map { .oauthRefusal($0) }
  }

  /// Quirk 4: after several violations within an hour a correct app key is called invalid for the rest of it.
  private func isBlockedForViolations(_ appKey: String) -> Bool {
    guard configuration.quirks.contains(.tokenViolationsBlockAppKey) else { return false }
    return (admission.tokenViolations[appKey] ?? []).filter { clock.now - $0 < .seconds(3_600) }.count >= 3
  }
}
