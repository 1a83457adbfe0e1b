import KISMarket
import Testing

@testable import kis_mock_bench

@Suite("An order flow is replayed from its file")
struct FlowReplayTests {
  private func replay(_ text: String) throws -> String {
    String(decoding: FlowReplay(try FlowFile(Array(text.utf8), name: "flow.txt").commands).lines, as: UTF8.self)
  }

  @Test("Trades come first, then what is bid and asked, best first")
  func lines() throws {
    let printed = try replay(
      """
      N 1 S 105 10 DAY
      N 2 S 104 5 DAY
      N 3 B 105 12 DAY

      N 4 B 100 7 DAY\r
      N 5\tB 99 3 DAY
      N 6 S 0 2 MKT
      M 1 106 9
      C 5
      C 5
      N 4 B 1 1 DAY
      """)
    #expect(printed == "T 2 3 104 5\nT 1 3 105 7\nT 4 6 100 2\nB 100 5 1\nS 106 9 1\n")
  }

  @Test("Comments say nothing, alone or behind a command")
  func comments() throws {
    #expect(try replay("# a flow\nN 1 S 105 10 DAY # rests\r\n  #\nC 2 #\n#") == "S 105 10 1\n")
  }

  @Test(
    "A line that is none is told with file, line and column",
    arguments: [
      ("N 1 B 100 5 DAY\nX 1", "flow.txt:2:1: found \"X\", expected N (new), M (modify) or C (cancel)"),
      ("N 1 B 100 5", "flow.txt:1:12: found the end of the line, expected DAY, IOC, FOK or MKT"),
      ("N 1 Q 100 5 DAY", "flow.txt:1:5: found \"Q\", expected a side: B (buy) or S (sell)"),
      ("N 1 B 1.5 5 DAY", "flow.txt:1:7: found \"1.5\", expected a price (0 with MKT), a whole number"),
      ("C 1 2", "flow.txt:1:5: found \"2\", expected the end of the line"),
      (
        "C 9223372036854775808",
        "flow.txt:1:3: found \"9223372036854775808\", expected the id of an order, "
          + "from -9223372036854775808 to 9223372036854775807"
      ),
    ])
  func malformed(text: String, told: String) {
    let error = #expect(throws: FlowFileError.self) { try FlowFile(Array(text.utf8), name: "flow.txt") }
    #expect(error?.description == told)
  }

  @Test("The ends of the range of numbers are numbers")
  func extremes() throws {
    let commands = try FlowFile(Array("C -9223372036854775808\nC 9223372036854775807".utf8), name: "").commands
    #expect(commands == [.cancel(id: .min), .cancel(id: .max)])
  }
}
