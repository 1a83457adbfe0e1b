import KISRecording
import KISWire
import Testing

@Suite("Mutated recordings")
struct RecordingFuzzTests {
  @Test("are read or refused; what was read reads the same after writing it")
  func mutations() throws {
    var generator = TestGenerator(state: 4)
    var outcomes: [FuzzTarget.Outcome: Int] = [:]
    for _ in 0..<3_000 {
      var bytes = Array(FuzzTarget.recording.seeds.randomElement(using: &generator)?.utf8 ?? "".utf8)
      // Mostly behind the header, or hardly any recording would open.
      let start = Int.random(in: 0..<8, using: &generator) == 0 ? 0 : 142
      for _ in 0..<Int.random(in: 1...3, using: &generator) where bytes.count > start + 1 {
        let place = Int.random(in: start..<bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(Array("\"\\{}[]:,0\n\r ".utf8).randomElement(using: &generator) ?? 0, at: place)
        default: bytes.removeSubrange(place...)
        }
      }
      let outcome = FuzzTarget.recording.run(bytes)
      #expect(outcome != .inconsistent, "\(String(decoding: bytes, as: UTF8.self))")
      outcomes[outcome, default: 0] += 1
    }
    #expect(outcomes[.refused, default: 0] > 100)
    #expect(outcomes[.read, default: 0] > 100)
  }

  @Test("start from seeds that are read")
  func seeds() {
    for seed in FuzzTarget.recording.seeds { #expect(FuzzTarget.recording.run(Array(seed.utf8)) == .read) }
  }
}
