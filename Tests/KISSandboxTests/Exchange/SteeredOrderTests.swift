import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("Scenarios say what accounts have, and what happens to single orders")
struct SteeredOrderTests {
  private func fixture(_ text: String) throws -> SandboxFixture {
    let scenario = try Scenario(parsing: text, file: "orders.yaml")
    return try SandboxFixture(at: SandboxFixture.open + .seconds(3_600)) {
      let recordings = $0.recordings
      $0 = SandboxConfiguration(scenario: scenario)
      $0.recordings = recordings
      $0.heartbeat.rhythm = .never
      $0.limits.requestsPerSecond = 0
    }
  }

  @Test("An account begins with what the scenario gives it, and can be set while it runs")
  func accounts() async throws {
    let fixture = try fixture(
      """
      accounts:
        - account: 12345678-01
          cash: 50000000
          holdings: [{code: "005930", quantity: 20, average: 240000.5}, {code: AAPL, quantity: 3, average: 182.85}]
      """)
    let account = try await fixture.sandbox.account("12345678-01")
    #expect(account.cash == 50_000_000 && account.orderable == 50_000_000)
    #expect(account.holdings.map(\.code) == ["005930", "AAPL"])
    #expect(account.holdings.map(\.average) == ["240000.5", "182.85"])
    _ = await fixture.caller().order("TTTC0011U", shares: 5, price: 300_000)
    let set = try await fixture.sandbox.setAccount(AccountChoice(account: "12345678-01", cash: 7))
    #expect(set.cash == 7 && set.holdings.first?.sellable == 15)
    await #expect(throws: AccountError.self) {
      _ = try await fixture.sandbox.setAccount(AccountChoice(account: "12345678-01", holdings: []))
    }
    await #expect(throws: AccountError.self) { _ = try await fixture.sandbox.account("1-1") }
  }

  @Test("The nth order that fits is refused with the code that was asked for, and its text")
  func reject() async throws {
    let fixture = try fixture(
      "orders:\n  - {match: {code: \"005930\", side: buy, nth: 2}, do: {reject: APBK0952}}\n")
    let caller = await fixture.caller()
    let codes = [
      await caller.order(price: 200_000), await caller.order(price: 200_000), await caller.order(price: 200_000),
    ]
    #expect(codes.map(\.code) == ["APBK0013", "APBK0952", "APBK0013"])
    #expect(codes[1].message == "주문가능금액을 초과 했습니다")
  }

  @Test(
    "A part is filled at once; notices tell the part, and the order's own price and quantity", arguments: [1, 0, 2])
  func notices(copies: Int) async throws {
    let action = [", lose-notice", "", ", duplicate-notice"][copies == 0 ? 0 : copies == 1 ? 1 : 2]
    let fixture = try fixture("orders:\n  - {do: [{partial: 30%}\(action)]}\n")
    let client = try await fixture.listener("H0STCNI0", "me")
    _ = await fixture.caller().order("TTTC0012U", shares: 10, price: 200_000)
    await fixture.sandbox.runUntilIdle()
    let cipher = try #require(try client.reply?.cipher())
    let notices = try client.sink.frames.map { text in
      Array(try #require(try cipher.decrypt(Frame(parsing: text)).records().first))
    }
    #expect(notices.map { $0[13] } == Array(repeating: "1", count: copies) + Array(repeating: "2", count: copies))
    for notice in notices where notice[13] == "2" {
      #expect(notice[9] == "0000000003" && notice[10] == "000200000" && notice[16] == "000000010")
      #expect(notice[6] == "00")
    }
  }

  @Test("A gateway's code comes with the gateway's status, a business one with 200")
  func status() async throws {
    let fixture = try fixture(
      "orders:\n  - {match: {nth: 1}, do: {reject: IGW00007}}\n  - {match: {nth: 2}, do: {reject: APBK0952}}\n")
    let caller = await fixture.caller()
    let gateway = await caller.order(price: 200_000)
    #expect(gateway.status == 500 && gateway.json["rt_cd"] == "1" && gateway.code == "IGW00007")
    let business = await caller.order(price: 200_000)
    #expect(business.status == 200 && business.json["rt_cd"] == "7")
  }

  @Test("A reply waits for its notice, but not for a clock that stands")
  func noticeBeforeReply() async throws {
    let fixture = try fixture("orders:\n  - {do: notice-before-reply}\n")
    let client = try await fixture.listener("H0STCNI0", "me")
    let caller = await fixture.caller()
    let request = caller.request(
      "/uapi/domestic-stock/v1/trading/order-cash", "TTTC0012U",
      [
        ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("PDNO", "005930"), ("ORD_DVSN", "00"), ("ORD_QTY", "1"),
        ("ORD_UNPR", "200000"),
      ])
    guard case .script(let outputs) = await fixture.sandbox.respond(to: request).content,
      case .wait(let lead)? = outputs.first
    else {
      Issue.record("the reply does not wait")
      return
    }
    #expect(lead > .zero)
    fixture.clock.freeze()
    guard case .answer(let answer) = await fixture.sandbox.respond(to: request).content else {
      Issue.record("the reply waits for a clock that stands")
      return
    }
    #expect(answer.code == "APBK0013" && client.sink.frames.count == 2, "the notice has left before")
  }

  @Test("A notice and a balance that take time come when their time has come")
  func latency() async throws {
    let fixture = try fixture("latency: {notice: 2s, balance: 5s}\n")
    let client = try await fixture.listener("H0STCNI0", "me")
    _ = try await fixture.sandbox.setAccount(AccountChoice(account: "12345678-01", cash: 5_000_000, holdings: []))
    _ = await fixture.caller().order("TTTC0012U", shares: 2)
    await fixture.sandbox.runUntilIdle()
    #expect(client.sink.frames.isEmpty)
    await fixture.advance(2)
    #expect(client.sink.frames.count >= 2, "accepted, and filled in one part or more")
    #expect(try await fixture.sandbox.account("12345678-01").holdings.isEmpty)
    await fixture.advance(3)
    #expect(try await fixture.sandbox.account("12345678-01").holdings.map(\.quantity) == [2])
  }

  @Test(
    "What is wrong is told with its place",
    arguments: [
      ("accounts:\n  - account: 1-1\n", 2), ("orders:\n  - {do: explode}\n", 2),
      ("orders:\n  - {do: {partial: 130%}}\n", 2), ("fees: {commission: 11%}\n", 1),
      ("accounts:\n  - {account: 12345678-01, holdings: [{code: A, quantity: 0, average: 1}]}\n", 2),
      ("accounts:\n  - account: 12345678-01\n  - account: 12345678-01\n", 3),
    ])
  func wrong(text: String, line: Int) {
    let error = #expect(throws: ScenarioError.self) { try Scenario(parsing: text, file: "orders.yaml") }
    #expect(error?.position.line == line)
  }

  @Test("Fees are those that are set")
  func fees() async throws {
    let fixture = try fixture("fees: {commission: 1%, sale-tax: 0%}\n")
    _ = try await fixture.sandbox.setAccount(AccountChoice(account: "12345678-01", cash: 5_000_000, holdings: []))
    let caller = await fixture.caller()
    _ = await caller.order("TTTC0012U", shares: 1)
    let bought = 5_000_000 - (try await fixture.sandbox.account("12345678-01").cash)
    #expect(bought % 101 == 0, "the price and one percent of it")
  }
}
