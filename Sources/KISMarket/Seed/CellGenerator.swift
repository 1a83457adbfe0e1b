/// Random numbers of one cell of the market, integers only: the same on every machine.
///
/// A cell is one thing that is drawn alone (a day of an instrument, a minute of a day). Its numbers depend on the seed
/// and its name only, so cells can be drawn in any order, and again. SplitMix64 (Steele, Lea, Flood 2014).
package struct CellGenerator: Sendable {
  private var state: UInt64

  /// The numbers of a seed, from the first on.
  package init(seed: UInt64) { state = seed }

  /// The numbers of a cell: an instrument, a day, what is drawn, and which of them.
  package init(seed: UInt64, instrument: UInt64, day: Int, purpose: CellPurpose, index: Int = 0) {
    self = CellDay(seed: seed, instrument: instrument, day: day).cell(purpose, index)
  }

  fileprivate init(state: UInt64) { self.state = state }

  /// The next 64 random bits.
  @inline(__always)
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return CellGenerator.mixed(state)
  }

  /// A number in `0 ..< count`; `count` is at least 1.
  @inline(__always)
  package mutating func below(_ count: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(count)).high)
  }

  /// A number of a range, its ends included.
  package mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  /// About normally distributed with mean 0 and deviation 4,096 (the sum of eight uniform numbers).
  @inline(__always)
  package mutating func normal() -> Int {
    (sumOfQuarters(next()) + sumOfQuarters(next()) - 262_140) * 4_096 / 53_510
  }

  /// As ``normal()`` at half the cost and with shorter tails (the sum of four).
  @inline(__always)
  package mutating func roughNormal() -> Int {
    (sumOfQuarters(next()) - 131_070) * 4_096 / 37_837
  }

  @inline(__always)
  private func sumOfQuarters(_ bits: UInt64) -> Int {
    Int(bits & 0xFFFF) + Int((bits >> 16) & 0xFFFF) + Int((bits >> 32) & 0xFFFF) + Int(bits >> 48)
  }

  /// The finalizer of SplitMix64: a bijection whose every output bit depends on every input bit.
  @inline(__always)
  package static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// The cells of one day of an instrument: of the names of many what they have in common is worked out once.
struct CellDay: Sendable {
  private let hash: UInt64

  init(seed: UInt64, instrument: UInt64, day: Int) {
    var hash = CellGenerator.mixed(seed &+ 0x9E37_79B9_7F4A_7C15)
    hash = CellGenerator.mixed(hash ^ (instrument &* 0xD134_2543_DE82_EF95))
    self.hash = CellGenerator.mixed(hash ^ (UInt64(truncatingIfNeeded: day) &* 0xA076_1D64_78BD_642F))
  }

  /// The numbers of a cell.
  @inline(__always)
  func cell(_ purpose: CellPurpose, _ index: Int = 0) -> CellGenerator {
    let cell = purpose.rawValue &* 1_000_003 &+ index
    return CellGenerator(
      state: CellGenerator.mixed(hash ^ (UInt64(truncatingIfNeeded: cell) &* 0xE703_7ED1_A0B4_28DB)))
  }
}

/// What a cell's numbers are for. The raw value is part of the cell's name: a changed one changes every market.
package struct CellPurpose: Sendable, RawRepresentable {
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }
}
