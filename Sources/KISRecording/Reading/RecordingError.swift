/// What is wrong with a recording, for people: which file, line and column, what was expected, what stood there.
public struct RecordingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of trouble. Open: more codes may come.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    /// The kind in words: `malformed line`.
    public let description: String

    /// Any words are a code; two with the same words are equal.
    public init(_ description: String) { self.description = description }

    /// The file is missing, is a folder, or may not be read.
    public static let unreadable = Code("unreadable")
    /// The file could not be made or written.
    public static let unwritable = Code("unwritable")
    /// A file of that name is there, and was not to be replaced.
    public static let alreadyThere = Code("already there")
    /// There is not even a header.
    public static let empty = Code("empty")
    /// The first line is not the header of a recording.
    public static let notARecording = Code("not a recording")
    /// A newer kis-mock wrote it.
    public static let newerVersion = Code("newer version")
    /// A line is not JSON, or not one of the events that a recording may hold.
    public static let malformedLine = Code("malformed line")
    /// A line is not UTF-8.
    public static let invalidText = Code("invalid text")
    /// A line is longer than any line of a recording.
    public static let lineTooLong = Code("line too long")
    /// An event lies before the one in front of it.
    public static let backInTime = Code("back in time")
    /// A notice is still encrypted, and nothing says that it is meant to stay so.
    public static let ciphertext = Code("ciphertext")
    /// A name that means nothing here; only ever a warning.
    public static let unknownKey = Code("unknown key")
  }

  /// What kind of trouble it is.
  public var code: Code
  /// The file's path, or the name that was given to bytes in memory.
  public var file: String
  /// Which line; nil when the whole file is meant.
  public var line: LineNumber?
  /// In characters, from 1; nil when the whole line is meant.
  public var column: Int?
  /// One sentence without the position: what was expected, what was found, what to do.
  public var reason: String
  /// The text around the column, at most 60 characters; empty when the reason says it all.
  public var excerpt: String

  /// Something wrong with a file, as a whole or at a line and a column, counted from 1.
  public init(
    _ code: Code, file: String, line: LineNumber? = nil, column: Int? = nil, reason: String, excerpt: String = ""
  ) {
    self.code = code
    self.file = file
    self.line = line
    self.column = column
    self.reason = reason
    self.excerpt = excerpt
  }

  /// `day.jsonl:12:8: expected …, found … (near "…")`.
  public var description: String {
    let position = [line?.number, column].compactMap { $0 }.map { ":\($0)" }.joined()
    return "\(file)\(position): \(reason)" + (excerpt.isEmpty ? "" : " (near `\(excerpt)`)")
  }
}

/// A mistake in one line, before it is known which line of which file that is.
struct LineError: Error {
  var code = RecordingError.Code.malformedLine
  /// Byte offset in the line; nil when the whole line is meant.
  var offset: Int?
  var reason: String

  /// The error for people.
  func located(in file: String, line number: LineNumber, text: UnsafeRawBufferPointer) -> RecordingError {
    guard let offset else { return RecordingError(code, file: file, line: number, reason: reason) }
    let before = String(decoding: text.prefix(offset), as: UTF8.self)
    let after = String(decoding: text.dropFirst(offset).prefix(160), as: UTF8.self)
    return RecordingError(
      code, file: file, line: number, column: before.unicodeScalars.count + 1, reason: reason,
      excerpt: String(before.suffix(20) + after.prefix(40)))
  }
}
