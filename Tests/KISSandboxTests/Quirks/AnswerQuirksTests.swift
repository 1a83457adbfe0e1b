import Facts
import KISWire
import Testing

@testable import KISSandbox
@testable import KISScenario

@Suite("Successful answers")
struct AnswerQuirksTests {
  private func caller(at start: KoreanTime = SandboxFixture.open + .seconds(5_400), _ quirks: Quirks = []) async throws
    -> Caller
  {
    await (try SandboxFixture(at: start) { $0.quirks = quirks }).caller()
  }

  @Test(
    "foreign-institution-total is an array called output, whatever the document says",
    .proves(.outputArrayOnTheWire), .proves("2.2 output keys"))
  func outputArray() async throws {
    let answer = await (try caller()).foreignInstitutionTotal()
    #expect(answer.text.hasPrefix(#"{"output":[{"hts_kor_isnm":""#))
    let output = try #require(Catalogue.rest("FHPTJ04400000")?.outputs.first)
    #expect(output.documentedKey == "Output" && output.documentedShape == .object)
  }

  @Test(
    "35 outputs have the type of the example, not of the table",
    .proves(.documentedTypeContradictsExample), .proves("2.2 output keys"))
  func types() async throws {
    let contradicted = Catalogue.rest.flatMap(\.outputs).filter { $0.shape != $0.documentedShape }
    #expect(contradicted.count >= 35)
    let caller = try await caller()
    #expect(await caller.order().text.contains(#""output":{""#))
    let holidays = await caller.ask(
      "CTCA0903R", [("BASS_DT", "20260921"), ("CTX_AREA_NK", ""), ("CTX_AREA_FK", "")])
    #expect(holidays.rows("output").count > 1)
  }

  @Test(
    "outputs are spelt as on the wire", .proves(.outputKeySpelling), .proves("2.2 output keys"))
  func spelling() async throws {
    let misspelt = Catalogue.rest.filter { api in api.outputs.contains { $0.key != $0.documentedKey } }
    #expect(misspelt.count >= 18)
    let caller = try await caller()
    for api in misspelt where api.method == "GET" && !api.path.contains("/trading/") {
      let id = try #require(api.ids.first)
      let answer = await caller.ask(
        api.path, id,
        api.parameters.map { parameter in
          let values = ["FID_COND_MRKT_DIV_CODE": "V", "FID_COND_SCR_DIV_CODE": "16449", "FID_INPUT_ISCD": "0000"]
          let isMarket = parameter.name.uppercased().hasPrefix("FID_COND_MRKT_DIV_CODE")
          return (parameter.name, values[parameter.name] ?? (isMarket ? "J" : "0"))
        })
      for output in api.outputs where output.key != output.documentedKey {
        #expect(answer.text.contains("\"\(output.key)\":"), "\(api.path)")
      }
    }
  }

  @Test(
    "provisional figures of a share have 18 characters with the sign inside",
    .proves(.zeroPaddedRestNumbers), .proves("2.2 zero padding"))
  func zeroPadding() async throws {
    var negatives = 0
    let caller = try await caller(at: SandboxFixture.open + .seconds(20_000))
    for code in ["005930", "000660", "035420", "005380", "051910"] {
      let rows = await caller.ask("HHPTJ04160200", [("MKSC_SHRN_ISCD", code)]).rows("output2")
      #expect(rows.count > 1)
      for row in rows {
        for name in ["frgn_fake_ntby_qty", "orgn_fake_ntby_qty", "sum_fake_ntby_qty"] {
          let value = try #require(row[name]?.string)
          #expect(value.wholeMatch(of: /[-0]\d{17}/) != nil)
          if value.first == "-" { negatives += 1 }
        }
      }
    }
    #expect(negatives > 0)
  }

  @Test(
    "the last times of an index's ticks are sentinels after the close", .proves(.sentinelTimes),
    arguments: [(23_500, true), (3_600, false)])
  func sentinels(seconds: Int, isClosed: Bool) async throws {
    let caller = try await caller(at: SandboxFixture.open + .seconds(seconds), [.sentinelTimes])
    let ticks = await caller.ask(
      "FHPUP02110200",
      [("FID_INPUT_HOUR_1", "60"), ("FID_INPUT_ISCD", "0001"), ("FID_COND_MRKT_DIV_CODE", "U")])
    let times = ticks.rows("output").prefix(4).map {
      $0.object?.members.first { $0.name.hasSuffix("_hour") }?.value.string
    }
    #expect((times.prefix(3) == ["999999", "888888", "666666"]) == isClosed, "\(ticks.text.prefix(500))")
    #expect(times.count == 4 && times.last??.wholeMatch(of: /[01]\d{5}/) != nil)
  }

  @Test("shares of turnover are blank", .proves(.blankNumbers))
  func blanks() async throws {
    let question = [
      ("FID_COND_MRKT_DIV_CODE", "U"), ("FID_INPUT_ISCD", "0001"), ("FID_COND_SCR_DIV_CODE", "20214"),
      ("FID_MRKT_CLS_CODE", "K"), ("FID_BLNG_CLS_CODE", "0"),
    ]
    let blank = await (try caller([.blankNumbers])).ask("FHPUP02140000", question).rows("output2")
    #expect(!blank.isEmpty && blank.allSatisfy { $0["acml_tr_pbmn_rlim"] == "" })
    let filled = await (try caller()).ask("FHPUP02140000", question).rows("output2")
    #expect(filled.allSatisfy { $0["acml_tr_pbmn_rlim"] != "" })
  }

  @Test(
    "tr_cont is F, then M, then D, and the cursors lead on",
    .proves(.pagingFThenM), .proves("2.5 tr_cont", "2.5 cursors", "7 tr_cont"))
  func paging() async throws {
    let caller = try await caller()
    try await caller.hold(shares: 110)
    var marks: [String?] = []
    var cursor = ""
    var codes: [String] = []
    for page in 0..<3 {
      let answer = await caller.balance(cursor: cursor, next: page > 0)
      marks.append(answer.header("tr_cont"))
      cursor = answer.json["ctx_area_nk100"]?.string ?? ""
      #expect(cursor.utf8.count == 100)
      codes += answer.rows("output1").compactMap { $0["pdno"]?.string }
    }
    #expect(marks == ["F", "M", "D"])
    #expect(cursor.allSatisfy { $0 == " " })
    #expect(Set(codes).count == codes.count && codes.count == 110)
    #expect(await caller.price().header("tr_cont") == "")
  }

  @Test(
    "lists without documented paging say that there is more",
    .proves(.pagingUndocumented), .proves("2.5 tr_cont"))
  func undocumentedPaging() async throws {
    let caller = try await caller()
    func days(before day: String) async -> RESTAnswer {
      await caller.ask(
        "HHDFS76240000",
        [("AUTH", ""), ("EXCD", "NAS"), ("SYMB", "AAPL"), ("GUBN", "0"), ("BYMD", day), ("MODP", "0")])
    }
    let first = await days(before: "")
    #expect(first.header("tr_cont") == "F")
    let dates = first.rows("output2").compactMap { $0["xymd"]?.string }
    #expect(dates.count == 100 && dates == dates.sorted(by: >))
    let second = await days(before: dates[99])
    #expect(second.rows("output2").first?["xymd"]?.string == dates[99])
    let dawn = await days(before: "20100301")
    #expect(dawn.header("tr_cont") == "D" && dawn.rows("output2").count < 100, "nothing is known of earlier days")
    let holidays = await caller.ask(
      "CTCA0903R", [("BASS_DT", "20260921"), ("CTX_AREA_NK", ""), ("CTX_AREA_FK", "")])
    #expect(holidays.header("tr_cont") == "F")
    #expect(Catalogue.rest("CTCA0903R")?.paging.isDocumented == false)
  }

  @Test(
    "orders answer in upper case, inquiries in lower case",
    .proves(.orderReplyUpperCase), .proves("2.2 field case"))
  func fieldCase() async throws {
    let caller = try await caller()
    let order = await caller.order()
    #expect(order.json["output"]?.object?.names == ["KRX_FWDG_ORD_ORGNO", "ODNO", "ORD_TMD"])
    let line = await caller.balance().rows("output1").first
    #expect(line?.object?.names.first == "pdno")
    #expect(line?.object?.names.allSatisfy { $0 == $0.lowercased() } == true)
  }
}
