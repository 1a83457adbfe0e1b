/// Unpacks gzip (RFC 1952), several members one behind another as one.
struct GzipReader {
  /// Whether the file ended in the middle, or a check sum was wrong.
  private(set) var isDamaged = false

  private var inflate = Inflate()
  private var state = State.header
  private var isInputAtEnd = false
  private var crc = CRC32()
  /// Packed bytes that the inflater has not got yet: those of a header or a trailer.
  private var pending: [UInt8]

  private enum State {
    case header
    case body
    case trailer
    case finished
  }

  /// - Parameter rest: the beginning of the file.
  init(rest: [UInt8]) { pending = rest }

  /// Appends about as many unpacked bytes as are wanted.
  ///
  /// - Returns: whether there may be more.
  mutating func read(
    upTo wanted: Int, from file: CaptureFile?, into output: inout [UInt8]
  ) throws(CaptureError) -> Bool {
    let first = output.count
    while output.count - first < wanted {
      switch state {
      case .finished: return false
      case .header:
        guard let length = GzipReader.headerLength(of: pending) else {
          if try more(from: file), pending.count < 1 << 20 { continue }
          isDamaged = true
          state = .finished
          continue
        }
        guard length >= 0 else {
          // What stands behind the last member and is none is padding.
          state = .finished
          continue
        }
        inflate = Inflate()
        inflate.append(pending[length...])
        pending = []
        crc = CRC32()
        state = .body
      case .body:
        let before = output.count
        let pause = inflate.read(wanted, into: &output, isEnd: isInputAtEnd)
        crc.add(output[before...])
        switch pause {
        case .full: break
        case .finished:
          pending = Array(inflate.rest)
          state = .trailer
        case .hungry:
          guard !isInputAtEnd else {
            isDamaged = true
            state = .finished
            continue
          }
          if try more(from: file) {
            inflate.append(pending)
            pending = []
          }
        case .damaged:
          isDamaged = true
          state = .finished
        }
      case .trailer:
        guard pending.count >= 8 else {
          if try more(from: file) { continue }
          isDamaged = true
          state = .finished
          continue
        }
        let expected =
          UInt32(pending[0]) | UInt32(pending[1]) << 8 | UInt32(pending[2]) << 16 | UInt32(pending[3]) << 24
        if expected != crc.value { isDamaged = true }
        pending.removeFirst(8)
        let hasMore = pending.isEmpty ? try more(from: file) : true
        state = hasMore ? .header : .finished
      }
    }
    return true
  }

  private mutating func more(from file: CaptureFile?) throws(CaptureError) -> Bool {
    guard let file, !isInputAtEnd else {
      isInputAtEnd = true
      return false
    }
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    let count = try file.read(into: &chunk, from: 0)
    isInputAtEnd = count == 0
    pending.append(contentsOf: chunk.prefix(count))
    return count > 0
  }

  /// Where the compressed data begin; nil when the header is not complete, negative when it is none.
  private static func headerLength(of bytes: [UInt8]) -> Int? {
    guard bytes.count >= 10 else {
      return bytes.isEmpty || zip(bytes, [0x1F, 0x8B, 8]).allSatisfy { $0 == $1 } ? nil : -1
    }
    guard bytes[0] == 0x1F, bytes[1] == 0x8B, bytes[2] == 8 else { return -1 }
    let flags = bytes[3]
    var index = 10
    if flags & 4 != 0 {
      guard bytes.count >= index + 2 else { return nil }
      index += 2 + Int(bytes[index]) + Int(bytes[index + 1]) << 8
    }
    for flag in [UInt8(8), 16] where flags & flag != 0 {
      guard index <= bytes.count, let zero = bytes[index...].firstIndex(of: 0) else { return nil }
      index = zero + 1
    }
    if flags & 2 != 0 { index += 2 }
    return index <= bytes.count ? index : nil
  }
}

/// The check sum of gzip and zip.
struct CRC32 {
  private(set) var value: UInt32 = 0

  /// Eight tables, so that eight bytes are taken at once.
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      var value = UInt32(byte)
      for _ in 0..<8 { value = value & 1 != 0 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
      tables[byte] = value
    }
    for table in 1..<8 {
      for byte in 0..<256 {
        let value = tables[(table - 1) * 256 + byte]
        tables[table * 256 + byte] = value >> 8 ^ tables[Int(value & 0xFF)]
      }
    }
    return tables
  }()

  mutating func add(_ bytes: ArraySlice<UInt8>) {
    var crc = ~value
    bytes.withUnsafeBytes { bytes in
      CRC32.tables.withUnsafeBufferPointer { tables in
        var index = 0
        while index + 8 <= bytes.count {
          let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian ^ UInt64(crc)
          crc = 0
          for byte in 0..<8 {
            crc ^= tables[(7 - byte) * 256 + Int(word >> UInt64(8 * byte) & 0xFF)]
          }
          index += 8
        }
        while index < bytes.count {
          crc = crc >> 8 ^ tables[Int((crc ^ UInt32(bytes[index])) & 0xFF)]
          index += 1
        }
      }
    }
    value = ~crc
  }
}
