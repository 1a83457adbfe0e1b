import Testing

@testable import KISSandbox

@Suite("Seeded generator")
struct SeededGeneratorTests {
  @Test("The first numbers of seed 1234567 are those of the published SplitMix64")
  func publishedVector() {
    var generator = SeededGenerator(seed: 1_234_567)
    let drawn = (0..<5).map { _ in generator.next() }
    #expect(
      drawn == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test("A fork depends on seed and label only")
  func forksIgnoreDraws() {
    var drawn = SeededGenerator(seed: 7)
    _ = drawn.next()
    #expect(drawn.fork("tokens") == SeededGenerator(seed: 7).fork("tokens"))
    #expect(drawn.fork("tokens") != drawn.fork("keys"))
    #expect(drawn.fork("tokens") != SeededGenerator(seed: 8).fork("tokens"))
    #expect(drawn.fork(1) != drawn.fork(2))
  }

  @Test("Unit numbers stay in 0 ..< 1 and normal ones centre on 0")
  func ranges() {
    var generator = SeededGenerator(seed: 3)
    var sum = 0.0
    for _ in 0..<10_000 {
      #expect((0..<1).contains(generator.unit()))
      sum += generator.normal()
    }
    #expect(abs(sum / 10_000) < 0.05)
  }
}
