import KISMarket
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

/// What somebody trades on: prices, steps, what a contract is worth and holds back, and which contracts there are.
@Suite("Contracts abroad are traded by their products' terms")
struct ContractsAbroadTests {
  private let path = "overseas-futureoption/v1/trading/"

  private func order(_ caller: Caller, _ code: String, _ changes: [String: String] = [:])
    async throws -> RESTAnswer
  {
    let usual = [
      "OVRS_FUTR_FX_PDNO": code, "SLL_BUY_DVSN_CD": "02", "PRIC_DVSN_CD": "2", "FM_ORD_QTY": "1",
      "CCLD_CNDT_CD": "2",
    ]
    return try await caller.ask(path + "order", "OTFM3001U", saying: usual.merging(changes) { $1 })
  }

  /// The figures that documents and balances write with a point, by contract.
  private static let terms:
    [(
      code: String, tick: String, tickValue: String, size: String, exchange: String,
      currency: String
    )] = [
      ("ESZ26", "0.25", "12.50", "50", "CME", "USD"), ("MESZ26", "0.25", "1.25", "5", "CME", "USD"),
      ("NQZ26", "0.25", "5.00", "20", "CME", "USD"), ("MNQZ26", "0.25", "0.50", "2", "CME", "USD"),
      ("YMZ26", "1", "5.00", "5", "CME", "USD"), ("RTYZ26", "0.1", "5.00", "50", "CME", "USD"),
      ("6AZ26", "0.00005", "5.00", "100000", "CME", "USD"),
      ("6NZ26", "0.00005", "5.00", "100000", "CME", "USD"),
      ("6EZ26", "0.00005", "6.25", "125000", "CME", "USD"),
      ("6JZ26", "0.0000005", "6.25", "12500000", "CME", "USD"),
      ("CNHZ26", "0.0001", "10.00", "100000", "HKEX", "CNY"),
      ("DXZ26", "0.005", "5.00", "1000", "ICE", "USD"),
      ("BONZ26", "0.01", "10.00", "1000", "EUREX", "EUR"),
      ("ZNZ26", "0.015625", "15.63", "1000", "CME", "USD"),
      ("CLZ26", "0.01", "10.00", "1000", "CME", "USD"),
      ("GCZ26", "0.1", "10.00", "100", "CME", "USD"),
      ("SIZ26", "0.005", "25.00", "5000", "CME", "USD"),
      ("NGZ26", "0.001", "10.00", "10000", "CME", "USD"),
      ("HSIZ26", "1", "50.00", "50", "HKEX", "HKD"),
    ]

  @Test("Ticks, what they are worth, sizes, exchanges and currencies are those of the products")
  func terms() throws {
    for terms in Self.terms {
      let row = try #require(
        GeneratedAnswerTests.answer("HHDFC55010100", [("SRS_CD", terms.code)]).envelope.rows(
          "output1"
        ).first)
      func text(_ name: String) -> String { row[name]?.string ?? "none" }
      #expect(Double(text("tick_sz")) == Double(terms.tick), "\(terms.code) \(text("tick_sz"))")
      #expect(text("tick_val") == terms.tickValue, "\(terms.code) \(text("tick_val"))")
      #expect(text("ctrt_size") == terms.size && text("exch_cd") == terms.exchange, "\(terms.code)")
      #expect(text("crc_cd") == terms.currency, "\(terms.code)")
      let margin = try #require(ForeignContract(terms.code).product.margin)
      #expect(Double(text("trst_mgn")) == Double(margin), "\(terms.code) \(text("trst_mgn"))")
    }
  }

  @Test(
    "Streams, quotations and orders have the same ticks",
    arguments: ["ESZ26", "6AZ26", "6JZ26", "NGZ26", "ZNZ26", "HSIZ26", "GCZ26"])
  func oneTable(code: String) async throws {
    let quotes = QuotedMarket(seed: 1)
    let product = ForeignContract(code).product
    func isOnTick(_ text: String) -> Bool {
      guard let value = Double(text) else { return false }
      let units = (value * Double(product.scale)).rounded()
      return abs(units / Double(product.scale) - value) < 1e-9 && Int(units) % product.tick == 0
    }
    for (id, names) in [
      ("HDFFF020", ["LAST_PRICE", "OPEN_PRICE", "HIGH_PRICE", "LOW_PRICE", "PREV_PRICE"]),
      ("HDFFF010", ["BID_PRICE_1", "ASK_PRICE_1", "BID_PRICE_5", "ASK_PRICE_5"]),
    ] as [(TransactionID, [String])] {
      let messages = try MarketStreamTests.messages(id, key: code, count: 3, in: quotes)
      for record in try MarketStreamTests.records(messages) {
        for name in names {
          let value = record[name].map { String($0) } ?? "none"
          #expect(isOnTick(value), "\(id) \(name) \(value)")
        }
      }
    }
    let row = try #require(
      GeneratedAnswerTests.answer("HHDFC55010000", [("SRS_CD", code)]).envelope.rows("output1")
        .first)
    for name in [
      "last_price", "open_price", "high_price", "low_price", "prev_price", "bid_price", "ask_price",
    ] {
      #expect(isOnTick(row[name]?.string ?? "none"), "\(name) \(row[name]?.string ?? "none")")
    }
    let caller = await (try SandboxFixture.ofOrders()).caller()
    let last = row["last_price"]?.string ?? ""
    let limit = ["PRIC_DVSN_CD": "1", "CCLD_CNDT_CD": "6", "FM_LIMIT_ORD_PRIC": last]
    let taken = try await order(caller, code, limit)
    #expect(taken.json["rt_cd"] == "0", "\(taken.text)")
    if product.tick > 1 {
      let off = decimal((Double(last) ?? 0) + 1 / Double(product.scale), places: product.decimals)
      let refused = try await order(caller, code, limit.merging(["FM_LIMIT_ORD_PRIC": off]) { $1 })
      #expect(refused.code == "APBK1507", "\(off) \(refused.text)")
    }
    let number = try #require(taken.json["output"]?["ODNO"]?.string)
    let open = try await caller.ask(
      path + "inquire-ccld", "OTFM3116R", saying: ["CCLD_NCCS_DVSN": "01", "FUOP_DVSN": "00"])
    let listed = try #require(open.rows("output").first { $0["odno"]?.string == number })
    #expect(Double(listed["fm_ord_pric"]?.string ?? "") == Double(last))
    guard listed["fm_ccld_qty"] == "0" else { return }
    let change = [
      "ORGN_ODNO": number, "ORGN_ORD_DT": "20260921", "FM_LIMIT_ORD_PRIC": last, "FM_ORD_QTY": "1",
      "PRIC_DVSN_CD": "1",
    ]
    #expect(
      try await caller.ask(path + "order-rvsecncl", "OTFM3002U", saying: change).json["rt_cd"]
        == "0")
  }

  @Test(
    "Contracts that have ended, and those of no product and month, are refused as unknown, whatever the account has",
    arguments: ["6AU22", "CLU26", "ESF26", "XXZ26", "1AALN25 C10.0", "OESH23 C3900", "ES"])
  func unknown(code: String) async throws {
    let fixture = try SandboxFixture.ofOrders()
    _ = try await fixture.sandbox.setAccount(
      AccountChoice(account: "12345678-08", cash: 1, holdings: []))
    let caller = await fixture.caller()
    let answer = try await order(caller, code, ["FM_ORD_QTY": "999999"])
    #expect(answer.json["rt_cd"] == "7" && answer.code == "APBK0656", "\(answer.text)")
    let known = try await order(caller, "ESZ26", ["FM_ORD_QTY": "999999"])
    #expect(known.code == "APBK0952", "\(known.text)")
  }

  @Test("An account for contracts can open one of each product, at home and abroad")
  func openingCash() async throws {
    for product in ForeignProduct.all {
      let caller = await (try SandboxFixture.ofOrders()).caller()
      let code = ForeignContract.next(product.root, on: "2026-09-21")
      let answer = try await order(caller, code)
      #expect(answer.json["rt_cd"] == "0", "\(code) \(answer.text)")
    }
    let caller = await (try SandboxFixture.ofOrders()).caller()
    let future = try await caller.ask(
      "domestic-futureoption/v1/trading/order", "TTTO1101U",
      saying: [
        "ORD_PRCS_DVSN_CD": "02", "SLL_BUY_DVSN_CD": "02", "SHTN_PDNO": "A01612", "ORD_QTY": "1",
        "UNIT_PRICE": "0",
        "NMPR_TYPE_CD": "02", "KRX_NMPR_CNDT_CD": "0", "ORD_DVSN_CD": "02",
      ])
    #expect(future.json["rt_cd"] == "0", "\(future.text)")
  }

  @Test("A balance at the end of a day knows nothing of the days after it")
  func settledDay() async throws {
    let fixture = try SandboxFixture.ofOrders()
    var caller = await fixture.caller()
    func trade(_ side: String, _ quantity: String) async throws {
      let answer = try await caller.ask(
        "domestic-futureoption/v1/trading/order", "TTTO1101U",
        saying: [
          "ORD_PRCS_DVSN_CD": "02", "SLL_BUY_DVSN_CD": side, "SHTN_PDNO": "A05612",
          "ORD_QTY": quantity,
          "UNIT_PRICE": "0", "NMPR_TYPE_CD": "02", "KRX_NMPR_CNDT_CD": "0", "ORD_DVSN_CD": "02",
        ])
      #expect(answer.json["rt_cd"] == "0", "\(answer.text)")
    }
    func settled(_ day: String) async throws -> (row: JSONValue?, cash: String) {
      let answer = try await caller.ask(
        "domestic-futureoption/v1/trading/inquire-balance-settlement-pl", "CTFO6117R",
        saying: ["INQR_DT": day])
      let row = answer.rows("output1").first { $0["pdno"]?.string?.hasSuffix("A05612") ?? false }
      return (row, answer.json["output2"]?["dnca_cash"]?.string ?? "")
    }
    try await trade("02", "3")
    let monday = try await settled("20260921")
    func count(_ row: JSONValue?, _ name: String) -> String? { row?[name]?.string }
    #expect(count(monday.row, "new_qty") == "3")
    let held = try #require(count(monday.row, "cblc_qty").flatMap { Int($0) })
    for _ in 0..<24 { await fixture.advance(3_600) }
    caller = await fixture.caller()
    try await trade("01", "2")
    let tuesday = try await settled("20260922")
    #expect(
      count(tuesday.row, "bfdy_cblc_qty") == "\(held)"
        && count(tuesday.row, "cblc_qty") == "\(held - 2)")
    #expect(count(tuesday.row, "mnpl_rpch_qty") == "2" && count(tuesday.row, "new_qty") == "0")
    #expect(
      Int(count(tuesday.row, "trad_pfls_amt") ?? "") != nil
        && count(tuesday.row, "trad_pfls_amt") != "0")
    let again = try await settled("20260921")
    for name in [
      "bfdy_cblc_qty", "new_qty", "mnpl_rpch_qty", "cblc_qty", "cblc_amt", "trad_pfls_amt",
    ] {
      #expect(count(again.row, name) == count(monday.row, name), "\(name)")
    }
    #expect(again.cash == monday.cash && tuesday.cash != monday.cash)
    // What is closed as a whole was there the day before.
    try await trade("01", "\(held - 2)")
    let closed = try await settled("20260922")
    #expect(count(closed.row, "cblc_qty") == "0" && count(closed.row, "bfdy_cblc_qty") == "\(held)")
    #expect(count(try await settled("20260921").row, "cblc_amt") == count(monday.row, "cblc_amt"))
    let before = try await settled("20260918").row
    #expect(before == nil || count(before, "cblc_qty") == "\(held - 3)")
  }

  @Test("Money and positions in another currency are told in the one that is asked for")
  func currencies() async throws {
    let caller = await (try SandboxFixture.ofOrders()).caller()
    func figure(_ currency: String, _ name: String) async throws -> Double {
      let answer = try await caller.ask(
        path + "inquire-deposit", "OTFM1411R", saying: ["CRCY_CD": currency, "INQR_DT": "20260921"])
      return try #require(answer.json["output"]?[name]?.string.flatMap { Double($0) }, "\(answer.text)")
    }
    let before = (try await figure("USD", "fm_brkg_mgn_amt"), try await figure("TUS", "fm_brkg_mgn_amt"))
    #expect(try await order(caller, "HSIZ26").json["rt_cd"] == "0")
    #expect(try await figure("HKD", "fm_dnca_rmnd") == 1_000_000)
    #expect(try await figure("HKD", "fm_brkg_mgn_amt") == 120_000)
    #expect(try await figure("USD", "fm_brkg_mgn_amt") == before.0)
    let added = try await figure("TUS", "fm_brkg_mgn_amt") - before.1
    #expect((14_000...17_000).contains(added), "\(added) dollars")
    // A hundred thousand dollars and euros each, a million Hong Kong dollars and yuan each, and what any account has of won,
    // yen and dong.
    let (dollars, won) = (try await figure("TUS", "fm_dnca_rmnd"), try await figure("TKR", "fm_dnca_rmnd"))
    #expect((480_000...550_000).contains(dollars) && abs(won / dollars / 1_385.5 - 1) < 0.03, "\(dollars) \(won)")
    #expect(try await figure("KRW", "fm_dnca_rmnd") == 10_000_000)
    for currency in ["TUS", "TKR", "HKD", "USD"] {
      let free = try await figure(currency, "fm_dnca_rmnd") - figure(currency, "fm_brkg_mgn_amt")
      #expect(try await abs(figure(currency, "fm_ord_psbl_amt") / free - 1) < 0.001, "\(currency)")
    }
  }

  @Test("Who buys an option pays its premium, and holds no margin back; who sells one does")
  func options() async throws {
    let caller = await (try SandboxFixture.ofOrders()).caller()
    func figure(_ name: String) async throws -> Double {
      let answer = try await caller.ask(
        path + "inquire-deposit", "OTFM1411R", saying: ["CRCY_CD": "USD", "INQR_DT": "20260921"])
      return try #require(answer.json["output"]?[name]?.string.flatMap { Double($0) }, "\(answer.text)")
    }
    let before = try await figure("fm_ord_psbl_amt")
    let margin = try await figure("fm_brkg_mgn_amt")
    #expect(try await order(caller, "OESZ26 C7000").json["rt_cd"] == "0")
    let row = try #require(
      await caller.ask(path + "inquire-unpd", "OTFM1412R", saying: ["FUOP_DVSN": "02"]).rows("output").first)
    #expect(row["fuop_dvsn"] == "02" && row["ovrs_futr_fx_pdno"] == "OESZ26 C7000")
    let premium = try #require(row["fm_ccld_avg_pric"]?.string.flatMap { Double($0) }) * 50
    let paid = try await before - figure("fm_ord_psbl_amt")
    #expect(premium > 100 && (premium...(premium * 1.01)).contains(paid), "\(premium) \(paid)")
    #expect(try await figure("fm_brkg_mgn_amt") == margin)
    #expect(try await order(caller, "OESZ26 P6000", ["SLL_BUY_DVSN_CD": "01"]).json["rt_cd"] == "0")
    #expect(try await figure("fm_brkg_mgn_amt") > margin)
  }

  @Test("Orders abroad are off the tick, and odd lots, where their exchange has such")
  func sharesAbroad() async throws {
    let caller = await (try SandboxFixture.ofOrders()).caller()
    for (id, exchange, code, quantity, price, refusal) in [
      ("TTTS1002U", "SEHK", "00700", "100", "400.1", "APBK1507"),
      ("TTTS1002U", "SEHK", "00700", "150", "20", "APBK0400"),
      ("TTTS0308U", "TKSE", "7203", "100", "2900.3", "APBK1507"),
      ("TTTS0202U", "SHAA", "600519", "100", "10.005", "APBK1507"),
      ("TTTS0311U", "VNSE", "HPG", "100", "26010", "APBK1507"),
      ("TTTS0311U", "HASE", "SHS", "100", "22050", "APBK1507"),
      ("TTTT1002U", "NASD", "AAPL", "1", "100.005", "APBK1507"), ("TTTS1002U", "SEHK", "00700", "100", "20.02", ""),
      ("TTTS0308U", "TKSE", "7203", "100", "50.1", ""), ("TTTS0311U", "VNSE", "HPG", "100", "50", ""),
    ] as [(TransactionID, String, String, String, String, String)] {
      let answer = try await caller.ask(
        "overseas-stock/v1/trading/order", id,
        saying: [
          "OVRS_EXCG_CD": exchange, "PDNO": code, "ORD_QTY": quantity, "OVRS_ORD_UNPR": price, "ORD_SVR_DVSN_CD": "0",
          "ORD_DVSN": "00",
        ])
      #expect(refusal.isEmpty ? answer.json["rt_cd"] == "0" : answer.code == refusal, "\(code) \(price) \(answer.text)")
    }
  }
}
