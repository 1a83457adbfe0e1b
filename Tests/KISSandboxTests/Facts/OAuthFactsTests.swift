import Facts
import Foundation
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("OAuth endpoints")
struct OAuthFactsTests {
  @Test("tokenP answers with four members in order, times in Korea", .proves("1.1 token"))
  func token() async throws {
    let answer = await (try SandboxFixture()).tokenAnswer()
    #expect(answer.status == 200)
    #expect(
      answer.text.wholeMatch(
        of:
          /\{"access_token":"[^"]+","access_token_token_expired":"2026-09-22 09:00:00","token_type":"Bearer","expires_in":86400\}/
      ) != nil, "\(answer.text)")
  }

  @Test("a clock that is not the host's prints an expiry that no client's own clock reaches")
  func expiryOnOtherClocks() async throws {
    let fixture = try SandboxFixture { $0.tokenExpiryText = nil }
    #expect(await fixture.tokenAnswer().json["access_token_token_expired"] == "2099-12-31 23:59:59")
  }

  @Test("a token is a JWT with the documented claims", .proves("1.1 JWT"))
  func jsonWebToken() async throws {
    let appKey = "PSabcdefghijklmnopqrstuvwxyz01234567"
    let token = try #require(await (try SandboxFixture()).tokenAnswer(appKey).json["access_token"]?.string)
    #expect(token.utf8.count <= 350)
    let parts = token.split(separator: ".").map(String.init)
    try #require(parts.count == 3)
    #expect(try decoded(parts[0]).text == #"{"typ":"JWT","alg":"HS512"}"#)
    let claims = try decoded(parts[1])
    #expect(claims.object?.names == ["sub", "aud", "prdt_cd", "iss", "exp", "iat", "jti"])
    #expect(claims["sub"] == "token" && claims["iss"] == "unogw" && claims["jti"]?.string == appKey)
    #expect((claims["exp"]?.int ?? 0) - (claims["iat"]?.int ?? 0) == 86_400)
  }

  private func decoded(_ part: String) throws -> JSONValue {
    let text = part.replacing("-", with: "+").replacing("_", with: "/")
    let padded = text + String(repeating: "=", count: (4 - text.count % 4) % 4)
    return try JSONValue(parsing: Array(try #require(Data(base64Encoded: padded))))
  }

  @Test(
    "a company's token lives 90 days and is refreshed at any time; vts is not for companies", .proves("1.1 corporate"))
  func corporate() async throws {
    let fixture = try SandboxFixture { $0.corporateAppKeys = ["app"] }
    let first = await fixture.tokenAnswer().json
    #expect(first.object?.names.last == "refresh_token")
    #expect(first["expires_in"]?.int == 7_776_000)
    #expect(first["access_token_token_expired"] == "2026-12-20 09:00:00")
    func refresh(_ token: JSONValue?) async -> RESTAnswer {
      await fixture.post(
        "/oauth2/tokenP",
        ["grant_type": "refresh_token", "appkey": "app", "appsecret": "secret", "refresh_token": token ?? ""])
    }
    #expect(await refresh("nonsense").code == "EGW00121")
    let second = await refresh(first["refresh_token"]).json
    #expect(second["access_token"] != first["access_token"])
    var caller = Caller(sandbox: fixture.sandbox, token: second["access_token"]?.string ?? "")
    #expect(await caller.price().code == "MCA00000")
    await fixture.advance(90 * 86_400)
    #expect(await caller.price().code == "EGW00123")
    caller = Caller(
      sandbox: fixture.sandbox, token: await refresh(second["refresh_token"]).json["access_token"]?.string ?? "")
    #expect(await caller.price().code == "MCA00000")

    let paper = try SandboxFixture {
      $0.corporateAppKeys = ["app"]
      $0.venue = .vts
    }
    let refused = await paper.tokenAnswer()
    #expect(refused.status == 403)
    #expect(refused.text == #"{"error_description":"법인고객의 경우 모의투자를 이용할 수 없습니다.","error_code":"EGW00210"}"#)
    // Others have no refresh tokens.
    let other = try SandboxFixture()
    #expect(
      await other.post("/oauth2/tokenP", ["grant_type": "refresh_token", "appkey": "app", "appsecret": "secret"]).code
        == "EGW00116")
  }

  @Test(
    "only registering looks at an approval key's expiry, and several keys are good at once",
    .proves("1.2 expiry", "1.2 several keys"))
  func approvalKeys() async throws {
    let frame = "0|H0UPPGM0|001|0001^090001^1"
    let fixture = try SandboxFixture([(90_000, frame)]) { $0.heartbeat.rhythm = .never }
    let keys = [await fixture.approvalKey(), await fixture.approvalKey()]
    #expect(Set(keys).count == 2)
    let client = try await fixture.connect()
    await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: keys[0])
    await fixture.register(client.id, "H0UPPGM0", "1001", approvalKey: keys[1])
    await fixture.advance(86_399)
    await fixture.register(client.id, "H0UPPGM0", "2001", approvalKey: keys[0])
    await fixture.advance(1)
    await fixture.register(client.id, "H0STCNT0", "005930", approvalKey: keys[0])
    await fixture.advance(10_000)
    let codes = try client.sink.texts.filter { $0.first == "{" }.map { try RegistrationReply(parsing: $0).code }
    #expect(codes == [.subscribed, .subscribed, .subscribed, .unknownApprovalKey])
    #expect(client.sink.frames == [frame])
  }

  @Test("hashkey repeats the body and adds its SHA-256", .proves("1.4 hashkey"))
  func hashKey() async throws {
    let fixture = try SandboxFixture()
    let answer = await fixture.post(
      "/uapi/hashkey", ["CANO": "12345678", "ACNT_PRDT_CD": "01"],
      headers: ["appkey": "app", "appsecret": "secret"])
    #expect(
      answer.text.wholeMatch(of: /\{"BODY":\{"CANO":"12345678","ACNT_PRDT_CD":"01"\},"HASH":"[0-9a-f]{64}"\}/) != nil)
  }
}
