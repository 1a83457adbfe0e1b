import KISSandbox
import Testing

@testable import kis_mock_bench

@Suite("Inputs of the fuzzer")
struct MutatorTests {
  @Test("come again from the same seed, whatever was asked for before")
  func repeatable() {
    let seeds = [Array("0|H0UPPGM0|001|0001".utf8), Array("{}".utf8)]
    let first = Mutator(seeds: seeds, generator: SeededGenerator(seed: 1))
    let other = Mutator(seeds: seeds, generator: SeededGenerator(seed: 2))
    let inputs = (0..<100).map(first.input)
    #expect((0..<100).reversed().map(first.input) == inputs.reversed())
    #expect((0..<100).map(other.input) != inputs)
    #expect(Set(inputs).count > 90)
  }
}
