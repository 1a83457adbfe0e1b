import KISSandbox

/// Inputs made from good ones by a few seeded changes; each depends on the seed and its number alone.
struct Mutator: Sendable {
  private let seeds: [[UInt8]]
  private let generator: SeededGenerator
  private static let longest = 4_096
  /// Of the one input in so many that is long, and how long it may be.
  private static let longOnes = (everyNth: 500, longest: 1 << 20)

  /// What parsers trip over.
  private static let tokens: [[UInt8]] =
    [
      "|", "^", "^^", "\"", "\\", "\\u", "\\ud800", "{", "}", "[", "]", "000", "999", "-", "nan", "(null)", "null",
      "\n",
      "\r\n", "\u{0}", "18446744073709551616", "-9223372036854775808", "1e999", "==", "한",
    ].map { Array($0.utf8) } + [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x81, 0xFE]]

  init(seeds: [[UInt8]], generator: SeededGenerator) {
    self.seeds = seeds
    self.generator = generator
  }

  func input(_ number: Int) -> [UInt8] {
    var random = generator.fork(number)
    var bytes = seeds.randomElement(using: &random) ?? []
    for _ in 0..<Int.random(in: 1...6, using: &random) { change(&bytes, &random) }
    if Int.random(in: 0..<Mutator.longOnes.everyNth, using: &random) == 0 { return grown(bytes, &random) }
    return bytes.count > Mutator.longest ? Array(bytes.prefix(Mutator.longest)) : bytes
  }

  /// An input made long: a stretch of it, or one token, again and again in its middle.
  private func grown(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    let place = Int.random(in: 0...bytes.count, using: &random)
    var stretch = Array(bytes[place..<min(bytes.count, place + Int.random(in: 1...256, using: &random))])
    if stretch.isEmpty || Bool.random(using: &random) { stretch = Mutator.tokens.randomElement(using: &random) ?? [0] }
    let count = Int.random(in: 1...Mutator.longOnes.longest, using: &random) / max(1, stretch.count)
    var grown = Array(bytes[..<place])
    grown.reserveCapacity(bytes.count + count * stretch.count)
    for _ in 0..<count { grown += stretch }
    return grown + bytes[place...]
  }

  private func change(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    switch Int.random(in: 0..<8, using: &random) {
    case 0: if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random) }
    case 1: if place < bytes.count { bytes[place] = .random(in: 0...255, using: &random) }
    case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...8, using: &random)))
    case 3: bytes.insert(contentsOf: Mutator.tokens.randomElement(using: &random) ?? [], at: place)
    case 4:
      let slice = bytes[place..<min(bytes.count, place + Int.random(in: 1...64, using: &random))]
      bytes.insert(contentsOf: Array(slice), at: place)
    case 5: bytes.removeSubrange(place...)
    case 6:
      let other = seeds.randomElement(using: &random) ?? []
      bytes.replaceSubrange(place..., with: other.suffix(Int.random(in: 0...other.count, using: &random)))
    default:
      let noise = (0..<Int.random(in: 1...16, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      bytes.insert(contentsOf: noise, at: place)
    }
  }
}
