import KISWire
import Testing

@testable import KISSandbox

@Suite("A session in a sandbox")
struct SandboxRegistrationTests {
  private static let frame = "0|H0UPPGM0|001|0001^090001^1"

  @Test("a success carries iv and key, the same for the whole session, and precedes the first frame")
  func success() async throws {
    let fixture = try SandboxFixture([(0, Self.frame)])
    let client = try await fixture.connect()
    let key = await fixture.approvalKey()
    await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: key)
    await fixture.register(client.id, "H0STCNT0", "005930", approvalKey: key)
    let replies = try client.sink.texts.filter { $0.first == "{" }.map { try RegistrationReply(parsing: $0) }
    #expect(replies.map(\.code) == [.subscribed, .subscribed])
    #expect(replies[0].output == replies[1].output)
    #expect(client.sink.texts.first?.first == "{")
    #expect(client.sink.frames == [Self.frame])
  }

  @Test("gets what it registered and nothing else, until it releases")
  func filter() async throws {
    let other = "0|H0UPPGM0|001|1001^090001^1"
    let fixture = try SandboxFixture([(0, Self.frame), (1, other), (2, Self.frame), (3, Self.frame)])
    let client = try await fixture.connect()
    let key = await fixture.approvalKey()
    await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: key)
    await fixture.advance(2)
    await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: key, action: .release)
    await fixture.advance(2)
    #expect(client.sink.frames == [Self.frame, Self.frame])
  }

  @Test(
    "is refused in KIS's words",
    arguments: [
      (#"not json"#, "9", "OPSP9999", "(null)"), (#"{"body":{}}"#, "9", "OPSP9998", "(null)"),
      (#"{"header":{}}"#, "9", "OPSP9992", "(null)"),
    ])
  func malformed(message: String, resultCode: String, code: MessageCode, id: TransactionID) async throws {
    let fixture = try SandboxFixture()
    let client = try await fixture.connect()
    await fixture.sandbox.receive(Array(message.utf8), from: client.id)
    let reply = try RegistrationReply(parsing: try #require(client.sink.texts.first))
    #expect(reply.resultCode == resultCode)
    #expect(reply.code == code)
    #expect(reply.header?.transactionID == id)
  }

  @Test("an unknown approval key is refused and echoed")
  func unknownApprovalKey() async throws {
    let fixture = try SandboxFixture()
    let client = try await fixture.connect()
    await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: "nobody")
    let reply = try RegistrationReply(parsing: try #require(client.sink.texts.first))
    #expect(reply.code == .unknownApprovalKey)
    #expect(reply.resultCode == "1")
    #expect(reply.message == "invalid approval : nobody")
  }

  @Test("a second registration of a pair, a release of none and an unknown TR have their own codes")
  func refusals() async throws {
    let fixture = try SandboxFixture()
    let client = try await fixture.connect()
    let key = await fixture.approvalKey()
    await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: key)
    await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: key)
    await fixture.register(client.id, "H0UPPGM0", "1001", approvalKey: key, action: .release)
    await fixture.register(client.id, "H0NOSUCH", "0001", approvalKey: key)
    let codes = try client.sink.texts.map { try RegistrationReply(parsing: $0).code }
    #expect(codes == [.subscribed, .alreadySubscribed, .notSubscribed, .invalidTransactionID])
  }

  @Test("the 42nd registration is refused and the others go on")
  func limit() async throws {
    let fixture = try SandboxFixture([(1, "0|H0STCNT0|001|000001^090001")])
    let client = try await fixture.connect()
    let key = await fixture.approvalKey()
    for number in 1...42 {
      let code = String(String(1_000_000 + number).dropFirst())
      await fixture.register(client.id, "H0STCNT0", code, approvalKey: key)
    }
    let codes = try client.sink.texts.map { try RegistrationReply(parsing: $0).code }
    #expect(codes == Array(repeating: .subscribed, count: 41) + [.tooManySubscriptions])
    await fixture.advance(1)
    #expect(client.sink.frames.count == 1)
  }

  @Test("a second session on an app key is refused with the captured bytes and dropped; the first lives on")
  func duplicateAppKey() async throws {
    let fixture = try SandboxFixture([(1, Self.frame)])
    let first = try await fixture.connect()
    let second = try await fixture.connect()
    let key = await fixture.approvalKey()
    await fixture.register(first.id, "H0UPPGM0", "0001", approvalKey: key)
    await fixture.register(second.id, "H0UPPGM0", "0001", approvalKey: key)
    #expect(
      second.sink.texts == [
        #"{"header":{"tr_id":"(null)","tr_key":"","encrypt":"N"},"body":{"rt_cd":"9","msg_cd":"OPSP8996","msg1":"ALREADY IN USE appkey"}}"#
      ])
    #expect(second.sink.ending == .drop)
    await fixture.advance(1)
    #expect(first.sink.frames.count == 1)
    await fixture.sandbox.disconnected(first.id, cleanly: true)
    let third = try await fixture.connect()
    await fixture.register(third.id, "H0UPPGM0", "0001", approvalKey: key)
    #expect(third.sink.texts.first?.contains("SUBSCRIBE SUCCESS") == true)
  }

  @Test("an app key stays taken for a while after its session vanished, when the limits say so")
  func slotStaysTaken() async throws {
    let fixture = try SandboxFixture { $0.limits.slotRelease = .seconds(60) }
    let key = await fixture.approvalKey()
    let first = try await fixture.connect()
    await fixture.register(first.id, "H0UPPGM0", "0001", approvalKey: key)
    await fixture.sandbox.disconnected(first.id, cleanly: false)
    let second = try await fixture.connect()
    await fixture.register(second.id, "H0UPPGM0", "0001", approvalKey: key)
    #expect(second.sink.texts.first?.contains("OPSP8996") == true)
    await fixture.advance(61)
    let third = try await fixture.connect()
    await fixture.register(third.id, "H0UPPGM0", "0001", approvalKey: key)
    #expect(third.sink.texts.first?.contains("OPSP0000") == true)
  }

  @Test("notices are encrypted with the session's own iv and key")
  func notices() async throws {
    let plain = "1|H0STCNI0|001|kismock^5000000001^0000000001^^02^0^00^0^005930^1"
    let fixture = try SandboxFixture([(0, plain)])
    let client = try await fixture.connect()
    await fixture.register(client.id, "H0STCNI0", "kismock", approvalKey: await fixture.approvalKey())
    let reply = try RegistrationReply(parsing: try #require(client.sink.texts.first))
    #expect(reply.header?.encrypt == "Y")
    let frame = try Frame(parsing: try #require(client.sink.frames.first))
    #expect(frame.flag == .encrypted)
    let cipher = try #require(try reply.cipher())
    #expect(try cipher.decrypt(frame).text.hasSuffix("kismock^5000000001^0000000001^^02^0^00^0^005930^1"))
  }

  @Test("a numeric HTS id without its dollar sign is refused")
  func numericHTSID() async throws {
    let fixture = try SandboxFixture()
    let client = try await fixture.connect()
    await fixture.register(client.id, "H0STCNI0", "1234567", approvalKey: await fixture.approvalKey())
    #expect(client.sink.texts.first?.contains("OPSP0017") == true)
  }

  @Test("each venue knows its own notice TR")
  func venues() async throws {
    let fixture = try SandboxFixture { $0.venue = .vts }
    let client = try await fixture.connect()
    let key = await fixture.approvalKey()
    await fixture.register(client.id, "H0STCNI9", "kismock", approvalKey: key)
    await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: key)
    let codes = try client.sink.texts.map { try RegistrationReply(parsing: $0).code }
    #expect(codes == [.subscribed, .invalidTransactionID])
  }
}
