/// The canonical prefix code of a list of code lengths (RFC 1951, 3.2.2), looked up by the next 15 bits.
struct HuffmanTable {
  /// For each value of the next bits: symbol << 4 | length; 0 where no code is.
  private var entries: [UInt16] = []
  private var mask: UInt64 = 0

  /// A table without codes.
  init() {}

  /// - Parameter lengths: bits of each symbol's code, at most 15; 0 for none.
  /// - Returns: nil when there are more codes than bits allow.
  init?(lengths: [UInt8]) {
    var count = [Int](repeating: 0, count: 16)
    for length in lengths { count[Int(length & 15)] += 1 }
    count[0] = 0
    var next = [Int](repeating: 0, count: 17)
    for length in 1...15 {
      next[length + 1] = (next[length] + count[length]) << 1
      guard next[length] + count[length] <= 1 << length else { return nil }
    }
    let longest = count.lastIndex { $0 > 0 } ?? 1
    let size = 1 << max(1, longest)
    mask = UInt64(size - 1)
    entries = [UInt16](repeating: 0, count: size)
    for (symbol, length) in lengths.enumerated() where length > 0 {
      let bits = Int(length)
      let code = next[bits]
      next[bits] += 1
      var reversed = 0
      for bit in 0..<bits where code & (1 << bit) != 0 { reversed |= 1 << (bits - 1 - bit) }
      let entry = UInt16(symbol << 4 | bits)
      for index in stride(from: reversed, to: size, by: 1 << bits) { entries[index] = entry }
    }
  }

  /// The symbol whose code the bits begin with, lowest bit first, and the length of the code.
  func symbol(for bits: UInt64) -> (symbol: Int, length: Int)? {
    guard !entries.isEmpty else { return nil }
    let entry = entries[Int(bits & mask)]
    guard entry != 0 else { return nil }
    return (Int(entry >> 4), Int(entry & 15))
  }

  static let fixedLiterals: HuffmanTable =
    HuffmanTable(
      lengths: Array(repeating: 8, count: 144) + Array(repeating: 9, count: 112) + Array(repeating: 7, count: 24)
        + Array(repeating: 8, count: 8)) ?? HuffmanTable()
  static let fixedDistances = HuffmanTable(lengths: Array(repeating: 5, count: 30)) ?? HuffmanTable()
}
