import Testing

@testable import KISTransport

@Suite("UTF-8 in pieces")
struct UTF8ValidatorTests {
  private func accepts(_ pieces: [[UInt8]]) -> Bool {
    var validator = UTF8Validator()
    return pieces.allSatisfy { piece in piece.withUnsafeBytes { validator.accept($0) } } && validator.isComplete
  }

  @Test(
    "agrees with the standard library on every kind of sequence",
    arguments: [
      [], [0x7F], [0xC2, 0x80], [0xDF, 0xBF], [0xE0, 0xA0, 0x80], [0xED, 0x9F, 0xBF], [0xEE, 0x80, 0x80],
      [0xEF, 0xBF, 0xBF], [0xF0, 0x90, 0x80, 0x80], [0xF4, 0x8F, 0xBF, 0xBF],
      [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
      [0xED, 0xBF, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE],
      [0xFF], [0xF0, 0x90, 0x80], [0xE1, 0x80, 0xC0],
    ] as [[UInt8]])
  func agrees(_ bytes: [UInt8]) {
    #expect(accepts([bytes]) == (String(validating: bytes, as: UTF8.self) != nil))
    #expect(accepts(bytes.map { [$0] }) == (String(validating: bytes, as: UTF8.self) != nil))
  }

  @Test("a cut anywhere changes nothing")
  func anyCut() {
    let text = Array("plain ASCII text, 국내지수 실시간프로그램매매, 𝄞 and κόσμε".utf8)
    for cut in 0...text.count { #expect(accepts([Array(text[..<cut]), Array(text[cut...])]), "cut at \(cut)") }
  }

  @Test("agrees with the standard library on seeded random bytes")
  func agreesOnRandomBytes() {
    var random = SeededBytes(seed: 7)
    let alphabet: [UInt8] = [0x41, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC2, 0xE0, 0xE1, 0xED, 0xF0, 0xF1, 0xF4]
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...12, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      #expect(accepts([bytes]) == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
    }
  }
}

/// SplitMix64, so that a failing input can be had again.
struct SeededBytes: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
