/// Reads a recording as a stream: its memory does not grow with the file.
///
///     var reader = try RecordingReader(path: "recordings/day.jsonl")
///     while let event = try reader.next() { print(event.offset, event.content) }
///
/// A value: a copy goes on from where the original stood, and neither disturbs the other.
/// A file cut anywhere reads up to its last whole line, and then ``isTruncated`` is true.
public struct RecordingReader: Sendable {
  /// What the first line says.
  public let header: RecordingHeader
  /// The first line as it stands in the file, without its end.
  let headerLine: [UInt8]
  /// Whether the file ended in the middle of a line. Known once its end has been reached.
  public private(set) var isTruncated = false

  /// Leaves out REST exchanges as our writer writes them, unread: a replay of messages has no use for them, and they
  /// are long. Errors inside them are found by a reader that does read them.
  public var passesOverExchanges: Bool {
    get { lines.passesOverExchanges }
    set { lines.passesOverExchanges = newValue }
  }

  /// Reads notices that are still encrypted as ``RecordedEvent/Content/ciphertext(_:)`` even where a line does not say
  /// `"cipher":true`. Otherwise such a line is refused: no other session's key would fit it.
  public var acceptsCiphertext: Bool {
    get { lines.acceptsCiphertext }
    set { lines.acceptsCiphertext = newValue }
  }

  private let input: RecordingInput
  private let start: LineReader.Place
  private var window: LineWindow
  private var lines: LineReader

  /// Opens a file and reads its header.
  ///
  /// - Parameter name: what errors call it; nil for its path.
  /// - Throws: ``RecordingError`` when the file is missing, empty, no recording, or of a newer version.
  public init(path: String, name: String? = nil) throws(RecordingError) {
    try self.init(.file(OpenFile(reading: path), name: name ?? path))
  }

  /// Opens a recording in memory.
  ///
  /// - Parameter name: what errors call it.
  public init(bytes: [UInt8], name: String = "recording") throws(RecordingError) {
    try self.init(.bytes(bytes, name: name))
  }

  private init(_ input: RecordingInput) throws(RecordingError) {
    self.input = input
    var window = LineWindow(chunk: 16 << 10)
    while window.firstLineLength == nil, try window.fill(from: input, line: 1) {}
    guard !window.unread.isEmpty else {
      throw RecordingError(.empty, file: input.name, reason: "the file is empty; a recording begins with a header")
    }
    let length = window.firstLineLength ?? window.unread.count
    headerLine = Array(window.bytes[..<length].withUnsafeBytes { $0.withoutLineEnd })
    let migration: RecordingMigration
    (header, migration) = try RecordingHeader.parse(Array(window.bytes[..<length]), of: input.name)
    start = LineReader.Place(position: ByteCount(Int64(length)), line: 2, offset: 0)
    lines = LineReader(at: start, of: input.name, migration: migration)
    self.window = LineWindow(at: start.position)
  }

  /// The path, or the name given to bytes in memory.
  public var name: String { input.name }

  /// How large the file is now.
  public var size: ByteCount { input.size }

  /// The file that is read; nil for bytes in memory.
  var file: OpenFile? { if case .file(let file, _) = input { file } else { nil } }

  /// What looked wrong and was passed over so far, such as a misspelt key; the first twenty.
  public var warnings: [RecordingError] { lines.warnings }

  /// The next event; nil at the end.
  ///
  /// - Throws: ``RecordingError`` with the line and column of what is wrong.
  public mutating func next() throws -> RecordedEvent? {
    var event: RecordedEvent?
    try read { view in
      event = view.event
      return .enough
    }
    return event
  }

  /// Goes back to the first event.
  public mutating func rewind() { go(to: start) }

  /// Where the first event is, or would be.
  var beginning: LineReader.Place { start }

  /// Shows one event, and nothing behind it.
  mutating func read(_ line: NotableLines.Line, _ visit: (RecordedEventView) -> Void) throws {
    // Lines that follow each other are read on.
    if line.position != lines.place.position {
      go(to: LineReader.Place(position: line.position, line: line.line, offset: 0), chunk: 2 << 10)
    }
    try read { event in
      visit(event)
      return .enough
    }
  }

  /// Shows events to a visitor, in order and without copying messages, until it has enough or the file ends.
  ///
  /// - Throws: ``RecordingError`` with the line and column of what is wrong, or what the visitor throws.
  ///   Reading goes on behind the line at fault.
  public mutating func read(_ visit: (RecordedEventView) throws -> Visit) throws {
    try read({ try visit(RecordedEventView($0)) }, others: visit)
  }

  /// Shows events in order, as ``read(_:)`` does, the messages on plain lines to a visitor of their own.
  ///
  /// - Throws: ``RecordingError`` with the line and column of what is wrong, or what a visitor throws.
  package mutating func read(
    _ visit: (PlainMessage) throws -> Visit, others visitOther: (RecordedEventView) throws -> Visit
  ) throws {
    repeat {
      guard try readWindow(visit, visitOther) else { return }
    } while try window.fill(from: input, line: lines.place.line)
    try readUnendedLine(visit, visitOther)
  }

  /// Goes on at a place between two lines.
  ///
  /// - Parameter chunk: how many bytes to read at a time, when it is known that few are needed.
  mutating func go(to place: LineReader.Place, chunk: Int = LineWindow.usualChunk) {
    lines.place = place
    window = LineWindow(at: place.position, chunk: chunk)
    isTruncated = false
  }

  /// Bytes of the file, or as many as there are.
  func bytes(at position: ByteCount, count: Int) throws(RecordingError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var failure: RecordingError?
    let read = bytes.withUnsafeMutableBytes { buffer in
      do throws(RecordingError) {
        return try input.read(at: position, into: buffer)
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    return Array(bytes.prefix(read))
  }

  /// Reads the whole lines that are in memory. False when the visitor has enough.
  private mutating func readWindow(
    _ visit: (PlainMessage) throws -> Visit, _ visitOther: (RecordedEventView) throws -> Visit
  ) throws -> Bool {
    var lines = lines
    let unread = window.unread
    defer {
      window.consume(Int((lines.place.position - self.lines.place.position).bytes))
      self.lines = lines
    }
    return try window.bytes.withUnsafeBytes { bytes in
      var rest = UnsafeRawBufferPointer(rebasing: bytes[unread])
      while let end = rest.firstLineFeed {
        let line = UnsafeRawBufferPointer(rebasing: rest[..<end])
        rest = UnsafeRawBufferPointer(rebasing: rest[(end + 1)...])
        let before = lines.place
        let wish: Visit
        if let message = lines.message(of: line.withoutCarriageReturn, length: end + 1) {
          wish = try visit(message)
        } else if let event = try lines.event(of: line.withoutCarriageReturn, length: end + 1) {
          wish = try event.shown(to: visitOther)
        } else {
          continue
        }
        switch wish {
        case .more: continue
        case .enough: return false
        case .putBack:
          lines.place = before
          return false
        }
      }
      return true
    }
  }

  /// Reads what stands behind the last line feed: a whole line that an editor did not end, or one that was cut.
  private mutating func readUnendedLine(
    _ visit: (PlainMessage) throws -> Visit, _ visitOther: (RecordedEventView) throws -> Visit
  ) throws {
    guard !window.unread.isEmpty else { return }
    let line = Array(window.bytes[window.unread])
    guard !EditedLine.isCut(line) else {
      isTruncated = true
      return
    }
    let before = lines.place
    window.consume(line.count)
    let wish = try line.withUnsafeBytes { bytes -> Visit? in
      let line = bytes.withoutCarriageReturn
      if let message = lines.message(of: line, length: bytes.count) { return try visit(message) }
      return try lines.event(of: line, length: bytes.count)?.shown(to: visitOther)
    }
    if wish == .putBack { go(to: before) }
  }
}

extension RecordedEventView {
  /// Hands the event to a visitor; every message of the server in the same form, however it was spelt.
  @inline(__always)
  fileprivate func shown(to visit: (RecordedEventView) throws -> Visit) rethrows -> Visit {
    guard case .other(.message(let bytes, from: .server)) = content else { return try visit(self) }
    return try bytes.withUnsafeBytes { text in
      var view = self
      view.content = .serverMessage(text)
      return try visit(view)
    }
  }
}

extension UnsafeRawBufferPointer {
  fileprivate var withoutLineEnd: UnsafeRawBufferPointer {
    (last == 0x0A ? UnsafeRawBufferPointer(rebasing: self[..<(count - 1)]) : self).withoutCarriageReturn
  }

  /// The line without the CR that Windows editors put in front of the line feed.
  @inline(__always)
  fileprivate var withoutCarriageReturn: UnsafeRawBufferPointer {
    last == 0x0D ? UnsafeRawBufferPointer(rebasing: self[..<(count - 1)]) : self
  }
}
