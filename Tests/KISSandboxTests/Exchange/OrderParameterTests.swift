import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("What an order, a change and an inquiry of orders say is heeded")
struct OrderParameterTests {
  private func number(_ answer: RESTAnswer) throws -> String {
    try #require(answer.json["output"]?["ODNO"]?.string, "\(answer.text)")
  }

  @Test("A bond's order is changed by whoever names that bond, and cancelled or amended as RVSE_CNCL_DVSN_CD says")
  func bonds() async throws {
    let caller = await (try SandboxFixture.ofOrders()).caller()
    let members = ["PDNO": "KR103502GD31", "ORD_QTY2": "10", "BOND_ORD_UNPR": "9000.0"]
    let placed = try number(try await caller.ask("domestic-bond/v1/trading/buy", "TTTC0952U", saying: members))
    let path = "domestic-bond/v1/trading/order-rvsecncl"
    var change = ["ORGN_ODNO": placed, "QTY_ALL_ORD_YN": "Y", "BOND_ORD_UNPR": "9000.5", "PDNO": "KR6000000001"]
    change["RVSE_CNCL_DVSN_CD"] = "02"
    #expect(try await caller.ask(path, "TTTC0953U", saying: change).json["rt_cd"] == "7", "another bond")
    change.merge(["PDNO": "KR103502GD31", "RVSE_CNCL_DVSN_CD": "01"]) { $1 }
    let amended = try number(try await caller.ask(path, "TTTC0953U", saying: change))
    func open(_ values: [String: String] = [:]) async throws -> [String] {
      try await caller.ask("domestic-bond/v1/trading/inquire-psbl-rvsecncl", "CTSC8035R", saying: values).rows("output")
        .compactMap { $0["odno"]?.string }
    }
    #expect(try await open() == [amended])
    #expect(try await open(["ORD_DT": "20260921", "ODNO": amended]) == [amended])
    #expect(try await open(["ORD_DT": "20260918"]) == [], "another day")
    #expect(try await open(["ODNO": "9999999999"]) == [])
    change.merge(["ORGN_ODNO": amended, "RVSE_CNCL_DVSN_CD": "02"]) { $1 }
    #expect(try await caller.ask(path, "TTTC0953U", saying: change).json["rt_cd"] == "0")
    #expect(try await open() == [])
  }

  @Test("An order abroad is changed only at its exchange and by its symbol")
  func abroad() async throws {
    let caller = await (try SandboxFixture.ofOrders()).caller()
    let members = ["OVRS_EXCG_CD": "NASD", "PDNO": "AAPL", "ORD_QTY": "1", "OVRS_ORD_UNPR": "100.00", "ORD_DVSN": "00"]
    let placed = try number(try await caller.ask("overseas-stock/v1/trading/order", "TTTT1002U", saying: members))
    let path = "overseas-stock/v1/trading/order-rvsecncl"
    var change = members.merging(["ORGN_ODNO": placed, "RVSE_CNCL_DVSN_CD": "02", "ORD_QTY": "1"]) { $1 }
    for (name, wrong) in [("OVRS_EXCG_CD", "NYSE"), ("PDNO", "MSFT")] {
      let refused = try await caller.ask(path, "TTTT1004U", saying: change.merging([name: wrong]) { $1 })
      #expect(refused.json["rt_cd"] == "7", "\(name)")
    }
    change["OVRS_ORD_UNPR"] = "0"
    #expect(try await caller.ask(path, "TTTT1004U", saying: change).json["rt_cd"] == "0")
  }

  @Test("A routed order is changed as one, and not as one of KRX")
  func routes() async throws {
    let caller = await (try SandboxFixture.ofOrders()).caller()
    let order = [
      "PDNO": "005930", "ORD_DVSN": "00", "ORD_QTY": "2", "ORD_UNPR": "200000", "EXCG_ID_DVSN_CD": "SOR",
    ]
    let placed = try number(try await caller.ask("domestic-stock/v1/trading/order-cash", "TTTC0012U", saying: order))
    let change = [
      "ORGN_ODNO": placed, "ORD_DVSN": "00", "RVSE_CNCL_DVSN_CD": "02", "ORD_QTY": "0", "ORD_UNPR": "0",
      "QTY_ALL_ORD_YN": "Y",
    ]
    let path = "domestic-stock/v1/trading/order-rvsecncl"
    let refused = try await caller.ask(path, "TTTC0013U", saying: change.merging(["EXCG_ID_DVSN_CD": "KRX"]) { $1 })
    #expect(refused.json["rt_cd"] == "7")
    let taken = try await caller.ask(path, "TTTC0013U", saying: change.merging(["EXCG_ID_DVSN_CD": "SOR"]) { $1 })
    #expect(taken.json["rt_cd"] == "0", "\(taken.text)")
  }

  @Test("Of contracts abroad 01 is all, 02 filled, 03 not filled; a cancellation may become an order at the market")
  func contractsAbroad() async throws {
    let fixture = try SandboxFixture.ofOrders(after: 12 * 3_600)
    let caller = await fixture.caller()
    let order = [
      "OVRS_FUTR_FX_PDNO": "ESZ26", "SLL_BUY_DVSN_CD": "02", "PRIC_DVSN_CD": "1", "FM_LIMIT_ORD_PRIC": "6000.00",
      "FM_ORD_QTY": "1", "CCLD_CNDT_CD": "6",
    ]
    let path = "overseas-futureoption/v1/trading/order"
    let placed = try number(try await caller.ask(path, "OTFM3001U", saying: order))
    func listed(_ state: String, side: String = "%%") async throws -> [String] {
      let asked = ["CCLD_NCCS_DVSN": state, "SLL_BUY_DVSN_CD": side, "FUOP_DVSN": "00"]
      return try await caller.ask("overseas-futureoption/v1/trading/inquire-ccld", "OTFM3116R", saying: asked).rows(
        "output"
      )
      .compactMap { $0["odno"]?.string }
    }
    #expect(try await listed("01") == [placed])
    #expect(try await listed("02") == [], "nothing was filled")
    #expect(try await listed("03") == [placed])
    #expect(try await listed("01", side: "01") == [])
    var cancel = ["ORGN_ODNO": placed, "ORGN_ORD_DT": "20250101", "FM_MKPR_CVSN_YN": "Y"]
    let changes = "overseas-futureoption/v1/trading/order-rvsecncl"
    #expect(try await caller.ask(changes, "OTFM3003U", saying: cancel).json["rt_cd"] == "7", "of another day")
    cancel["ORGN_ORD_DT"] = "20260921"
    #expect(try await caller.ask(changes, "OTFM3003U", saying: cancel).json["rt_cd"] == "0")
    #expect(try await listed("02").count == 1, "what was cancelled was bought at the market")
  }

  @Test("What is told to wait can be taken back at that moment", arguments: ["00", "21"])
  func cancelsWhatIsListed(division: String) async throws {
    let fixture = try SandboxFixture.ofOrders()
    let caller = await fixture.caller()
    let book = [("FID_COND_MRKT_DIV_CODE", "J"), ("FID_INPUT_ISCD", "005930")]
    var cancelled = 0
    // Cash for all of them, should all be filled.
    for _ in 0..<36 {
      let bid = try #require(await caller.ask("FHKST01010200", filling: book).json["output1"]?["bidp1"]?.string)
      let order = [
        "PDNO": "005930", "ORD_DVSN": division, "ORD_QTY": "1", "ORD_UNPR": division == "00" ? bid : "0",
        "EXCG_ID_DVSN_CD": "KRX",
      ]
      let placed = try number(try await caller.ask("domestic-stock/v1/trading/order-cash", "TTTC0012U", saying: order))
      await fixture.advance(1.3)
      let open = try await caller.ask(
        "domestic-stock/v1/trading/inquire-psbl-rvsecncl", "TTTC0084R",
        saying: ["INQR_DVSN_1": "0", "INQR_DVSN_2": "0"])
      guard open.rows("output").contains(where: { $0["odno"]?.string == placed }) else { continue }
      let change = [
        "ORGN_ODNO": placed, "ORD_DVSN": division, "RVSE_CNCL_DVSN_CD": "02", "ORD_QTY": "0", "ORD_UNPR": "0",
        "QTY_ALL_ORD_YN": "Y", "EXCG_ID_DVSN_CD": "KRX",
      ]
      let answer = try await caller.ask("domestic-stock/v1/trading/order-rvsecncl", "TTTC0013U", saying: change)
      #expect(answer.json["rt_cd"] == "0", "\(answer.text)")
      cancelled += 1
    }
    #expect(cancelled > 2)
  }

  @Test("A reservation is changed by its number, its share, its side and its day, and until another last day")
  func reservations() async throws {
    let fixture = try SandboxFixture.ofOrders(after: 7 * 3_600)
    let caller = await fixture.caller()
    let members = [
      "PDNO": "005930", "ORD_QTY": "2", "ORD_UNPR": "200000", "SLL_BUY_DVSN_CD": "02", "ORD_DVSN_CD": "00",
      "ORD_OBJT_CBLC_DVSN_CD": "10",
    ]
    let placed = try await caller.ask("domestic-stock/v1/trading/order-resv", "CTSC0008U", saying: members)
    #expect(placed.json["rt_cd"] == "0", "\(placed.text)")
    let borrowed = members.merging(["ORD_OBJT_CBLC_DVSN_CD": "24", "SLL_BUY_DVSN_CD": "01"]) { $1 }
    let refused = try await caller.ask("domestic-stock/v1/trading/order-resv", "CTSC0008U", saying: borrowed)
    #expect(refused.json["rt_cd"] == "7", "nobody lends shares")
    let path = "domestic-stock/v1/trading/order-resv-rvsecncl"
    let change = members.merging(["RSVN_ORD_SEQ": "1", "ORD_QTY": "3"]) { $1 }
    for (name, wrong) in [("PDNO", "000660"), ("SLL_BUY_DVSN_CD", "01"), ("RSVN_ORD_ORD_DT", "20260918")] {
      let answer = try await caller.ask(path, "CTSC0013U", saying: change.merging([name: wrong]) { $1 })
      #expect(answer.json["rt_cd"] == "7" && answer.code == "APBK0344", "\(name) \(answer.text)")
    }
    let stranger = change.merging(["CANO": "87654321"]) { $1 }
    for (asked, code) in [
      (change.merging(["RSVN_ORD_SEQ": "9"]) { $1 }, "APBK0344"), (stranger, "APBK0344"),
    ] {
      for id in ["CTSC0013U", "CTSC0009U"] as [TransactionID] {
        let answer = try await caller.ask(path, id, saying: asked)
        #expect(answer.code == code, "\(id) \(answer.text)")
      }
    }
    let changed = try await caller.ask(
      path, "CTSC0013U", saying: change.merging(["RSVN_ORD_END_DT": "20261005"]) { $1 })
    #expect(changed.json["rt_cd"] == "0", "\(changed.text)")
    let row = try await caller.ask(
      "domestic-stock/v1/trading/order-resv-ccnl", "CTSC0004R",
      saying: ["RSVN_ORD_ORD_DT": "20260921", "RSVN_ORD_END_DT": "20260922", "PRCS_DVSN_CD": "0", "CNCL_YN": "Y"]
    ).rows("output").first
    #expect(row?["ord_rsvn_qty"] == "3" && row?["rsvn_end_dt"] == "20261005", "\(row?.text ?? "none")")
    let cancelled = try await caller.ask(path, "CTSC0009U", saying: change)
    #expect(cancelled.json["rt_cd"] == "0", "\(cancelled.text)")
    let again = try await caller.ask(path, "CTSC0009U", saying: change)
    #expect(again.code == "APBK0927", "known, and nothing is left of it")
  }

  @Test(
    "An order or a reservation that nobody knows is refused as unknown, at every desk",
    arguments: [
      ("domestic-stock/v1/trading/order-rvsecncl", "TTTC0013U"),
      ("domestic-stock/v1/trading/order-resv-rvsecncl", "CTSC0009U"),
      ("domestic-stock/v1/trading/order-resv-rvsecncl", "CTSC0013U"),
      ("overseas-stock/v1/trading/order-rvsecncl", "TTTT1004U"),
      ("overseas-stock/v1/trading/daytime-order-rvsecncl", "TTTS6038U"),
      ("overseas-stock/v1/trading/order-resv-ccnl", "TTTT3017U"),
      ("domestic-futureoption/v1/trading/order-rvsecncl", "TTTO1103U"),
      ("domestic-bond/v1/trading/order-rvsecncl", "TTTC0953U"),
      ("overseas-futureoption/v1/trading/order-rvsecncl", "OTFM3002U"),
      ("overseas-futureoption/v1/trading/order-rvsecncl", "OTFM3003U"),
    ] as [(String, TransactionID)])
  func unknown(path: String, id: TransactionID) async throws {
    let caller = await (try SandboxFixture.ofOrders()).caller()
    let number = ["ORGN_ODNO": "77", "RSVN_ORD_SEQ": "77", "OVRS_RSVN_ODNO": "77"]
    let said = [
      "RVSE_CNCL_DVSN_CD": "02", "QTY_ALL_ORD_YN": "Y", "RMN_QTY_YN": "Y", "ORD_QTY": "1", "ORD_QTY2": "1",
      "OVRS_EXCG_CD": "NASD",
      "PDNO": path.contains("bond") ? "KR103502GD31" : path.contains("overseas") ? "AAPL" : "005930",
      "ORD_UNPR": "0", "ORD_DVSN": "00", "ORD_DVSN_CD": "01",
    ]
    let answer = try await caller.ask(path, id, saying: said.merging(number) { $1 })
    #expect(answer.json["rt_cd"] == "7" && answer.code == "APBK0344", "\(answer.text)")
  }
}
