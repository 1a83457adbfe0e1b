import Facts
import KISMarket
import KISRecording
import KISWire
import Testing

@testable import KISSandbox

@Suite("Generated answers")
struct GeneratedAnswerTests {
  static let moment = KoreanTime(year: 2026, month: 9, day: 21, hour: 10, minute: 30)

  /// Early in the day: cheap to play up to.
  static let early = KoreanTime(year: 2026, month: 9, day: 21, hour: 9, minute: 2)

  /// Lists of what happened: early in the day that is nothing.
  static let mayHaveNothing = [
    "inquire-vi-status", "exp-closing-price", "capture-uplowprice", "inquire-time-overtimeconclusion",
    "colable-by-company", "industry-theme", "overseas-price/v1/quotations/news-title", "period-rights",
    "rights-by-ice", "prefer-disparate-ratio", "overseas-stock/v1/ranking/new-highlow",
    "overseas-price/v1/quotations/inquire-daily-chartprice",
    "overseas-price/v1/quotations/inquire-time-indexchartprice",
  ]

  static func answer(
    _ id: TransactionID, _ parameters: [(String, String)] = [], at moment: KoreanTime = moment, venue: Venue = .real,
    page: Int = 0, latest: @escaping (String) -> Record? = { _ in nil }
  ) throws -> GeneratedAnswer {
    let api = try #require(Catalogue.rest(id))
    return GeneratedAnswer(
      api, id: id, parameters: parameters.map { .init($0.0, $0.1) }, at: moment, venue: venue, seed: 1, page: page,
      latest: latest)
  }

  static func text(_ object: JSONObject?, _ name: String) -> String { object?[name]?.string ?? "missing" }

  @Test(
    "Every API answers with the catalogue's outputs, shapes and fields, and no empty price",
    .proves("6 REST", "2.2 values", "2.2 key order"),
    arguments: Catalogue.rest.map(\.path))
  func shapes(path: String) throws {
    let api = try #require(Catalogue.rest(path: path))
    let id = api.ids.first ?? ""
    // Of a product that there is not, nothing is known.
    let products = ["BAST_ID", "FM_PDGR_CD", "FM_CLAS_CD", "FM_EXCG_CD"]
    let values = Dictionary(uniqueKeysWithValues: products.map { ($0, "") }).merging([
      "EXCD": "NAS", "NREC": "1", "EXCD_01": "NAS", "SYMB_01": "AAPL",
    ]) { $1 }
    // Nor is anything of a code that is none.
    let subjects = ["FID_INPUT_ISCD", "PDNO", "MKSC_SHRN_ISCD", "SHT_CD", "FID_INPUT_ISCD_1", "PRDT_TYPE_CD"]
    let sample = Dictionary(
      SampleQuestion(api, id: id, moment: GeneratedAnswerTests.early, in: QuotedMarket(seed: 1)).parameters
    ) { first, _ in first }
    let parameters = api.parameters.map { asked in
      let isCode = subjects.contains(asked.name.uppercased())
      return NameValue(asked.name, values[asked.name] ?? (isCode ? sample[asked.name] : nil) ?? "0000")
    }
    let answer = GeneratedAnswer(
      api, id: id, parameters: parameters, at: GeneratedAnswerTests.early, venue: .real, seed: 1)
    #expect(answer.envelope.isSuccess)
    let names = answer.envelope.members.names
    let codes = id.rawValue.hasSuffix("U") ? names.prefix(3) : names.suffix(3)
    #expect(codes == ["rt_cd", "msg_cd", "msg1"])
    for output in api.outputs where !output.fields.isEmpty {
      let value = try #require(answer.envelope.members[output.key], "\(output.key)")
      let rows = output.shape == .array ? try #require(value.array) : [value]
      if output.shape == .object { #expect(value.object != nil) }
      // Nobody has ordered anything.
      let listsOrders = api.method == "GET" && api.outputs.contains { $0.fields.contains { $0.lowercased() == "odno" } }
      #expect(!rows.isEmpty || listsOrders || GeneratedAnswerTests.mayHaveNothing.contains { path.hasSuffix("/" + $0) })
      for row in rows {
        // A few documents name a field twice; an object has it once.
        let names = try #require(row.object?.names)
        #expect(Set(names) == Set(output.fields.filter { !api.lacksOnTheWire($0) }), "\(output.key)")
        #expect(row.object?.members.allSatisfy { $0.value.string != nil } == true)
      }
    }
  }

  @Test("A question for several instruments has a row for each that it names, and none when it names none")
  func several() throws {
    func answer(_ count: String, _ symbols: [String]) throws -> GeneratedAnswer {
      let named = symbols.enumerated().flatMap { [("EXCD_0\($0 + 1)", "NAS"), ("SYMB_0\($0 + 1)", $1)] }
      return try GeneratedAnswerTests.answer("HHDFS76220000", [("AUTH", ""), ("NREC", count)] + named)
    }
    let two = try answer("2", ["AAPL", "MSFT"])
    #expect(two.envelope.rows("output2").compactMap { $0["symb"]?.string } == ["AAPL", "MSFT"])
    #expect(try answer("", []).envelope.rows("output2").isEmpty)
    #expect(try GeneratedAnswerTests.answer("FHKST11300006", []).envelope.rows("output").isEmpty)
  }

  @Test("The same request gives the same answer; another time, code or seed another one")
  func deterministic() throws {
    let code = [("FID_INPUT_ISCD", "005930")]
    let answer = try GeneratedAnswerTests.answer("FHKST01010100", code)
    #expect(answer == (try GeneratedAnswerTests.answer("FHKST01010100", code)))
    #expect(answer != (try GeneratedAnswerTests.answer("FHKST01010100", [("FID_INPUT_ISCD", "000660")])))
    let later = GeneratedAnswerTests.moment + .seconds(600)
    #expect(answer != (try GeneratedAnswerTests.answer("FHKST01010100", code, at: later)))
  }

  @Test("Price, book, charts and lists agree about an instrument at a moment")
  func consistentBetweenAPIs() throws {
    let code = [("fid_input_iscd", "005930")]
    let price = try GeneratedAnswerTests.answer("FHKST01010100", code).envelope.rows("output").first
    let book = try GeneratedAnswerTests.answer("FHKST01010200", code).envelope
    let day = try GeneratedAnswerTests.answer("FHKST01010400", code).envelope.rows("output")
    let minutes = try GeneratedAnswerTests.answer("FHKST03010200", code).envelope.rows("output2")
    let now = GeneratedAnswerTests.text(price, "stck_prpr")
    #expect(Int(now) ?? 0 > 0)
    #expect(GeneratedAnswerTests.text(book.rows("output2").first, "stck_prpr") == now)
    #expect(GeneratedAnswerTests.text(day.first, "stck_clpr") == now)
    #expect(GeneratedAnswerTests.text(day.first, "acml_vol") == GeneratedAnswerTests.text(price, "acml_vol"))
    #expect(GeneratedAnswerTests.text(minutes.first, "stck_prpr") == now)
    // Each day's difference leads from the day before.
    #expect(
      GeneratedAnswerTests.text(day.dropFirst().first, "stck_clpr") == GeneratedAnswerTests.text(price, "stck_sdpr"))
    let dates = day.map { GeneratedAnswerTests.text($0, "stck_bsop_date") }
    #expect(dates == dates.sorted(by: >) && Set(dates).count == dates.count)
    #expect(dates.first == "20260921")
  }

  @Test("Generated prices agree with the simulated stream of the same seed")
  func agreesWithStream() throws {
    let price = try GeneratedAnswerTests.answer("FHKST01010100", [("FID_INPUT_ISCD", "005930")]).envelope.rows("output")
      .first
    let quotes = QuotedMarket(seed: 1)
    let quote = quotes.quote(quotes.instrument("005930"), at: TradingMoment(GeneratedAnswerTests.moment))
    #expect(GeneratedAnswerTests.text(price, "acml_vol") == "\(quote.volume)" && quote.volume > 0)
  }

  @Test("A recording's last trade decides price, volume and previous close")
  func adoptsRecording() throws {
    let layout = try Dialect(day: "2026-09-16").layout(of: .stockTrade)
    let record = Record(
      layout,
      [
        "MKSC_SHRN_ISCD": "005930", "STCK_PRPR": "252500", "PRDY_VRSS": "4000", "STCK_OPRC": "248000",
        "STCK_HGPR": "253000", "STCK_LWPR": "247500", "ACML_VOL": "5330910", "ACML_TR_PBMN": "1333270529750",
        "BIDP1": "252000",
      ])
    let answer = try GeneratedAnswerTests.answer("FHKST01010100", [("FID_INPUT_ISCD", "005930")]) {
      $0 == "005930" ? record : nil
    }
    let price = answer.envelope.rows("output").first
    #expect(GeneratedAnswerTests.text(price, "stck_prpr") == "252500")
    #expect(GeneratedAnswerTests.text(price, "prdy_vrss") == "4000")
    #expect(GeneratedAnswerTests.text(price, "prdy_vrss_sign") == "2")
    #expect(GeneratedAnswerTests.text(price, "prdy_ctrt") == "1.61")
    #expect(GeneratedAnswerTests.text(price, "stck_sdpr") == "248500")
    #expect(GeneratedAnswerTests.text(price, "acml_vol") == "5330910")
  }

  @Test("inquire-price has what python-kis reads, in readable form")
  func pythonKIS() throws {
    let price = try GeneratedAnswerTests.answer("FHKST01010100", [("FID_INPUT_ISCD", "000660")]).envelope.rows("output")
      .first
    for name in [
      "stck_prpr", "acml_vol", "acml_tr_pbmn", "hts_avls", "prdy_vrss", "prdy_vrss_vol_rate", "stck_oprc", "stck_hgpr",
      "stck_lwpr", "stck_mxpr", "stck_llam", "stck_sdpr", "aspr_unit",
    ] { #expect(Double(GeneratedAnswerTests.text(price, name)) != nil, "\(name)") }
    #expect(GeneratedAnswerTests.text(price, "stck_shrn_iscd") == "000660")
    #expect(GeneratedAnswerTests.text(price, "temp_stop_yn") == "N")
    #expect(GeneratedAnswerTests.text(price, "mrkt_warn_cls_code") == "00")
  }

  @Test("Accounts have codes and padded texts of their own, by venue")
  func accountMessages() throws {
    let account = [("CANO", "12345678"), ("ACNT_PRDT_CD", "01")]
    let real = try GeneratedAnswerTests.answer("TTTC8434R", account, page: 2)
    #expect(real.envelope.code == MessageCode("KIOK0510") && !real.hasMore)
    let message = try #require(real.envelope.members["msg1"]?.string)
    #expect(message == "조회가 완료되었습니다" + String(repeating: " ", count: 59))
    let paper = try GeneratedAnswerTests.answer("VTTC8434R", account, venue: .vts, page: 2)
    #expect(paper.envelope.code == MessageCode("20310000"))
    #expect(paper.envelope.members["msg1"]?.string == "모의투자 조회가 완료되었습니다." + String(repeating: " ", count: 49))
  }

  @Test(
    "Inquiries say what KIS's examples say: whether more follows, nothing was found, or that was the last page",
    arguments: [
      ("CTCA0903R", 0, "KIOK0500", "조회가 계속됩니다..다음버튼을 Click 하십시오.                                   "),
      ("CTOS5011R", 0, "KIOK0460", "조회 되었습니다. (마지막 자료)                                                  "),
      ("CTPF1002R", 0, "KIOK0530", "조회되었습니다                                                                  "),
      ("TTTC8408R", 0, "KIOK0420", "정상적으로 조회되었습니다                                                       "),
    ])
  func inquiryMessages(_ id: String, _ page: Int, _ code: String, _ message: String) throws {
    let answer = try GeneratedAnswerTests.answer(TransactionID(id), [("PDNO", "005930")], page: page)
    #expect(answer.envelope.code == MessageCode(code))
    #expect(answer.envelope.members["msg1"]?.string == message)
  }

  @Test(
    "Rankings rank by what they are named for, from the end that was asked for",
    arguments: [
      ("FHPST01700000", "FID_RANK_SORT_CLS_CODE", "0", "prdy_ctrt", true),
      ("FHPST01700000", "FID_RANK_SORT_CLS_CODE", "1", "prdy_ctrt", false),
      ("HHDFS76290000", "GUBN", "1", "rate", true), ("HHDFS76290000", "GUBN", "0", "rate", false),
      ("FHPST01740000", "FID_INPUT_ISCD", "0000", "stck_avls", true),
      ("FHPST01710000", "FID_BLNG_CLS_CODE", "3", "acml_tr_pbmn", true),
      ("FHPST01710000", "FID_BLNG_CLS_CODE", "0", "acml_vol", true),
      ("FHPST01680000", "FID_INPUT_ISCD", "0000", "tday_rltv", true),
      ("FHPST01720000", "FID_RANK_SORT_CLS_CODE", "0", "total_ntsl_bidp_rsqn", true),
      ("FHPST01780000", "FID_RANK_SORT_CLS_CODE", "0", "d20_dsrt", true),
      ("FHPST01780000", "FID_RANK_SORT_CLS_CODE", "1", "d20_dsrt", false),
    ])
  func rankings(_ id: String, _ parameter: String, _ value: String, _ field: String, _ isDescending: Bool) throws {
    let answer = try GeneratedAnswerTests.answer(TransactionID(id), [("EXCD", "NAS"), (parameter, value)])
    let rows = ["output", "output2"].flatMap { answer.envelope.rows($0) }
    let figures = try rows.map { try #require(Double(GeneratedAnswerTests.text($0, field))) }
    #expect(figures.count > 5 && Set(figures).count > 3)
    #expect(figures == figures.sorted { isDescending ? $0 > $1 : $0 < $1 }, "\(figures)")
  }

  @Test("An inquiry that finds nothing says so")
  func nothingFound() throws {
    let request = AnswerRequest(
      api: try #require(Catalogue.rest("TTTC8434R")), id: "TTTC8434R", parameters: [],
      moment: GeneratedAnswerTests.moment, venue: .real, quotes: QuotedMarket(seed: 1), page: 0)
    #expect(request.isEmpty(["output1": [], "output2": ["dnca_tot_amt": "0"]]))
    #expect(!request.isEmpty(["output1": [[:]]]) && !request.isEmpty(["output": [:]]))
    #expect(request.successMessage(hasMore: false, isEmpty: true).0 == MessageCode("KIOK0560"))
  }

  @Test("A balance adds up: lines to totals, quantities times prices, on every page")
  func balance() throws {
    let account = [("CANO", "12345678"), ("ACNT_PRDT_CD", "01")]
    var value = 0
    var paid = 0.0
    for page in 0..<3 {
      let answer = try GeneratedAnswerTests.answer("TTTC8434R", account, page: page)
      for line in answer.envelope.rows("output1") {
        func number(_ name: String) throws -> Double {
          try #require(Double(GeneratedAnswerTests.text(line, name)), "\(name)")
        }
        #expect(try number("evlu_amt") == number("hldg_qty") * number("prpr"))
        #expect(abs(try number("pchs_amt") - number("hldg_qty") * number("pchs_avg_pric")) <= 1)
        #expect(CodeTable.instrument(GeneratedAnswerTests.text(line, "pdno")) != nil)
        value += Int(try number("evlu_amt"))
        paid += try number("pchs_amt")
      }
      let totals = answer.envelope.rows("output2").first
      if page == 2 { #expect(GeneratedAnswerTests.text(totals, "scts_evlu_amt") == "\(value)") }
      #expect(GeneratedAnswerTests.text(totals, "dnca_tot_amt") == "10000000")
    }
    #expect(paid > 0)
  }

  @Test("A minute chart has 30 rows, newest first, back to 090000; minutes to come stand at the current price")
  func minuteChart() throws {
    func rows(_ hour: String, at moment: KoreanTime = GeneratedAnswerTests.moment) throws -> [JSONObject] {
      try GeneratedAnswerTests.answer(
        "FHKST03010200", [("FID_INPUT_ISCD", "035420"), ("FID_INPUT_HOUR_1", hour)], at: moment
      ).envelope.rows("output2")
    }
    let first = try rows("093000")
    #expect(first.count == 30 && GeneratedAnswerTests.text(first.first, "stck_cntg_hour") == "093000")
    let opening = try rows("092900")
    #expect(opening.count == 30 && GeneratedAnswerTests.text(opening.last, "stck_cntg_hour") == "090000")
    for (row, before) in zip(opening, opening.dropFirst()) {
      #expect(GeneratedAnswerTests.text(row, "stck_cntg_hour") > GeneratedAnswerTests.text(before, "stck_cntg_hour"))
      let high = Int(GeneratedAnswerTests.text(row, "stck_hgpr")) ?? 0
      #expect(high >= Int(GeneratedAnswerTests.text(row, "stck_prpr")) ?? .max)
    }
    let future = try rows("153000")
    let price = try GeneratedAnswerTests.answer("FHKST01010100", [("FID_INPUT_ISCD", "035420")]).envelope.rows("output")
    #expect(future.count == 30 && GeneratedAnswerTests.text(future.first, "stck_cntg_hour") == "153000")
    #expect(future.allSatisfy { $0["stck_prpr"] == price.first?["stck_prpr"] && $0["cntg_vol"] == "0" })
  }

  @Test("The calendar says that Monday is open and Sunday is not")
  func calendar() throws {
    let rows = try GeneratedAnswerTests.answer("CTCA0903R", [("BASS_DT", "20260920")]).envelope.rows("output")
    #expect(rows.prefix(2).map { GeneratedAnswerTests.text($0, "bass_dt") } == ["20260920", "20260921"])
    #expect(rows.prefix(2).map { GeneratedAnswerTests.text($0, "opnd_yn") } == ["N", "Y"])
    #expect(rows.prefix(2).map { GeneratedAnswerTests.text($0, "wday_dvsn_cd") } == ["01", "02"])
  }

  @Test(
    "The exchange is closed on the holidays of the exchange, lunar ones too",
    arguments: ["20260924", "20260217", "20260525"])
  func holidays(day: String) throws {
    let row = try GeneratedAnswerTests.answer("CTCA0903R", [("BASS_DT", day)]).envelope.rows("output").first
    #expect(GeneratedAnswerTests.text(row, "opnd_yn") == "N")
  }

  @Test("Orders are acknowledged in upper case with a number and a time")
  func orders() throws {
    let order = try GeneratedAnswerTests.answer("TTTC0012U", [("PDNO", "005930"), ("ORD_QTY", "1")])
    let output = order.envelope.rows("output").first
    #expect(order.envelope.members.names == ["rt_cd", "msg_cd", "msg1", "output"])
    #expect(output?.names == ["KRX_FWDG_ORD_ORGNO", "ODNO", "ORD_TMD"])
    let routed = try GeneratedAnswerTests.answer("TTTC0012U", [("PDNO", "005930"), ("EXCG_ID_DVSN_CD", "SOR")])
    #expect(routed.envelope.rows("output").first?.names.last == "SOR_ODNO")
    #expect(GeneratedAnswerTests.text(routed.envelope.rows("output").first, "SOR_ODNO").isEmpty)
    #expect(GeneratedAnswerTests.text(output, "ODNO").count == 10)
    #expect(GeneratedAnswerTests.text(output, "ORD_TMD") == "103000")
    #expect(order.envelope.message == "주문 전송 완료 되었습니다.")
    let paper = try GeneratedAnswerTests.answer("VTTC0011U", venue: .vts)
    #expect(paper.envelope.message == "모의투자 매도주문이 완료 되었습니다.")
  }

  @Test("Paging ends where the rows do, and the cursor tells which page is asked for")
  func paging() throws {
    let api = try #require(Catalogue.rest("CTPF2005R"))
    let year = [
      ("INQR_STRT_DT", "20260102"), ("INQR_END_DT", "20260831"), ("PDNO", "KR103502GD31"), ("PRDT_TYPE_CD", "302"),
    ]
    var cursor = ""
    var pages = 0
    var more = true
    var days: [String] = []
    while more, pages < 9 {
      let parameters = (year + [("CTX_AREA_NK30", cursor)]).map { NameValue($0.0, $0.1) }
      let page = GeneratedAnswer.page(of: api, parameters: parameters)
      #expect(page == pages)
      let answer = GeneratedAnswer(
        api, id: "CTPF2005R", parameters: parameters, at: GeneratedAnswerTests.moment, venue: .real, seed: 1, page: page
      )
      cursor = answer.envelope.members["ctx_area_nk30"]?.string ?? ""
      #expect(cursor.count == 30)
      days += answer.envelope.rows("output1").compactMap { $0["evlu_dt"]?.string }
      more = answer.hasMore
      pages += 1
    }
    #expect(pages == 6 && days.last == "20260102" && Set(days).count == days.count && days.count == 162)
  }

  @Test("Overseas prices have four decimals and carry the realtime key's symbol", .proves("2.2 values"))
  func overseas() throws {
    let answer = try GeneratedAnswerTests.answer("HHDFS00000300", [("AUTH", ""), ("EXCD", "NAS"), ("SYMB", "AAPL")])
    let price = answer.envelope.rows("output").first
    #expect(GeneratedAnswerTests.text(price, "rsym") == "DNASAAPL")
    #expect(GeneratedAnswerTests.text(price, "last").split(separator: ".").last?.count == 4)
  }

  @Test(
    "Signs agree with differences and nets with both sides in every row of every API", .proves("2.6 signs"),
    arguments: Catalogue.rest.map(\.path))
  func agreement(path: String) throws {
    let api = try #require(Catalogue.rest(path: path))
    let answer = GeneratedAnswer(
      api, id: api.ids.first ?? "", parameters: [], at: GeneratedAnswerTests.early, venue: .real, seed: 1)
    for row in api.outputs.flatMap({ answer.envelope.rows($0.key) }) {
      for member in row.members where member.name.hasSuffix("_sign") {
        guard let difference = row[String(member.name.dropLast(5))]?.string.flatMap({ Double($0) }) else { continue }
        let sign = member.value.string ?? ""
        let fits = difference > 0 ? ["1", "2"] : difference < 0 ? ["4", "5"] : ["3"]
        #expect(fits.contains(sign), "\(path) \(member.name) \(sign) \(difference)")
      }
    }
  }
}
