import Foundation
import KISWire

/// Reads text logs of any program: finds the messages in their lines, their times and who sent them.
package struct LogCapture: CaptureSource {
  private var input: CaptureInput
  private let options: LogOptions
  private var clock: LogClock
  private var lineNumber = 0
  /// The message of the line that gave one last.
  private var last: (content: CapturedEvent.Content, side: CapturedEvent.Side, shape: [UInt8], line: [UInt8])?
  /// Fragments that more will follow.
  private var fragments: (content: CapturedEvent.Content, side: CapturedEvent.Side)?
  package private(set) var report = CaptureReport(format: "text log", unit: "lines")

  /// A line that was read too early.
  private var kept: [UInt8]?

  /// More lines than this no message of KIS has, printed a member a line.
  private static let mostLinesOfObject = 64
  /// Longer lines than this are read over.
  private static let longestLine = 32 << 20

  package init(_ input: CaptureInput, options: LogOptions) {
    self.input = input
    self.options = options
    clock = LogClock(options: options, modified: input.modified)
  }

  package mutating func read(into events: inout [CapturedEvent]) throws(CaptureError) -> Bool {
    for _ in 0..<512 {
      guard let line = try nextLine() else {
        finish()
        return false
      }
      try take(try joinedObject(LogLine(line)), &events)
    }
    report.bytes = input.position
    return true
  }

  /// The line with the object in one that was printed over several lines; any other line as it is.
  private mutating func joinedObject(_ line: LogLine) throws(CaptureError) -> LogLine {
    guard line.opensObject, options.pattern == nil, let next = try nextLine() else { return line }
    var rest = LogLine(next).bytes.trimmed
    guard rest.starts(with: "\"header\"".utf8) else {
      putBack(next)
      return line
    }
    var joined = Array(line.bytes.trimmed)
    for _ in 0..<LogCapture.mostLinesOfObject {
      if joined.last == UInt8(ascii: ",") { joined.append(0x20) }
      joined.append(contentsOf: rest)
      if LogLine.isWhole(joined) { break }
      guard let next = try nextLine() else { break }
      rest = LogLine(next).bytes.trimmed
    }
    return LogLine(joined)
  }

  private mutating func putBack(_ line: [UInt8]) {
    kept = line
    lineNumber -= 1
  }

  private mutating func finish() {
    report.bytes = input.position
    if input.isDamaged { report.isTruncated = true }
    for remark in clock.remarks { report.remark(remark) }
    if fragments != nil { report.omit("messages whose last fragment is not in the log", at: .line(lineNumber)) }
  }

  /// The next line without its line feed; one that is too long is counted and given empty.
  private mutating func nextLine() throws(CaptureError) -> [UInt8]? {
    if let line = kept {
      kept = nil
      lineNumber += 1
      return line
    }
    var line: [UInt8] = []
    var isTooLong = false
    while true {
      let (length, isWhole) = input.withBytes { bytes -> (Int, Bool) in
        let end = bytes.firstIndex(of: 0x0A)
        let length = end ?? bytes.count
        if !isTooLong { line.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[..<length])) }
        return (length, end != nil)
      }
      if line.count > LogCapture.longestLine {
        isTooLong = true
        line = []
      }
      guard try input.skip(length + (isWhole ? 1 : 0)) else { return nil }
      if isWhole { break }
      guard try input.fill() else {
        if length == 0, line.isEmpty { return nil }
        break
      }
    }
    lineNumber += 1
    report.read = lineNumber
    if isTooLong { report.omit("lines longer than \(LogCapture.longestLine >> 20) MB", at: .line(lineNumber)) }
    if line.last == 0x0D { line.removeLast() }
    return line
  }

  private mutating func take(_ line: LogLine, _ events: inout [CapturedEvent]) throws(CaptureError) {
    guard !line.bytes.isEmpty else { return }
    if let pattern = options.pattern {
      try takeByPattern(line, pattern, &events)
      return
    }
    if let json = JSONLogLine(line.bytes) {
      if case .nothing = json.finding { return }
      let time = json.time.flatMap { LogTime.first(in: Array($0.utf8))?.0 } ?? json.epoch.map { LogTime(epoch: $0) }
      try take(json.finding, at: time, line: line.bytes, &events)
      return
    }
    var line = line
    let finding = line.find()
    if case .nothing = finding { return }
    let time = LogTime.first(in: Array(line.prefix(before: min(line.messageStart, line.bytes.count))))?.0
    try take(finding, at: time, line: line.bytes, &events)
  }

  private mutating func takeByPattern(
    _ line: LogLine, _ pattern: LogPattern, _ events: inout [CapturedEvent]
  ) throws(CaptureError) {
    guard let match = pattern.match(line.bytes), let frame = match.frame else {
      report.omit("lines that do not have the form of the pattern", at: .line(lineNumber), isLoss: false)
      return
    }
    let text = line.bytes[frame]
    guard let start = LogLine.start(in: text) else {
      report.omit("lines without a message where the pattern has it", at: .line(lineNumber), isLoss: false)
      return
    }
    var finding = LogLine.finding(in: text, at: start)
    if case .message(var message) = finding, let side = match.side {
      let word = String(decoding: line.bytes[side], as: UTF8.self)
      message.side = MessageCheck.side(ofTextIn: message.content) ?? Direction.side(named: word) ?? message.side
      finding = .message(message)
    }
    let time = match.time.flatMap { LogTime.first(in: Array(line.bytes[$0]))?.0 }
    try take(finding, at: time, line: line.bytes, &events)
  }

  private mutating func take(
    _ finding: LogLine.Finding, at time: LogTime?, line: [UInt8], _ events: inout [CapturedEvent]
  ) throws(CaptureError) {
    let place = CapturePlace.line(lineNumber)
    switch finding {
    case .nothing: return
    case .doubled: report.omit("lines that say what another line says", at: place, isLoss: false)
    case .refused(let reason): report.omit(reason, at: place)
    case .message(let message):
      let side = message.side ?? sideOfPingPong(message.content)
      if isDoubled(message, side, line) {
        report.omit("lines that say what another line says", at: place, isLoss: false)
        return
      }
      last = (message.content, side, message.shape, line)
      guard let content = joined(message, side) else { return }
      let moment = try clock.moment(of: time, content: content, file: input.path, place: place)
      events.append(CapturedEvent(connection: 1, time: moment, side: side, content))
    }
  }

  /// A PINGPONG that nobody says the sender of is the server's, and the client's when it comes again.
  private func sideOfPingPong(_ content: CapturedEvent.Content) -> CapturedEvent.Side {
    guard let last, last.content == content else { return .server }
    return last.side.other
  }

  /// Whether it is the message of the line before, said in another form, or twice by two handlers of one logger.
  private func isDoubled(_ message: LogLine.Message, _ side: CapturedEvent.Side, _ line: [UInt8]) -> Bool {
    guard let last, last.content == message.content, last.side == side else { return false }
    return last.shape != message.shape || last.line == line && LogTime.first(in: Array(line.prefix(64))) != nil
  }

  private mutating func joined(_ message: LogLine.Message, _ side: CapturedEvent.Side) -> CapturedEvent.Content? {
    var content = message.content
    if message.isContinuation {
      guard let open = fragments, open.side == side else {
        report.omit("messages whose first fragment is not in the log", at: .line(lineNumber))
        return nil
      }
      fragments = nil
      switch (open.content, content) {
      case (.text(let front), .text(let back)): content = .text(front + back)
      case (.binary(let front), .text(let back)), (.binary(let front), .binary(let back)):
        content = .binary(front + back)
      default: return nil
      }
    }
    guard message.isContinued else { return content }
    fragments = (content, side)
    return nil
  }
}

extension MessageCheck {
  fileprivate static func side(ofTextIn content: CapturedEvent.Content) -> CapturedEvent.Side? {
    if case .text(let text) = content { side(of: text) } else { nil }
  }
}

extension [UInt8] {
  /// Without spaces and tabs at both ends.
  fileprivate var trimmed: ArraySlice<UInt8> {
    var text = self[...]
    while let first = text.first, first == 0x20 || first == 0x09 { text.removeFirst() }
    while let last = text.last, last == 0x20 || last == 0x09 || last == 0x0D { text.removeLast() }
    return text
  }
}
