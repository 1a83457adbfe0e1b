#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The part of a file that is in memory: one buffer, reused, that grows only for a line longer than itself.
struct LineWindow: Sendable {
  /// Longer lines are refused: they would be no lines of a recording but some other file.
  static let longestLine = 16 << 20

  /// Bytes to read at a time: what stays in a core's own cache.
  static let usualChunk = 256 << 10

  private(set) var bytes: [UInt8] = []
  /// What has not been read yet, as indices of ``bytes``.
  private(set) var unread = 0..<0
  /// Where the first unread byte lies in the file.
  private(set) var position: ByteCount
  private let chunk: Int

  init(at position: ByteCount = .zero, chunk: Int = LineWindow.usualChunk) {
    self.position = position
    self.chunk = chunk
  }

  /// Bytes up to and including the first unread line feed; nil when there is none yet.
  var firstLineLength: Int? {
    bytes.withUnsafeBytes { UnsafeRawBufferPointer(rebasing: $0[unread]).firstLineFeed }.map { $0 + 1 }
  }

  /// Notes that bytes at the front have been read.
  mutating func consume(_ count: Int) {
    unread = unread.lowerBound + count..<unread.upperBound
    position += ByteCount(Int64(count))
  }

  /// Reads on, behind what is unread. False at the end of the file.
  ///
  /// - Throws: ``RecordingError``, also when a line passes ``longestLine``.
  mutating func fill(from input: RecordingInput, line: LineNumber) throws(RecordingError) -> Bool {
    let kept = unread.count
    guard kept < LineWindow.longestLine else {
      throw RecordingError(
        .lineTooLong, file: input.name, line: line,
        reason: "the line is longer than \(LineWindow.longestLine >> 20) MB; a recording has one event a line")
    }
    if bytes.isEmpty { bytes = [UInt8](repeating: 0, count: chunk) }
    if unread.lowerBound > 0 {
      let old = unread
      bytes.withUnsafeMutableBytes { buffer in
        UnsafeMutableRawBufferPointer(rebasing: buffer[..<kept]).copyMemory(from: .init(rebasing: buffer[old]))
      }
      unread = 0..<kept
    }
    if kept == bytes.count { bytes += [UInt8](repeating: 0, count: bytes.count) }
    let (start, offset) = (kept, position + ByteCount(Int64(kept)))
    var failure: RecordingError?
    let count = bytes.withUnsafeMutableBytes { buffer in
      do throws(RecordingError) {
        return try input.read(at: offset, into: .init(rebasing: buffer[start...]))
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    unread = 0..<kept + count
    return count > 0
  }
}

extension UnsafeRawBufferPointer {
  /// The index of the first line feed.
  var firstLineFeed: Int? {
    guard let start = baseAddress, let found = memchr(start, 0x0A, count) else { return nil }
    return UnsafeRawPointer(found) - start
  }
}
