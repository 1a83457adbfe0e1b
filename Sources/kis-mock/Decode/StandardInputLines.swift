import Foundation

/// The lines of standard input as bytes, without their ends (LF or CRLF).
struct StandardInputLines {
  /// The number of the line that came last, from 1.
  private(set) var number = 0
  private var buffer: [UInt8] = []
  private var position = 0
  private var hasEnded = false

  /// Whether a whole line is here already, so that the next one costs no waiting.
  var hasMoreAtHand: Bool { lineEnd(from: position) != nil }

  mutating func next() -> [UInt8]? {
    var searched = position
    while true {
      if let end = lineEnd(from: searched) {
        defer { position = end + 1 }
        return line(upTo: end)
      }
      guard !hasEnded else {
        guard position < buffer.count else { return nil }
        defer { position = buffer.count }
        return line(upTo: buffer.count)
      }
      buffer.removeFirst(position)
      position = 0
      searched = buffer.count
      readMore()
    }
  }

  private mutating func line(upTo end: Int) -> [UInt8] {
    number += 1
    let line = buffer[position..<end]
    return Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
  }

  private func lineEnd(from start: Int) -> Int? {
    buffer.withUnsafeBytes { bytes in
      guard start < bytes.count, let base = bytes.baseAddress,
        let found = memchr(base + start, 0x0A, bytes.count - start)
      else { return nil }
      return base.distance(to: UnsafeRawPointer(found))
    }
  }

  private mutating func readMore() {
    let size = 256 * 1024
    let count = withUnsafeTemporaryAllocation(byteCount: size, alignment: 1) { chunk in
      let count = read(STDIN_FILENO, chunk.baseAddress, size)
      if count > 0 { buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<count])) }
      return count
    }
    if count <= 0, !(count < 0 && errno == EINTR) { hasEnded = true }
  }
}
