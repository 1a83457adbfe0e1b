import KISWire
import Testing

@testable import KISSandbox

@Suite("Orders that clients place")
struct OrderLedgerTests {
  private func change(_ caller: Caller, _ number: String, _ kind: String, price: Int = 0) async -> RESTAnswer {
    await caller.ask(
      "/uapi/domestic-stock/v1/trading/order-rvsecncl", "TTTC0013U",
      [
        ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("KRX_FWDG_ORD_ORGNO", "06010"), ("ORGN_ODNO", number),
        ("ORD_DVSN", "00"), ("RVSE_CNCL_DVSN_CD", kind), ("ORD_QTY", "0"), ("ORD_UNPR", "\(price)"),
        ("QTY_ALL_ORD_YN", "Y"),
      ])
  }

  private func open(_ caller: Caller) async -> [JSONValue] {
    await caller.ask(
      "/uapi/domestic-stock/v1/trading/inquire-psbl-rvsecncl", "TTTC8036R",
      [
        ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("INQR_DVSN_1", "1"), ("INQR_DVSN_2", "0"),
        ("CTX_AREA_FK100", ""), ("CTX_AREA_NK100", ""),
      ]
    ).rows("output")
  }

  @Test("One far from the market rests, is changed, and is gone when cancelled")
  func life() async throws {
    let caller = await (try SandboxFixture()).caller()
    let placed = await caller.order("TTTC0012U", shares: 3, price: 150_000)
    #expect(placed.code == "APBK0013")
    #expect(placed.json["output"]?.object?.names == ["KRX_FWDG_ORD_ORGNO", "ODNO", "ORD_TMD"])
    let number = try #require(placed.json["output"]?["ODNO"]?.string)
    let resting = await open(caller)
    #expect(resting.map { $0["odno"]?.string } == [number])
    #expect(resting.first?["ord_unpr"]?.string == "150000")
    #expect(resting.first?["psbl_qty"]?.string == "3")

    let changed = await change(caller, number, "01", price: 151_000)
    let next = try #require(changed.json["output"]?["ODNO"]?.string)
    #expect(next > number)
    let after = await open(caller)
    #expect(after.map { $0["odno"]?.string } == [next])
    #expect(after.first?["orgn_odno"]?.string == number)
    #expect(after.first?["ord_unpr"]?.string == "151000")

    _ = await change(caller, next, "02")
    #expect(await open(caller).isEmpty)
  }

  @Test("One at the market is filled, and the app key's session is told, encrypted, that it was accepted and filled")
  func notices() async throws {
    let fixture = try SandboxFixture()
    let client = try await fixture.listener("H0STCNI0", "me")
    let caller = await fixture.caller()
    let number = try #require(await caller.order("TTTC0012U", shares: 3).json["output"]?["ODNO"]?.string)
    await fixture.sandbox.runUntilIdle()

    let cipher = try #require(try client.reply?.cipher())
    let notices = try client.sink.frames.map { text in
      let frame = try Frame(parsing: text)
      #expect(frame.flag == .encrypted)
      return Array(try #require(try cipher.decrypt(frame).records().first))
    }
    #expect(notices.map(\.count) == [26, 26])
    #expect(notices.map { $0[0] } == ["me", "me"])
    #expect(notices.map { $0[1] } == ["1234567801", "1234567801"])
    #expect(notices.map { $0[2] } == [number, number])
    #expect(notices.map { $0[13] } == ["1", "2"], "accepted, then filled")
    #expect(await open(caller).isEmpty)
  }
}
