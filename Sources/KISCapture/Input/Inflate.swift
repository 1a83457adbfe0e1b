/// Unpacks raw DEFLATE (RFC 1951) piece by piece.
///
/// Own code, because what the package manager offers binds zlib's headers, which a machine that only builds Swift need
/// not have; the first build shall need no system package.
struct Inflate {
  /// What stopped it.
  enum Pause: Hashable {
    /// Enough was written; call again.
    case full
    /// The input is used up; append more and call again.
    case hungry
    /// The last block is complete.
    case finished
    /// The input is no DEFLATE.
    case damaged
  }

  /// Bytes that were handed in and not yet used; those before ``index`` are.
  private(set) var input: [UInt8] = []
  private(set) var index = 0

  private var bits: UInt64 = 0
  private var bitCount = 0
  private var isLast = false
  private var block = Block.none
  /// The last 32 KB of output lie at the end of it.
  private var window: [UInt8] = []
  private var literals = HuffmanTable()
  private var distances = HuffmanTable()

  private enum Block {
    case none
    case stored(left: Int)
    case coded
    case damaged
  }

  private static let windowSize = 32 << 10
  /// A block's header with its code lengths is at most this long: 14 bits, 19 × 3 bits, 320 codes of 7 + 7 bits.
  private static let longestHeader = 600
  /// A symbol with its extra bits, twice: 48 bits.
  private static let longestSymbol = 8

  /// Bytes that follow the last block, whole ones of the bit buffer among them.
  var rest: ArraySlice<UInt8> { input[max(0, index - bitCount / 8)...] }

  mutating func append(_ bytes: some Sequence<UInt8>) {
    if index > 0 {
      input.removeFirst(index)
      index = 0
    }
    input.append(contentsOf: bytes)
  }

  /// Appends about as many bytes as are wanted to the output, at most 64 KB more.
  ///
  /// - Parameter isEnd: whether no more input will come.
  mutating func read(_ wanted: Int, into output: inout [UInt8], isEnd: Bool) -> Pause {
    let first = window.count
    var pause = Pause.full
    loop: while window.count - first < wanted {
      switch block {
      case .damaged:
        pause = .damaged
        break loop
      case .none:
        if isLast {
          pause = .finished
          break loop
        }
        guard isEnd || input.count - index >= Inflate.longestHeader else {
          pause = .hungry
          break loop
        }
        guard readHeader() else {
          // At the end of what there is, an unfinished header is a file that was cut.
          pause = isEnd && index >= input.count ? .hungry : .damaged
          block = .damaged
          break loop
        }
      case .stored(let left):
        let count = min(left, input.count - index, max(1, wanted - (window.count - first)))
        window.append(contentsOf: input[index..<index + count])
        index += count
        block = left == count ? .none : .stored(left: left - count)
        if count == 0, left > 0 {
          pause = .hungry
          break loop
        }
      case .coded:
        if let stop = readSymbols(until: first + wanted, isEnd: isEnd) {
          pause = stop
          if stop == .damaged { block = .damaged }
          break loop
        }
      }
    }
    output.append(contentsOf: window[first...])
    if window.count > 4 * Inflate.windowSize { window.removeFirst(window.count - Inflate.windowSize) }
    return pause
  }

  private mutating func refill() {
    while bitCount <= 48, index < input.count {
      bits |= UInt64(input[index]) << UInt64(bitCount)
      bitCount += 8
      index += 1
    }
  }

  /// The next bits; nil when there are not so many.
  private mutating func take(_ count: Int) -> Int? {
    if bitCount < count { refill() }
    guard bitCount >= count else { return nil }
    let value = Int(bits & ((1 << UInt64(count)) - 1))
    bits >>= UInt64(count)
    bitCount -= count
    return value
  }

  private mutating func readHeader() -> Bool {
    guard let last = take(1), let kind = take(2) else { return false }
    switch kind {
    case 0:
      _ = take(bitCount % 8)
      guard let length = take(16), let check = take(16), length == ~check & 0xFFFF else { return false }
      // Whole bytes that were read ahead go back.
      index -= bitCount / 8
      (bits, bitCount) = (0, 0)
      block = .stored(left: length)
    case 1:
      literals = .fixedLiterals
      distances = .fixedDistances
      block = .coded
    case 2:
      guard readTables() else { return false }
      block = .coded
    default: return false
    }
    isLast = last == 1
    return true
  }

  private mutating func readTables() -> Bool {
    guard let hlit = take(5), let hdist = take(5), let hclen = take(4), hlit <= 29 else { return false }
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    var codeLengths = [UInt8](repeating: 0, count: 19)
    for position in order.prefix(hclen + 4) {
      guard let length = take(3) else { return false }
      codeLengths[position] = UInt8(length)
    }
    guard let codes = HuffmanTable(lengths: codeLengths) else { return false }
    var lengths: [UInt8] = []
    let count = hlit + 257 + hdist + 1
    while lengths.count < count {
      guard let symbol = symbol(codes) else { return false }
      switch symbol {
      case 0..<16: lengths.append(UInt8(symbol))
      case 16:
        guard let previous = lengths.last, let more = take(2) else { return false }
        lengths.append(contentsOf: repeatElement(previous, count: more + 3))
      case 17:
        guard let more = take(3) else { return false }
        lengths.append(contentsOf: repeatElement(0, count: more + 3))
      default:
        guard let more = take(7) else { return false }
        lengths.append(contentsOf: repeatElement(0, count: more + 11))
      }
    }
    guard lengths.count == count, lengths[256] > 0,
      let literals = HuffmanTable(lengths: Array(lengths[..<(hlit + 257)])),
      let distances = HuffmanTable(lengths: Array(lengths[(hlit + 257)...]))
    else { return false }
    self.literals = literals
    self.distances = distances
    return true
  }

  private mutating func symbol(_ table: HuffmanTable) -> Int? {
    if bitCount < 15 { refill() }
    guard let (symbol, length) = table.symbol(for: bits), length <= bitCount else { return nil }
    bits >>= UInt64(length)
    bitCount -= length
    return symbol
  }

  /// Unpacks symbols of a coded block; nil when the block is complete.
  private mutating func readSymbols(until limit: Int, isEnd: Bool) -> Pause? {
    while true {
      if window.count >= limit { return .full }
      // A symbol is only begun when it can be finished, so that more input can be waited for between two.
      guard isEnd || input.count - index >= Inflate.longestSymbol else { return .hungry }
      refill()
      guard let code = symbol(literals) else { return isEnd && index >= input.count ? .hungry : .damaged }
      if code < 256 {
        window.append(UInt8(truncatingIfNeeded: code))
        continue
      }
      if code == 256 {
        block = .none
        return nil
      }
      guard code <= 285 else { return .damaged }
      let (base, extra) = Inflate.lengths[code - 257]
      guard let more = take(extra), let distanceCode = symbol(distances) else {
        return isEnd && index >= input.count ? .hungry : .damaged
      }
      guard distanceCode < 30 else { return .damaged }
      let (distanceBase, distanceExtra) = Inflate.distanceBases[distanceCode]
      guard let moreDistance = take(distanceExtra) else { return .hungry }
      let (length, distance) = (base + more, distanceBase + moreDistance)
      guard distance <= window.count else { return .damaged }
      if distance >= length {
        let from = window.count - distance
        window.append(contentsOf: window[from..<from + length])
      } else {
        for _ in 0..<length { window.append(window[window.count - distance]) }
      }
    }
  }

  /// Base length and extra bits of the codes 257 to 285.
  private static let lengths: [(Int, Int)] = [
    (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 0), (10, 0), (11, 1), (13, 1), (15, 1), (17, 1), (19, 2),
    (23, 2),
    (27, 2), (31, 2), (35, 3), (43, 3), (51, 3), (59, 3), (67, 4), (83, 4), (99, 4), (115, 4), (131, 5), (163, 5),
    (195, 5), (227, 5), (258, 0),
  ]
  /// Base distance and extra bits of the codes 0 to 29.
  private static let distanceBases: [(Int, Int)] = [
    (1, 0), (2, 0), (3, 0), (4, 0), (5, 1), (7, 1), (9, 2), (13, 2), (17, 3), (25, 3), (33, 4), (49, 4), (65, 5),
    (97, 5),
    (129, 6), (193, 6), (257, 7), (385, 7), (513, 8), (769, 8), (1025, 9), (1537, 9), (2049, 10), (3073, 10),
    (4097, 11),
    (6145, 11), (8193, 12), (12289, 12), (16385, 13), (24577, 13),
  ]
}
