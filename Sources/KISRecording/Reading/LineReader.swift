import KISWire

/// Turns the lines of one recording into events, in order: knows the place reached and reports errors by line and column.
struct LineReader: Sendable {
  /// A place between two lines.
  struct Place: Sendable, Hashable {
    /// Where it is in the file.
    var position: ByteCount
    /// The line that comes next.
    var line: LineNumber
    /// The time of the event in front.
    var offset: RecordedTime
  }

  /// More warnings than this tell nobody anything new.
  static let warningLimit = 20

  var place: Place
  /// Whether REST exchanges count as blank lines.
  var passesOverExchanges = false
  /// Whether notices that are still encrypted are read as such, without a word in the line that says so.
  var acceptsCiphertext = false
  private(set) var warnings: [RecordingError] = []
  let file: String
  let migration: RecordingMigration

  init(at place: Place, of file: String, migration: RecordingMigration) {
    self.place = place
    self.file = file
    self.migration = migration
  }

  /// The message on the next line, if the line is plain; otherwise nil, and the place stays in front of it.
  @inline(__always)
  mutating func message(of line: UnsafeRawBufferPointer, length: Int) -> PlainMessage? {
    guard migration.leavesPlainLines, let plain = PlainLine(line), plain.offset >= place.offset,
      !isCiphertext(plain.text)
    else { return nil }
    defer {
      pass(length)
      place.offset = plain.offset
    }
    return PlainMessage(
      offset: plain.offset, connection: plain.connection, position: place.position, line: place.line, wholeLine: line,
      text: plain.text)
  }

  @inline(__always)
  private mutating func pass(_ length: Int) {
    place.position += ByteCount(Int64(length))
    place.line = place.line.next
  }

  /// The event of the next line that is not plain, given without its line feed; nil for a blank line. The place moves on.
  ///
  /// - Parameter length: bytes from this line to the next.
  mutating func event(
    of line: UnsafeRawBufferPointer, length: Int
  ) throws(RecordingError) -> RecordedEventView? {
    let start = place
    pass(length)
    do throws(LineError) {
      return try otherEvent(of: line, at: start)
    } catch {
      throw error.located(in: file, line: start.line, text: line)
    }
  }

  @inline(__always)
  private func isCiphertext(_ text: UnsafeRawBufferPointer) -> Bool {
    text.first == UInt8(ascii: "1") && FrameHead(text)?.isCiphertext(in: text) ?? false
  }

  /// The event of a line that is not plain, or not right.
  private mutating func otherEvent(
    of line: UnsafeRawBufferPointer, at start: Place
  ) throws(LineError) -> RecordedEventView? {
    if passesOverExchanges, migration.leavesPlainLines, let offset = PlainLine.offset(ofExchange: line) {
      place.offset = max(place.offset, offset)
      return nil
    }
    guard let event = try readEdited(line, at: start) else { return nil }
    guard event.offset >= start.offset || event.lasts(until: start.offset) else {
      throw LineError(
        code: .backInTime,
        reason:
          "t is \(event.offset), but the event in front has \(start.offset); events must be in the order of time")
    }
    place.offset = max(start.offset, event.offset)
    return event
  }

  private mutating func readEdited(
    _ line: UnsafeRawBufferPointer, at start: Place
  ) throws(LineError) -> RecordedEventView? {
    if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return nil }
    var edited = try EditedLine(Array(line), migration: migration, acceptsCiphertext: acceptsCiphertext)
    let event = try edited.event()
    for unknown in edited.unknown where warnings.count < LineReader.warningLimit {
      warnings.append(unknown.located(in: file, line: start.line, text: line))
    }
    return RecordedEventView(
      offset: event.offset, connection: event.connection, isCarried: event.isCarried, position: start.position,
      line: start.line, text: line, content: .other(event.content))
  }
}

extension RecordedEventView {
  /// Whether this is an exchange that was answered at a moment or later: its line may stand where its answer came.
  fileprivate func lasts(until moment: RecordedTime) -> Bool {
    guard case .other(.exchange(let exchange)) = content else { return false }
    return offset + (exchange.took ?? .zero) >= moment
  }
}
