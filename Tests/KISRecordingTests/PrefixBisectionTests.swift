import KISRecording
import Testing

@Suite("Shrinking")
struct PrefixBisectionTests {
  /// Shrinks a hundred thousand events of which some are needed, and counts the runs, the two of the original included.
  private func shrink(_ needed: Set<Int>, of count: Int = 100_000) async throws -> (found: [Int], runs: Int) {
    var bisection = PrefixBisection()
    let found = try await bisection.minimum(of: count) { kept in needed.isSubset(of: kept) }
    return (found, bisection.runs + 2)
  }

  @Test(
    "finds what is needed in as many runs as were promised, wherever it lies",
    arguments: [(1, 25), (3, 60), (8, 160)], [UInt64](1...5))
  func bounds(bound: (needed: Int, runs: Int), seed: UInt64) async throws {
    var generator = TestGenerator(state: seed)
    var needed: Set<Int> = seed == 1 ? Set(99_999 - bound.needed + 1...99_999) : []
    while needed.count < bound.needed { needed.insert(Int.random(in: 0..<100_000, using: &generator)) }
    let (found, runs) = try await shrink(needed)
    #expect(found == needed.sorted())
    #expect(runs <= bound.runs, "\(runs) runs for \(bound.needed)")
  }

  @Test("keeps what fails only without something else, and takes away what turns out not to be needed")
  func notMonotone() async throws {
    // Fails with 700, unless 300 is there without 200.
    func fails(_ kept: [Int]) -> Bool { kept.contains(700) && (!kept.contains(300) || kept.contains(200)) }
    var bisection = PrefixBisection()
    let found = try await bisection.minimum(of: 1_000) { fails($0) }
    #expect(found == [700])
    // Fails with any two of five: two of them remain.
    var second = PrefixBisection()
    let pair = try await second.minimum(of: 1_000) { kept in kept.count { [5, 50, 500, 600, 900].contains($0) } >= 2 }
    #expect(pair.count == 2)
  }

  @Test("what fails without any event needs none", arguments: [0, 1, 50])
  func nothingNeeded(count: Int) async throws {
    #expect(try await shrink([], of: count).found.isEmpty)
  }

  @Test("no set is run twice, and each that fails is smaller than the one before")
  func progress() async throws {
    var bisection = PrefixBisection()
    var seen: Set<[Int]> = []
    var smallest = 500
    let needed: Set<Int> = [3, 77, 78, 400]
    _ = try await bisection.minimum(of: 500) { kept in
      #expect(seen.insert(kept).inserted)
      let fails = needed.isSubset(of: kept)
      if fails {
        #expect(kept.count <= smallest)
        smallest = kept.count
      }
      return fails
    }
    #expect(bisection.runs == seen.count)
  }

  @Test("any choice of lines is written as they stand")
  func lines() throws {
    let reader = try RecordingReader(bytes: Array(Samples.text.utf8))
    let lines = try RecordingLines(reader)
    #expect(lines.count == Samples.events.count)
    var bytes: [UInt8] = []
    var output = RecordingOutput { bytes += $0 }
    try lines.write([1, 3, 7], replacing: [3: Array("x".utf8)], to: &output)
    try output.finish()
    let all = Samples.text.split(separator: "\n")
    #expect(String(decoding: bytes, as: UTF8.self) == [all[0], all[2], "x", all[8]].joined(separator: "\n") + "\n")
    #expect(try lines.event(7) == Samples.events[7])
  }
}
