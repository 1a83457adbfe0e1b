import Facts
import KISWire
import Testing

struct OAuthTests {
  func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  func answer(_ id: String) throws -> String { try #require(Sample.answers.first { $0.id == id }).text }

  @Test("the documented answers decode and encode to the same bytes", .proves("1.1 token", "1.2 key", "1.3 revokeP"))
  func answers() throws {
    let token = try TokenAnswer(parsing: bytes(try answer("portal-token")))
    #expect(token.text == (try answer("portal-token")))
    #expect(token.expiry == "2023-12-22 08:16:59")
    #expect(token.lifetime == 86_400)
    let approval = try ApprovalAnswer(parsing: bytes(try answer("portal-approval")))
    #expect(approval.text == (try answer("portal-approval")))
    let revocation = try RevocationAnswer(parsing: bytes(try answer("portal-revoke")))
    #expect(revocation.text == (try answer("portal-revoke")))
    #expect(revocation == RevocationAnswer())
    #expect(try RevocationAnswer(parsing: bytes(#"{"code":"200","message":"x"}"#)).code == 200)
  }

  @Test("a refusal is byte for byte the captured one", .proves("1.1 errors"))
  func refusal() throws {
    #expect(OAuthError(.tokenTooSoon).text == (try answer("err-egw00133")))
    #expect(try OAuthError(parsing: bytes(try answer("err-egw00133"))) == OAuthError(.tokenTooSoon))
    #expect(OAuthError(.invalidAppKey).text == #"{"error_description":"유효하지 않은 AppKey입니다.","error_code":"EGW00103"}"#)
    #expect(OAuthError(.serverError).text == #"{"error_description":"서버 에러가 발생했습니다.","error_code":"EGW00002"}"#)
  }

  @Test("requests survive encoding and decoding")
  func requests() throws {
    let token = TokenRequest(appKey: "PSkey", appSecret: "secret")
    #expect(token.text == #"{"grant_type":"client_credentials","appkey":"PSkey","appsecret":"secret"}"#)
    #expect(try TokenRequest(parsing: bytes(token.text)) == token)
    let refresh = TokenRequest(appKey: "a", appSecret: "b", grantType: GrantType.refreshToken, refreshToken: "r")
    #expect(try TokenRequest(parsing: bytes(refresh.text)) == refresh)
    let approval = ApprovalRequest(appKey: "PSkey", appSecret: "secret")
    #expect(approval.text == #"{"grant_type":"client_credentials","appkey":"PSkey","secretkey":"secret"}"#)
    #expect(try ApprovalRequest(parsing: bytes(approval.text)) == approval)
    let revocation = RevocationRequest(appKey: "a", appSecret: "b", token: "t")
    #expect(try RevocationRequest(parsing: bytes(revocation.text)) == revocation)
  }

  @Test(
    "each flaw of a token request has KIS's own code",
    arguments: [
      ("", "EGW00101"), ("[]", "EGW00101"), ("{}", "EGW00115"), (#"{"grant_type":"password"}"#, "EGW00116"),
      (#"{"grant_type":"client_credentials"}"#, "EGW00102"),
      (#"{"grant_type":"client_credentials","appkey":""}"#, "EGW00102"),
      (#"{"grant_type":"client_credentials","appkey":"a"}"#, "EGW00104"),
    ])
  func flaws(body: String, code: String) throws {
    let error = try #require(throws: OAuthError.self) { try TokenRequest(parsing: bytes(body)) }
    #expect(error.code.rawValue == code)
    #expect(!error.message.isEmpty)
  }

  @Test("Approval wants the secret under secretkey")
  func secretKey() throws {
    let body = #"{"grant_type":"client_credentials","appkey":"a","appsecret":"b"}"#
    let error = try #require(throws: OAuthError.self) { try ApprovalRequest(parsing: bytes(body)) }
    #expect(error.code == .appSecretRequired)
  }

  @Test("an answer without its main member is an error", arguments: ["{}", "{\"access_token\":\"\"}", "x"])
  func malformed(body: String) {
    #expect(throws: WireError.self) { try TokenAnswer(parsing: bytes(body)) }
    #expect(throws: WireError.self) { try ApprovalAnswer(parsing: bytes(body)) }
    #expect(throws: WireError.self) { try RevocationAnswer(parsing: bytes(body)) }
    #expect(throws: WireError.self) { try OAuthError(parsing: bytes(body)) }
  }
}
