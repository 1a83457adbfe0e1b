/// The only source of randomness: SplitMix64 (Steele, Lea, Flood 2014), the same numbers from the same seed on every
/// platform.
///
/// ``fork(_:)`` gives each user of randomness a stream of its own, so that drawing one number more in one place
/// changes nothing anywhere else.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Hashable {
  /// The seed this stream started from.
  public let seed: UInt64
  private var state: UInt64

  /// The stream of a seed, from its first number.
  public init(seed: UInt64) {
    self.seed = seed
    state = seed
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return SeededGenerator.mixed(state)
  }

  /// An independent stream named by a label.
  ///
  /// It depends on ``seed`` and the label only, not on how many numbers were drawn before.
  public func fork(_ label: some StringProtocol) -> SeededGenerator {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ SeededGenerator.mixed(seed &+ 1)
    for byte in label.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return SeededGenerator(seed: SeededGenerator.mixed(hash))
  }

  /// An independent stream named by a number: a row, a minute, a registration.
  public func fork(_ number: Int) -> SeededGenerator {
    SeededGenerator(seed: SeededGenerator.mixed(SeededGenerator.mixed(seed) ^ UInt64(bitPattern: Int64(number))))
  }

  /// A number in 0 ..< 1 with 53 random bits.
  public mutating func unit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// About normally distributed, mean 0, deviation 1, never beyond ±6 (sum of twelve uniform numbers: no library
  /// function whose last digit differs between platforms).
  public mutating func normal() -> Double {
    var sum = -6.0
    for _ in 0..<12 { sum += unit() }
    return sum
  }

  /// True with that chance (0 never, 1 always).
  public mutating func chance(_ probability: Double) -> Bool {
    unit() < probability
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
