import Facts
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("A connection and what comes over it")
struct ConnectionQuirksTests {
  private static let frame = "0|H0UPPGM0|001|0001^090001^1"
  private static let unified = "0|H0UNCNT0|001|005930^090001^1"
  private static let krx = "0|H0STCNT0|001|005930^090001^1"

  @Test(
    "a registration succeeds and no frame ever comes, on the unified channel only",
    .proves(.streamSilentAfterSuccess), .proves("3.5 silence"))
  func silentStream() async throws {
    let fixture = try SandboxFixture([(1, Self.unified), (1, Self.krx)]) { $0.quirks = [.streamSilentAfterSuccess] }
    let client = try await fixture.listener("H0UNCNT0", "005930")
    #expect(client.reply?.code == .subscribed)
    await fixture.register(client.id, "H0STCNT0", "005930", approvalKey: await fixture.approvalKey())
    await fixture.advance(5)
    #expect(client.sink.frames == [Self.krx])
  }

  @Test("an instrument leaves NXT overnight without a word", .proves(.instrumentLeavesNxt))
  func leavesNXT() async throws {
    let nextDay = 15.0 * 3_600 + 60
    let fixture = try SandboxFixture(
      [(1, Self.unified), (1, Self.krx), (nextDay, Self.unified), (nextDay, Self.krx)]
    ) {
      $0.quirks = [.instrumentLeavesNxt]
      $0.heartbeat.rhythm = .never
    }
    let client = try await fixture.listener("H0UNCNT0", "005930")
    await fixture.register(client.id, "H0STCNT0", "005930", approvalKey: await fixture.approvalKey())
    await fixture.advance(10)
    #expect(client.sink.frames == [Self.unified, Self.krx])
    await fixture.advance(nextDay)
    #expect(client.sink.frames == [Self.unified, Self.krx, Self.krx])
    #expect(client.sink.ending == nil)
    let late = try await fixture.listener("H0UNCNT0", "005930", appKey: "other")
    #expect(late.reply?.code == .subscribed)
  }

  @Test(
    "an unanswered PINGPONG ends the connection without a close frame, again and again",
    .proves(.pingpongUnansweredCut), .proves("3.4 message", "3.4 interval", "7 PINGPONG", "7 cut"))
  func unanswered() async throws {
    let fixture = try SandboxFixture()
    for round in 0..<2 {
      let client = try await fixture.connect()
      await fixture.advance(100)
      let time = ["20260921090140", "20260921090500"][round]
      #expect(client.sink.texts == [#"{"header":{"tr_id":"PINGPONG","datetime":"\#(time)"}}"#])
      await fixture.advance(99)
      #expect(client.sink.ending == nil)
      await fixture.advance(1)
      #expect(client.sink.ending == .drop)
      await fixture.sandbox.disconnected(client.id, cleanly: false)
    }
  }

  @Test(
    "echo, blanks, PONG and PING answer a PINGPONG", .proves(.pingpongAnswerStyles), .proves("3.4 answers"),
    arguments: 0..<4)
  func answerStyles(style: Int) async throws {
    let fixture = try SandboxFixture()
    let client = try await fixture.connect()
    for round in 1...3 {
      await fixture.advance(100)
      let echo = try #require(client.sink.texts.last)
      let spaced = echo.replacing(":", with: ": ").replacing(",", with: ", ")
      switch style {
      case 0: await fixture.sandbox.receive(Array(echo.utf8), from: client.id)
      case 1: await fixture.sandbox.receive(Array(spaced.utf8), from: client.id)
      case 2: await fixture.sandbox.receivePong(Array(echo.utf8), from: client.id)
      default: await fixture.sandbox.receiveControlFrame(Array(echo.utf8), from: client.id)
      }
      #expect(client.sink.texts.count == round)
    }
    #expect(client.sink.ending == nil)
  }

  @Test(
    "unsolicited PONG frames end TCP, by name",
    .proves(.unsolicitedPongsCut), .proves("3.5 unsolicited PONG"), arguments: [true, false])
  func unsolicitedPong(isOn: Bool) async throws {
    let fixture = try SandboxFixture { $0.quirks = isOn ? [.unsolicitedPongsCut] : [] }
    let client = try await fixture.connect()
    await fixture.sandbox.receiveControlFrame([], from: client.id)
    #expect(client.sink.ending == nil)
    await fixture.sandbox.receivePong([], from: client.id)
    #expect(client.sink.ending == (isOn ? .drop : nil))
  }

  @Test(
    "a connection ends in mid-session without a close frame",
    .proves(.abnormalClose), .proves("3.5 abnormal close"))
  func abnormalClose() async throws {
    let fixture = try SandboxFixture([(1, Self.frame)]) { $0.quirks = .certain(.abnormalClose) }
    let client = try await fixture.listener("H0UPPGM0", "0001")
    #expect(client.sink.ending == nil)
    await fixture.advance(2)
    #expect(client.sink.ending == .drop)
    #expect(client.sink.frames.isEmpty)
  }

  @Test(
    "a connection stays open and falls silent, PINGPONG and all", .proves(.silentStall), .proves("3.5 silence"))
  func stall() async throws {
    let fixture = try SandboxFixture([(1, Self.frame), (2, Self.frame)]) {
      $0.quirks = .certain(.silentStall)
      $0.heartbeat.timeout = .seconds(100_000)
    }
    let client = try await fixture.listener("H0UPPGM0", "0001")
    await fixture.advance(3)
    await fixture.advance(1_000)
    #expect(client.sink.texts.count == 1)
    #expect(client.sink.ending == nil)
  }

  @Test("a frame is larger than a client's 8 KB", .proves(.largeFrames))
  func largeFrame() async throws {
    let fixture = try SandboxFixture([(1, Self.frame)]) { $0.quirks = .certain(.largeFrames) }
    let client = try await fixture.listener("H0UPPGM0", "0001")
    await fixture.advance(2)
    let frame = try Frame(parsing: try #require(client.sink.frames.first))
    #expect(frame.bytes.count > 8_192)
    #expect(try frame.records().allSatisfy { $0[0] == "0001" })
  }

  @Test("quotes of futures come at most every 0.2 s, others all", .proves(.sampledQuotes))
  func sampledQuotes() async throws {
    let times = [1, 1.1, 1.19, 1.2, 1.35, 1.45]
    let events = times.flatMap { time in
      ["H0IFASP0|001|A05608", "H0STASP0|001|005930", "H0IFCNT0|001|A05608"].map {
        (second: time, text: "0|\($0)^\(time)")
      }
    }
    let fixture = try SandboxFixture(events) { $0.quirks = [.sampledQuotes] }
    let client = try await fixture.connect()
    let key = await fixture.approvalKey()
    for (id, code) in [("H0IFASP0", "A05608"), ("H0STASP0", "005930"), ("H0IFCNT0", "A05608")] {
      await fixture.register(client.id, TransactionID(id), code, approvalKey: key)
    }
    await fixture.advance(2)
    let quotes = client.sink.frames.filter { $0.contains("H0IFASP0") }
    #expect(quotes.map { String($0.split(separator: "^")[1]) } == ["1.0", "1.2", "1.45"])
    #expect(client.sink.frames.filter { $0.contains("H0STASP0") }.count == 6)
    #expect(client.sink.frames.filter { $0.contains("H0IFCNT0") }.count == 6)
  }

  @Test("the opening handshake takes ten seconds", .proves(.slowHandshake))
  func slowHandshake() async throws {
    let fixture = try SandboxFixture { $0.quirks = .certain(.slowHandshake) }
    let faults = await fixture.sandbox.faultsOfUpgrade(path: "/tryitout")
    #expect(faults == [.late(.seconds(10))])
  }

  @Test("no notice comes on vts", .proves(.vtsNoticesMissing), arguments: [true, false])
  func noPaperNotices(isOn: Bool) async throws {
    let fixture = try SandboxFixture([(1, "1|H0STCNI9|001|kismock^1")]) {
      $0.venue = .vts
      $0.dialect = .latest(.vts)
      $0.quirks = isOn ? [.vtsNoticesMissing] : []
    }
    let client = try await fixture.listener("H0STCNI9", "kismock")
    #expect(client.reply?.code == .subscribed)
    await fixture.advance(2)
    #expect(client.sink.frames.count == (isOn ? 0 : 1))
    _ = await fixture.caller().order("VTTC0012U")
    await fixture.sandbox.runUntilIdle()
    #expect(client.sink.frames.count == (isOn ? 0 : 3), "an order of its own: accepted, filled")
  }

  @Test("nothing is thinned out: every frame of a busy second arrives", .proves(.fullFrameRate))
  func fullRate() async throws {
    let events = (0..<4_000).map { (second: 1 + Double($0) / 4_000, text: "0|H0UNCNT0|001|005930^\($0)") }
    let fixture = try SandboxFixture(events)
    let client = try await fixture.listener("H0UNCNT0", "005930")
    await fixture.advance(3)
    #expect(client.sink.frames == events.map(\.text))
  }

  @Test(
    "a frame before the open holds a byte that is no UTF-8, and no close frame follows",
    .proves(.brokenUtf8), .proves("8 broken UTF-8"))
  func brokenUTF8() async throws {
    let fixture = try SandboxFixture([(1, "0|H0STANC0|001|005930^085001^1"), (1, Self.krx)]) {
      $0.quirks = .certain(.brokenUtf8)
    }
    let client = try await fixture.listener("H0STANC0", "005930")
    await fixture.register(client.id, "H0STCNT0", "005930", approvalKey: await fixture.approvalKey())
    await fixture.advance(2)
    // Broken bytes read as replacement characters here.
    #expect(client.sink.frames.contains { $0.hasPrefix("0|H0STANC0|001|") && $0.contains("\u{FFFD}") })
    #expect(client.sink.frames.contains(Self.krx))
    #expect(client.sink.ending == nil)
  }
}
