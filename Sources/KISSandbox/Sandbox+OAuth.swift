import Foundation
import KISWire

extension Sandbox {
  /// POST /oauth2/tokenP (접근토큰발급), PROTOCOL section 1.1.
  func issueToken(_ request: RESTRequest) -> RESTAnswer {
    let parameters = request.parameters
    if let refusal = refusal(of: parameters, secret: "APPSECRET") { return refusal }
    let limits = configuration.limits
    let issued = credentials.issueToken(
      appKey: parameters["APPKEY"] ?? "", limits: limits, now: clock.now, wall: clock.wallTime)
    guard let token = issued else {
      tokenViolations[parameters["APPKEY"] ?? "", default: []].append(clock.now)
      return .oauthRefusal(.tokenTooSoon)
    }
    let expiry =
      switch configuration.tokenExpiryText {
      case .byClock: (clock.wallStart + token.expires).spaced
      case .farFuture: "2099-12-31 23:59:59"
      }
    return RESTAnswer([
      "access_token": .string(token.text), "access_token_token_expired": .string(expiry),
      "token_type": "Bearer",
      "expires_in": .number((token.expires - clock.now + .milliseconds(999)).components.seconds),
    ])
  }

  /// POST /oauth2/Approval (웹소켓 접속키 발급), PROTOCOL section 1.2. The secret is called `secretkey` here.
  func issueApprovalKey(_ request: RESTRequest) -> RESTAnswer {
    let parameters = request.parameters
    if let refusal = refusal(of: parameters, secret: "SECRETKEY") { return refusal }
    let key = credentials.issueApprovalKey(
      appKey: parameters["APPKEY"] ?? "", limits: configuration.limits, now: clock.now)
    return RESTAnswer(["approval_key": .string(key)])
  }

  /// POST /oauth2/revokeP (접근토큰폐기), PROTOCOL section 1.3.
  func revokeToken(_ request: RESTRequest) -> RESTAnswer {
    let parameters = request.parameters
    if let code = credentials.refusal(appKey: parameters["APPKEY"] ?? "", secret: parameters["APPSECRET"] ?? "") {
      return .oauthRefusal(code)
    }
    guard credentials.revoke(token: parameters["TOKEN"] ?? "") else { return .oauthRefusal(.invalidToken) }
    let code: JSONValue = configuration.quirks.contains(.revokeCodeAsText) ? "200" : 200
    return RESTAnswer(["code": code, "message": "접근토큰 폐기에 성공하였습니다"])
  }

  /// POST /uapi/hashkey, PROTOCOL section 1.4: the body comes back with 64 hexadecimal digits.
  func hash(_ request: RESTRequest) -> RESTAnswer {
    if let code = credentials.refusal(
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
    case "client_credentials": break
    default: return .oauthRefusal(.unsupportedGrantType)
    }
    if isBlockedForViolations(parameters["APPKEY"] ?? "") { return .oauthRefusal(.invalidAppKey) }
    return credentials.refusal(appKey: parameters["APPKEY"] ?? "", secret: parameters[secret] ?? "")
      .map { .oauthRefusal($0) }
  }

  /// Quirk 4: after several violations within an hour a correct app key is called invalid for the rest of it.
  private func isBlockedForViolations(_ appKey: String) -> Bool {
    guard configuration.quirks.contains(.tokenViolationsBlockAppKey) else { return false }
    return (tokenViolations[appKey] ?? []).filter { clock.now - $0 < .seconds(3_600) }.count >= 3
  }
}
