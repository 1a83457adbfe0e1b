import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("Notices tell what became of an order")
struct OrderNoticeTests {
  /// What a client that registered for notices is told, decrypted.
  private func told(
    at second: Double = 3_600, _ scenario: String = "{}\n",
    _ act: (SandboxFixture, Caller) async throws -> Void
  ) async throws -> [[String]] {
    let scenario = try Scenario(parsing: scenario, file: "notices.yaml")
    let fixture = try SandboxFixture(at: SandboxFixture.open + .seconds(second)) {
      let recordings = $0.recordings
      $0 = SandboxConfiguration(scenario: scenario)
      $0.recordings = recordings
      $0.heartbeat.rhythm = .never
      $0.limits.requestsPerSecond = 0
    }
    let client = try await fixture.listener("H0STCNI0", "me")
    try await act(fixture, await fixture.caller())
    await fixture.sandbox.runUntilIdle()
    let cipher = try #require(try client.reply?.cipher())
    return try client.sink.frames.map { Array(try #require(try cipher.decrypt(Frame(parsing: $0)).records().first)) }
  }

  private func order(_ caller: Caller, _ division: String, _ shares: Int, _ price: Int) async -> String {
    await caller.ask(
      "/uapi/domestic-stock/v1/trading/order-cash", "TTTC0012U",
      [
        ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("PDNO", "005930"), ("ORD_DVSN", division),
        ("ORD_QTY", "\(shares)"), ("ORD_UNPR", "\(price)"), ("EXCG_ID_DVSN_CD", "SOR"),
      ]
    ).json["output"]?["ODNO"]?.string ?? "none"
  }

  /// RFUS_YN, CNTG_YN and ACPT_YN, as one text.
  private func kind(_ notice: [String]) -> String { notice[12...14].joined() }

  @Test("What IOC and FOK leave is cancelled by the exchange, and told so", arguments: [("11", "1"), ("12", "2")])
  func dropped(division: String, condition: String) async throws {
    var number = ""
    let notices = try await told { _, caller in number = await order(caller, division, 7, 200_000) }
    #expect(notices.map(kind) == ["011", "013"])
    #expect(notices.map { $0[2] } == [number, number])
    #expect(notices.map { $0[7] } == [condition, condition])
    #expect(notices[1][9] == "0000000007" && notices[1][16] == "000000007")
    #expect(notices.map { $0[19] } == ["3", "3"], "SOR at KRX")
    #expect(notices.map { $0[18] } == ["", ""], "ORD_COND_PRC is a stop order's, as captured")
  }

  @Test("A change and a cancellation are confirmed, with the number that they are about")
  func changes() async throws {
    var numbers: [String] = []
    let notices = try await told { _, caller in
      numbers.append(await order(caller, "00", 5, 200_000))
      for kind in ["01", "02"] {
        let answer = await caller.ask(
          "/uapi/domestic-stock/v1/trading/order-rvsecncl", "TTTC0013U",
          [
            ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("KRX_FWDG_ORD_ORGNO", "06010"),
            ("ORGN_ODNO", numbers.last ?? ""), ("ORD_DVSN", "00"), ("RVSE_CNCL_DVSN_CD", kind), ("ORD_QTY", "0"),
            ("ORD_UNPR", "201000"), ("QTY_ALL_ORD_YN", "Y"),
          ])
        numbers.append(answer.json["output"]?["ODNO"]?.string ?? "none")
      }
    }
    #expect(notices.map(kind) == ["011", "012", "012"])
    #expect(notices.map { $0[2] } == numbers)
    #expect(notices.map { $0[3] } == ["", numbers[0], numbers[1]])
    #expect(notices.map { $0[5] } == ["0", "1", "2"])
    #expect(notices.map { $0[9] } == Array(repeating: "0000000005", count: 3))
  }

  @Test("An order that arrives when its kind is not taken any more is refused then")
  func refusedLate() async throws {
    let scenario = "orders:\n  - {do: {delay: 2s}}\n"
    let notices = try await told(at: 6 * 3_600 + 1_199, scenario) { fixture, caller in
      _ = await order(caller, "11", 7, 250_000)
      await fixture.advance(3)
      let account = try await fixture.sandbox.account("12345678-01")
      #expect(account.cash == account.orderable)
    }
    #expect(notices.map(kind) == ["011", "111"])
  }

  @Test("An order that ends with its session is not told of")
  func expired() async throws {
    let notices = try await told(at: 6 * 3_600) { fixture, caller in
      _ = await order(caller, "00", 7, 200_000)
      await fixture.advance(6 * 3_600)
    }
    #expect(notices.map(kind) == ["011"])
  }
}
