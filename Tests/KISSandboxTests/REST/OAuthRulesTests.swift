import KISWire
import Testing

@testable import KISSandbox

@Suite("OAuth as the gateway does it (PROTOCOL section 1)")
struct OAuthRulesTests {
  @Test(
    "What is wrong is said with HTTP 403, the description first",
    arguments: [
      (#"{"appkey":"a","appsecret":"s"}"#, "EGW00115", "권한부여 타입(grant_type)은 필수입니다."),
      (#"{"grant_type":"x","appkey":"a","appsecret":"s"}"#, "EGW00116", "지원하지 않는 권한부여 타입(grant_type)입니다."),
      (#"{"grant_type":"client_credentials","appsecret":"s"}"#, "EGW00102", "AppKey는 필수입니다."),
      (#"{"grant_type":"client_credentials","appkey":"app"}"#, "EGW00104", "AppSecret은 필수입니다."),
      (
        #"{"grant_type":"client_credentials","appkey":"nobody","appsecret":"s"}"#, "EGW00103", "유효하지 않은 AppKey입니다."
      ),
      (
        #"{"grant_type":"client_credentials","appkey":"app","appsecret":"s"}"#, "EGW00105", "유효하지 않은 AppSecret입니다."
      ),
      (
        #"{"grant_type":"refresh_token","appkey":"app","appsecret":"secret"}"#, "EGW00116",
        "지원하지 않는 권한부여 타입(grant_type)입니다."
      ),
    ])
  func refusals(body: String, code: String, text: String) async throws {
    let world = try RESTFixture { $0.appKeys = ["app": "secret"] }
    let reply = await world.post("/oauth2/tokenP", body)
    #expect(reply.status == 403)
    #expect(reply.text == #"{"error_description":"\#(text)","error_code":"\#(code)"}"#)
  }

  @Test("A second token within a minute is refused, and within six hours it is the same one (quirks 2 and 3)")
  func tokenTerms() async throws {
    let world = try RESTFixture()
    let body = #"{"grant_type":"client_credentials","appkey":"app","appsecret":"secret"}"#
    let first = await world.post("/oauth2/tokenP", body)
    #expect(
      first.json?.object?.names == ["access_token", "access_token_token_expired", "token_type", "expires_in"])
    #expect(
      first.text.hasSuffix(
        #","access_token_token_expired":"2026-09-22 09:00:00","token_type":"Bearer","expires_in":86400}"#))
    let second = await world.post("/oauth2/tokenP", body)
    #expect(second.text == #"{"error_description":"접근토큰 발급 잠시 후 다시 시도하세요(1분당 1회)","error_code":"EGW00133"}"#)
    await world.fixture.advance(3_600)
    let third = await world.post("/oauth2/tokenP", body)
    #expect(third["access_token"] == first["access_token"])
    #expect(third.text.hasSuffix(#""expires_in":82800}"#))
    await world.fixture.advance(6 * 3_600)
    #expect(await world.post("/oauth2/tokenP", body)["access_token"] != first["access_token"])
  }

  @Test("A revoked token is refused")
  func revoked() async throws {
    let world = try RESTFixture()
    let token = await world.token()
    let body = #"{"appkey":"app","appsecret":"secret","token":"\#(token)"}"#
    #expect(await world.post("/oauth2/revokeP", body).text == #"{"code":200,"message":"접근토큰 폐기에 성공하였습니다"}"#)
    let reply = await world.get(pricePath, "FHKST01010100", samsung, token: token)
    #expect(reply.status == 500)
    #expect(reply.text == #"{"rt_cd":"1","msg1":"유효하지 않은 token 입니다.","msg_cd":"EGW00121"}"#)
  }
}
