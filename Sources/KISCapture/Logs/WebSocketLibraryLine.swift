/// Lines of the debug output of WebSocket libraries, which name opcodes: Python's websockets and websocket-client.
enum WebSocketLibraryLine {
  /// What such a line says; nil for any other line.
  static func read(_ line: [UInt8]) -> (finding: LogLine.Finding, start: Int)? {
    websockets(line) ?? websocketClient(line)
  }

  // MARK: - websockets: `< TEXT '…' [n bytes]`

  private static let words: [(String, UInt8)] = [
    ("TEXT", 1), ("BINARY", 2), ("CONT", 0), ("PING", 9), ("PONG", 10), ("CLOSE", 8),
  ]

  private static func websockets(_ line: [UInt8]) -> (finding: LogLine.Finding, start: Int)? {
    for index in line.indices.dropLast(3)
    where (line[index] == UInt8(ascii: "<") || line[index] == UInt8(ascii: ">")) && line[index + 1] == 0x20
      && (index == 0 || line[index - 1] == 0x20)
    {
      guard let (word, opcode) = words.first(where: { line[(index + 2)...].starts(with: ($0.0 + " ").utf8) }) else {
        continue
      }
      let side: CapturedEvent.Side = line[index] == UInt8(ascii: ">") ? .client : .server
      let rest = line[(index + 3 + word.utf8.count)...]
      return (frame(opcode, rest, side, shape: Direction.shape(of: line[..<index])), index)
    }
    return nil
  }

  private static func frame(
    _ opcode: UInt8, _ rest: ArraySlice<UInt8>, _ side: CapturedEvent.Side, shape: [UInt8]
  ) -> LogLine.Finding {
    let tail = String(decoding: rest.suffix(48), as: UTF8.self)
    let note = tail.lastIndex(of: "[").map { tail[$0...] } ?? ""
    if opcode == 8 {
      let words = String(decoding: rest, as: UTF8.self).split(separator: " ")
      let reason = String(decoding: rest, as: UTF8.self).split(separator: ")", maxSplits: 1).dropFirst().first
      let text = reason.map { $0.prefix { $0 != "[" }.trimmed } ?? ""
      return .message(
        LogLine.Message(
          content: .close(code: words.first.flatMap { UInt16($0) }, reason: Array(text.utf8)), side: side, shape: shape)
      )
    }
    guard let data = payload(rest) else { return .refused("messages whose line ends within their quotes") }
    // `[1234 bytes]`, `[text, 4 bytes]`: what is shorter was elided.
    let declared = note.split { !$0.isNumber }.first.flatMap { Int($0) }
    guard declared == nil || declared == data.count else { return .refused(MessageCheck.elided) }
    let content: CapturedEvent.Content =
      switch opcode {
      case 9: .ping(data)
      case 10: .pong(data)
      case 2: .binary(data)
      default: .text(data)
      }
    return .message(
      LogLine.Message(
        content: content, side: side, shape: shape, isContinued: note.contains("continued"),
        isContinuation: opcode == 0))
  }

  /// A text in quotes, or bytes as `f7 ec 4c ed`.
  private static func payload(_ rest: ArraySlice<UInt8>) -> [UInt8]? {
    guard let first = rest.first else { return nil }
    if first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") {
      return PythonLiteral.read(rest, at: rest.startIndex, isBytes: false)?.text
    }
    let digits = rest.prefix { $0 != UInt8(ascii: "[") }
    var bytes: [UInt8] = []
    for pair in digits.split(separator: 0x20) {
      guard let byte = UInt8(String(decoding: pair, as: UTF8.self), radix: 16) else {
        return bytes.isEmpty ? nil : bytes
      }
      bytes.append(byte)
    }
    return bytes
  }

  // MARK: - websocket-client: `++Rcv decoded: fin=1 opcode=1 data=b'…'`

  private static func websocketClient(_ line: [UInt8]) -> (finding: LogLine.Finding, start: Int)? {
    guard let start = line.firstRange(of: "++Sent ".utf8)?.lowerBound ?? line.firstRange(of: "++Rcv ".utf8)?.lowerBound
    else { return nil }
    let side: CapturedEvent.Side = line[start + 2] == UInt8(ascii: "S") ? .client : .server
    let rest = line[start...]
    guard let decoded = rest.firstRange(of: "decoded: fin=".utf8) else { return (.doubled, start) }
    guard let opcodeRange = rest.firstRange(of: "opcode=".utf8), let dataRange = rest.firstRange(of: "data=".utf8),
      let opcode = UInt8(
        String(decoding: rest[opcodeRange.upperBound...].prefix { $0.isDigit }, as: UTF8.self))
    else { return (.nothing, start) }
    let isBytes = rest[dataRange.upperBound...].first == UInt8(ascii: "b")
    let quote = dataRange.upperBound + (isBytes ? 1 : 0)
    guard let data = PythonLiteral.read(rest, at: quote, isBytes: isBytes)?.text else {
      return (.refused("messages whose line ends within their quotes"), start)
    }
    let content: CapturedEvent.Content? =
      switch opcode {
      case 0, 1: .text(data)
      case 2: .binary(data)
      case 8, 9, 10: FrameShape.control(opcode, data)
      default: nil
      }
    guard let content else { return (.nothing, start) }
    let isFinal = rest[decoded.upperBound...].first == UInt8(ascii: "1")
    return (
      .message(
        LogLine.Message(
          content: content, side: side, shape: Array("++decoded".utf8), isContinued: !isFinal,
          isContinuation: opcode == 0)), start
    )
  }
}
