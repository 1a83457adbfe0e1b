/// The bytes of a capture from front to back through a window that grows as far as it must; gzip is unpacked on the way, and so
/// are members of zip files; UTF-16 is read as UTF-8.
package struct CaptureInput {
  /// What is read at once.
  private static let chunk = 256 << 10

  /// The path, for errors; `-` is standard input.
  package let path: String
  /// Where the window begins, in unpacked bytes from the start of the file.
  package private(set) var position: Int64 = 0
  /// Whether the file ends in the middle of its compressed data, or its check sum is wrong.
  package var isDamaged: Bool { gzip?.isDamaged ?? member?.isDamaged ?? false }
  /// When the file was last written, in nanoseconds since 1970; nil for what is no file.
  package var modified: Int64? { file?.modified }
  /// Whether the file is packed.
  package var isPacked: Bool { gzip != nil }

  private let file: CaptureFile?
  private var gzip: GzipReader?
  private var member: ZipMemberReader?
  private var wide: UTF16Reader?
  private var buffer: [UInt8]
  private var start = 0
  private var end: Int
  private var isAtEnd = false

  /// Opens a file, or standard input for `-`.
  package init(path: String) throws(CaptureError) {
    try self.init(file: try CaptureFile(path: path))
  }

  init(_ member: ZipMemberReader, path: String) {
    self.path = path
    self.member = member
    file = nil
    buffer = []
    end = 0
  }

  init(file: CaptureFile) throws(CaptureError) {
    path = file.path
    self.file = file
    buffer = []
    end = 0
    guard try ensure(2) else { return }
    let beginning = Array(buffer[..<end])
    if beginning.starts(with: [0x1F, 0x8B]) {
      gzip = GzipReader(rest: beginning)
    } else if let reader = UTF16Reader(beginning) {
      wide = reader
    } else {
      return
    }
    end = 0
    isAtEnd = false
  }

  /// Bytes in memory, as a file of that name would have them.
  package init(bytes: [UInt8], name: String = "memory") {
    path = name
    file = nil
    buffer = bytes
    end = bytes.count
    if bytes.starts(with: [0x1F, 0x8B]) {
      gzip = GzipReader(rest: bytes)
      buffer = []
      end = 0
    } else if let reader = UTF16Reader(bytes) {
      wide = reader
      buffer = []
      end = 0
    } else {
      isAtEnd = true
    }
  }

  /// Bytes in the window now.
  package var available: Int { end - start }

  /// Makes the window hold so many bytes; false when the file has fewer.
  package mutating func ensure(_ count: Int) throws(CaptureError) -> Bool {
    while end - start < count {
      guard try fill() else { return false }
    }
    return true
  }

  /// Reads once more into the window; false at the end.
  package mutating func fill() throws(CaptureError) -> Bool {
    guard !isAtEnd else { return false }
    if start > 0 {
      let (start, count) = (start, end - start)
      if count > 0 {
        buffer.withUnsafeMutableBytes { bytes in
          guard let base = bytes.baseAddress else { return }
          base.copyMemory(from: base + start, byteCount: count)
        }
      }
      self.start = 0
      end = count
    }
    if gzip != nil || member != nil || wide != nil {
      if end < buffer.count { buffer.removeLast(buffer.count - end) }
      let file = file
      if gzip != nil {
        isAtEnd = try gzip?.read(upTo: CaptureInput.chunk, from: file, into: &buffer) == false
      } else if wide != nil {
        isAtEnd = try wide?.read(upTo: CaptureInput.chunk, from: file, into: &buffer) == false
      } else {
        isAtEnd = try member?.read(upTo: CaptureInput.chunk, into: &buffer) == false
      }
      let more = buffer.count - end
      end = buffer.count
      return more > 0
    }
    if buffer.count < end + CaptureInput.chunk {
      buffer.append(contentsOf: repeatElement(0, count: end + CaptureInput.chunk - buffer.count))
    }
    let count = try file?.read(into: &buffer, from: end) ?? 0
    end += count
    isAtEnd = count == 0
    return count > 0
  }

  /// Moves the front of the window on, past its end too; false when the file ends before.
  package mutating func skip(_ count: Int) throws(CaptureError) -> Bool {
    var left = count
    while left > end - start {
      left -= end - start
      position += Int64(end - start)
      start = end
      guard try fill() else { return false }
    }
    start += left
    position += Int64(left)
    return true
  }

  /// Looks at the window.
  package func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let (start, end) = (start, end)
    return try buffer.withUnsafeBufferPointer { bytes throws(Failure) in
      try body(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[start..<end])))
    }
  }
}
