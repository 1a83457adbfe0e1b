/// A line of a log, without colours, and the message in it.
struct LogLine {
  /// What a line says about a message.
  struct Message {
    var content: CapturedEvent.Content
    /// Nil when neither the message nor the line tells.
    var side: CapturedEvent.Side?
    /// The line in front of the message without its digits: two lines of one shape come from one place of a program.
    var shape: [UInt8]
    /// Whether more fragments of the message follow.
    var isContinued = false
    var isContinuation = false
  }

  enum Finding {
    case nothing
    case message(Message)
    /// There is one, but not as it was sent; the reason.
    case refused(String)
    /// The line says what another line says better.
    case doubled
  }

  var bytes: [UInt8]

  /// - Parameter bytes: without the line feed.
  init(_ bytes: [UInt8]) { self.bytes = bytes.contains(0x1B) ? LogLine.withoutColours(bytes) : bytes }

  /// The bytes in front of a message, in which time and direction stand.
  func prefix(before message: Int) -> ArraySlice<UInt8> { bytes[..<min(message, 400)] }

  /// Where the message begins, at most; the whole line without one.
  private(set) var messageStart = Int.max

  /// Finds the message of the line.
  mutating func find() -> Finding {
    if let frame = WebSocketLibraryLine.read(bytes) {
      messageStart = frame.start
      return frame.finding
    }
    guard let start = LogLine.start(in: bytes[...]) else { return .nothing }
    messageStart = start
    return LogLine.finding(in: bytes[...], at: start)
  }

  /// The message that begins at an index, whatever quotes or brackets stand around it.
  static func finding(in line: ArraySlice<UInt8>, at start: Int) -> Finding {
    var text: [UInt8]
    let before = start > line.startIndex ? line[start - 1] : 0x20
    if before == UInt8(ascii: "\""), line[start...].starts(with: #"{""header"#.utf8) {
      // A column of CSV, whose quotes are doubled.
      guard let column = CSVLine.fields(line[(start - 1)...].untilQuoteEnds)?.first else {
        return .refused("messages whose line ends within their quotes")
      }
      text = column
    } else if before == UInt8(ascii: "'") || before == UInt8(ascii: "\"") {
      let isBytes = start - 2 >= line.startIndex && line[start - 2] == UInt8(ascii: "b")
      guard let literal = PythonLiteral.read(line, at: start - 1, isBytes: isBytes) else {
        return .refused("messages whose line ends within their quotes")
      }
      text = literal.text
    } else {
      text = Array(line[start...])
      while let last = text.last, last == 0x20 || last == 0x0D || last == 0x09 { text.removeLast() }
      // `{\"header\"` stands escaped in a text that somebody printed without its quotes.
      if text.first == UInt8(ascii: "{"), text.count > 1, text[1] == UInt8(ascii: "\\") {
        text = text.filter { $0 != UInt8(ascii: "\\") }
      }
      if text.first == UInt8(ascii: "{"), !PythonDictionary.begins(text[...], at: 0) {
        guard let end = jsonEnd(text) else { return .refused("messages that are cut: their JSON does not end") }
        text = Array(text[..<end])
      } else {
        let closing: [UInt8: UInt8] = [0x5B: 0x5D, 0x28: 0x29, 0x3C: 0x3E, 0x60: 0x60]
        if let bracket = closing[before], text.last == bracket { text.removeLast() }
      }
    }
    if text.first == UInt8(ascii: "{"), PythonDictionary.begins(text[...], at: 0) {
      guard let json = PythonDictionary.json(text) else {
        return .refused("messages that are cut: their dictionary does not end")
      }
      text = json
    }
    let prefix = line[..<start]
    if let trouble = MessageCheck.trouble(of: text) { return .refused(trouble) }
    let side = MessageCheck.side(of: text) ?? Direction.side(in: prefix)
    return .message(Message(content: .text(text), side: side, shape: Direction.shape(of: prefix)))
  }

  /// Where a frame `0|H0STCNT0|001|…` or a JSON message `{"header":…` begins.
  static func start(in line: ArraySlice<UInt8>) -> Int? {
    var index = line.startIndex
    while index < line.endIndex {
      let byte = line[index]
      if byte == UInt8(ascii: "|"), index > line.startIndex, isFrame(line, at: index - 1) { return index - 1 }
      if byte == UInt8(ascii: "{"), isJSON(line, at: index) || PythonDictionary.begins(line, at: index) { return index }
      index += 1
    }
    return nil
  }

  private static func isFrame(_ line: ArraySlice<UInt8>, at start: Int) -> Bool {
    guard line[start] == UInt8(ascii: "0") || line[start] == UInt8(ascii: "1") else { return false }
    if start > line.startIndex, line[start - 1].isDigit || line[start - 1].isLetter { return false }
    var index = start + 2
    let idStart = index
    while index < line.endIndex, line[index].isDigit || (0x41...0x5A).contains(line[index]) { index += 1 }
    guard (6...12).contains(index - idStart), index < line.endIndex, line[index] == UInt8(ascii: "|") else {
      return false
    }
    index += 1
    let countStart = index
    while index < line.endIndex, line[index].isDigit { index += 1 }
    return (1...4).contains(index - countStart) && index < line.endIndex && line[index] == UInt8(ascii: "|")
  }

  /// `{"header"`, with space between, with backslashes in front of the quotes, or with quotes that are doubled.
  private static func isJSON(_ line: ArraySlice<UInt8>, at start: Int) -> Bool {
    var index = start + 1
    while index < line.endIndex, line[index] == 0x20 { index += 1 }
    if index < line.endIndex, line[index] == UInt8(ascii: "\\") { index += 1 }
    let rest = line[min(index, line.endIndex)...]
    return rest.starts(with: "\"header".utf8) || rest.starts(with: "\"\"header".utf8)
  }

  /// Whether an object begins at the line's end whose members stand in the next ones: printed for people to read.
  var opensObject: Bool { bytes.last { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 } == UInt8(ascii: "{") }

  /// Whether the object that the line's message begins with has its end in the line.
  static func isWhole(_ line: [UInt8]) -> Bool {
    guard let start = start(in: line[...]), line[start] == UInt8(ascii: "{") else { return false }
    return jsonEnd(Array(line[start...])) != nil
  }

  /// Where the object that the text begins with ends.
  private static func jsonEnd(_ text: [UInt8]) -> Int? {
    var (depth, isQuoted, index) = (0, false, 0)
    while index < text.count {
      let byte = text[index]
      if isQuoted {
        if byte == UInt8(ascii: "\\") { index += 1 }
        if byte == UInt8(ascii: "\"") { isQuoted = false }
      } else if byte == UInt8(ascii: "\"") {
        isQuoted = true
      } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
        depth += 1
      } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
        depth -= 1
        if depth == 0 { return index + 1 }
      }
      index += 1
    }
    return nil
  }

  /// Without the escape sequences of a terminal; some logs lost the escape byte in front of them.
  private static func withoutColours(_ bytes: [UInt8]) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      guard bytes[index] == 0x1B else {
        plain.append(bytes[index])
        index += 1
        continue
      }
      index += 1
      guard index < bytes.count, bytes[index] == UInt8(ascii: "[") else { continue }
      index += 1
      while index < bytes.count, !(0x40...0x7E).contains(bytes[index]) { index += 1 }
      index += 1
    }
    return plain
  }
}

extension ArraySlice<UInt8> {
  /// A column of CSV from its opening quote to its closing one.
  fileprivate var untilQuoteEnds: ArraySlice<UInt8> {
    var index = startIndex + 1
    while index < endIndex {
      if self[index] == UInt8(ascii: "\"") {
        guard index + 1 < endIndex, self[index + 1] == UInt8(ascii: "\"") else { return self[...index] }
        index += 1
      }
      index += 1
    }
    return self
  }
}
