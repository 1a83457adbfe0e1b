import Facts
import KISMarket
import KISWire
import Testing

@testable import KISSandbox
@testable import KISScenario

@Suite("Replies to registrations")
struct RegistrationFactsTests {
  private static func reply(_ id: String, _ key: String, _ resultCode: String, _ code: String, _ text: String) -> String
  {
    #"{"header":{"tr_id":"\#(id)","tr_key":"\#(key)","encrypt":"N"},"body":{"rt_cd":"\#(resultCode)","msg_cd":"\#(code)","msg1":"\#(text)"}}"#
  }

  @Test(
    "a pair registers once, releases once, and an unknown TR never",
    .proves("3.3 registered", "3.3 already registered", "3.3 released", "3.3 bad tr_id"))
  func pairs() async throws {
    let fixture = try SandboxFixture()
    let client = try await fixture.listener("H0UPPGM0", "0001")
    let key = await fixture.approvalKey()
    await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: key)
    await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: key, action: .release)
    await fixture.register(client.id, "H0NOSUCH", "0001", approvalKey: key)
    let texts = client.sink.texts
    #expect(texts[0].contains(#""body":{"rt_cd":"0","msg_cd":"OPSP0000","msg1":"SUBSCRIBE SUCCESS","output":{"iv":""#))
    #expect(
      Array(texts.dropFirst()) == [
        Self.reply("H0UPPGM0", "0001", "1", "OPSP0002", "ALREADY IN SUBSCRIBE"),
        Self.reply("H0UPPGM0", "0001", "0", "OPSP0001", "UNSUBSCRIBE SUCCESS"),
        Self.reply("H0NOSUCH", "0001", "9", "OPSP8991", "SUBSCRIBE ERROR : invalid tr_id"),
      ])
  }

  @Test("an unknown approval key is refused and echoed", .proves("3.3 unknown approval key", "8 OPSP0017"))
  func unknownApprovalKey() async throws {
    let fixture = try SandboxFixture()
    let client = try await fixture.connect()
    await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: "nobody")
    #expect(
      client.sink.texts == [Self.reply("H0UPPGM0", "0001", "1", "OPSP0011", "invalid approval : nobody")])
  }

  @Test(
    "errors of the server's own come by name", .proves("3.3 internal", "3.3 unpaid"),
    arguments: [
      ("OPSP0007", "SUBSCRIBE INTERNAL ERROR"), ("OPSP0009", "SUBSCRIBE ERROR : mci send failed"),
    ])
  func byName(code: String, text: String) async throws {
    let fixture = try SandboxFixture()
    await fixture.sandbox.arm(ConfiguredFault(.registrationRefused, ["code": .text(code)]))
    #expect(
      try await fixture.listener("HDFFF020", "ESZ26").sink.texts == [Self.reply("HDFFF020", "ESZ26", "1", code, text)])
  }

  @Test(
    "each missing part of a request has its code", .proves("3.3 bad JSON", "7 rt_cd of JSON errors"),
    arguments: [
      (#"nonsense"#, "OPSP9999"), (#"{"body":{"input":{"tr_id":"H0UPPGM0","tr_key":"0001"}}}"#, "OPSP9998"),
      (#"{"header":{"approval_key":"x","custtype":"P","tr_type":"1"}}"#, "OPSP9992"),
      (#"{"header":{"approval_key":"x","custtype":"P","tr_type":"1"},"body":{}}"#, "OPSP9991"),
      (
        #"{"header":{"approval_key":"x","custtype":"P","tr_type":"1"},"body":{"input":{"tr_id":"H0UPPGM0"}}}"#,
        "OPSP9990"
      ),
      (
        #"{"header":{"approval_key":"x","tr_type":"1"},"body":{"input":{"tr_id":"H0UPPGM0","tr_key":"0001"}}}"#,
        "OPSP9997"
      ),
      (
        #"{"header":{"approval_key":"x","custtype":"P","tr_type":"3"},"body":{"input":{"tr_id":"H0UPPGM0","tr_key":"0001"}}}"#,
        "OPSP8997"
      ),
    ])
  func missingParts(message: String, code: MessageCode) async throws {
    let fixture = try SandboxFixture()
    let client = try await fixture.connect()
    await fixture.sandbox.receive(Array(message.utf8), from: client.id)
    let reply = try RegistrationReply(parsing: try #require(client.sink.texts.first))
    #expect(reply.code == code)
    #expect(reply.resultCode == "9")
    #expect(reply.message == code.text)
    #expect(reply.output == nil)
    #expect(client.sink.ending == nil)
  }

  @Test("real alone streams program trading of indices, in plain text", .proves("5 keys"))
  func venues() async throws {
    let paper = try SandboxFixture { $0.venue = .vts }
    #expect(
      try await paper.listener("H0UPPGM0", "0001").sink.texts == [
        Self.reply("H0UPPGM0", "0001", "9", "OPSP8991", "SUBSCRIBE ERROR : invalid tr_id")
      ])
    #expect(try await paper.listener("H0STCNI9", "kismock", appKey: "other").reply?.code == .subscribed)
  }

  @Test("PINGPONG comes on its timer in the middle of flowing data", .proves("3.4 rhythm", "8 PINGPONG in data"))
  func pingPongInData() async throws {
    let events = (1...150).map { (second: Double($0), text: "0|H0UPPGM0|001|0001^\($0)") }
    let fixture = try SandboxFixture(events)
    let client = try await fixture.listener("H0UPPGM0", "0001")
    for _ in 0..<150 { await fixture.advance(1) }
    let position = try #require(client.sink.texts.firstIndex { $0.contains("PINGPONG") })
    #expect((99...102).contains(position))
    #expect(client.sink.texts.count == 152)
  }

  @Test(
    "frames just stop at the close; program trading goes on until 18:05", .proves("3.5 market close", "8 magnitudes"))
  func marketClose() async throws {
    let close = SandboxFixture.open + .seconds(23_400)
    let trades = try await HeardStream("H0STCNT0", "005930", at: close + .seconds(-20), seconds: 1_200)
    #expect(trades.named.last?["STCK_CNTG_HOUR"]?.hasPrefix("1530") == true)
    let program = try await HeardStream("H0UPPGM0", "0001", at: close + .seconds(8_000), seconds: 1_400).records
    #expect(program.contains { $0[1] > "175900" })
  }

  @Test("the index TR has 30 values", .proves("5 H0UPCNT0"))
  func index() async throws {
    let stream = try await HeardStream("H0UPCNT0", "2001")
    #expect(stream.widths == [30])
    #expect(stream.records.allSatisfy { $0[0] == "2001" })
  }

  @Test("market status comes two to two and a half minutes apart", .proves("8 H0UNMKO0"))
  func marketStatus() async throws {
    let quotes = QuotedMarket(seed: 1)
    quotes.add(
      MarketEvent(.halt(milliseconds: 120_000), to: .instrument("005930"), on: "2026-09-21", at: ClockTime(10, 0)))
    let messages = try MarketStreamTests.messages("H0UNMKO0", key: "005930", count: 2, in: quotes)
    let times = messages.map(\.moment.time.seconds)
    #expect(zip(times.dropFirst(), times).allSatisfy { (115...160).contains($0 - $1) } && times.count == 2)
  }
}
