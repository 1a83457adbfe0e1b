import Foundation
import KISMarket
import KISWire
import Testing

@testable import KISSandbox

/// Every inquiry about the market, asked as a user would while the market is open, with one thing changed at a time.
@Suite("The sweep over all APIs and their parameters")
struct APISweepTests {
  /// A Monday, half past ten.
  private static let moment = TradingMoment(Market.referenceDate, ClockTime(10, 30)).koreanTime

  private static let inquiries = Catalogue.rest.filter {
    $0.method == "GET" && !$0.ids.isEmpty && !$0.path.contains("/trading/")
  }

  /// One market for all questions: what is drawn for one is there for the next.
  private let quotes = QuotedMarket(seed: 1)

  private func answer(_ api: RESTAPI, _ chosen: [String: String] = [:], page: Int = 0) -> GeneratedAnswer {
    let id = api.ids.first ?? ""
    let sample = SampleQuestion(api, id: id, moment: Self.moment, in: quotes, chosen: chosen)
    return GeneratedAnswer(
      AnswerRequest(
        api: api, id: id, parameters: sample.parameters.map { NameValue($0.0, $0.1) }, moment: Self.moment,
        venue: .real, quotes: quotes, page: page))
  }

  private func lists(_ api: RESTAPI, _ chosen: [String: String] = [:]) -> [[JSONObject]] {
    let envelope = answer(api, chosen).envelope
    return api.outputs.filter { $0.shape == .array }.map { envelope.rows($0.key) }
  }

  /// What may be empty at half past ten: nobody was interrupted, no auction is near.
  private static let mayBeEmpty = [
    "inquire-vi-status", "exp-closing-price", "inquire-time-overtimeconclusion", "period-rights",
    "rights-by-ice", "new-highlow", "quick-change",
    "newly-listed", "expiration-stocks", "exp-price-trend", "exp-index-trend", "overtime-exp-trans-fluct",
  ]

  /// Tables in which two rows may say the same.
  private static let mayRepeat = ["estimate-perform"]

  @Test("Every inquiry has rows while its market is open, no two of them the same, and no word that stands for a value")
  func rows() {
    for api in Self.inquiries {
      let name = String(api.path.split(separator: "/").last ?? "")
      let answer = answer(api)
      #expect(answer.envelope.isSuccess, "\(api.path)")
      for output in api.outputs where !output.fields.isEmpty {
        let rows = answer.envelope.rows(output.key)
        #expect(!rows.isEmpty || Self.mayBeEmpty.contains(name), "\(api.path) \(output.key)")
        if output.shape == .array, !Self.mayRepeat.contains(name) {
          #expect(Set(rows).count == rows.count, "\(api.path) \(output.key)")
        }
        for row in rows {
          #expect(!row.members.contains { $0.value.string == "일반" }, "\(api.path)")
        }
      }
    }
  }

  @Test("Every code of a row is one of its market, and of the exchange that was asked for")
  func codes() {
    let domestic: Set<String> = ["mksc_shrn_iscd", "stck_shrn_iscd", "inter_shrn_iscd", "jong_code"]
    for api in Self.inquiries {
      for row in lists(api).joined() {
        for member in row.members where domestic.contains(member.name) {
          let code = member.value.string ?? ""
          #expect(code.isEmpty || KnownCodes.standard.instrument(code) != nil, "\(api.path) \(code)")
        }
      }
    }
    for api in Self.inquiries
    where api.path.contains("/overseas-") && api.parameters.contains(where: { $0.name == "EXCD" }) {
      for exchange in ["NYS", "HKS"] where !api.parameters.contains(where: { $0.name == "SYMB" }) {
        let rows = lists(api, ["EXCD": exchange]).joined()
        let codes = rows.compactMap { ($0["rsym"] ?? $0["symb"])?.string }
        for code in codes {
          let isThere = KnownCodes.standard.instruments.contains {
            $0.code == code || $0.code == "D" + exchange + code
          }
          #expect(isThere, "\(api.path) \(exchange) \(code)")
        }
      }
    }
  }

  @Test("What says nothing makes no difference, whatever it holds")
  func decoration() {
    for api in Self.inquiries {
      let names = api.parameters.map(\.name).filter {
        api.isDecoration($0) && !["USER_ID"].contains($0.uppercased()) && !$0.uppercased().hasPrefix("CTX_")
      }
      guard !names.isEmpty else { continue }
      // Only what the answer did not look at is declared so.
      let trace = AnswerTrace()
      let id = api.ids.first ?? ""
      let sample = SampleQuestion(api, id: id, moment: Self.moment, in: quotes)
      var request = AnswerRequest(
        api: api, id: id, parameters: sample.parameters.map { NameValue($0.0, $0.1) }, moment: Self.moment,
        venue: .real, quotes: quotes, page: 0)
      request.trace = trace
      let plain = GeneratedAnswer(request)
      let unread = names.filter { !trace.readNames.contains($0.uppercased()) }
      let odd = Dictionary(unread.map { ($0.uppercased(), "7") }) { first, _ in first }
      #expect(answer(api, odd).envelope == plain.envelope, "\(api.path) \(unread)")
    }
  }

  /// Another value for a parameter, by its name, that asks for something else than the usual one.
  private static let others: [String: [String]] = [
    "FID_INPUT_ISCD": ["000660", "1001", "122630", "57JN54"], "SYMB": ["MSFT"], "SRS_CD": ["NQZ26", "OESZ26 C6100"],
    "EXCD": ["NYS"], "NDAY": ["5"], "FID_PERIOD_DIV_CODE": ["W", "M"], "NREC": ["7"], "QRY_CNT": ["7"], "NMIN": ["5"],
    "FID_RANK_SORT_CLS_CODE": ["1", "2", "3", "24"], "FID_INPUT_PRICE_1": ["100000"], "FID_INPUT_PRICE_2": ["50000"],
    "FID_VOL_CNT": ["1000000", "10000000"], "GUBN": ["0", "1", "2"], "VOL_RANG": ["5"], "INTER_GRP_CODE": ["002"],
    "SEQ": ["1", "2", "4"],
    "EXCG_DVSN_CD": ["03"], "INQR_DVSN_1": ["1"], "THCO_STLN_PSBL_YN": ["N"], "FID_BLNG_CLS_CODE": ["3", "1"],
    "FID_HOUR_CLS_CODE": ["300", "5"], "FID_PRC_CLS_CODE": ["1"], "PDNO": ["000660", "MSFT"],
    "MRKT_DIV_CLS_CODE": ["1"],
  ]

  @Test("What is heeded changes the answer: another code, rank, bound, step or count")
  func heeded() {
    var silent: [String] = []
    for api in Self.inquiries {
      let usual = answer(api).envelope
      for parameter in api.parameters.map({ $0.name.uppercased() }) {
        guard let others = Self.others[parameter], !api.isDecoration(parameter) else { continue }
        if !others.contains(where: { answer(api, [parameter: $0]).envelope != usual }) {
          silent.append("\(api.path.replacing("/uapi/", with: "")) \(parameter)")
        }
      }
    }
    #expect(silent.filter { !Self.silent.contains($0) } == [])
    #expect(Self.silent.filter { !silent.contains($0) } == [], "these speak now; leave them out")
  }

  /// Parameters that are taken and change nothing with these values: what is left to do.
  private static let silent: [String] = [
    "domestic-stock/v1/quotations/capture-uplowprice FID_INPUT_PRICE_2",
    "domestic-stock/v1/quotations/comp-program-trade-today FID_INPUT_ISCD",
    "domestic-stock/v1/quotations/exp-closing-price FID_RANK_SORT_CLS_CODE",
    "domestic-stock/v1/quotations/exp-closing-price FID_INPUT_ISCD",
    "domestic-stock/v1/quotations/inquire-investor-daily-by-market FID_INPUT_ISCD",
    "domestic-stock/v1/quotations/investor-program-trade-today MRKT_DIV_CLS_CODE",
    "domestic-stock/v1/ranking/after-hour-balance FID_RANK_SORT_CLS_CODE",
    "domestic-stock/v1/ranking/finance-ratio FID_RANK_SORT_CLS_CODE",
    "elw/v1/quotations/udrl-asset-price FID_INPUT_PRICE_2",
    "elw/v1/ranking/indicator FID_INPUT_PRICE_2",
    "elw/v1/ranking/quick-change FID_INPUT_PRICE_2",
    "elw/v1/ranking/quick-change FID_HOUR_CLS_CODE",
    "elw/v1/ranking/sensitivity FID_INPUT_PRICE_2",
    "elw/v1/ranking/updown-rate FID_INPUT_PRICE_2",
    "elw/v1/ranking/volume-rank FID_INPUT_PRICE_2",
    "overseas-futureoption/v1/quotations/monthly-ccnl QRY_CNT",
    "overseas-futureoption/v1/quotations/opt-monthly-ccnl QRY_CNT",
    "overseas-futureoption/v1/quotations/search-contract-detail QRY_CNT",
    "overseas-futureoption/v1/quotations/search-opt-detail QRY_CNT",
    // Every exchange has companies of every industry.
    "overseas-price/v1/quotations/industry-price EXCD",
    "overseas-price/v1/quotations/multprice NREC",
    "overseas-stock/v1/ranking/volume-power NDAY",
  ]

  @Test("Lists hold at most as many rows as were asked for")
  func limits() {
    for api in Self.inquiries {
      for name in ["NREC", "QRY_CNT"] where api.parameters.contains(where: { $0.name == name }) {
        guard !api.path.hasSuffix("multprice"), !api.path.hasSuffix("-detail") else { continue }
        for rows in lists(api, [name: "7"]) { #expect(rows.count <= 7, "\(api.path) \(rows.count)") }
      }
    }
  }

  @Test("Every ranking is sorted by its own key")
  func order() {
    for api in Self.inquiries where api.path.contains("/domestic-stock/") || api.path.contains("/elw/") {
      let sample = SampleQuestion(api, id: api.ids.first ?? "", moment: Self.moment, in: quotes)
      let request = AnswerRequest(
        api: api, id: api.ids.first ?? "", parameters: sample.parameters.map { NameValue($0.0, $0.1) },
        moment: Self.moment, venue: .real, quotes: quotes, page: 0)
      // Views have an order of their own, which tests of theirs prove.
      guard request.isRanking, request.simulatedOutputs() == nil else { continue }
      let key = RankingOrder(request).key
      for rows in lists(api) {
        let figures = rows.compactMap { $0[key]?.string.flatMap { Double($0) } }
        #expect(figures == figures.sorted(by: >) || figures == figures.sorted(by: <), "\(api.path) \(key) \(figures)")
      }
    }
  }

  @Test("Paging ends, and no row comes twice")
  func paging() {
    for api in Self.inquiries where api.paging.cursors.contains(where: { $0.uppercased().contains("_NK") }) {
      var seen: Set<JSONObject> = []
      var page = 0
      while page < 40 {
        let answer = answer(api, page: page)
        for output in api.outputs where output.shape == .array {
          for row in answer.envelope.rows(output.key) {
            #expect(seen.insert(row).inserted, "\(api.path) page \(page)")
          }
        }
        page += 1
        guard answer.hasMore else { break }
      }
      #expect(page < 40, "\(api.path) does not end")
    }
  }

  @Test("The table of all APIs in docs is that of the code: kis-mock apis --markdown > docs/apis.md")
  func table() async throws {
    var configuration = SandboxConfiguration()
    configuration.venue = .real
    let start = KoreanTime(year: 2026, month: 9, day: 21, hour: 10)
    let sandbox = try Sandbox(configuration, clock: VirtualClock(wallStart: start, autoAdvance: false))
    let all = await sandbox.describeAPIs()
    #expect(all.filter { $0.source == .generic }.map(\.api.path) == [])
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/apis.md")
    let written = try String(contentsOf: file, encoding: .utf8)
    let made = APITable.markdown(of: all)
    let differs = zip(written.split(separator: "\n"), made.split(separator: "\n")).first { $0 != $1 }
    #expect(written == made, "\(differs.map { "\($0)\n\($1)" } ?? "")")
  }
}
