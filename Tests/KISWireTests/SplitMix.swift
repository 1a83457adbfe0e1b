import KISWire

/// The seeded randomness of these tests (SplitMix64).
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A whole number from 0 up to, but not including, a limit above 0.
  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

  mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }

  /// Something that KIS could send as a value.
  mutating func value() -> String {
    let choices = [
      "", "0", "-12", "0.00", "(null)", "-nan", "000000031", "삼성전자", "$HTSID", "OESH23 C3900", "0074K0", "🙂",
    ]
    return choices[below(choices.count)]
  }
}

extension SplitMix {
  /// Any JSON value, at most so many levels deep.
  mutating func json(depth: Int) -> JSONValue {
    switch below(depth == 0 ? 4 : 6) {
    case 0: .null
    case 1: .bool(below(2) == 0)
    case 2: .number(["0", "-0.14", "86400", "1e3", "-0"][below(5)])
    case 3: .string(value() + ["", "\n\"\\", "\u{1}", "\u{2028}"][below(4)])
    case 4: .array((0..<below(4)).map { _ in json(depth: depth - 1) })
    default: .object(JSONObject((0..<below(4)).map { _ in (value(), json(depth: depth - 1)) }))
    }
  }

  /// A copy of some bytes with a few of them changed, removed, doubled or put elsewhere.
  mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0...below(4) {
      guard !bytes.isEmpty else { return [UInt8(truncatingIfNeeded: next())] }
      let position = below(bytes.count)
      switch below(5) {
      case 0: bytes[position] = UInt8(truncatingIfNeeded: next())
      case 1: bytes.remove(at: position)
      case 2: bytes.insert(bytes[below(bytes.count)], at: position)
      case 3: bytes.removeSubrange(position...)
      default: bytes.insert(contentsOf: bytes[position...].prefix(8), at: position)
      }
    }
    return bytes
  }
}
