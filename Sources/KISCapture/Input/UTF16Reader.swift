/// Text in UTF-16, as PowerShell writes what is redirected into a file, read as UTF-8.
struct UTF16Reader {
  private var pending: [UInt8]
  private let isBigEndian: Bool

  /// - Parameter beginning: of the file; nil when it has no byte order mark of UTF-16.
  init?(_ beginning: [UInt8]) {
    if beginning.starts(with: [0xFF, 0xFE]) {
      isBigEndian = false
    } else if beginning.starts(with: [0xFE, 0xFF]) {
      isBigEndian = true
    } else {
      return nil
    }
    pending = Array(beginning.dropFirst(2))
  }

  /// Appends about as many bytes as are wanted.
  ///
  /// - Returns: whether there may be more.
  mutating func read(
    upTo wanted: Int, from file: CaptureFile?, into output: inout [UInt8]
  ) throws(CaptureError) -> Bool {
    let first = output.count
    while output.count - first < wanted {
      var chunk = [UInt8](repeating: 0, count: 64 << 10)
      let count = try file?.read(into: &chunk, from: 0) ?? 0
      pending.append(contentsOf: chunk.prefix(count))
      var units: [UInt16] = []
      units.reserveCapacity(pending.count / 2)
      for index in stride(from: 0, to: pending.count - 1, by: 2) {
        let (low, high) = isBigEndian ? (pending[index + 1], pending[index]) : (pending[index], pending[index + 1])
        units.append(UInt16(high) << 8 | UInt16(low))
      }
      // Half a character waits for the rest of it.
      if count > 0, let last = units.last, last & 0xFC00 == 0xD800 { units.removeLast() }
      pending.removeFirst(units.count * 2)
      output.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
      if count == 0 { return false }
    }
    return true
  }
}
