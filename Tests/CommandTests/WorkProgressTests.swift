import Testing

@testable import kis_mock

@Suite("Progress of long work")
struct WorkProgressTests {
  /// What a second of work says that could be drawn every hundredth of it.
  private func drawn(isTerminal: Bool, hundredths: Int) -> [String] {
    var (time, written): (Int64, [String]) = (0, [])
    let progress = WorkProgress(
      isTerminal: isTerminal, now: { time }, write: { written.append(String(decoding: $0, as: UTF8.self)) })
    for hundredth in 1...hundredths {
      time = Int64(hundredth) * 10_000_000
      progress.show("\(hundredth) %")
    }
    progress.finish()
    return written
  }

  @Test("is drawn in place a few times a second, and taken away in the end")
  func terminal() {
    let lines = drawn(isTerminal: true, hundredths: 100)
    #expect(lines.count == 5)
    #expect(lines[0].contains("25 %, 0 s") && lines[3].contains("100 %, 1 s"))
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("\u{1B}[1A") })
    #expect(!lines[4].contains("%"))
  }

  @Test("says nothing in a pipe, and nothing of what is over at once")
  func quiet() {
    #expect(drawn(isTerminal: false, hundredths: 100).isEmpty)
    #expect(drawn(isTerminal: true, hundredths: 20).isEmpty)
  }
}
