import Facts
import Foundation
import KISWire
import Testing

@testable import KISSandbox
@testable import KISScenario

@Suite("Tokens and keys")
struct TokenQuirksTests {
  private func strict(_ quirks: Quirks = []) throws -> SandboxFixture {
    try SandboxFixture {
      $0.appKeys = ["app": "secret"]
      $0.quirks = quirks
    }
  }

  @Test(
    "the OAuth endpoints refuse with 403, description first",
    .proves(.oauthErrorShape),
    .proves("1.1 errors", "1.1 other keys", "7 Approval failure", "7 revokeP failure"))
  func errorShape() async throws {
    let fixture = try strict()
    let unknown = #"{"error_description":"유효하지 않은 AppKey입니다.","error_code":"EGW00103"}"#
    let wrong = #"{"error_description":"유효하지 않은 AppSecret입니다.","error_code":"EGW00105"}"#
    for (path, secret) in [("tokenP", "appsecret"), ("Approval", "secretkey"), ("revokeP", "appsecret")] {
      for (key, value, body) in [("nobody", "secret", unknown), ("app", "wrong", wrong)] {
        var question: JSONObject = ["grant_type": "client_credentials", "token": "x"]
        question["appkey"] = .string(key)
        question[secret] = .string(value)
        let answer = await fixture.post("/oauth2/\(path)", question)
        #expect(answer.status == 403)
        #expect(answer.text == body)
      }
    }
  }

  @Test(
    "a second token within a minute is refused, and the first stays good",
    .proves(.tokenOncePerMinute), .proves("1.1 once a minute"))
  func oncePerMinute() async throws {
    let fixture = try SandboxFixture()
    let caller = await fixture.caller()
    await fixture.advance(59)
    let second = await fixture.tokenAnswer()
    #expect(second.status == 403)
    #expect(second.text == #"{"error_description":"접근토큰 발급 잠시 후 다시 시도하세요(1분당 1회)","error_code":"EGW00133"}"#)
    #expect(await caller.price().json["rt_cd"] == "0")
    await fixture.advance(1)
    #expect(await fixture.tokenAnswer().status == 200)
  }

  @Test(
    "within six hours the same token comes back, even when it is dead",
    .proves(.tokenReissueReturnsSame), .proves("1.1 reuse", "1.1 dead token", "2.3 invalid token", "1.3 revokeP"))
  func sameDeadToken() async throws {
    let fixture = try SandboxFixture()
    let caller = await fixture.caller()
    let revoked = await fixture.post(
      "/oauth2/revokeP", ["appkey": "app", "appsecret": "secret", "token": .string(caller.token)])
    #expect(revoked.text == #"{"code":200,"message":"접근토큰 폐기에 성공하였습니다"}"#)
    await fixture.advance(6 * 3_600 - 1)
    let again = await fixture.tokenAnswer().json
    #expect(again["access_token"]?.string == caller.token)
    #expect(again["expires_in"]?.int == 18 * 3_600 + 1)
    let refused = await caller.price()
    #expect(refused.status == 500)
    #expect(refused.text == #"{"rt_cd":"1","msg1":"유효하지 않은 token 입니다.","msg_cd":"EGW00121"}"#)
    await fixture.advance(1)
    #expect(await fixture.tokenAnswer().json["access_token"]?.string != caller.token)
  }

  @Test("too many token requests make the app key invalid for an hour", .proves(.tokenViolationsBlockAppKey))
  func violations() async throws {
    let fixture = try SandboxFixture { $0.quirks = [.tokenViolationsBlockAppKey] }
    for _ in 0..<4 { _ = await fixture.tokenAnswer() }
    #expect(await fixture.tokenAnswer().code == "EGW00103")
    await fixture.advance(3_700)
    #expect(await fixture.tokenAnswer().status == 200)
  }

  @Test("a line break behind a key is an invalid secret", .proves(.newlineInKeyRefused), arguments: ["\n", "\r\n"])
  func lineBreak(_ end: String) async throws {
    let fixture = try SandboxFixture()
    #expect(await fixture.tokenAnswer("app", "secret" + end).code == "EGW00105")
    #expect(await fixture.tokenAnswer("app" + end, "secret").code == "EGW00105")
    #expect(await fixture.tokenAnswer().status == 200)
  }

  @Test(
    "the secret is called secretkey by Approval alone", .proves(.secretkeyInApproval), .proves("1.1 missing fields"))
  func secretkey() async throws {
    let fixture = try SandboxFixture()
    for (path, wrong, right) in [("Approval", "appsecret", "secretkey"), ("tokenP", "secretkey", "appsecret")] {
      var question: JSONObject = ["grant_type": "client_credentials", "appkey": "app"]
      question[wrong] = "secret"
      let refused = await fixture.post("/oauth2/\(path)", question)
      #expect(refused.status == 403)
      #expect(refused.text == #"{"error_description":"AppSecret은 필수입니다.","error_code":"EGW00104"}"#)
      question[right] = "secret"
      #expect(await fixture.post("/oauth2/\(path)", question).status == 200)
    }
    #expect(await fixture.post("/oauth2/tokenP", ["grant_type": "client_credentials"]).code == "EGW00102")
    #expect(await fixture.post("/oauth2/tokenP", ["appkey": "app"]).code == "EGW00115")
    #expect(await fixture.post("/oauth2/tokenP", ["grant_type": "password"]).code == "EGW00116")
  }

  @Test("revokeP says its code as text", .proves(.revokeCodeAsText))
  func revokeCode() async throws {
    let fixture = try SandboxFixture { $0.quirks = [.revokeCodeAsText] }
    let token = await fixture.caller().token
    let answer = await fixture.post(
      "/oauth2/revokeP", ["appkey": "app", "appsecret": "secret", "token": .string(token)])
    #expect(answer.text == #"{"code":"200","message":"접근토큰 폐기에 성공하였습니다"}"#)
  }

  @Test(
    "an approval key is a UUID of 36 characters, and nothing comes with it", .proves(.approvalKeyLength),
    .proves("1.2 key"))
  func approvalKey() async throws {
    let fixture = try SandboxFixture()
    let answer = await fixture.post(
      "/oauth2/Approval", ["grant_type": "client_credentials", "appkey": "app", "secretkey": "secret"])
    #expect(answer.text.wholeMatch(of: /\{"approval_key":"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"\}/) != nil)
  }

  @Test("an expired approval key registers, and stays silent", .proves(.expiredApprovalKeySilent))
  func expiredKeySilent() async throws {
    let frame = "0|H0UPPGM0|001|0001^090001^1"
    let fixture = try SandboxFixture([(0, frame)]) {
      $0.quirks = [.expiredApprovalKeySilent]
      $0.heartbeat.rhythm = .never
    }
    let key = await fixture.approvalKey()
    await fixture.advance(86_401)
    let client = try await fixture.connect()
    await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: key)
    await fixture.advance(10)
    #expect(client.sink.texts.count == 1)
    #expect(client.sink.texts.first?.contains("SUBSCRIBE SUCCESS") == true)
  }

  @Test(
    "at night and on Sundays a valid approval key is unknown",
    .proves(.approvalKeyUnknownAfterHours), .proves("3.5 market close"),
    arguments: [(0.0, "OPSP0000"), (12 * 3_600, "OPSP0011"), (6 * 86_400, "OPSP0011")] as [(Double, MessageCode)])
  func unknownAtNight(seconds: Double, code: MessageCode) async throws {
    let start = SandboxFixture.open + .seconds(seconds)
    let fixture = try SandboxFixture(at: start) { $0.quirks = [.approvalKeyUnknownAfterHours] }
    #expect(try await fixture.listener("H0UPPGM0", "0001").reply?.code == code)
  }

  @Test(
    "a real token on vts is the wrong kind of credentials, an expired one is expired",
    .proves(.realTokenOnVts), .proves("2.3 other venue's token", "2.3 expired token"))
  func realTokenOnVts() async throws {
    let real = await (try SandboxFixture()).caller().token
    let fixture = try SandboxFixture { $0.venue = .vts }
    var caller = await fixture.caller()
    let own = caller.token
    caller.token = real
    let refused = await caller.price()
    #expect(refused.status == 500)
    #expect(refused.text == #"{"rt_cd":"1","msg_cd":"EGW00205","msg1":"credentials_type이 유효하지 않습니다.(Bearer)"}"#)
    caller.token = own
    await fixture.advance(86_400)
    let expired = await caller.price()
    #expect(expired.status == 500)
    #expect(expired.text == #"{"rt_cd":"1","msg1":"기간이 만료된 token 입니다.","msg_cd":"EGW00123"}"#)
  }

  @Test(
    "a key of the other venue gets a token, and its calls are refused", .proves("2.3 other venue's key"),
    arguments: [
      (Venue.vts, Venue.real, #"{"rt_cd":"1","msg_cd":"EGW02007","msg1":"해당 앱키는 모의투자용 앱키가 아닙니다"}"#),
      (.real, .vts, #"{"rt_cd":"1","msg_cd":"EGW02004","msg1":"해당 앱키는 실전투자용 앱키가 아닙니다"}"#),
    ])
  func otherVenue(venue: Venue, home: Venue, body: String) async throws {
    let text = "credentials: {apps: [{key: app, venue: \(home.rawValue)}, {key: other, venue: \(venue.rawValue)}]}"
    let scenario = try Scenario(parsing: text, file: "venues.yaml")
    let fixture = try SandboxFixture {
      $0 = SandboxConfiguration(scenario: scenario)
      $0.venue = venue
    }
    let caller = await fixture.caller()
    #expect(!caller.token.isEmpty)
    let refused = await caller.price()
    #expect(refused.status == 500)
    #expect(refused.text == body)
    #expect(await fixture.tokenAnswer("other").status == 200)
  }

  @Test("a token has the claims of the real one, an empty product code among them")
  func claims() async throws {
    let token = await (try SandboxFixture()).caller().token
    let part = token.split(separator: ".")[1].replacing("-", with: "+").replacing("_", with: "/")
    let padded = part + String(repeating: "=", count: (4 - part.count % 4) % 4)
    let claims = try JSONValue(parsing: Array(try #require(Data(base64Encoded: String(padded)))))
    #expect(claims.object?.members.map(\.name) == ["sub", "aud", "prdt_cd", "iss", "exp", "iat", "jti"])
    #expect(claims["prdt_cd"] == "")
    #expect(token.utf8.count <= 350)
  }

  @Test("tokens of an earlier start are good where they are to be kept, for the same seed and until they expire")
  func stableTokens() async throws {
    func start(
      seed: UInt64 = 1, at time: KoreanTime = SandboxFixture.open, keeps: Bool = true
    ) throws -> SandboxFixture {
      try SandboxFixture(at: time) {
        $0.keepsTokens = keeps
        $0.seed = seed
      }
    }
    let kept = await (try start()).caller().token
    func answer(_ fixture: SandboxFixture, _ token: String) async -> String {
      var caller = await fixture.caller()
      caller.token = token
      return await caller.price().code
    }
    #expect(await answer(try start(at: SandboxFixture.open + .seconds(86_399)), kept) == "MCA00000")
    #expect(await answer(try start(at: SandboxFixture.open + .seconds(86_400)), kept) == "EGW00123")
    #expect(await answer(try start(seed: 2), kept) == "EGW00121")
    #expect(await answer(try start(keeps: false), kept) == "EGW00121")
    #expect(await answer(try start(), String(kept.dropLast()) + "x") == "EGW00121")
    #expect(await answer(try start(), "a.b.c") == "EGW00121")
    let again = try start(at: SandboxFixture.open + .seconds(60))
    let revoked = await again.post("/oauth2/revokeP", ["appkey": "app", "appsecret": "secret", "token": .string(kept)])
    #expect(revoked.status == 200)
    var caller = await again.caller()
    caller.token = kept
    #expect(await caller.price().code == "EGW00121")
  }
}
