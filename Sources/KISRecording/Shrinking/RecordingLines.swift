/// The lines of a recording by number, to write any choice of them again and again. They stay in their file.
public struct RecordingLines: Sendable {
  private let reader: RecordingReader
  /// Where each event's line lies.
  private var places: [ByteCount] = []
  private var lengths: [Int32] = []
  /// Whether the recording ends in the middle of a line.
  public let isTruncated: Bool

  /// Reads a recording once.
  public init(_ recording: RecordingReader) throws {
    var reader = recording
    reader.rewind()
    var (places, lengths) = ([ByteCount](), [Int32]())
    try reader.read { event in
      places.append(event.position)
      lengths.append(Int32(clamping: event.text.count))
      return .more
    }
    isTruncated = reader.isTruncated
    (self.places, self.lengths, self.reader) = (places, lengths, reader)
  }

  /// How many events there are.
  public var count: Int { places.count }

  /// Writes the header and these events, given in order.
  ///
  /// - Parameter replacements: lines to write instead of some, by the numbers of their events.
  public func write(
    _ events: some Sequence<Int>, replacing replacements: [Int: [UInt8]] = [:], to output: inout RecordingOutput
  ) throws {
    try output.append(line: reader.headerLine)
    for event in events {
      if let replacement = replacements[event] {
        try output.append(line: replacement)
      } else {
        try output.append(line: reader.bytes(at: places[event], count: Int(lengths[event])))
      }
    }
  }

  /// An event by its number.
  public func event(_ number: Int) throws -> RecordedEvent? {
    var reader = reader
    reader.go(to: LineReader.Place(position: places[number], line: 0, offset: 0), chunk: 16 << 10)
    return try reader.next()
  }
}
