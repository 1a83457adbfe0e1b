import Facts
import KISWire
import Testing

struct DialectTests {
  @Test(
    "widths follow the day", .proves("4 widths"),
    arguments: [
      ("H0STCNT0", "2026-09-13", 46), ("H0STCNT0", "2026-09-14", 47), ("H0UNCNT0", "2026-09-13", 46),
      ("H0UNCNT0", "2026-09-14", 47), ("H0STASP0", "2024-10-11", 59), ("H0STASP0", "2026-02-23", 62),
      ("H0STASP0", "2026-09-13", 62), ("H0STASP0", "2026-09-14", 63), ("H0STCNI0", "2025-03-27", 23),
      ("H0STCNI0", "2025-03-28", 26), ("H0STCNI9", "2026-09-21", 23), ("H0UNMKO0", "2026-09-21", 10),
      ("H0STMKO0", "2024-05-01", 10), ("H0STMKO0", "2026-09-21", 11), ("H0STOAA0", "2026-09-21", 58),
      ("H0UPANC0", "2026-09-21", 15), ("H0MFCNT0", "2026-09-21", 46), ("H0EUCNT0", "2026-09-21", 53),
      ("H0MFASP0", "2026-09-21", 46), ("H0UPPGM0", "2026-09-21", 88),
    ])
  func widths(id: String, day: String, width: Int) throws {
    #expect(try Dialect(day: day).layout(of: TransactionID(id)).width == width)
  }

  @Test(
    "every sample frame has the width of its day", .proves("8 samples", "8 MARKET_CLS_CODE"), arguments: Sample.frames)
  func samples(sample: Sample) throws {
    let day = sample.date.count == 10 ? sample.date : sample.date.prefix(4) + "-06-30"
    let layout = try Dialect(day: String(day)).layout(of: sample.transactionID)
    #expect(layout.width == sample.values / sample.records)
  }

  @Test("a paper venue reads real notice ids as their paper twins")
  func paperNotices() throws {
    let dialect = try Dialect(day: "2026-09-21", venue: .vts)
    #expect(dialect.layout(of: .orderNotice).transactionID == .paperOrderNotice)
    #expect(dialect.layout(of: .orderNotice).fields[18] == "ORD_EXG_GB_POPUP_YN")
  }

  @Test("a notice grew in the middle, quotes grow at the end")
  func growth() throws {
    let before = try Dialect(day: "2025-03-27")
    let after = try Dialect(day: "2025-03-28")
    #expect(before.layout(of: .orderNotice).index(of: "CRDT_CLS") == 19)
    #expect(after.layout(of: .orderNotice).index(of: "CRDT_CLS") == 22)
    #expect(try Dialect(day: "2026-09-14").layout(of: .stockTrade).fields.last == "MARKET_CLS_CODE")
  }

  @Test("an override takes the layout that has the width, or cuts, or leaves values without a name")
  func overrides() throws {
    var dialect = try Dialect(day: "2026-09-21")
    let original = dialect
    dialect.override("H0STCNT0", width: 46)
    #expect(dialect.layout(of: .stockTrade).fields.last == "VI_STND_PRC")
    dialect.override("H0STCNI0", width: 23)
    #expect(dialect.layout(of: .orderNotice).fields[18] == "CNTG_ISNM")
    dialect.override("H0UPPGM0", width: 90)
    #expect(dialect.layout(of: .indexProgramTrading).fields.count == 88)
    #expect(dialect.layout(of: .indexProgramTrading).width == 90)
    dialect.override("H0UPPGM0", width: 2)
    #expect(dialect.layout(of: .indexProgramTrading).fields == ["BSTP_CLS_CODE", "BSOP_HOUR"])
    #expect(original.layout(of: .stockTrade).width == 47)
    #expect(dialect != original)
  }

  @Test("every row of the table is of a known TR, has a source, and rows of a TR are in order of days")
  func table() {
    var last: [TransactionID: String] = [:]
    for change in LayoutChange.all {
      #expect(Catalogue.realtime(change.id) != nil)
      #expect(!change.source.isEmpty)
      if let before = last[change.id] { #expect(before < change.from) }
      last[change.id] = change.from
    }
  }

  @Test("an unknown TR has a layout without names")
  func unknown() throws {
    #expect(try Dialect(day: "2026-09-21").layout(of: "X").fields.isEmpty)
  }

  @Test(
    "a day is written YYYY-MM-DD, and is in the calendar",
    arguments: [
      "", "today", "20260921", "2026-13-01", "2026-1-1", "2026-09-00", "-026-09-01", "2026-02-29", "2026-04-31",
    ])
  func days(day: String) {
    #expect(throws: WireError.self) { try Dialect(day: day) }
  }

  @Test("a moment is on a day of the calendar, too", arguments: ["2026-02-29", "2026-04-31T09:00:00+09:00"])
  func moments(text: String) {
    #expect(KoreanTime(text) == nil)
  }

  @Test("a leap year has its day, and the end of time is a day", arguments: ["2024-02-29", "2000-02-29", "9999-12-31"])
  func leapDays(day: String) throws {
    #expect(try Dialect(day: day).day == day)
  }
}
