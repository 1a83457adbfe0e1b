import KISWire
import Testing

@testable import KISSandbox

@Suite("Orders that clients place")
struct OrderLedgerTests {
  private static let orders = "/uapi/domestic-stock/v1/trading/order-cash"
  private static let changes = "/uapi/domestic-stock/v1/trading/order-rvsecncl"

  private func body(price: Int, quantity: Int = 3) -> String {
    #"{"CANO":"12345678","ACNT_PRDT_CD":"01","PDNO":"005930","ORD_DVSN":"00","ORD_QTY":"\#(quantity)","#
      + #""ORD_UNPR":"\#(price)"}"#
  }

  private func change(_ number: String, _ kind: String, price: Int = 0) -> String {
    #"{"CANO":"12345678","ACNT_PRDT_CD":"01","KRX_FWDG_ORD_ORGNO":"06010","ORGN_ODNO":"\#(number)","ORD_DVSN":"00","#
      + #""RVSE_CNCL_DVSN_CD":"\#(kind)","ORD_QTY":"0","ORD_UNPR":"\#(price)","QTY_ALL_ORD_YN":"Y"}"#
  }

  private func open(_ world: RESTFixture, token: String) async -> [JSONValue] {
    let reply = await world.get(
      "/uapi/domestic-stock/v1/trading/inquire-psbl-rvsecncl", "TTTC8036R",
      [
        ("CANO", "12345678"), ("ACNT_PRDT_CD", "01"), ("INQR_DVSN_1", "1"), ("INQR_DVSN_2", "0"),
        ("CTX_AREA_FK100", ""), ("CTX_AREA_NK100", ""),
      ], token: token)
    return reply.json?["output"]?.array ?? []
  }

  @Test("One far from the market rests, is changed, and is gone when cancelled")
  func life() async throws {
    let world = try RESTFixture()
    let token = await world.token()
    let placed = await world.order(Self.orders, "TTTC0012U", body(price: 150_000), token: token)
    #expect(placed["msg_cd"] == "APBK0013")
    #expect(placed.json?["output"]?.object?.names == ["KRX_FWDG_ORD_ORGNO", "ODNO", "ORD_TMD"])
    let number = try #require(placed.json?["output"]?["ODNO"]?.string)
    let resting = await open(world, token: token)
    #expect(resting.map { $0["odno"]?.string } == [number])
    #expect(resting.first?["ord_unpr"]?.string == "150000")
    #expect(resting.first?["psbl_qty"]?.string == "3")

    let changed = await world.order(Self.changes, "TTTC0013U", change(number, "01", price: 151_000), token: token)
    let next = try #require(changed.json?["output"]?["ODNO"]?.string)
    #expect(next > number)
    let after = await open(world, token: token)
    #expect(after.map { $0["odno"]?.string } == [next])
    #expect(after.first?["orgn_odno"]?.string == number)
    #expect(after.first?["ord_unpr"]?.string == "151000")

    _ = await world.order(Self.changes, "TTTC0013U", change(next, "02"), token: token)
    #expect(await open(world, token: token).isEmpty)
  }

  @Test("One at the market is filled, and the app key's session is told, encrypted, that it was accepted and filled")
  func notices() async throws {
    let world = try RESTFixture()
    let client = try await world.fixture.connect()
    let key = await world.fixture.approvalKey()
    await world.fixture.register(client.id, "H0STCNI0", "me", approvalKey: key)
    let token = await world.token()
    let placed = await world.order(
      Self.orders, "TTTC0012U", body(price: 0).replacing(#""00""#, with: #""01""#), token: token)
    let number = try #require(placed.json?["output"]?["ODNO"]?.string)
    await world.fixture.sandbox.runUntilIdle()

    let reply = try RegistrationReply(parsing: try #require(client.sink.texts.first))
    let output = try #require(reply.output)
    let cipher = try PayloadCipher(iv: output.iv, key: output.key)
    let notices = try client.sink.frames.map { text in
      let frame = try Frame(parsing: Array(text.utf8))
      #expect(frame.flag == .encrypted)
      return String(decoding: try cipher.decrypt(Array(frame.payload)), as: UTF8.self).split(
        separator: "^", omittingEmptySubsequences: false)
    }
    #expect(notices.map(\.count) == [26, 26])
    #expect(notices.map { $0[0] } == ["me", "me"])
    #expect(notices.map { $0[1] } == ["1234567801", "1234567801"])
    #expect(notices.map { String($0[2]) } == [number, number])
    #expect(notices.map { $0[13] } == ["1", "2"], "accepted, then filled")
    #expect(await open(world, token: token).isEmpty)
  }
}
