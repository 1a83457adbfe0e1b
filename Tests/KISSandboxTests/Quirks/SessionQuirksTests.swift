import Facts
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("One session and its app key")
struct SessionQuirksTests {
  private static let frame = "0|H0UPPGM0|001|0001^090001^1"

  @Test(
    "a second session is refused at its first registration, in the captured bytes, and dropped",
    .proves(.secondSessionRefused, .rtCd9), .proves("3.3 second session"))
  func secondSession() async throws {
    let fixture = try SandboxFixture([(1, Self.frame)])
    let first = try await fixture.listener("H0UPPGM0", "0001")
    let second = try await fixture.listener("H0UPPGM0", "0001")
    #expect(
      second.sink.texts == [
        #"{"header":{"tr_id":"(null)","tr_key":"","encrypt":"N"},"body":{"rt_cd":"9","msg_cd":"OPSP8996","msg1":"ALREADY IN USE appkey"}}"#
      ])
    #expect(second.sink.ending == .drop)
    await fixture.advance(1)
    #expect(first.sink.frames == [Self.frame])
  }

  @Test("the slot of a vanished session stays taken", .proves(.slotStaysTaken), .proves("3.3 slot"))
  func slot() async throws {
    let fixture = try SandboxFixture { $0.quirks = [.slotStaysTaken] }
    let first = try await fixture.listener("H0UPPGM0", "0001")
    await fixture.sandbox.disconnected(first.id, cleanly: false)
    #expect(try await fixture.listener("H0UPPGM0", "0001").reply?.code == .appKeyInUse)
    await fixture.advance(61)
    #expect(try await fixture.listener("H0UPPGM0", "0001").reply?.code == .subscribed)
  }

  @Test(
    "rt_cd is 9 for what was not understood",
    .proves(.rtCd9), .proves("7 rt_cd of JSON errors"))
  func resultCode9() async throws {
    let fixture = try SandboxFixture()
    let client = try await fixture.connect()
    await fixture.sandbox.receive(Array("{".utf8), from: client.id)
    #expect(
      client.sink.texts == [
        #"{"header":{"tr_id":"(null)","tr_key":"","encrypt":"N"},"body":{"rt_cd":"9","msg_cd":"OPSP9999","msg1":"JSON PARSING ERROR : invalid json format"}}"#
      ])
  }

  @Test(
    "notices say encrypt N, by name, and are encrypted all the same",
    .proves(.noticeEncryptN), .proves("4 encryption"), arguments: [true, false])
  func encryptMark(isOn: Bool) async throws {
    let fixture = try SandboxFixture([(0, "1|H0STCNI0|001|kismock^1^2")]) { $0.quirks = isOn ? [.noticeEncryptN] : [] }
    let client = try await fixture.listener("H0STCNI0", "kismock")
    #expect(client.sink.texts[0].contains(#""encrypt":"\#(isOn ? "N" : "Y")""#))
    let frame = try Frame(parsing: try #require(client.sink.frames.first))
    #expect(frame.flag == .encrypted)
    let cipher = try #require(try client.reply?.cipher())
    #expect(try cipher.decrypt(frame).text == "0|H0STCNI0|001|kismock^1^2")
  }

  @Test(
    "every success has iv and key, one pair for a session, another for the next",
    .proves(.ivAndKeyAlways), .proves("3.3 iv and key", "8 one pair", "7 key and iv"))
  func ivAndKey() async throws {
    let fixture = try SandboxFixture()
    let client = try await fixture.listener("H0UPPGM0", "0001")
    await fixture.register(client.id, "H0STCNT0", "005930", approvalKey: await fixture.approvalKey())
    let replies = try client.sink.texts.map { try RegistrationReply(parsing: $0) }
    let outputs = try replies.map { try #require($0.output) }
    #expect(outputs.count == 2 && outputs[0] == outputs[1])
    #expect(outputs[0].iv.wholeMatch(of: /[0-9a-f]{16}/) != nil)
    #expect(outputs[0].key.wholeMatch(of: /[a-z]{32}/) != nil)
    #expect(
      client.sink.texts[0]
        == #"{"header":{"tr_id":"H0UPPGM0","tr_key":"0001","encrypt":"N"},"body":{"rt_cd":"0","msg_cd":"OPSP0000","msg1":"SUBSCRIBE SUCCESS","output":{"iv":"\#(outputs[0].iv)","key":"\#(outputs[0].key)"}}}"#
    )
    #expect(try await fixture.listener("H0UPPGM0", "0001", appKey: "other").reply?.output != outputs[0])
  }

  @Test(
    "a release says UNSUBSCRIBE SUCCESS, with iv and key by choice",
    .proves(.unsubscribeSuccessText), .proves("3.3 released", "7 UNSUBSCRIBE SUCCESS output"), arguments: [false, true])
  func release(hasOutput: Bool) async throws {
    let fixture = try SandboxFixture { $0.releaseHasOutput = hasOutput }
    let client = try await fixture.listener("H0UPPGM0", "0001")
    let key = await fixture.approvalKey()
    await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: key, action: .release)
    let output = try #require(client.reply?.output)
    let pair = hasOutput ? #","output":{"iv":"\#(output.iv)","key":"\#(output.key)"}"# : ""
    #expect(
      client.sink.texts.last
        == #"{"header":{"tr_id":"H0UPPGM0","tr_key":"0001","encrypt":"N"},"body":{"rt_cd":"0","msg_cd":"OPSP0001","msg1":"UNSUBSCRIBE SUCCESS"\#(pair)}}"#
    )
    #expect(client.sink.texts.last?.contains("SUBSCRIBE SUCCESS") == true)
  }

  @Test(
    "the 42nd registration is refused, and the others go on",
    .proves(.registrationLimit), .proves("3.3 42nd registration"))
  func registrationLimit() async throws {
    let fixture = try SandboxFixture([(1, "0|H0STCNT0|001|100001^090001")])
    let client = try await fixture.connect()
    let key = await fixture.approvalKey()
    for number in 100_001...100_042 {
      await fixture.register(client.id, "H0STCNT0", "\(number)", approvalKey: key)
    }
    let codes = try client.sink.texts.map { try RegistrationReply(parsing: $0).code }
    #expect(codes == Array(repeating: .subscribed, count: 41) + [.tooManySubscriptions])
    #expect(
      client.sink.texts.last
        == #"{"header":{"tr_id":"H0STCNT0","tr_key":"100042","encrypt":"N"},"body":{"rt_cd":"1","msg_cd":"OPSP0008","msg1":"MAX SUBSCRIBE OVER"}}"#
    )
    await fixture.advance(1)
    #expect(client.sink.frames.count == 1)
  }

  @Test(
    "a release of what is not registered is an error",
    .proves(.releaseOfUnknown), .proves("3.3 release of an unknown pair"))
  func releaseOfUnknown() async throws {
    let fixture = try SandboxFixture()
    let client = try await fixture.connect()
    let key = await fixture.approvalKey()
    await fixture.register(client.id, "H0UPPGM0", "1001", approvalKey: key, action: .release)
    #expect(
      client.sink.texts == [
        #"{"header":{"tr_id":"H0UPPGM0","tr_key":"1001","encrypt":"N"},"body":{"rt_cd":"1","msg_cd":"OPSP0003","msg1":"UNSUBSCRIBE ERROR(not found!)"}}"#
      ])
  }

  @Test("tr_type 0 releases nothing: it is refused", .proves(.trType0Refused), .proves("3.2 request"))
  func trType0() async throws {
    let fixture = try SandboxFixture()
    let client = try await fixture.listener("H0UPPGM0", "0001")
    let release = RegistrationRequest(.release, "H0UPPGM0", key: "0001", approvalKey: await fixture.approvalKey()).text
    let wrong = release.replacing(#""tr_type":"2""#, with: #""tr_type":"0""#)
    await fixture.sandbox.receive(Array(wrong.utf8), from: client.id)
    let refused = try RegistrationReply(parsing: try #require(client.sink.texts.last))
    #expect(refused.code == "OPSP8997" && refused.resultCode == "9")
    await fixture.sandbox.receive(Array(release.utf8), from: client.id)
    #expect(try RegistrationReply(parsing: try #require(client.sink.texts.last)).code == .unsubscribed)
  }

  @Test(
    "ten connections in a minute block the app key for ten", .proves(.loopsBlockAppKey), .proves("3.5 loops"))
  func connectionLoop() async throws {
    let fixture = try SandboxFixture { $0.quirks = [.loopsBlockAppKey] }
    for _ in 0..<10 {
      let client = try await fixture.listener("H0UPPGM0", "0001")
      #expect(client.reply?.code == .subscribed)
      await fixture.sandbox.disconnected(client.id, cleanly: true)
      await fixture.advance(5)
    }
    let blocked = try await fixture.listener("H0UPPGM0", "0001")
    #expect(blocked.reply?.code == .appKeyInUse)
    #expect(blocked.sink.ending == .drop)
    await fixture.advance(600)
    #expect(try await fixture.listener("H0UPPGM0", "0001").reply?.code == .subscribed)
  }

  @Test("so do ten releases, and patient clients are left alone", .proves(.loopsBlockAppKey), .proves("3.5 loops"))
  func releaseLoop() async throws {
    for (pause, expected) in [(1.0, MessageCode.appKeyInUse), (7, .subscribed)] {
      let fixture = try SandboxFixture { $0.quirks = [.loopsBlockAppKey] }
      let client = try await fixture.connect()
      let key = await fixture.approvalKey()
      for _ in 0..<10 {
        await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: key)
        await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: key, action: .release)
        await fixture.advance(pause)
      }
      await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: key)
      #expect(try RegistrationReply(parsing: try #require(client.sink.texts.last)).code == expected)
    }
  }

  @Test(
    "a wrong HTS id is OPSP0017 about nobody; numeric ids need a dollar sign",
    .proves(.wrongHtsIdRefused), .proves("8 OPSP0017"))
  func wrongHTSID() async throws {
    let fixture = try SandboxFixture()
    #expect(
      try await fixture.listener("H0STCNI0", "1234567").sink.texts == [
        #"{"header":{"tr_id":"(null)","tr_key":"","encrypt":"N"},"body":{"rt_cd":"9","msg_cd":"OPSP0017","msg1":"ERROR : htsid가잘못되었습니다"}}"#
      ])
    #expect(try await fixture.listener("H0STCNI0", "$1234567", appKey: "other").reply?.code == .subscribed)
  }

  @Test(
    "by name a wrong HTS id drops the connection without a word",
    .proves(.wrongHtsIdDropped), .proves("3.5 wrong HTS id"))
  func droppedForHTSID() async throws {
    let fixture = try SandboxFixture { $0.quirks = [.wrongHtsIdDropped] }
    let client = try await fixture.listener("H0STCNI0", "1234567")
    #expect(client.sink.wire.isEmpty)
    #expect(client.sink.ending == .drop)
  }
}
