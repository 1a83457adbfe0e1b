/// Writes a recording as a stream: the header at once, then one event a line.
///
/// Every call hands whole lines to the system, so whatever ends the program leaves a recording that opens.
/// Many events in one call cost one write.
public struct RecordingWriter: ~Copyable, Sendable {
  /// The time of the last event.
  public private(set) var offset = RecordedTime.zero
  /// How much was written so far.
  public private(set) var size: ByteCount

  private let file: OpenFile
  /// Bytes that the header's line has room for.
  private let headerSize: Int
  private var buffer: [UInt8] = []

  /// Makes the file and writes its header.
  ///
  /// - Parameters:
  ///   - replacing: whether a file of that name may be overwritten.
  ///   - room: bytes that the header's line has at the least, blanks at its end included, for ``replace(header:)``.
  /// - Throws: ``RecordingError`` when the file exists or cannot be made.
  public init(
    creating path: String, header: RecordingHeader, replacing: Bool = false, room: Int = 0
  ) throws(RecordingError) {
    let file = try OpenFile(creating: path, replacing: replacing)
    let line = RecordingWriter.line(header, room: room)
    try file.write(line, at: .zero)
    self.file = file
    headerSize = line.count
    size = ByteCount(Int64(line.count))
  }

  /// Writes another header in place of the first, in one write.
  ///
  /// - Returns: false when there is no room for it; the file is as it was then.
  public func replace(header: RecordingHeader) throws(RecordingError) -> Bool {
    let line = RecordingWriter.line(header, room: headerSize)
    guard line.count == headerSize else { return false }
    try file.write(line, at: .zero)
    return true
  }

  private static func line(_ header: RecordingHeader, room: Int) -> [UInt8] {
    var line: [UInt8] = []
    header.appendLine(to: &line)
    guard line.count < room else { return line }
    line.removeLast()
    return line + [UInt8](repeating: 0x20, count: room - line.count - 1) + [0x0A]
  }

  /// Where it writes.
  public var path: String { file.path }

  /// Writes one event.
  ///
  /// - Throws: ``RecordingError`` when the event lies before the last one, or the file cannot be written.
  ///   Nothing is written then, and the next event may follow.
  public mutating func append(_ event: RecordedEvent) throws(RecordingError) {
    try append(CollectionOfOne(event))
  }

  /// Writes many events at once: all of them, or none when it throws.
  public mutating func append(_ events: some Sequence<RecordedEvent>) throws(RecordingError) {
    let before = offset
    do throws(RecordingError) {
      for event in events {
        try advance(to: event.offset)
        event.appendLine(to: &buffer)
      }
      try flush()
    } catch {
      buffer.removeAll(keepingCapacity: true)
      offset = before
      throw error
    }
  }

  private mutating func advance(to next: RecordedTime) throws(RecordingError) {
    guard next >= offset else {
      throw RecordingError(
        .backInTime, file: path,
        reason: "an event at \(next) ns cannot follow one at \(offset) ns; events must be in the order of time")
    }
    offset = next
  }

  private mutating func flush() throws(RecordingError) {
    try file.write(buffer, at: size)
    size += ByteCount(Int64(buffer.count))
    buffer.removeAll(keepingCapacity: true)
  }
}
