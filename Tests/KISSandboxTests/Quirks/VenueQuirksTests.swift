import Facts
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("What each venue offers")
struct VenueQuirksTests {
  private func paper() async throws -> Caller {
    let fixture = try SandboxFixture {
      $0.venue = .vts
      $0.limits.requestsPerSecond = 0
    }
    return await fixture.caller()
  }

  @Test(
    "vts calls what only real has no paper TR, knows no service for two margins, and finds nothing for one inquiry",
    .proves(.vtsUnknownService), .proves("2.3 unknown tr_id", "2.3 other venue's TR", "2.6 real only", "7 OPSQ0002"))
  func unknownService() async throws {
    let refused = #"{"rt_cd":"1","msg_cd":"EGW02006","msg1":"모의투자 TR 이 아닙니다."}"#
    for (path, id) in [
      ("quotations/chk-holiday", "CTCA0903R"), ("quotations/inquire-index-price", "FHPUP02100000"),
      ("finance/financial-ratio", "FHKST66430300"), ("trading/inquire-psbl-sell", "TTTC8408R"),
      ("trading/inquire-psbl-rvsecncl", "TTTC8036R"),
    ] as [(String, TransactionID)] {
      let answer = await (try paper()).ask("/uapi/domestic-stock/v1/\(path)", id, [])
      #expect(answer.status == 500)
      #expect(answer.text == refused, "\(id)")
    }
    let unknown = await (try paper()).ask("/uapi/domestic-stock/v1/trading/intgr-margin", "TTTC0869R", [])
    #expect(unknown.status == 200)
    #expect(unknown.text == #"{"rt_cd":"1","msg_cd":"OPSQ0002","msg1":"없는 서비스 코드 입니다."}"#)
    let open = await (try paper()).ask(
      "/uapi/domestic-stock/v1/trading/inquire-psbl-rvsecncl", "VTTC0084R", [("CANO", "12345678")])
    #expect(open.json["rt_cd"] == "0")
    #expect(open.json["output"] == [])
    #expect(open.code == "20310000")
  }

  @Test(
    "ids that the official client made paper ones of are known where vts has them, and unknown elsewhere",
    .proves(.paperModeRewritesTrId), .proves("2.3 other venue's TR", "2.3 unknown tr_id"))
  func rewrittenIDs() async throws {
    let paper = try await paper()
    #expect(await paper.balance("VTTC8434R").json["rt_cd"] == "0")
    // CTCA0903R became VTCA0903R, which nobody has.
    let calendar = await paper.ask(
      "/uapi/domestic-stock/v1/quotations/chk-holiday", "VTCA0903R", [("BASS_DT", "20260921")])
    #expect(calendar.code == "OPSQ0002")
    let real = await paper.balance("TTTC8434R")
    #expect(real.status == 500)
    #expect(real.text == #"{"rt_cd":"1","msg_cd":"EGW02006","msg1":"모의투자 TR 이 아닙니다."}"#)
    let other = await (try SandboxFixture()).caller().balance("VTTC8434R")
    #expect(other.status == 500)
    #expect(other.text == #"{"rt_cd":"1","msg_cd":"EGW02005","msg1":"실전투자 TR 이 아닙니다."}"#)
  }

  @Test(
    "successes have the code of their TR and venue, and accounts' texts are padded to 80 EUC-KR bytes",
    .proves(.successCodesDiffer, .accountMessagesPadded), .proves("2.2 account success", "2.2 quotation success"))
  func successes() async throws {
    let real = await (try SandboxFixture()).caller()
    let price = await real.price()
    #expect(price.text.hasSuffix(#"},"rt_cd":"0","msg_cd":"MCA00000","msg1":"정상처리 되었습니다."}"#))
    let purchasable = [await real.purchasable(), await (try paper()).purchasable("VTTC8908R")]
    #expect(purchasable.map(\.code) == ["KIOK0510", "20310000"])
    #expect(purchasable.map(\.message.eucKRByteCount) == [80, 80])
    #expect(purchasable[1].message == "모의투자 조회가 완료되었습니다." + String(repeating: " ", count: 49))
    let last = await real.balance(cursor: "2", next: true)
    #expect(last.code == "KIOK0510")
    #expect(last.message.eucKRByteCount == 80)
    let paper = try await paper()
    for caller in [real, paper] { try await caller.hold(shares: 55) }
    let firsts = [await real.balance(), await paper.balance("VTTC8434R")]
    #expect(firsts.map(\.code) == ["KIOK0500", "20310000"])
    #expect(firsts.map(\.message.eucKRByteCount) == [80, 80])
    #expect(firsts[0].message.hasPrefix("조회가 계속됩니다..다음버튼을 Click 하십시오. "))
    #expect(firsts[1].message == "모의투자 조회가 계속 됩니다. 다음 또는 PaDn을 누르십시오." + String(repeating: " ", count: 23))
  }

  @Test("names that documents or samples misprint are taken", .proves(.misprintedNames))
  func misprints() async throws {
    let real = await (try SandboxFixture()).caller()
    // The document has FID_BLNC_CLS_CODE, the sample FID_BLNG_CLS_CODE.
    for name in ["FID_BLNC_CLS_CODE", "FID_BLNG_CLS_CODE"] {
      let listed = await real.ask(
        "FHKEW154800C0",
        [
          ("FID_COND_MRKT_DIV_CODE", "W"), ("FID_COND_SCR_DIV_CODE", "11548"), ("FID_DIV_CLS_CODE", "02"),
          ("FID_UNAS_INPUT_ISCD", "000000"), ("FID_INPUT_ISCD_2", "00003"), ("FID_INPUT_DATE_1", "20260921"),
          (name, "0"),
        ])
      #expect(listed.json["rt_cd"] == "0", "\(listed.text)")
    }
    let path = "/uapi/overseas-futureoption/v1/quotations/inquire-time-optchartprice"
    let api = try #require(Catalogue.rest(path: path))
    let asked = api.parameters.map { ($0.name, "1") }
    for id in ["HHDFO55020400", "HHDFO55020100"] as [TransactionID] {
      #expect(await real.ask(path, id, asked).json["rt_cd"] == "0")
    }
    let cancel = try #require(Catalogue.rest(path: "/uapi/domestic-futureoption/v1/trading/order-rvsecncl"))
    let wellFormed = ["CANO": "12345678", "ACNT_PRDT_CD": "03", "RVSE_CNCL_DVSN_CD": "02", "RMN_QTY_YN": "Y"]
    let members = cancel.parameters.map { ($0.name, wellFormed[$0.name] ?? "1") }
    for id in ["STTN1103U", "TTTN1103U"] as [TransactionID] {
      // The id is taken: that there is no such order is what the exchange says.
      #expect(await real.ask(cancel.path, id, members).code == "APBK0344")
    }
    let reserved = try #require(Catalogue.rest(path: "/uapi/overseas-stock/v1/trading/order-resv-ccnl"))
    #expect(reserved.parameters.contains { $0.name == "RSYN_ORD_RCIT_DT" && !$0.isRequired })
  }
}
