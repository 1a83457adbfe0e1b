import KISSandbox
import KISWire
import Testing

@testable import kis_mock_bench

@Suite("What the fuzzer feeds")
struct FuzzTargetsTests {
  @Test("reads the inputs that others are made of", arguments: Fuzz.targets.map(\.name))
  func seeds(name: String) throws {
    let target = try #require(Fuzz.targets.first { $0.name == name })
    let outcomes = target.seeds.map { target.run(Array($0.utf8)) }
    #expect(outcomes.contains(.read))
    #expect(!outcomes.contains(.inconsistent))
  }

  @Test("survives 200 mutations of each", arguments: Fuzz.targets.map(\.name))
  func mutations(name: String) throws {
    let target = try #require(Fuzz.targets.first { $0.name == name })
    let mutator = Mutator(
      seeds: target.seeds.map { Array($0.utf8) }, generator: SeededGenerator(seed: 3).fork(target.name))
    for number in 0..<200 { #expect(target.run(mutator.input(number)) != .inconsistent, "input \(number)") }
  }

  @Test("has a long input now and then, of up to a megabyte")
  func longInputs() {
    let mutator = Mutator(seeds: [Array("0|H0UPPGM0|001|0001".utf8)], generator: SeededGenerator(seed: 1))
    let lengths = (0..<5_000).map { mutator.input($0).count }
    #expect((1...50).contains(lengths.count { $0 > 4_200 }))
    #expect(lengths.allSatisfy { $0 <= 1 << 20 + 4_200 })
  }
}
