import KISWire
import Testing

@testable import KISSandbox

/// Quirks that a scenario switches on, by their number, seen on the bytes that a client gets.
@Suite("A switched-on quirk")
struct QuirkBehaviourTests {
  private static let frame = "0|H0UPPGM0|001|0001^090001^1"

  private func fixture(
    _ quirks: Quirks, _ change: (inout SandboxConfiguration) -> Void = { _ in }
  ) throws -> SandboxFixture {
    try SandboxFixture([(0, Self.frame)]) {
      $0.quirks = quirks
      change(&$0)
    }
  }

  private func post(_ fixture: SandboxFixture, _ path: String, _ body: JSONValue) async -> RESTAnswer {
    await fixture.sandbox.answer(RESTRequest(method: "POST", path: path, body: body.utf8))
  }

  private func token(_ fixture: SandboxFixture) async -> RESTAnswer {
    await post(
      fixture, "/oauth2/tokenP", ["grant_type": "client_credentials", "appkey": "app", "appsecret": "secret"])
  }

  private func price(_ fixture: SandboxFixture, token: String) async -> RESTAnswer {
    await fixture.sandbox.answer(
      RESTRequest(
        method: "GET", path: "/uapi/domestic-stock/v1/quotations/inquire-price",
        query: [("FID_COND_MRKT_DIV_CODE", "J"), ("FID_INPUT_ISCD", "005930")],
        headers: [
          ("authorization", "Bearer \(token)"), ("appkey", "app"), ("appsecret", "secret"),
          ("tr_id", "FHKST01010100"),
        ]))
  }

  private func firstReply(
    _ fixture: SandboxFixture, _ id: TransactionID, _ key: String
  ) async throws -> (RecordingSink, RegistrationReply?) {
    let client = try await fixture.connect()
    await fixture.register(client.id, id, key, approvalKey: await fixture.approvalKey())
    return (client.sink, try client.sink.texts.first.map { try RegistrationReply(parsing: $0) })
  }

  @Test("4: too many token requests make the app key invalid for an hour")
  func violations() async throws {
    let fixture = try fixture([.tokenViolationsBlockAppKey])
    for _ in 0..<4 { _ = await token(fixture) }
    #expect(String(decoding: await token(fixture).body, as: UTF8.self).contains("EGW00103"))
    await fixture.advance(3_700)
    #expect(await token(fixture).status == 200)
  }

  @Test("7: revokeP says its code as text")
  func revokeCode() async throws {
    for (quirks, wanted) in [([], #"{"code":200,"#), ([.revokeCodeAsText], #"{"code":"200","#)] as [(Quirks, String)] {
      let fixture = try fixture(quirks)
      let issued = try JSONValue(parsing: await token(fixture).body)["access_token"]
      let answer = await post(
        fixture, "/oauth2/revokeP", ["appkey": "app", "appsecret": "secret", "token": issued ?? ""])
      #expect(String(decoding: answer.body, as: UTF8.self).hasPrefix(wanted))
    }
  }

  @Test("9: an expired approval key registers, and stays silent")
  func expiredKeySilent() async throws {
    let fixture = try fixture([.expiredApprovalKeySilent]) { $0.heartbeat.rhythm = .never }
    let key = await fixture.approvalKey()
    await fixture.advance(86_401)
    let client = try await fixture.connect()
    await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: key)
    await fixture.advance(10)
    #expect(client.sink.texts.count == 1)
    #expect(client.sink.texts.first?.contains("SUBSCRIBE SUCCESS") == true)
  }

  @Test("10: at night a valid approval key is unknown")
  func unknownAtNight() async throws {
    let fixture = try fixture([.approvalKeyUnknownAfterHours]) { $0.heartbeat.rhythm = .never }
    #expect(try await firstReply(fixture, "H0UPPGM0", "0001").1?.code == .subscribed)
    await fixture.advance(12 * 3_600)
    let client = try await fixture.connect()
    await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: await fixture.approvalKey("other"))
    #expect(client.sink.texts.first?.contains("OPSP0011") == true)
  }

  @Test("13: the rate limit comes with HTTP 200; 12: without it with 500")
  func rateLimitStatus() async throws {
    for (quirks, status) in [([], 500), ([.rateLimitWithHttp200], 200)] as [(Quirks, Int)] {
      let fixture = try fixture(quirks) { $0.limits.requestsPerSecond = 1 }
      let issued = try #require(try JSONValue(parsing: await token(fixture).body)["access_token"]?.string)
      _ = await price(fixture, token: issued)
      let second = await price(fixture, token: issued)
      #expect(second.status == status)
      #expect(
        String(decoding: second.body, as: UTF8.self)
          == #"{"rt_cd":"1","msg_cd":"EGW00201","msg1":"초당 거래건수를 초과하였습니다."}"#)
    }
  }

  @Test("40: the slot of a vanished session stays taken")
  func slot() async throws {
    let fixture = try fixture([.slotStaysTaken])
    let key = await fixture.approvalKey()
    let first = try await fixture.connect()
    await fixture.register(first.id, "H0UPPGM0", "0001", approvalKey: key)
    await fixture.sandbox.disconnected(first.id, cleanly: false)
    let second = try await fixture.connect()
    await fixture.register(second.id, "H0UPPGM0", "0001", approvalKey: key)
    #expect(second.sink.texts.first?.contains("OPSP8996") == true)
  }

  @Test("42: a notice's success says encrypt N, and its frames are encrypted all the same")
  func encryptN() async throws {
    #expect(try await firstReply(try fixture([]), "H0STCNI0", "kismock").1?.header?.encrypt == "Y")
    #expect(try await firstReply(try fixture([.noticeEncryptN]), "H0STCNI0", "kismock").1?.header?.encrypt == "N")
  }

  @Test("47: a registration succeeds and no frame ever comes")
  func silentStream() async throws {
    let fixture = try fixture([.streamSilentAfterSuccess])
    let (sink, reply) = try await firstReply(fixture, "H0UPPGM0", "0001")
    #expect(reply?.code == .subscribed)
    await fixture.advance(5)
    #expect(sink.frames.isEmpty)
  }

  @Test("51: an unsolicited PONG makes the server drop TCP")
  func pongs() async throws {
    for (quirks, ending) in [([], nil), ([.unsolicitedPongsCut], .drop)] as [(Quirks, SessionEnding?)] {
      let fixture = try fixture(quirks)
      let client = try await fixture.connect()
      await fixture.sandbox.receivePong([], from: client.id)
      #expect(client.sink.ending == ending)
    }
  }

  @Test("53: a wrong HTS id drops the connection; 89: without the quirk it is refused with OPSP0017")
  func wrongHTSID() async throws {
    let (refused, _) = try await firstReply(try fixture([]), "H0STCNI0", "1234567")
    #expect(refused.texts.first?.contains("OPSP0017") == true)
    let (dropped, reply) = try await firstReply(try fixture([.wrongHtsIdDropped]), "H0STCNI0", "1234567")
    #expect(reply == nil)
    #expect(dropped.ending == .drop)
  }
}
