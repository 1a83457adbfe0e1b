import Facts
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("Records in a frame")
struct FrameQuirksTests {
  private func trades(day: String = "2026-09-21") async throws -> HeardStream {
    try await HeardStream("H0STCNT0", "005930", day: day, seconds: 120)
  }

  @Test(
    "several trades share a frame, and the count says how many",
    .proves(.severalRecordsInAFrame), .proves("4 several records", "4 grammar"))
  func severalRecords() async throws {
    let stream = try await trades()
    #expect(stream.frames.contains { $0.count > 1 })
    for frame in stream.frames {
      #expect(frame.text.prefixMatch(of: /0\|H0STCNT0\|0[0-9]{2}\|/) != nil)
      #expect(frame.payload.count { $0 == UInt8(ascii: "^") } + 1 == 47 * frame.count)
    }
    // Whoever takes one record a frame misses this much.
    let shares = stream.named.map { Int($0["CNTG_VOL"] ?? "") ?? 0 }.reduce(0, +)
    let firsts = stream.frames.compactMap { try? $0.records(in: stream.dialect).first?["CNTG_VOL"] }
    #expect(firsts.compactMap { Int($0) }.reduce(0, +) < shares)
  }

  @Test(
    "a width that is a constant, or padded, shifts the second and later records",
    .proves(.paddedColumns, .shiftInLaterRecords))
  func wrongWidths() async throws {
    let busy = try #require(try await trades().frames.first { $0.count > 1 })
    let values = busy.payload.split(separator: UInt8(ascii: "^"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    for constant in [46, 48] {
      #expect(values[0] == "005930")
      #expect(values[constant] != "005930")
    }
    #expect(values[values.count / busy.count] == "005930")
  }

  @Test(
    "the day decides how wide records are",
    .proves(.recordWidthGrows), .proves("4 widths", "8 MARKET_CLS_CODE"),
    arguments: [
      ("H0STCNT0", "2026-09-13", 46), ("H0STCNT0", "2026-09-14", 47), ("H0UNCNT0", "2026-09-13", 46),
      ("H0UNCNT0", "2026-09-14", 47), ("H0STASP0", "2024-01-02", 59), ("H0STASP0", "2026-07-13", 62),
      ("H0STASP0", "2026-09-14", 63), ("H0STCNI0", "2025-03-27", 23), ("H0STCNI0", "2025-03-28", 26),
      ("H0UNMKO0", "2026-09-21", 10),
    ] as [(TransactionID, String, Int)])
  func widths(id: TransactionID, day: String, width: Int) async throws {
    let stream = try await HeardStream(
      id, id == "H0STCNI0" ? "kismock" : "005930", day: day, seconds: 200, halted: "005930")
    #expect(stream.widths == [width])
  }

  @Test(
    "notices grew at slot 19, quotes at their end",
    .proves(.noticeGrewInTheMiddle), .proves("4 where they grew"))
  func whereTheyGrew() async throws {
    let before = try await HeardStream("H0STCNI0", "kismock", day: "2025-03-27", seconds: 60).records
    let after = try await HeardStream("H0STCNI0", "kismock", day: "2025-03-28", seconds: 60).records
    let (old, new) = (try #require(before.first), try #require(after.first))
    #expect(old.prefix(18) == new.prefix(18))
    #expect(old[18] == "삼성전자")
    #expect(new[18..<22] == ["", "1", "Y", ""])
    #expect(old.suffix(4) == new.suffix(4))
    let narrow = try await trades(day: "2026-09-13").records
    let wide = try await trades().records
    #expect(narrow == wide.map { Array($0.dropLast()) })
    #expect(wide.allSatisfy { $0.last == "2" })
  }

  @Test(
    "vts notices have 23 values, two flags run together in slot 19",
    .proves(.vtsNotice23Values), .proves("4 widths"))
  func paperNotices() async throws {
    let stream = try await HeardStream("H0STCNI9", "$1234567", venue: .vts, seconds: 60)
    #expect(stream.widths == [23])
    #expect(stream.records.allSatisfy { $0[18] == "1Y" && $0[17] == "$1234567" })
  }

  @Test(
    "H0UNMKO0 has the code in front and no exchange behind",
    .proves(.marketStatusLayout), .proves("8 H0UNMKO0"))
  func marketStatus() async throws {
    let stream = try await HeardStream("H0UNMKO0", "100840", seconds: 700, halted: "100840")
    #expect(stream.frames.count > 1)
    for record in stream.records {
      #expect(record.count == 10)
      #expect(record[0] == "100840")
      #expect(["Y", "N"].contains(record[1]))
      #expect(record[2] == "(null)")
    }
    // The documented first column comes second.
    #expect(Catalogue.realtime("H0UNMKO0")?.officialSampleFields.first == "TRHT_YN")
  }

  @Test(
    "one frame holds records of two seconds, one second spans several frames",
    .proves(.mixedSeconds), .proves("8 seconds"))
  func mixedSeconds() async throws {
    let stream = try await trades()
    let seconds = stream.frames.map { frame in
      ((try? frame.records(in: stream.dialect)) ?? []).compactMap { $0["STCK_CNTG_HOUR"] }
    }
    #expect(seconds.contains { Set($0).count == 2 })
    let perFrame = seconds.flatMap { Set($0) }
    #expect(Set(perFrame).count < perFrame.count)
  }
}
