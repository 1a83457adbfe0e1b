import KISWire
import Testing

struct FuzzTests {
  @Test(
    "well-formed seeds are read",
    arguments: FuzzTarget.all.flatMap { target in target.seeds.indices.map { (target.name, $0) } })
  func seeds(name: String, index: Int) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let outcome = target.run(Array(target.seeds[index].utf8))
    // Not every seed of the envelope target is an envelope, and an encrypted frame has no records.
    #expect(outcome == .read || target.name == "envelope" || target.name == "frame")
  }

  @Test("2,000 mutations of each target neither crash nor hang", arguments: FuzzTarget.all.map(\.name))
  func mutations(name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    var random = SplitMix(seed: 4)
    var refused = 0
    for _ in 0..<2_000 {
      let seed = Array(target.seeds[random.below(target.seeds.count)].utf8)
      let input = random.mutated(seed)
      let outcome = target.run(input)
      #expect(outcome != .inconsistent, "\(String(decoding: input, as: UTF8.self))")
      if outcome == .refused { refused += 1 }
    }
    #expect(refused > 100)
  }

  @Test("2,000 mutations of captured messages give errors with an offset inside the bytes")
  func offsets() {
    var random = SplitMix(seed: 5)
    let messages = (Sample.frames + Sample.controls).map { Array($0.text.utf8) }
    for _ in 0..<2_000 {
      let bytes = random.mutated(messages[random.below(messages.count)])
      do {
        if case .frame(let frame) = try RealtimeMessage(parsing: bytes) {
          for record in try frame.records(in: .latest()) { _ = try StockTrade(record) }
        }
      } catch {
        #expect(0...bytes.count ~= error.offset)
        #expect(!error.expected.isEmpty && error.found.count <= 80)
      }
    }
  }
}
