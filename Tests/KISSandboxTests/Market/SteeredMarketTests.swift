import KISMarket
import KISRecording
import KISWire
import Synchronization
import Testing

@testable import KISSandbox
@testable import KISScenario

@Suite("A market that is moved, halted, sent to a limit, or stopped by its circuit breaker")
struct SteeredMarketTests {
  private static func fixture() throws -> SandboxFixture { try OneMarketTests.fixture() }

  private func price(_ caller: Caller, _ code: String) async throws -> JSONValue {
    let answer = await caller.ask(
      "/uapi/domestic-stock/v1/quotations/inquire-price", "FHKST01010100",
      [("FID_COND_MRKT_DIV_CODE", "J"), ("FID_INPUT_ISCD", code)])
    return try #require(answer.json["output"], "\(answer.text)")
  }

  private func number(_ row: JSONValue, _ name: String) throws -> Double {
    try #require(row[name]?.string.flatMap { Double($0) }, "\(name)")
  }

  private func prices(_ sink: RecordingSink, _ id: TransactionID) throws -> [Record] {
    try sink.frames.map { try Frame(parsing: $0) }.filter { $0.transactionID == id }
      .flatMap { try $0.records(in: Dialect.latest()) }
  }

  @Test("A fall of 5 % within a minute is in trades, price, chart, index and ranking, and an order below it is filled")
  func move() async throws {
    let fixture = try Self.fixture()
    let caller = await fixture.caller()
    let client = try await fixture.listener("H0STCNT0", "005930")
    let before = try await price(caller, "005930")
    let indexBefore = await caller.ask(
      "/uapi/domestic-stock/v1/quotations/inquire-index-price", "FHPUP02100000",
      [("FID_COND_MRKT_DIV_CODE", "U"), ("FID_INPUT_ISCD", "0001")])
    let was = try number(before, "stck_prpr")
    // Three percent below, on the tick.
    let limit = Int(was * 0.97 / 500) * 500
    let order = await caller.order("TTTC0012U", shares: 1, price: limit)
    #expect(order.code == "APBK0013", "\(order.text)")
    #expect(await caller.dailyOrders().rows("output1").first?["tot_ccld_qty"] == "0")
    try await fixture.sandbox.steer(.move(.code("005930"), hundredths: -500, over: .seconds(60)))
    await fixture.advance(61)
    let after = try await price(caller, "005930")
    #expect(abs(try number(after, "stck_prpr") - was * 0.95) < was / 100)
    #expect(try number(after, "acml_vol") >= number(before, "acml_vol"))
    let trades = try prices(client.sink, "H0STCNT0")
    #expect(trades.last?["STCK_PRPR"] == after["stck_prpr"]?.string)
    #expect(trades.last?["STCK_LWPR"] == after["stck_lwpr"]?.string)
    let chart = await caller.ask(
      "/uapi/domestic-stock/v1/quotations/inquire-time-itemchartprice", "FHKST03010200",
      [
        ("FID_ETC_CLS_CODE", ""), ("FID_COND_MRKT_DIV_CODE", "J"), ("FID_INPUT_ISCD", "005930"),
        ("FID_INPUT_HOUR_1", "101500"), ("FID_PW_DATA_INCU_YN", "N"),
      ])
    #expect(chart.rows("output2").first?["stck_prpr"] == after["stck_prpr"])
    let indexAfter = await caller.ask(
      "/uapi/domestic-stock/v1/quotations/inquire-index-price", "FHPUP02100000",
      [("FID_COND_MRKT_DIV_CODE", "U"), ("FID_INPUT_ISCD", "0001")])
    let levels = try [indexBefore, indexAfter].map { try number(try #require($0.json["output"]), "bstp_nmix_prpr") }
    #expect(levels[1] < levels[0])
    #expect(await caller.dailyOrders().rows("output1").first?["tot_ccld_qty"] == "1")
  }

  @Test("At its upper limit a share has that price and sign, and stays there")
  func limit() async throws {
    let fixture = try Self.fixture()
    let caller = await fixture.caller()
    try await fixture.sandbox.steer(.limit(code: "035420", .up))
    await fixture.advance(75)
    let row = try await price(caller, "035420")
    #expect(row["stck_prpr"] == row["stck_mxpr"] && row["prdy_vrss_sign"] == "1")
    await fixture.advance(1_200)
    #expect(try await price(caller, "035420")["stck_prpr"] == row["stck_mxpr"])
  }

  @Test("A halted share trades nothing for that time, then by auction")
  func halt() async throws {
    let fixture = try Self.fixture()
    let client = try await fixture.listener("H0STCNT0", "005930")
    await fixture.advance(2)
    try await fixture.sandbox.steer(.halt(.code("005930"), for: .seconds(120)))
    let count = client.sink.frames.count
    await fixture.advance(119)
    #expect(client.sink.frames.count <= count + 1)
    let silent = client.sink.frames.count
    await fixture.advance(60)
    #expect(client.sink.frames.count > silent)
  }

  @Test("A circuit breaker of KOSPI lets its shares fall and rest, and leaves KOSDAQ alone")
  func circuitBreaker() async throws {
    let fixture = try Self.fixture()
    let caller = await fixture.caller()
    let other = try await fixture.listener("H0STCNT0", "247540")
    let before = try await price(caller, "005930")
    try await fixture.sandbox.steer(.circuitBreaker(.kospi))
    await fixture.advance(70)
    let fallen = try await price(caller, "005930")
    #expect(try number(fallen, "stck_prpr") < number(before, "stck_prpr") * 0.935)
    let frames = other.sink.frames.count
    await fixture.advance(600)
    #expect(try await price(caller, "005930")["acml_vol"] == fallen["acml_vol"])
    #expect(other.sink.frames.count > frames)
    await fixture.advance(1_400)
    let late = try await price(caller, "005930")
    #expect(try number(late, "acml_vol") > number(fallen, "acml_vol"))
  }

  @Test("What a recording feeds leaves it there: nothing recorded comes any more, no total falls, other shares go on")
  func recorded() async throws {
    var plan = SimulationPlan(start: SandboxFixture.trading, length: .seconds(240))
    plan.instruments = ["005930", "000660"]
    let recording = try RecordingLibrary().recording(simulating: plan, seed: 7)
    func play(_ steering: MarketSteering?) async throws -> (SandboxFixture, RecordingSink, [Record]) {
      let fixture = try SandboxFixture(at: SandboxFixture.trading) {
        $0.recordings = [recording]
        $0.simulates = true
        $0.heartbeat.rhythm = .never
      }
      let client = try await fixture.listener("H0STCNT0", "005930")
      await fixture.register(client.id, "H0STCNT0", "000660", approvalKey: await fixture.approvalKey())
      await fixture.advance(60)
      if let steering { try await fixture.sandbox.steer(steering) }
      await fixture.advance(120)
      return (fixture, client.sink, try prices(client.sink, "H0STCNT0"))
    }
    let plain = try await play(nil).1.frames
    let (fixture, sink, records) = try await play(.move(.code("005930"), hundredths: 300, over: .seconds(60)))
    let moved = sink.frames
    func frames(_ frames: [String], _ code: String) -> [String] { frames.filter { $0.contains("|\(code)^") } }
    #expect(frames(plain, "000660") == frames(moved, "000660"))
    #expect(frames(plain, "005930") != frames(moved, "005930"))
    let own = records.filter { $0["MKSC_SHRN_ISCD"] == "005930" }
    let volumes = own.compactMap { $0["ACML_VOL"].flatMap { Int($0) } }
    #expect(zip(volumes, volumes.dropFirst()).allSatisfy { $0 <= $1 })
    let caller = await fixture.caller()
    let row = try await price(caller, "005930")
    #expect(own.last?["STCK_PRPR"] == row["stck_prpr"]?.string && own.last?["ACML_VOL"] == row["acml_vol"]?.string)
    // Played again from the beginning the recording is told until that moment, and the market behind it.
    let heard = sink.frames.count
    try await fixture.sandbox.seek(to: .position(.zero))
    await fixture.advance(180)
    let again = frames(Array(sink.frames.dropFirst(heard)), "005930")
    let first = frames(moved, "005930")
    #expect(again == first)
  }

  @Test(
    "What cannot happen is refused with what to do",
    arguments: [
      (MarketSteering.move(.code("00593"), hundredths: 100, over: .seconds(60)), "did you mean 005930"),
      (.limit(code: "AAPL", .up), "has no price limits"),
    ])
  func refused(steering: MarketSteering, words: String) async throws {
    let fixture = try Self.fixture()
    let error = await #expect(throws: SteeringError.self) { try await fixture.sandbox.steer(steering) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test("Behind the close and on a holiday nothing happens, and that is said")
  func closed() async throws {
    for (moment, words) in [
      (KoreanTime(year: 2026, month: 9, day: 21, hour: 16), "is over since 15:30:00"),
      (KoreanTime(year: 2026, month: 9, day: 20, hour: 10), "closed on 2026-09-20"),
    ] {
      let fixture = try OneMarketTests.fixture(at: moment)
      let error = await #expect(throws: SteeringError.self) {
        try await fixture.sandbox.steer(.circuitBreaker(.kosdaq))
      }
      #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }
  }

  @Test("A rule of a scenario does it at its time")
  func rule() async throws {
    let scenario = try Scenario(
      parsing: """
        rules:
          - {when: {after: 10s}, do: {move: {code: "005930", by: -5%, over: 30s}}}
        """, file: "move.yaml")
    let fixture = try SandboxFixture(at: OneMarketTests.moment) {
      $0.simulates = true
      $0.scenario = scenario
    }
    let caller = await fixture.caller()
    let before = try await price(caller, "005930")
    await fixture.advance(9)
    await fixture.advance(2)
    await fixture.advance(60)
    let after = try await price(caller, "005930")
    #expect(try number(after, "stck_prpr") < number(before, "stck_prpr") * 0.97)
  }

  /// Runs a sandbox on the host's clock, with a client that has registered KOSPI, while something is done with it.
  private func servingAnIndex(_ body: (Sandbox) async throws -> Void) async throws {
    var configuration = SandboxConfiguration()
    configuration.heartbeat.rhythm = .never
    let sandbox = try Sandbox(configuration, clock: RealClock())
    let running = Task { await sandbox.run() }
    while await !sandbox.isRunning { await Task.yield() }
    let id = try await sandbox.connect(RecordingSink())
    let request = RegistrationRequest(.register, "H0UPCNT0", key: "0001", approvalKey: await sandbox.approvalKey())
    await sandbox.receive(Array(request.text.utf8), from: id)
    try await body(sandbox)
    running.cancel()
    await running.value
  }

  @Test("Who serves others draws a market that was moved anew before an index tells of it")
  func drawnBeside() async throws {
    try await servingAnIndex { sandbox in
      try await sandbox.steerBeside(.move(.code("005930"), hundredths: -500, over: .seconds(60)))
      #expect(sandbox.drawnAhead.load(ordering: .relaxed) >= DrawnPart.indices.rawValue)
      while await sandbox.redraws > 0 { await Task.yield() }
      #expect(!sandbox.mayNeedDrawing(for: "/uapi/domestic-stock/v1/trading/order-cash"))
    }
  }

  @Test("While boards are drawn beside the sandbox trades are told, and indices once that is done")
  func waitsForItsPart() async throws {
    let fixture = try Self.fixture()
    let trades = try await fixture.listener("H0STCNT0", "005930")
    let index = try await fixture.listener("H0UPCNT0", "0001", appKey: "another")
    await fixture.sandbox.pretendToRedraw(true)
    await fixture.advance(10)
    #expect(try !prices(trades.sink, "H0STCNT0").isEmpty)
    #expect(index.sink.frames.isEmpty)
    await fixture.sandbox.pretendToRedraw(false)
    await fixture.advance(10)
    #expect(!index.sink.frames.isEmpty)
  }

  @Test("A move that a rule asks for is drawn beside the sandbox too")
  func ruleDrawsBeside() async throws {
    try await servingAnIndex { sandbox in
      while await sandbox.redraws > 0 { await Task.yield() }
      let redraws = try await sandbox.redraws(after: .move(.code("005930"), hundredths: -500, over: .seconds(60)))
      #expect(redraws == 1)
    }
  }

  @Test("A frame that is due is sent by a task that goes before those of requests", .timeLimit(.minutes(5)))
  func dueFramesGoFirst() async throws {
    let clock = RealClock()
    clock.freeze()
    var configuration = SandboxConfiguration()
    configuration.heartbeat.rhythm = .never
    configuration.simulates = true
    let sandbox = try Sandbox(configuration, clock: clock)
    let running = Task(priority: .medium) { await sandbox.run() }
    while await !sandbox.isRunning { await Task.yield() }
    let sink = PrioritySink()
    let id = try await sandbox.connect(sink)
    let request = RegistrationRequest(.register, "H0STCNT0", key: "005930", approvalKey: await sandbox.approvalKey())
    await sandbox.receive(Array(request.text.utf8), from: id)
    // What has become late leaves with others' turns in between.
    while !sink.priorities.contains(where: { $0 >= .high }) {
      clock.advance(by: .seconds(1))
      sandbox.wake()
      await Task.yield()
    }
    running.cancel()
    await running.value
  }
}

/// Takes down by what priority of task it is given frames.
private final class PrioritySink: SessionSink {
  private let seen = Mutex<[TaskPriority]>([])
  var priorities: [TaskPriority] { seen.withLock { $0 } }

  func send(_ batch: FrameBatch, _ ranges: [Range<Int>]) { seen.withLock { $0.append(Task.currentPriority) } }
  func send(_ bytes: [UInt8]) {}
  func end(_ ending: SessionEnding) {}
  var backlog: Int { 0 }
  var taken: Int { 0 }
}

extension Sandbox {
  /// As if the boards were drawn beside the sandbox.
  fileprivate func pretendToRedraw(_ isRedrawing: Bool) {
    redraws = isRedrawing ? 1 : 0
    drawnAhead.store(0, ordering: .relaxed)
  }

  /// How often the market is drawn anew once it was steered, before anything else has its turn.
  fileprivate func redraws(after steering: MarketSteering) throws -> Int {
    try steer(steering)
    return redraws
  }
}
