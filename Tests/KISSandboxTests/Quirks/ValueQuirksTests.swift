import Facts
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("Values in a record")
struct ValueQuirksTests {
  @Test("values read (null), by chance or by nature", .proves(.nullValues), .proves("4 values"))
  func null() async throws {
    let healthy = try await HeardStream("H0STCNT0", "005930")
    #expect(!healthy.records.joined().contains("(null)"))
    let sick = try await HeardStream("H0STCNT0", "005930", quirks: .certain(.nullValues))
    #expect(!sick.records.isEmpty && sick.records.allSatisfy { $0.contains("(null)") && $0[0] == "005930" })
    #expect(try await HeardStream("H0UNMKO0", "005930", seconds: 300).records.allSatisfy { $0.contains("(null)") })
  }

  @Test("greeks of night options read nan and -nan", .proves(.nanGreeks), .proves("4 values"))
  func nan() async throws {
    let records = try await HeardStream("H0EUCNT0", "201V06362", seconds: 120).records
    #expect(!records.isEmpty && records.allSatisfy { $0.contains("nan") && $0.contains("-nan") })
  }

  @Test(
    "values are empty in the middle and at the end",
    .proves(.emptyValues, .emptyMemberNames), .proves("4 values"))
  func empty() async throws {
    let members = try await HeardStream("H0STMBC0", "005930")
    #expect(!members.frames.isEmpty)
    #expect(members.frames.allSatisfy { $0.text.hasSuffix("^^^^^^^^^^") && !$0.text.hasSuffix("^^^^^^^^^^^") })
    let acceptance = try #require(try await HeardStream("H0STCNI9", "kismock", venue: .vts).frames.first)
    #expect(acceptance.text.contains("^^02^") || acceptance.text.contains("^^01^"))
    #expect(acceptance.text.hasSuffix("^"))
  }

  @Test(
    "frames are narrower or wider than their documents",
    .proves(.narrowerThanDocumented, .widerThanDocumented), .proves("4 widths"),
    arguments: [
      ("H0UPANC0", "0001", "2026-09-21", 15, 30), ("H0MFCNT0", "101W12", "2026-09-21", 46, 49),
      ("H0EUCNT0", "201V06362", "2026-09-21", 53, 56), ("H0STMKO0", "005930", "2025-03-03", 10, 11),
      ("H0STOAA0", "005930", "2026-09-21", 58, 54), ("H0MFASP0", "101W12", "2026-09-21", 46, 38),
    ] as [(TransactionID, String, String, Int, Int)])
  func widths(id: TransactionID, key: String, day: String, width: Int, documented: Int) async throws {
    #expect(try await HeardStream(id, key, day: day, seconds: 200, halted: "005930").widths == [width])
    #expect(Catalogue.realtime(id)?.documentedWidths.values.contains(documented) == true)
  }

  @Test(
    "numbers of notices have a fixed width, those of quotes none",
    .proves(.zeroPaddedNoticeNumbers), .proves("4 values"))
  func padding() async throws {
    let notices = try await HeardStream("H0STCNI0", "kismock", seconds: 120).named
    #expect(!notices.isEmpty)
    for notice in notices {
      #expect(notice["ODER_NO"]?.wholeMatch(of: /\d{10}/) != nil)
      #expect(notice["CNTG_QTY"]?.wholeMatch(of: /0\d{9}/) != nil)
      #expect(notice["CNTG_UNPR"]?.wholeMatch(of: /0\d{8}/) != nil)
      #expect(notice["ODER_QTY"]?.wholeMatch(of: /0\d{8}/) != nil)
    }
    let trades = try await HeardStream("H0STCNT0", "005930").named
    #expect(trades.allSatisfy { $0["CNTG_VOL"]?.first != "0" && $0["STCK_PRPR"]?.first != "0" })
  }

  @Test(
    "an acceptance has the order quantity where a fill has its own, and zeros for the price",
    .proves(.acceptanceNoticeSlots), .proves("4 notices"))
  func acceptance() async throws {
    let notices = try await HeardStream("H0STCNI0", "kismock", seconds: 200).named
    let accepted = notices.filter { $0["CNTG_YN"] == "1" }
    let filled = notices.filter { $0["CNTG_YN"] == "2" }
    #expect(!accepted.isEmpty && !filled.isEmpty)
    #expect(notices.allSatisfy { $0.values[13] == $0["CNTG_YN"] && $0["CUST_ID"] == "kismock" })
    #expect(accepted.allSatisfy { $0["CNTG_UNPR"] == "000000000" })
    #expect(accepted.allSatisfy { Int($0["CNTG_QTY"] ?? "") == Int($0["ODER_QTY"] ?? "") })
    #expect(filled.allSatisfy { Int($0["CNTG_UNPR"] ?? "") ?? 0 > 0 })
  }

  @Test(
    "text that fills its last block gets a whole block of padding", .proves(.fullPaddingBlock), .proves("4 encryption"))
  func fullPaddingBlock() async throws {
    let plain = "kismock^" + String(repeating: "1", count: 120)
    let fixture = try SandboxFixture([(0, "1|H0STCNI0|001|\(plain)"), (0, "1|H0STCNI0|001|\(plain)1")])
    let frames = try await fixture.listener("H0STCNI0", "kismock").sink.frames
    // 128 bytes become 144, as 129 do; in base64 that is 192 characters.
    #expect(frames.map { $0.dropFirst("1|H0STCNI0|001|".count).count } == [192, 192])
    // Each frame begins with the same iv: equal text encrypts to equal blocks.
    #expect(frames[0].prefix(15 + 170) == frames[1].prefix(15 + 170))
  }

  @Test("plain frames hold Korean names in UTF-8", .proves(.koreanNamesInFrames), .proves("4 UTF-8"))
  func koreanNames() async throws {
    let bonds = try await HeardStream("H0BJCNT0", "KR103502GD31", seconds: 120).named
    let interruptions = try await HeardStream("H0STVIC0", "005930", seconds: 400, halted: "005930").frames
    #expect(!bonds.isEmpty && bonds.allSatisfy { $0["BOND_ISNM"]?.contains(/\p{Hangul}/) == true })
    #expect(!interruptions.isEmpty && interruptions.allSatisfy { $0.text.contains(/\p{Hangul}/) })
  }

  @Test(
    "totals are rounded one by one: sums are off by one now and then, never by more",
    .proves(.totalsOffByOne), .proves("5 identities", "8 units"))
  func offByOne() async throws {
    let records = try await HeardStream("H0UPPGM0", "0001", seconds: 1_200).named
    let differences = records.map { record in
      func number(_ name: String) -> Int { Int(record[name] ?? "") ?? 0 }
      return number("TOTAL_SELN_QTY") - number("WHOL_ENTM_SELN_VOL") - number("WHOL_ONSL_SELN_VOL")
    }
    #expect(differences.contains { $0 != 0 }, "\(differences)")
    #expect(differences.allSatisfy { abs($0) <= 1 })
  }
}
