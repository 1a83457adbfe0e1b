import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("Whoever watches a sandbox") struct WatchingTests {
  @Test("is told each entry once, in order, from where it left off")
  func entries() async throws {
    let fixture = try SandboxFixture()
    let caller = await fixture.caller()
    let start = await fixture.sandbox.placeToWatch(history: 0)
    _ = await caller.price()
    _ = await caller.price()
    let first = await fixture.sandbox.news(since: start)
    #expect(first.entries.count == 2 && first.lostEntries == 0 && !first.isNewJournal)
    #expect(await fixture.sandbox.news(since: first.place).entries.isEmpty)
    _ = await caller.price()
    #expect(await fixture.sandbox.news(since: first.place).entries.map(\.number) == [first.place.entry + 1])
  }

  @Test("begins with as much of what was before as it asks for")
  func history() async throws {
    let fixture = try SandboxFixture()
    let caller = await fixture.caller()
    for _ in 0..<5 { _ = await caller.price() }
    let total = await fixture.sandbox.standing.entries
    let news = await fixture.sandbox.news(since: await fixture.sandbox.placeToWatch(history: 3))
    #expect(news.entries.map(\.number) == Array(total - 2...total))
  }

  @Test("that is too slow loses entries, and is told how many")
  func lost() async throws {
    let fixture = try SandboxFixture { $0.limits.journalEntries = 3 }
    let caller = await fixture.caller()
    let start = await fixture.sandbox.placeToWatch(history: 0)
    for _ in 0..<8 { _ = await caller.price() }
    let news = await fixture.sandbox.news(since: start)
    #expect(news.entries.count == 3 && news.lostEntries == 5)
  }

  @Test("is told when the journal began anew")
  func anew() async throws {
    let fixture = try SandboxFixture()
    let caller = await fixture.caller()
    _ = await caller.price()
    let place = await fixture.sandbox.placeToWatch(history: 0)
    await fixture.sandbox.resetJournal()
    _ = await caller.price()
    let news = await fixture.sandbox.news(since: place)
    #expect(news.isNewJournal && news.entries.map(\.number) == [1])
  }

  @Test("is told what became of orders: once each, what was before too, and how much is gone")
  func orders() async throws {
    let fixture = try SandboxFixture(at: SandboxFixture.open + .seconds(3_600)) { $0.limits.requestsPerSecond = 0 }
    let caller = await fixture.caller()
    let start = await fixture.sandbox.placeToWatch(history: 0)
    func buy() async {
      _ = await caller.ask(
        "/uapi/domestic-stock/v1/trading/order-cash", "TTTC0012U",
        [
          ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("PDNO", "005930"), ("ORD_DVSN", "01"), ("ORD_QTY", "1"),
          ("ORD_UNPR", "0"), ("EXCG_ID_DVSN_CD", "KRX"),
        ])
    }
    await buy()
    let news = await fixture.sandbox.news(since: start)
    #expect(news.orders.map(\.kind) == [.accepted, .filled] && news.lostOrders == 0)
    #expect(news.orders.allSatisfy { $0.code == "005930" && $0.isBuy && $0.quantity == 1 })
    #expect(await fixture.sandbox.news(since: news.place).orders.isEmpty)
    let late = await fixture.sandbox.placeToWatch(history: 1)
    #expect(await fixture.sandbox.news(since: late).orders.map(\.kind) == [.filled])
    var log = OrderLog()
    for _ in 0..<OrderLog.capacity + 3 { log.note(try #require(news.orders.first)) }
    let (lost, kept) = log.happenings(after: 1)
    #expect(lost == 2 && kept.count == OrderLog.capacity && kept.last?.number == log.total)
    #expect(log.happenings(after: log.total).happenings.isEmpty)
    try await fixture.sandbox.reset()
    let anew = await fixture.sandbox.news(since: news.place)
    #expect(anew.isNewJournal && anew.orders.isEmpty)
  }

  @Test("sees the frames that leave, as they leave, while it wants to")
  func frames() async throws {
    let fixture = try SandboxFixture([(1, "0|H0UPPGM0|001|0001^1"), (2, "0|H0UPPGM0|001|0001^2")])
    _ = try await fixture.listener("H0UPPGM0", "0001")
    await fixture.advance(1)
    #expect(await fixture.sandbox.news(since: fixture.sandbox.placeToWatch(history: 0)).writes.isEmpty)
    var place = await fixture.sandbox.placeToWatch(history: 0)
    place.write = await fixture.sandbox.beginWatchingFrames()
    await fixture.advance(1)
    var texts: [String] = []
    for write in await fixture.sandbox.news(since: place).writes {
      write.forEachMessage { texts.append(String(decoding: $0.bytes, as: UTF8.self)) }
    }
    #expect(texts == ["0|H0UPPGM0|001|0001^2"])
    await fixture.sandbox.endWatchingFrames()
    #expect(await fixture.sandbox.news(since: place).writes.isEmpty)
  }

  @Test("counts frames by TR, requests by who answered, and faults by name; a reset begins anew")
  func traffic() async throws {
    let fixture = try SandboxFixture([(1, "0|H0UPPGM0|001|0001^1"), (2, "0|H0UPPGM0|001|0001^2")])
    _ = await fixture.caller().price()
    let listener = try await fixture.listener("H0UPPGM0", "0001")
    await fixture.advance(3)
    #expect(await fixture.sandbox.currentTraffic.frames == ["H0UPPGM0": 2])
    await fixture.sandbox.disconnected(listener.id, cleanly: true)
    #expect(await fixture.sandbox.currentTraffic.frames == ["H0UPPGM0": 2])
    #expect(await fixture.sandbox.currentTraffic.requests[.init(source: .generated, status: 200)] == 1)
    try await fixture.sandbox.reset()
    #expect(await fixture.sandbox.currentTraffic == Traffic())
  }

  @Test("is told how often an armed fault will happen yet")
  func armed() async throws {
    let fixture = try SandboxFixture()
    await fixture.sandbox.arm(ConfiguredFault(.httpStatus, when: FaultConditions(times: 3)))
    _ = await fixture.caller().price()
    let standing = try #require(await fixture.sandbox.standing.faults.first)
    #expect(standing.happened + (standing.remaining ?? 0) == 3)
  }

  @Test("who asks leaves no trace, and is not refused")
  func asking() async throws {
    let fixture = try SandboxFixture()
    let path = "/uapi/domestic-stock/v1/quotations/inquire-price"
    let request = RESTRequest(
      method: "GET", path: path, query: [("FID_COND_MRKT_DIV_CODE", "J"), ("FID_INPUT_ISCD", "005930")],
      headers: [("tr_id", "FHKST01010100")])
    let before = await fixture.sandbox.standing.entries
    #expect(await fixture.sandbox.ask(request).status == 200)
    #expect(await fixture.sandbox.answer(request).status != 200)
    #expect(await fixture.sandbox.standing.entries == before + 1)
  }
}

@Suite("A message in bytes that were written") struct WrittenMessageTests {
  @Test("is its text; what is no whole message is told with its defect")
  func messages() {
    func read(_ bytes: [UInt8]) -> [SessionWrite.Message] {
      var found: [SessionWrite.Message] = []
      SessionWrite(number: 1, session: 1, time: .zero, cipher: nil, content: .bytes(bytes)).forEachMessage {
        found.append($0)
      }
      return found
    }
    #expect(read([0x81, 2, 65, 66, 0x81, 1, 67]) == [.init(bytes: [65, 66]), .init(bytes: [67])])
    #expect(read([0x81, 126, 0, 2, 65, 66]) == [.init(bytes: [65, 66])])
    #expect(read([0x81, 5, 65]).first?.defect?.contains("announces 5 bytes") == true)
    #expect(read([0x82, 1, 65]).first?.defect != nil)
    #expect(read([0x81]).first?.defect != nil)
    #expect(read([0x81, 127, 255, 255, 255, 255, 255, 255, 255, 255]).first?.defect != nil)
    #expect(read([0x81, 0x81, 1, 2, 3, 4, 5]).first?.defect?.contains("masked") == true)
  }
}

@Suite("What was written to sessions") struct FrameLogTests {
  @Test("is kept while somebody watches, up to a number and a size; what is gone is counted")
  func bounded() {
    let log = FrameLog()
    log.begin()
    for _ in 0..<FrameLog.capacity + 3 { log.note(.bytes([0x81, 0]), session: 1, cipher: nil, at: .zero) }
    #expect(log.writes(after: 0).lost == 3 && log.writes(after: 0).writes.count == FrameLog.capacity)
    let large = [UInt8](repeating: 0, count: FrameLog.byteCapacity / 2)
    for _ in 0..<3 { log.note(.bytes(large), session: 1, cipher: nil, at: .zero) }
    #expect(log.writes(after: 0).writes.count == 2)
    log.end()
    #expect(!log.isOn && log.writes(after: log.total - 1).writes.isEmpty)
  }
}

@Suite("A histogram of durations") struct HistogramTests {
  @Test("counts each in the first bucket that holds it, and tells shares")
  func buckets() {
    var histogram = Histogram()
    #expect(histogram.quantile(0.5) == nil)
    histogram.observe(.microseconds(100))
    histogram.observe(.microseconds(101), times: 2)
    histogram.observe(.seconds(60))
    #expect(histogram.counts.prefix(2) == [1, 2] && histogram.counts.last == 1 && histogram.count == 4)
    #expect(histogram.quantile(0.5) == 250 && histogram.quantile(0.99) == nil)
    #expect(histogram.sum == .seconds(60) + .microseconds(302))
  }
}

@Suite("A sandbox that goes on from another's state") struct SandboxStateTests {
  @Test("has its market, tokens, orders and journal at the same moment, and no connections")
  func copied() async throws {
    let fixture = try SandboxFixture([(1, "0|H0UPPGM0|001|0001^1"), (9, "0|H0UPPGM0|001|0001^2")])
    let caller = await fixture.caller()
    _ = await caller.order()
    _ = try await fixture.listener("H0UPPGM0", "0001")
    await fixture.advance(3)
    let copy = try await Sandbox.continuing(fixture.sandbox.state(isPaused: true), named: "copy")
    #expect(copy.name == "copy" && copy.clock.now == fixture.clock.now && copy.clock.isFrozen)
    #expect(await copy.sessionStatuses.isEmpty)
    #expect(await copy.accountStatements == fixture.sandbox.accountStatements)
    #expect(await copy.currentJournal().entries == fixture.sandbox.currentJournal().entries)
    let (replay, original) = (try await copy.replayStatus(), try await fixture.sandbox.replayStatus())
    #expect(replay.state == "paused" && replay.position == original.position && replay.next == original.next)
  }

  @Test("goes its own way from there")
  func apart() async throws {
    let fixture = try SandboxFixture([(1, "0|H0UPPGM0|001|0001^1"), (9, "0|H0UPPGM0|001|0001^2")])
    _ = await fixture.caller().order()
    let copy = try await Sandbox.continuing(fixture.sandbox.state(isPaused: false), named: "copy")
    let account = try #require(await copy.accountStatements.first)
    _ = try await copy.setAccount(AccountChoice(account: account.account, cash: 5_000_000_000))
    copy.clock.advance(by: .seconds(5))
    #expect(await copy.accountStatements.first?.cash == 5_000_000_000)
    #expect(await fixture.sandbox.accountStatements.first?.cash == account.cash)
    #expect(copy.clock.now != fixture.clock.now)
  }
}
