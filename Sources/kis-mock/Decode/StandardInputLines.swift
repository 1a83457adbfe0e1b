import Foundation

/// The lines of standard input as bytes, without their ends (LF or CRLF) and a byte order mark in
/// front of all.
struct StandardInputLines {
  /// The number of the line that came last, from 1.
  private(set) var number = 0
  private var buffer: [UInt8] = []
  private var position = 0
  private var hasEnded = false

  /// Whether a whole line is here already, so that the next one costs no waiting.
  var hasMoreAtHand: Bool { lineEnd(from: position) != nil }

  /// - Throws: ``StandardInputError`` when stdin is no stream, a folder for instance.
  mutating func next() throws(StandardInputError) -> [UInt8]? {
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
      try readMore()
    }
  }

  private mutating func line(upTo end: Int) -> [UInt8] {
    number += 1
    var line = buffer[position..<end]
    if number == 1, line.starts(with: "\u{FEFF}".utf8) { line = line.dropFirst(3) }
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

  private mutating func readMore() throws(StandardInputError) {
    let size = 256 * 1024
    let count = withUnsafeTemporaryAllocation(byteCount: size, alignment: 1) { chunk in
      let count = read(STDIN_FILENO, chunk.baseAddress, size)
      if count > 0 { buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<count])) }
      return count
    }
    if count == 0 { hasEnded = true }
    if count < 0, errno != EINTR { throw StandardInputError() }
  }
}

/// Why stdin cannot be read.
struct StandardInputError: Error, CustomStringConvertible {
  let description = "stdin cannot be read: \(String(cString: strerror(errno)))"
}
