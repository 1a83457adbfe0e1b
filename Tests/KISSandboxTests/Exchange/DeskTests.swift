import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("Each desk keeps its own orders, and lists them by its own inquiries")
struct DeskTests {
  private let period = [
    "STRT_ORD_DT": "20260921", "END_ORD_DT": "20260921", "INQR_STRT_DT": "20260921", "INQR_END_DT": "20260921",
    "ORD_STRT_DT": "20260921", "ORD_END_DT": "20260921", "SLL_BUY_DVSN_CD": "00", "CCLD_NCCS_DVSN": "00",
    "SLL_BUY_DVSN": "00", "SORT_SQN": "AS", "OVRS_EXCG_CD": "NASD", "PDNO": "%",
  ]

  @Test("A future is sold, listed, changed, cancelled, and its position is in the balance")
  func futures() async throws {
    let caller = await (try SandboxFixture.ofOrders()).caller()
    let order = "domestic-futureoption/v1/trading/order"
    let members = [
      "ORD_PRCS_DVSN_CD": "02", "SLL_BUY_DVSN_CD": "01", "SHTN_PDNO": "A05612", "ORD_QTY": "1", "UNIT_PRICE": "0",
      "NMPR_TYPE_CD": "02", "KRX_NMPR_CNDT_CD": "0", "ORD_DVSN_CD": "02",
    ]
    let before = try await caller.ask("domestic-futureoption/v1/trading/inquire-balance", "CTFO6118R", saying: [:])
    let sold = try await caller.ask(order, "TTTO1101U", saying: members)
    #expect(sold.json["rt_cd"] == "0", "\(sold.text)")
    let number = try #require(sold.json["output"]?["ODNO"]?.string)
    let list = try await caller.ask("domestic-futureoption/v1/trading/inquire-ccnl", "TTTO5201R", saying: period)
    #expect(list.rows("output1").map { $0["odno"]?.string } == [number])
    #expect(list.rows("output1").first?["tot_ccld_qty"] == "1")
    #expect(list.rows("output1").first?["sll_buy_dvsn_cd"] == "01")
    let after = try await caller.ask("domestic-futureoption/v1/trading/inquire-balance", "CTFO6118R", saying: [:])
    func quantity(_ answer: RESTAnswer) -> Int {
      answer.rows("output1").filter { $0["shtn_pdno"] == "A05612" || $0["pdno"] == "A05612" }.reduce(0) { sum, row in
        let count = row["cblc_qty"]?.string.flatMap { Int($0) } ?? 0
        return sum + (row["sll_buy_dvsn_name"] == "매도" ? -count : count)
      }
    }
    #expect(quantity(after) == quantity(before) - 1)

    var resting = members
    resting.merge(["SLL_BUY_DVSN_CD": "02", "ORD_DVSN_CD": "01", "UNIT_PRICE": "1000.00"]) { $1 }
    let price = try await futurePrice(caller)
    resting["UNIT_PRICE"] = price
    let rests = try #require(try await caller.ask(order, "TTTO1101U", saying: resting).json["output"]?["ODNO"]?.string)
    let cancel = try await caller.ask(
      "domestic-futureoption/v1/trading/order-rvsecncl", "TTTO1103U",
      saying: [
        "ORD_PRCS_DVSN_CD": "02", "RVSE_CNCL_DVSN_CD": "02", "ORGN_ODNO": rests, "ORD_QTY": "0", "UNIT_PRICE": "0",
        "NMPR_TYPE_CD": "01", "KRX_NMPR_CNDT_CD": "0", "RMN_QTY_YN": "Y", "ORD_DVSN_CD": "01",
      ])
    #expect(cancel.json["rt_cd"] == "0", "\(cancel.text)")
    let open = try await caller.ask(
      "domestic-futureoption/v1/trading/inquire-ccnl", "TTTO5201R",
      saying: period.merging(["CCLD_NCCS_DVSN": "02"]) { $1 })
    #expect(open.rows("output1").isEmpty)
    let shares = try await caller.ask(
      "domestic-stock/v1/trading/inquire-daily-ccld", "TTTC0081R", saying: period.merging(["CCLD_DVSN": "00"]) { $1 })
    #expect(shares.rows("output1").isEmpty, "a future is no order of shares")
  }

  /// A price below the market and within its limits.
  private func futurePrice(_ caller: Caller) async throws -> String {
    let quote = try await caller.ask(
      "domestic-futureoption/v1/quotations/inquire-price", "FHMIF10000000",
      saying: ["FID_COND_MRKT_DIV_CODE": "F", "FID_INPUT_ISCD": "A05612"])
    let text = quote.rows("output1").first?["futs_prpr"]?.string ?? ""
    let price = try #require(Double(text), "\(quote.text.prefix(300))")
    return decimal((price * 0.97 / 0.05).rounded() * 0.05, places: 2)
  }

  @Test("A bond is bought and listed among bonds only")
  func bonds() async throws {
    let caller = await (try SandboxFixture.ofOrders()).caller()
    let bought = try await caller.ask(
      "domestic-bond/v1/trading/buy", "TTTC0952U",
      saying: ["PDNO": "KR103502GD31", "ORD_QTY2": "10", "BOND_ORD_UNPR": "9000.0"])
    let number = try #require(
      bought.json["output"]?.object?.members.first { $0.name.uppercased() == "ODNO" }?.value.string)
    let list = try await caller.ask("domestic-bond/v1/trading/inquire-daily-ccld", "CTSC8013R", saying: period)
    #expect(list.rows("output1").map { $0["odno"]?.string } == [number])
    #expect(list.rows("output1").first?["ord_qty"] == "10" && list.rows("output1").first?["nccs_qty"] == "10")
    let open = try await caller.ask("domestic-bond/v1/trading/inquire-psbl-rvsecncl", "CTSC8035R", saying: [:])
    #expect(open.rows("output").map { $0["ord_psbl_qty"]?.string } == ["10"])
    let nccs = try await caller.ask(
      "domestic-stock/v1/trading/inquire-psbl-rvsecncl", "TTTC0084R", saying: ["INQR_DVSN_1": "0", "INQR_DVSN_2": "0"])
    #expect(nccs.rows("output").isEmpty)
    let cancelled = try await caller.ask(
      "domestic-bond/v1/trading/order-rvsecncl", "TTTC0953U",
      saying: [
        "PDNO": "KR103502GD31", "ORGN_ODNO": number, "ORD_QTY2": "0", "BOND_ORD_UNPR": "0", "QTY_ALL_ORD_YN": "Y",
        "RVSE_CNCL_DVSN_CD": "02",
      ])
    #expect(cancelled.json["rt_cd"] == "0")
    #expect(
      try await caller.ask("domestic-bond/v1/trading/inquire-psbl-rvsecncl", "CTSC8035R", saying: [:]).rows("output")
        .isEmpty)
  }

  @Test("A reserved order is listed with its number, becomes an order the next morning, and is then no more to cancel")
  func reservations() async throws {
    let fixture = try SandboxFixture.ofOrders(after: 8 * 3_600)
    let caller = await fixture.caller()
    let members = [
      "PDNO": "005930", "ORD_QTY": "2", "ORD_UNPR": "200000", "SLL_BUY_DVSN_CD": "02", "ORD_DVSN_CD": "00",
      "ORD_OBJT_CBLC_DVSN_CD": "10",
    ]
    func reserve() async throws -> String {
      let answer = try await caller.ask("domestic-stock/v1/trading/order-resv", "CTSC0008U", saying: members)
      return try #require(
        answer.json["output"]?.object?.members.first { $0.name.uppercased() == "RSVN_ORD_SEQ" }?.value.string,
        "\(answer.text)")
    }
    let numbers = [try await reserve(), try await reserve()]
    #expect(numbers == ["1", "2"])
    func list(_ changes: [String: String] = [:]) async throws -> [JSONValue] {
      try await caller.ask(
        "domestic-stock/v1/trading/order-resv-ccnl", "CTSC0004R",
        saying: [
          "RSVN_ORD_ORD_DT": "20260921", "RSVN_ORD_END_DT": "20260922", "TMNL_MDIA_KIND_CD": "00",
          "PRCS_DVSN_CD": "0", "CNCL_YN": "Y",
        ].merging(changes) { $1 }
      ).rows("output")
    }
    #expect(try await list().map { $0["ord_rsvn_qty"] } == ["2", "2"])
    #expect(try await list(["PDNO": "000660"]).isEmpty)
    #expect(try await list(["SLL_BUY_DVSN_CD": "01"]).isEmpty)
    func cancel(_ number: String) async throws -> JSONValue? {
      try await caller.ask(
        "domestic-stock/v1/trading/order-resv-rvsecncl", "CTSC0009U",
        saying: members.merging(["RSVN_ORD_SEQ": number]) { $1 }
      ).json["rt_cd"]
    }
    #expect(try await cancel("2") == "0")
    #expect(try await list().map { $0["rsvn_ord_seq"] } == ["1"])
    #expect(try await list(["CNCL_YN": "N"]).map { $0["prcs_rslt"] } == ["미처리", "취소"])
    await fixture.advance(17 * 3_600)
    let sent = try await list(["PRCS_DVSN_CD": "1"])
    #expect(sent.count == 1 && sent.first?["odno"] != "" && sent.first?["prcs_rslt"] == "처리")
    #expect(try await cancel("1") == "7")
    let orders = try await caller.ask(
      "domestic-stock/v1/trading/inquire-psbl-rvsecncl", "TTTC0084R", saying: ["INQR_DVSN_1": "0", "INQR_DVSN_2": "0"])
    #expect(orders.rows("output").map { $0["odno"] } == sent.map { $0["odno"] })
  }

  @Test(
    "Orders abroad have their exchange's currency, and are listed by it",
    arguments: [
      ("TTTT1002U", "NASD", "AAPL", "1", "100.00", "USD"), ("TTTS1002U", "SEHK", "00700", "100", "300", "HKD"),
      ("TTTS0308U", "TKSE", "7203", "100", "1000", "JPY"),
    ] as [(TransactionID, String, String, String, String, String)])
  func abroad(
    id: TransactionID, exchange: String, code: String, quantity: String, price: String, currency: String
  ) async throws {
    let fixture = try SandboxFixture.ofOrders()
    let caller = await fixture.caller()
    let members = [
      "OVRS_EXCG_CD": exchange, "PDNO": code, "ORD_QTY": quantity, "OVRS_ORD_UNPR": price, "ORD_SVR_DVSN_CD": "0",
      "ORD_DVSN": "00",
    ]
    var rich = AccountChoice(account: "12345678-01")
    rich.cash = 10_000_000
    _ = try await fixture.sandbox.setAccount(rich)
    let placed = try await caller.ask("overseas-stock/v1/trading/order", id, saying: members)
    guard placed.code != "APBK0952" else { return }
    let number = try #require(placed.json["output"]?["ODNO"]?.string, "\(placed.text)")
    let open = try await caller.ask(
      "overseas-stock/v1/trading/inquire-nccs", "TTTS3018R", saying: ["OVRS_EXCG_CD": exchange, "SORT_SQN": "DS"])
    #expect(open.rows("output").map { $0["odno"]?.string } == [number])
    #expect(open.rows("output").first?["tr_crcy_cd"]?.string == currency)
    let elsewhere = try await caller.ask(
      "overseas-stock/v1/trading/inquire-nccs", "TTTS3018R",
      saying: ["OVRS_EXCG_CD": exchange == "NASD" ? "TKSE" : "NASD", "SORT_SQN": "DS"])
    #expect(elsewhere.rows("output").isEmpty)
    if exchange == "TKSE" {
      let odd = try await caller.ask(
        "overseas-stock/v1/trading/order", id, saying: members.merging(["ORD_QTY": "1"]) { $1 })
      #expect(odd.json["rt_cd"] == "7", "Tokyo trades in hundreds")
    }
  }

  @Test("A credit order is listed as such, with its loan, beside what was paid in cash")
  func credit() async throws {
    let caller = await (try SandboxFixture.ofOrders()).caller()
    let bought = try await caller.ask(
      "domestic-stock/v1/trading/order-credit", "TTTC0052U",
      saying: [
        "PDNO": "005930", "CRDT_TYPE": "21", "LOAN_DT": "20260921", "ORD_DVSN": "01", "ORD_QTY": "2", "ORD_UNPR": "0",
      ])
    #expect(bought.json["rt_cd"] == "0", "\(bought.text)")
    let cash = try await caller.ask(
      "domestic-stock/v1/trading/inquire-daily-ccld", "TTTC0081R",
      saying: period.merging(["CCLD_DVSN": "00", "INQR_DVSN_3": "01", "PDNO": ""]) { $1 })
    let lent = try await caller.ask(
      "domestic-stock/v1/trading/inquire-daily-ccld", "TTTC0081R",
      saying: period.merging(["CCLD_DVSN": "00", "INQR_DVSN_3": "02", "PDNO": ""]) { $1 })
    #expect(cash.rows("output1").isEmpty)
    #expect(lent.rows("output1").first?["sll_buy_dvsn_cd_name"] == "신용매수")
    #expect(lent.rows("output1").first?["loan_dt"] == "20260921")
    let line = try #require(
      await caller.balance().rows("output1").first { $0["pdno"] == "005930" && $0["loan_dt"] == "20260921" })
    #expect(line["hldg_qty"] == "2" && line["trad_dvsn_name"] == "자기융자" && line["loan_amt"] != "0")
  }

  @Test("A reserved order is sent when KRX begins to take orders, asked or not; one of the night that same day")
  func reservationsInTime() async throws {
    let fixture = try SandboxFixture.ofOrders(after: 8 * 3_600)
    let caller = await fixture.caller()
    let members = [
      "PDNO": "005930", "ORD_QTY": "2", "ORD_UNPR": "0", "SLL_BUY_DVSN_CD": "02", "ORD_DVSN_CD": "01",
      "ORD_OBJT_CBLC_DVSN_CD": "10",
    ]
    _ = try await caller.ask("domestic-stock/v1/trading/order-resv", "CTSC0008U", saying: members)
    await fixture.advance(13 * 3_600)
    let morning = try await caller.ask("domestic-stock/v1/trading/order-resv", "CTSC0008U", saying: members)
    #expect(morning.json["rt_cd"] == "0", "\(morning.text)")
    await fixture.advance(5 * 3_600)
    let orders = try await caller.ask(
      "domestic-stock/v1/trading/inquire-daily-ccld", "TTTC0081R",
      saying: period.merging(["INQR_STRT_DT": "20260922", "INQR_END_DT": "20260922", "CCLD_DVSN": "00", "PDNO": ""]) {
        $1
      })
    #expect(orders.rows("output1").map { $0["ord_tmd"] } == ["083000", "083000"])
    #expect(orders.rows("output1").map { $0["tot_ccld_qty"] } == ["2", "2"], "they met the opening auction")
  }

  @Test(
    "What becomes of an order is told by its desk's own notice",
    arguments: [
      ("domestic-futureoption/v1/trading/order", "TTTO1101U", "A01612", 3_600.0, ["H0IFCNI0"]),
      ("domestic-futureoption/v1/trading/order", "STTN1101U", "A01612", 36_000.0, ["H0MFCNI0"]),
      ("domestic-futureoption/v1/trading/order", "STTN1101U", "B01612B20", 36_000.0, ["H0EUCNI0"]),
      ("overseas-futureoption/v1/trading/order", "OTFM3001U", "ESZ26", 3_600.0, ["HDFFF1C0", "HDFFF2C0"]),
    ] as [(String, TransactionID, String, Double, [TransactionID])])
  func notices(path: String, id: TransactionID, code: String, seconds: Double, notices: [TransactionID]) async throws {
    let fixture = try SandboxFixture.ofOrders(after: seconds)
    let caller = await fixture.caller()
    let client = try await fixture.connect()
    let known: [TransactionID] = ["H0IFCNI0", "H0MFCNI0", "H0EUCNI0", "HDFFF1C0", "HDFFF2C0", "H0STCNI0"]
    for notice in known {
      await fixture.register(client.id, notice, "me", approvalKey: await fixture.approvalKey("app"))
    }
    let members = [
      "ORD_PRCS_DVSN_CD": "02", "SLL_BUY_DVSN_CD": "02", "SHTN_PDNO": code, "ORD_QTY": "1", "UNIT_PRICE": "0",
      "NMPR_TYPE_CD": "02", "KRX_NMPR_CNDT_CD": "0", "ORD_DVSN_CD": "02", "OVRS_FUTR_FX_PDNO": code,
      "FM_ORD_QTY": "1", "PRIC_DVSN_CD": "2", "CCLD_CNDT_CD": "2", "CPLX_ORD_DVSN_CD": "0",
    ]
    let isAbroad = path.hasPrefix("overseas")
    let placed = try await caller.ask(path, id, saying: members.merging(isAbroad ? ["ACNT_PRDT_CD": "08"] : [:]) { $1 })
    #expect(placed.json["rt_cd"] == "0", "\(placed.text)")
    await fixture.advance(2)
    let told = client.sink.texts.filter { $0.hasPrefix("1|") }.map { $0.split(separator: "|")[1] }
    #expect(Set(told) == Set(notices.map(\.rawValue).map { Substring($0) }), "\(told)")
    #expect(told.count == 2, "one for the order, one for its fill")
  }
}
