/// Turns the lines of one recording into events, in order: knows the place reached and complains by line and column.
struct LineReader: Sendable {
  /// A place between two lines.
  struct Place: Sendable, Hashable {
    /// Bytes from the start of the file.
    var position: Int64
    /// The number of the line that comes next, from 1.
    var line: Int
    /// The time of the event in front.
    var offset: Int64
  }

  /// More warnings than this tell nobody anything new.
  static let warningLimit = 20

  var place: Place
  /// Whether REST exchanges count as blank lines.
  var passesOverExchanges = false
  private(set) var warnings: [RecordingError] = []
  let file: String
  let migration: RecordingMigration

  init(at place: Place, of file: String, migration: RecordingMigration) {
    self.place = place
    self.file = file
    self.migration = migration
  }

  /// The event of the next line, given without its line feed; nil for a blank line. The place moves on.
  ///
  /// - Parameter length: bytes from this line to the next.
  mutating func event(
    of line: UnsafeRawBufferPointer, length: Int
  ) throws(RecordingError) -> RecordedEventView? {
    let start = place
    place.position += Int64(length)
    place.line += 1
    do throws(LineError) {
      guard let (offset, content) = try read(line, number: start.line) else { return nil }
      guard offset >= start.offset else {
        throw LineError(
          code: .backInTime,
          reason: "t is \(offset), but the event in front has \(start.offset); events must be in the order of time")
      }
      place.offset = offset
      return RecordedEventView(offset: offset, position: start.position, line: start.line, content: content)
    } catch {
      throw error.located(in: file, line: start.line, text: line)
    }
  }

  @inline(__always)
  private mutating func read(
    _ line: UnsafeRawBufferPointer, number: Int
  ) throws(LineError) -> (Int64, RecordedEventView.Content)? {
    if !migration.isNeeded, let plain = try PlainLine(line) { return (plain.offset, .serverMessage(plain.text)) }
    if passesOverExchanges, !migration.isNeeded, let offset = PlainLine.offset(ofExchange: line) {
      place.offset = max(place.offset, offset)
      return nil
    }
    return try readEdited(line, number: number)
  }

  private mutating func readEdited(
    _ line: UnsafeRawBufferPointer, number: Int
  ) throws(LineError) -> (Int64, RecordedEventView.Content)? {
    if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return nil }
    var edited = try EditedLine(Array(line), migration: migration)
    let event = try edited.event()
    for unknown in edited.unknown where warnings.count < LineReader.warningLimit {
      warnings.append(unknown.located(in: file, line: number, text: line))
    }
    return (event.offset, .other(event.content))
  }
}
