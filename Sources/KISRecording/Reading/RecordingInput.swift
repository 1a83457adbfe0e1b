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

  /// How large it is now.
  var size: ByteCount {
    switch self {
    case .file(let file, _): file.size
    case .bytes(let bytes, _): ByteCount(Int64(bytes.count))
    }
  }

  /// Reads up to the buffer's size from a position on; 0 at the end.
  func read(at position: ByteCount, into buffer: UnsafeMutableRawBufferPointer) throws(RecordingError) -> Int {
    switch self {
    case .file(let file, _): return try file.read(at: position, into: buffer)
    case .bytes(let bytes, _):
      let start = Int(clamping: position.bytes)
      guard bytes.indices.contains(start) else { return 0 }
      let count = min(buffer.count, bytes.count - start)
      bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[start..<start + count])) }
      return count
    }
  }
}
