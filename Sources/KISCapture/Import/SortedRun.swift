/// Lines in order of time in a file without a name, which the system removes with its last user.
struct SortedRun {
  /// Times of the first and the last line.
  private(set) var first: Int64?
  private(set) var last = Int64.min
  private let file: ScratchFile
  private var buffer: [UInt8] = []

  private static let chunk = 128 << 10

  init(folder: String) throws(CaptureError) { file = try ScratchFile(folder: folder) }

  mutating func append(_ line: LineSorter.Line) throws(CaptureError) {
    if first == nil { first = line.time }
    last = line.time
    for number in [line.time, line.sequence, line.connection, Int64(line.tail.count)] {
      withUnsafeBytes(of: number) { buffer.append(contentsOf: $0) }
    }
    buffer.append(contentsOf: line.tail)
    if buffer.count >= SortedRun.chunk { try flush() }
  }

  private mutating func flush() throws(CaptureError) {
    try file.append(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Reads it from the front; nothing may be appended any more.
  mutating func reader() throws(CaptureError) -> Reader {
    try flush()
    var reader = Reader(file: file)
    try reader.advance()
    return reader
  }

  /// Where reading of a run is.
  struct Reader {
    private(set) var head: LineSorter.Line?
    private let file: ScratchFile
    private var position: Int64 = 0
    private var buffer: [UInt8] = []
    private var index = 0

    fileprivate init(file: ScratchFile) { self.file = file }

    mutating func advance() throws(CaptureError) {
      head = nil
      guard try ensure(32) else { return }
      let numbers = buffer.withUnsafeBytes { bytes in
        (0..<4).map { bytes.loadUnaligned(fromByteOffset: index + 8 * $0, as: Int64.self) }
      }
      index += 32
      let length = Int(numbers[3])
      guard try ensure(length) else { return }
      let tail = Array(buffer[index..<index + length])
      index += length
      head = LineSorter.Line(time: numbers[0], sequence: numbers[1], connection: numbers[2], tail: tail)
    }

    private mutating func ensure(_ count: Int) throws(CaptureError) -> Bool {
      while buffer.count - index < count {
        buffer.removeFirst(index)
        index = 0
        let more = try file.read(at: position, count: max(SortedRun.chunk, count))
        guard !more.isEmpty else { return false }
        position += Int64(more.count)
        buffer.append(contentsOf: more)
      }
      return true
    }
  }
}
