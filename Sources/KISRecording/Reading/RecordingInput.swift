/// Where the bytes of a recording come from: a file, or memory.
enum RecordingInput: Sendable {
  case file(OpenFile, name: String)
  case bytes([UInt8], name: String)

  /// The path, or the name given to bytes in memory.
  var name: String {
    switch self {
    case .file(_, let name): name
    case .bytes(_, let name): name
    }
  }

  /// Bytes in it now.
  var size: Int64 {
    switch self {
    case .file(let file, _): file.size
    case .bytes(let bytes, _): Int64(bytes.count)
    }
  }

  /// Reads up to the buffer's size from a position on; 0 at the end.
  func read(at position: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(RecordingError) -> Int {
    switch self {
    case .file(let file, _): return try file.read(at: position, into: buffer)
    case .bytes(let bytes, _):
      guard position >= 0, position < bytes.count else { return 0 }
      let count = min(buffer.count, bytes.count - Int(position))
      bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[Int(position)..<Int(position) + count])) }
      return count
    }
  }
}
