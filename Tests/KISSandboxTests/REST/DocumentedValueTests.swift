import KISMarket
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

/// Every inquiry, asked with each of the values that documents name for its parameters: each has to be told apart from the
/// others at one moment of a day at least, or stands here with the reason why it cannot.
@Suite("The sweep over all values that documents name")
struct DocumentedValueTests {
  private static func moment(_ hour: Int, _ minute: Int) -> KoreanTime {
    TradingMoment(Market.referenceDate, ClockTime(hour, minute)).koreanTime
  }

  /// While shares trade, and when what an API is about makes a difference beside that: in the auctions, in the evening, at
  /// the end of the day, and while New York trades.
  private static func moments(of path: String) -> [KoreanTime] {
    let name = path.split(separator: "/").last ?? ""
    if name.contains("exp-") { return [moment(10, 30), moment(15, 25), moment(8, 50)] }
    if name.contains("overtime") || name.contains("after-hour") { return [moment(10, 30), moment(18, 30)] }
    // Later all rows are of today.
    if name == "inquire-time-fuopchartprice" { return [moment(9, 30)] }
    if name == "inquire-vi-status" || name == "capture-uplowprice" { return [moment(15, 25)] }
    return path.hasPrefix("overseas-stock/v1/ranking") ? [moment(23, 50)] : [moment(10, 30)]
  }

  private let quotes = QuotedMarket(seed: 1)

  private func answer(_ api: RESTAPI, _ chosen: [String: String], at moment: KoreanTime) -> Envelope {
    let id = api.ids.first ?? ""
    let sample = SampleQuestion(api, id: id, moment: moment, in: quotes, chosen: chosen)
    return GeneratedAnswer(
      AnswerRequest(
        api: api, id: id, parameters: sample.parameters.map { NameValue($0.0, $0.1) }, moment: moment, venue: .real,
        quotes: quotes, page: 0)
    ).envelope
  }

  /// What else has to be said so that a parameter means something.
  private static let beside: [String: [String: String]] = ["FID_INPUT_CNT_1": ["FID_RANK_SORT_CLS_CODE": "3"]]

  private static let paths = Set(DocumentedValues.quotations.map(\.path)).sorted()

  @Test("Of an inquiry about the market each value tells something else, or why it does not is known", arguments: paths)
  func quotations(path: String) throws {
    let api = try #require(Catalogue.rest(path: "/uapi/" + path))
    var alike: [String] = []
    for row in DocumentedValues.quotations where row.path == path {
      // Which codes and exchanges are told of is proved by the sweep over all parameters.
      let isOfCodes = ["FID_INPUT_ISCD", "FID_COND_MRKT_DIV_CODE", "EXCD"].contains(row.parameter)
      guard !api.isDecoration(row.parameter), !isOfCodes else { continue }
      // Values that answer alike at every moment so far; those that are alone are done.
      var groups = [row.values]
      for moment in Self.moments(of: path) where !groups.isEmpty {
        groups = groups.flatMap { values in
          let beside = Self.beside[row.parameter] ?? [:]
          let answers = Dictionary(grouping: values) { value in
            answer(api, beside.merging([row.parameter: value]) { $1 }, at: moment)
          }
          return answers.values.filter { $0.count > 1 }
        }
      }
      for values in groups { alike.append("\(path) \(row.parameter) \(values.sorted().joined(separator: " "))") }
    }
    let known = Self.alike.flatMap(\.values).filter { $0.hasPrefix(path + " ") }
    #expect(alike.filter { !known.contains($0) } == [])
    #expect(known.filter { !alike.contains($0) } == [], "these are told apart now; leave them out")
  }

  @Test("What is known not to be told apart is of inquiries that are asked")
  func known() {
    let asked = Set(Self.paths)
    let unknown = Self.alike.flatMap(\.values).filter { !asked.contains(String($0.prefix { $0 != " " })) }
    #expect(unknown == [])
  }

  /// Values that cannot be told apart, by the reason.
  private static let alike: [(reason: String, values: [String])] = [
    (
      "no warrant here is on an index, lives longer, or ends before its day, and some figures are the same of all",
      [
        "elw/v1/quotations/cond-search FID_DIV_CLS_CODE 0 1",
        "elw/v1/quotations/cond-search FID_INPUT_DATE_2 5 6 7",
        "elw/v1/quotations/cond-search FID_RANK_SORT_CLS_CODE 8 9",
        "elw/v1/quotations/newly-listed FID_UNAS_INPUT_ISCD 2001 3003",
        "elw/v1/quotations/udrl-asset-price FID_TRGT_EXLS_CLS_CODE 0 1",
        "elw/v1/ranking/indicator FID_UNAS_INPUT_ISCD 2001 3003",
        "elw/v1/ranking/quick-change FID_UNAS_INPUT_ISCD 2001 3003",
        "elw/v1/ranking/sensitivity FID_UNAS_INPUT_ISCD 2001 3003",
        "elw/v1/ranking/updown-rate FID_INPUT_RMNN_DYNU_1 5 6 7",
        "elw/v1/ranking/updown-rate FID_RANK_SORT_CLS_CODE 0 4",
        "elw/v1/ranking/updown-rate FID_UNAS_INPUT_ISCD 2001 3003",
      ]
    ),
    (
      "nothing is under supervision, warned of, or untradeable, and preferred shares are small and quiet",
      [
        "domestic-stock/v1/ranking/traded-by-company FID_DIV_CLS_CODE 0 6",
        "domestic-stock/v1/ranking/disparity FID_DIV_CLS_CODE 1 2 3 4 5",
        "domestic-stock/v1/ranking/market-value FID_DIV_CLS_CODE 1 2 3 4 5",
        "domestic-stock/v1/ranking/near-new-highlow FID_DIV_CLS_CODE 1 2 3",
        "domestic-stock/v1/ranking/near-new-highlow FID_TRGT_EXLS_CLS_CODE 0 1 2 3 4 5 6 7",
        "domestic-stock/v1/ranking/overtime-exp-trans-fluct FID_DIV_CLS_CODE 1 2 3 4 5",
        "domestic-stock/v1/ranking/top-interest-stock FID_DIV_CLS_CODE 1 2 3 4 5",
        "domestic-stock/v1/ranking/traded-by-company FID_DIV_CLS_CODE 1 2 3 4 5",
      ]
    ),
    (
      "every share here trades more than that",
      [
        "domestic-stock/v1/ranking/near-new-highlow FID_APLY_RANG_VOL 0 100",
        "domestic-stock/v1/ranking/traded-by-company FID_APLY_RANG_VOL 0 100",
        "overseas-price/v1/quotations/industry-theme VOL_RANG 0 1 2 3 4",
        "overseas-stock/v1/ranking/market-cap VOL_RANG 0 1 2 3",
        "overseas-stock/v1/ranking/price-fluct VOL_RANG 0 1 2 3",
        "overseas-stock/v1/ranking/trade-growth VOL_RANG 0 1 2 3",
        "overseas-stock/v1/ranking/trade-pbmn VOL_RANG 0 1 2 3",
        "overseas-stock/v1/ranking/trade-turnover VOL_RANG 0 1 2 3",
        "overseas-stock/v1/ranking/trade-vol VOL_RANG 0 1 2 3",
        "overseas-stock/v1/ranking/updown-rate VOL_RANG 0 1 2 3",
        "overseas-stock/v1/ranking/volume-power VOL_RANG 0 1 2 3",
        "overseas-stock/v1/ranking/volume-surge VOL_RANG 0 1 2 3",
      ]
    ),
    (
      "nothing comes near a limit, stands still, or has a new high abroad, at the moments that are asked",
      [
        "overseas-stock/v1/ranking/new-highlow VOL_RANG 0 1 2 3 4 5",
        "domestic-stock/v1/quotations/capture-uplowprice FID_DIV_CLS_CODE 5 6",
        "domestic-stock/v1/ranking/after-hour-balance FID_RANK_SORT_CLS_CODE 1 2 3 4",
        "domestic-stock/v1/ranking/overtime-exp-trans-fluct FID_RANK_SORT_CLS_CODE 0 3",
        "domestic-stock/v1/ranking/overtime-fluctuation FID_DIV_CLS_CODE 1 4",
        "overseas-stock/v1/ranking/new-highlow GUBN2 0 1",
      ]
    ),
    (
      "no such product, contract or right is known here, or none of this company",
      [
        "domestic-stock/v1/quotations/search-info PRDT_TYPE_CD 301 302 501 507 508 512 513 515 529 543 551 552 558",
        "domestic-stock/v1/quotations/search-stock-info PRDT_TYPE_CD 301 302 306",
        "overseas-futureoption/v1/quotations/market-time FM_EXCG_CD ASX BMF CBOE ETC FTX HNX MDEX NYSE OSE",
        "overseas-price/v1/quotations/colable-by-company NATN_CD 156 344",
        "overseas-price/v1/quotations/news-title NATION_CD CN HK",
        "overseas-price/v1/quotations/period-rights INQR_DVSN_CD 03 04",
        "overseas-price/v1/quotations/period-rights RGHT_TYPE_CD %% 03",
        "overseas-price/v1/quotations/period-rights RGHT_TYPE_CD 01 02 11 14 15 17 54 61 71 74 75 76 77",
        "overseas-price/v1/quotations/rights-by-ice NCOD CN HK JP VN",
        "overseas-price/v1/quotations/search-info PRDT_TYPE_CD 501 507 508 513 515 529 543 551 552 558",
      ]
    ),
    (
      "another parameter of the usual question decides, as documents have it",
      [
        "domestic-stock/v1/quotations/frgnmem-trade-trend FID_MRKT_CLS_CODE A K K2 Q W",
        "domestic-stock/v1/quotations/inquire-investor-daily-by-market FID_INPUT_ISCD_1 KSP KSQ",
        "domestic-stock/v1/ranking/finance-ratio FID_INPUT_OPTION_2 0 1 2 3",
        "domestic-stock/v1/ranking/market-value FID_INPUT_OPTION_2 0 1 2 3",
        "domestic-stock/v1/ranking/profit-asset-index FID_INPUT_OPTION_2 0 1 2 3",
        "overseas-price/v1/quotations/inquire-time-itemchartprice PINC 0 1",
      ]
    ),
    (
      "figures that grow together, and words that mean the same",
      [
        "domestic-stock/v1/quotations/inquire-vi-status FID_RANK_SORT_CLS_CODE 0 3",
        "domestic-stock/v1/ranking/credit-balance FID_RANK_SORT_CLS_CODE 1 6",
        "domestic-stock/v1/ranking/credit-balance FID_RANK_SORT_CLS_CODE 4 9",
        "domestic-stock/v1/ranking/dividend-rate GB4 0 2",
        "domestic-stock/v1/ranking/dividend-rate UPJONG 1041 2007 2008",
        "domestic-stock/v1/ranking/profit-asset-index FID_RANK_SORT_CLS_CODE 2 3",
        "overseas-stock/v1/ranking/volume-power NDAY 0 1 2 3 4 5 6 7 8 9",
      ]
    ),
  ]

  // MARK: Accounts

  /// What leaves nothing out.
  private static let usual = ["PDNO": "", "TR_CRCY_CD": "", "OVRS_EXCG_CD": "%", "CRCY_CD": "", "NATN_CD": "000"]

  /// What single inquiries have to be asked with so that there is something to tell apart.
  private static let besideOfAccounts = [
    "/uapi/domestic-stock/v1/trading/inquire-credit-psamount": ["PDNO": "005930", "ORD_UNPR": "200000"],
    "/uapi/domestic-stock/v1/trading/pension/inquire-psbl-order": ["PDNO": "005930", "ORD_UNPR": "200000"],
    "/uapi/domestic-futureoption/v1/trading/inquire-psbl-order": ["PDNO": "B01612A50", "UNIT_PRICE": "1.00"],
    "/uapi/domestic-futureoption/v1/trading/inquire-psbl-ngt-order": ["PDNO": "B01612A50", "UNIT_PRICE": "1.00"],
    "/uapi/domestic-bond/v1/trading/inquire-balance": ["PDNO": "KR103502GD31"],
    "/uapi/overseas-stock/v1/trading/inquire-psamount": ["ITEM_CD": "AAPL", "OVRS_EXCG_CD": "NASD"],
    "/uapi/overseas-stock/v1/trading/inquire-present-balance": ["NATN_CD": "840"],
  ]

  private func ask(
    _ caller: Caller, _ api: RESTAPI, _ id: TransactionID, _ values: [String: String]
  ) async -> RESTAnswer {
    let chosen = Self.usual.merging(Self.besideOfAccounts[api.path] ?? [:]) { $1 }.merging(values) { $1 }
    let sample = SampleQuestion(
      api, id: id, moment: SandboxFixture.open + .seconds(5_400), in: quotes,
      chosen: api.method == "POST" ? values : chosen)
    return await caller.ask(api.path, id, sample.parameters)
  }

  /// Orders of every desk, of both sides, some of them filled and some not, one of them on credit, one cancelled.
  private func order(_ caller: Caller) async throws {
    func send(_ path: String, _ id: TransactionID, _ values: [String: String]) async throws {
      let api = try #require(Catalogue.rest(path: "/uapi/" + path))
      let answer = await ask(caller, api, id, values)
      #expect(answer.json["rt_cd"] == "0", "\(path) \(id) \(values) \(answer.text)")
    }
    let cash = "domestic-stock/v1/trading/order-cash"
    try await send(cash, "TTTC0012U", ["PDNO": "000270", "ORD_DVSN": "01", "ORD_QTY": "3"])
    try await send(cash, "TTTC0011U", ["PDNO": "000270", "ORD_DVSN": "01", "ORD_QTY": "1"])
    try await send(
      cash, "TTTC0012U", ["PDNO": "005930", "ORD_DVSN": "00", "ORD_UNPR": "200000", "EXCG_ID_DVSN_CD": "SOR"])
    try await send(cash, "TTTC0012U", ["PDNO": "000660", "ORD_DVSN": "00", "ORD_UNPR": "1500000"])
    try await send(cash, "TTTC0011U", ["PDNO": "000270", "ORD_DVSN": "00", "ORD_UNPR": "150000"])
    try await send(
      "domestic-stock/v1/trading/order-credit", "TTTC0052U",
      ["PDNO": "000270", "CRDT_TYPE": "21", "LOAN_DT": "20260921", "ORD_DVSN": "01", "ORD_QTY": "2"])
    let futures = "domestic-futureoption/v1/trading/order"
    try await send(futures, "TTTO1101U", ["SHTN_PDNO": "A05612", "SLL_BUY_DVSN_CD": "01", "ORD_DVSN_CD": "02"])
    try await send(futures, "TTTO1101U", ["SHTN_PDNO": "A05612", "SLL_BUY_DVSN_CD": "02", "ORD_DVSN_CD": "02"])
    let bond = ["PDNO": "KR103502GD31", "ORD_QTY2": "10"]
    try await send("domestic-bond/v1/trading/buy", "TTTC0952U", bond.merging(["BOND_ORD_UNPR": "10500.0"]) { $1 })
    try await send("domestic-bond/v1/trading/buy", "TTTC0952U", bond.merging(["BOND_ORD_UNPR": "9000.0"]) { $1 })
    try await send("domestic-bond/v1/trading/sell", "TTTC0958U", bond.merging(["BOND_ORD_UNPR": "9000.0"]) { $1 })
    let abroad = "overseas-stock/v1/trading/order"
    for (id, exchange, code, quantity, price) in [
      ("TTTT1002U", "NASD", "AAPL", "1", "100.00"), ("TTTT1002U", "NYSE", "KO", "1", "50.00"),
      ("TTTT1002U", "AMEX", "SPY", "1", "300.00"), ("TTTS1002U", "SEHK", "00700", "100", "50.000"),
      ("TTTS0308U", "TKSE", "7203", "100", "50"), ("TTTS0307U", "TKSE", "7203", "100", "2000"),
      ("TTTS1001U", "SEHK", "00700", "100", "400.000"),
    ] {
      let values = ["OVRS_EXCG_CD": exchange, "PDNO": code, "ORD_QTY": quantity, "OVRS_ORD_UNPR": price]
      try await send(abroad, TransactionID(id), values)
    }
    let reserved = ["OVRS_EXCG_CD": "NASD", "PDNO": "AAPL", "FT_ORD_QTY": "1", "FT_ORD_UNPR3": "100.00"]
    try await send("overseas-stock/v1/trading/order-resv", "TTTT3014U", reserved)
    let contract = [
      "OVRS_FUTR_FX_PDNO": "ESZ26", "FM_ORD_QTY": "1", "PRIC_DVSN_CD": "2", "CCLD_CNDT_CD": "2",
      "SLL_BUY_DVSN_CD": "02",
    ]
    let contracts = "overseas-futureoption/v1/trading/order"
    try await send(contracts, "OTFM3001U", contract)
    try await send(contracts, "OTFM3001U", contract.merging(["SLL_BUY_DVSN_CD": "01"]) { $1 })
    let waiting = ["PRIC_DVSN_CD": "1", "FM_LIMIT_ORD_PRIC": "5000.00", "CCLD_CNDT_CD": "6"]
    try await send(contracts, "OTFM3001U", contract.merging(waiting) { $1 })
  }

  @Test("Of an inquiry about an account too")
  func accounts() async throws {
    let fixture = try SandboxFixture(at: SandboxFixture.open + .seconds(5_400)) {
      $0.limits.requestsPerSecond = 0
      $0.heartbeat.rhythm = .never
    }
    for product in ["01", "03", "08"] {
      var rich = AccountChoice(account: "12345678-" + product)
      rich.cash = 10_000_000_000
      if product == "01" {
        rich.holdings = [
          ("AAPL", 1_800_000), ("KO", 600_000), ("SPY", 5_000_000), ("7203", 20_000_000), ("00700", 4_000_000),
        ]
        .map { .init(code: $0.0, quantity: 300, average: $0.1) }
      }
      _ = try await fixture.sandbox.setAccount(rich)
    }
    let caller = await fixture.caller()
    try await order(caller)
    var alike: [String] = []
    for row in DocumentedValues.accounts {
      let api = try #require(Catalogue.rest(path: "/uapi/" + row.path), "\(row.path)")
      guard !api.isDecoration(row.parameter), api.method == "GET", let id = api.ids(on: .real).first else { continue }
      var answers: [[UInt8]: [String]] = [:]
      for value in row.values {
        var answer = await ask(caller, api, id, [row.parameter: value]).json.object ?? JSONObject()
        // What lists repeat of the question, and what tells it in words, is no answer to it.
        answer.members.removeAll { ["ctx_area_fk100", "ctx_area_fk200", "msg1", "msg_cd"].contains($0.name) }
        answers[JSONValue.object(answer).utf8, default: []].append(value)
      }
      for values in answers.values where values.count > 1 {
        alike.append("\(row.path) \(row.parameter) \(values.sorted().joined(separator: " "))")
      }
    }
    let known = Self.alikeOfAccounts.flatMap(\.values)
    #expect(alike.filter { !known.contains($0) }.sorted() == [])
    #expect(known.filter { !alike.contains($0) } == [], "these are told apart now; leave them out")
  }

  /// The same of inquiries about accounts.
  private static let alikeOfAccounts: [(reason: String, values: [String])] = [
    (
      "nothing that this ledger holds tells them apart",
      [
        "domestic-bond/v1/trading/inquire-balance INQR_CNDT 00 01",
        "domestic-futureoption/v1/trading/inquire-ccnl CCLD_NCCS_DVSN 00 01",
        "domestic-futureoption/v1/trading/inquire-ngt-ccnl CCLD_NCCS_DVSN 00 01",
        "domestic-stock/v1/trading/inquire-psbl-rvsecncl INQR_DVSN_1 0 1",
        "overseas-futureoption/v1/trading/inquire-ccld FUOP_DVSN 00 01",
        "overseas-futureoption/v1/trading/inquire-daily-ccld FUOP_DVSN_CD 00 01",
        "overseas-futureoption/v1/trading/inquire-daily-order FUOP_DVSN 00 01",
        "overseas-futureoption/v1/trading/inquire-period-ccld FUOP_DVSN 00 01",
        "overseas-futureoption/v1/trading/inquire-unpd FUOP_DVSN 00 01",
        "overseas-stock/v1/trading/inquire-balance OVRS_EXCG_CD HASE SHAA SZAA VNSE",
        "overseas-stock/v1/trading/inquire-balance TR_CRCY_CD CNY VND",
        "overseas-stock/v1/trading/inquire-ccnl OVRS_EXCG_CD HASE SHAA SZAA VNSE",
        "overseas-stock/v1/trading/inquire-nccs OVRS_EXCG_CD HASE SHAA SZAA VNSE",
        "overseas-stock/v1/trading/inquire-period-profit CRCY_CD CNY JPY USD VND",
        "overseas-stock/v1/trading/inquire-period-profit OVRS_EXCG_CD HASE NASD SHAA TKSE",
        "overseas-stock/v1/trading/inquire-period-trans SLL_BUY_DVSN_CD 00 01",
        "overseas-stock/v1/trading/inquire-present-balance NATN_CD 156 704",
        "overseas-stock/v1/trading/inquire-present-balance TR_MKET_CD 03 04",
        "overseas-stock/v1/trading/order-resv-list OVRS_EXCG_CD AMEX HASE NYSE SEHK SHAA SZAA TKSE VNSE",
      ]
    ),
    (
      "days are listed latest first or oldest first, and it traded on one; documents name the first order twice",
      [
        "domestic-stock/v1/trading/inquire-period-profit SORT_DVSN 00 01 02",
        "domestic-stock/v1/trading/inquire-period-trade-profit SORT_DVSN 00 02",
      ]
    ),
    (
      "all kinds at a limit are reckoned at it, all others at the most that they can cost, and loans pay the same part",
      [
        "domestic-futureoption/v1/trading/inquire-psbl-ngt-order ORD_DVSN_CD 01 03 10 11",
        "domestic-futureoption/v1/trading/inquire-psbl-ngt-order ORD_DVSN_CD 02 04 12 13 14 15",
        "domestic-stock/v1/trading/inquire-credit-psamount ORD_DVSN 00 02 07",
        "domestic-stock/v1/trading/inquire-credit-psamount ORD_DVSN 01 03 04 05 06",
        "domestic-stock/v1/trading/inquire-credit-psamount CRDT_TYPE 21 23 25 27",
      ]
    ),
    (
      "nobody lends or pledges shares, holds parts of them, trades on the free board, or pays money in and out",
      [
        "domestic-stock/v1/trading/inquire-credit-psamount CRDT_TYPE 22 24 26 28",
        "domestic-stock/v1/trading/inquire-daily-ccld INQR_DVSN_1 1 2",
        "domestic-stock/v1/trading/inquire-daily-ccld INQR_DVSN_3 02 06",
        "domestic-stock/v1/trading/inquire-daily-ccld INQR_DVSN_3 03 04 05 07",
        "overseas-stock/v1/trading/inquire-paymt-stdr-balance INQR_DVSN_CD 00 01",
        "overseas-stock/v1/trading/inquire-present-balance INQR_DVSN_CD 00 01",
        "overseas-stock/v1/trading/order-resv-list INQR_DVSN_CD 00 01",
        "overseas-futureoption/v1/trading/inquire-period-trans ACNT_TR_TYPE_CD 1 3",
      ]
    ),
    (
      "contracts abroad are paid in dollars, and exchanges of one currency sell for the same money",
      [
        "overseas-futureoption/v1/trading/inquire-daily-ccld CRCY_CD %%% TUS USD",
        "overseas-futureoption/v1/trading/inquire-daily-ccld CRCY_CD CNY EUR HKD JPY KRW VND",
        "overseas-futureoption/v1/trading/inquire-period-ccld CRCY_CD %%% TUS USD",
        "overseas-futureoption/v1/trading/inquire-period-trans CRCY_CD %%% TKR TUS USD",
        "overseas-futureoption/v1/trading/inquire-period-trans CRCY_CD CNY EUR HKD JPY KRW VND",
        "overseas-stock/v1/trading/inquire-psamount OVRS_EXCG_CD AMEX NASD NYSE",
        "overseas-stock/v1/trading/inquire-psamount OVRS_EXCG_CD HASE VNSE",
        "overseas-stock/v1/trading/inquire-psamount OVRS_EXCG_CD SHAA SZAA",
      ]
    ),
  ]
}
