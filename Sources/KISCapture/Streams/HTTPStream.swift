import KISWire

/// One direction of an HTTP/1 connection, from bytes to messages (RFC 9112), holes survived.
struct HTTPStream {
  /// A message without its transfer coding.
  struct Message {
    /// The first line, in its three parts: `GET`, `/path`, `HTTP/1.1`, or `HTTP/1.1`, `200`, `OK`.
    var line: [String]
    var headers: [NameValue]
    var body: [UInt8]
    /// Whether a part of it was not captured, or it is longer than ``longest``.
    var isBroken: Bool
    /// When its first bytes passed.
    var began: Int64
  }

  enum Output {
    case message(Message)
    /// What stands there is no HTTP; the position is lost.
    case malformed
  }

  /// The longest body that is kept.
  static let longest = 16 << 20
  private static let longestHead = 256 << 10

  /// Whether it carries answers, not requests.
  let isAnswers: Bool
  private var stage = Stage.head
  /// A head, a chunk's size or a trailer that is not complete.
  private var line: [UInt8] = []
  private var message: Message?

  private enum Stage {
    case head
    case body(left: Int)
    case chunkSize
    case chunk(left: Int)
    case chunkEnd
    case trailer
    case untilClose
  }

  init(isAnswers: Bool) { self.isAnswers = isAnswers }

  /// Whether the next byte begins a message.
  var isAtBoundary: Bool {
    if case .head = stage { return line.isEmpty }
    return false
  }

  /// Takes bytes off the front until a message is complete; nil when they are used up.
  ///
  /// - Parameter method: of the request that the next answer belongs to; answers to `HEAD` have no body.
  mutating func read(_ bytes: inout UnsafeRawBufferPointer, time: Int64, answering method: String?) -> Output? {
    while !bytes.isEmpty {
      switch stage {
      case .head:
        if message == nil, line.isEmpty {
          // Empty lines in front of a message are skipped (RFC 9112 section 2.2).
          while let byte = bytes.first, byte == 0x0D || byte == 0x0A { bytes = bytes.dropping(1) }
          if bytes.isEmpty { return nil }
          message = Message(line: [], headers: [], body: [], isBroken: false, began: time)
        }
        guard takeLine(&bytes, isHead: true) else {
          if line.count > HTTPStream.longestHead || !HTTPStream.isStart(line, ofAnswer: isAnswers) { return lose() }
          return nil
        }
        guard let head = HTTPHead(line), HTTPStream.isStart(line, ofAnswer: isAnswers) else { return lose() }
        line = []
        message?.line = head.line
        message?.headers = head.fields
        stage = bodyStage(of: head, answering: method)
        if case .body(left: 0) = stage { return finish() }
      case .body(let left):
        let count = take(left, from: &bytes)
        stage = .body(left: left - count)
        if left == count { return finish() }
      case .chunkSize:
        guard takeLine(&bytes, isHead: false) else { return line.count > 4_096 ? lose() : nil }
        let digits = line.prefix { $0 != UInt8(ascii: ";") && $0 != 0x0D && $0 != 0x0A && $0 != 0x20 }
        guard let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), size >= 0 else { return lose() }
        line = []
        stage = size == 0 ? .trailer : .chunk(left: size)
      case .chunk(let left):
        let count = take(left, from: &bytes)
        stage = left == count ? .chunkEnd : .chunk(left: left - count)
      case .chunkEnd:
        guard takeLine(&bytes, isHead: false) else { return line.count > 2 ? lose() : nil }
        guard line.allSatisfy({ $0 == 0x0D || $0 == 0x0A }) else { return lose() }
        line = []
        stage = .chunkSize
      case .trailer:
        guard takeLine(&bytes, isHead: false) else { return line.count > 65_536 ? lose() : nil }
        let isLast = line.allSatisfy { $0 == 0x0D || $0 == 0x0A }
        line = []
        if isLast { return finish() }
      case .untilClose: _ = take(bytes.count, from: &bytes)
      }
    }
    return nil
  }

  /// Bytes are missing.
  ///
  /// - Returns: whether it is still known where the next message begins, and a message that ended in the hole.
  mutating func skip(_ count: Int) -> (isPlaced: Bool, Message?) {
    switch stage {
    case .body(let left) where left >= count:
      message?.isBroken = true
      stage = .body(left: left - count)
      guard left == count, case .message(let message)? = finish() else { return (true, nil) }
      return (true, message)
    case .chunk(let left) where left >= count:
      message?.isBroken = true
      stage = left == count ? .chunkEnd : .chunk(left: left - count)
      return (true, nil)
    case .untilClose:
      message?.isBroken = true
      return (true, nil)
    default:
      guard var lost = message, !isAtBoundary else {
        self = HTTPStream(isAnswers: isAnswers)
        return (false, nil)
      }
      lost.isBroken = true
      self = HTTPStream(isAnswers: isAnswers)
      return (false, lost)
    }
  }

  /// The connection ends: an answer without a length is complete now, anything else is broken.
  mutating func end() -> Message? {
    guard var message, !isAtBoundary else { return nil }
    if case .untilClose = stage {} else { message.isBroken = true }
    self = HTTPStream(isAnswers: isAnswers)
    return message
  }

  private mutating func lose() -> Output {
    self = HTTPStream(isAnswers: isAnswers)
    return .malformed
  }

  private mutating func finish() -> Output? {
    guard let message else { return nil }
    self.message = nil
    stage = .head
    return .message(message)
  }

  /// Moves body bytes over; what is too long is dropped and the message broken.
  private mutating func take(_ wanted: Int, from bytes: inout UnsafeRawBufferPointer) -> Int {
    let count = min(wanted, bytes.count)
    if let body = message?.body.count, body + count > HTTPStream.longest {
      message?.isBroken = true
      message?.body = []
    } else if message?.isBroken == false {
      message?.body.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
    }
    bytes = bytes.dropping(count)
    return count
  }

  /// Moves bytes to ``line`` until it ends with an empty line (a head) or a line feed; false when they do not suffice.
  private mutating func takeLine(_ bytes: inout UnsafeRawBufferPointer, isHead: Bool) -> Bool {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      line.append(byte)
      index += 1
      guard byte == 0x0A else { continue }
      if !isHead || line.hasSuffix([0x0D, 0x0A, 0x0D, 0x0A]) || line.hasSuffix([0x0A, 0x0A]) {
        bytes = bytes.dropping(index)
        return true
      }
    }
    bytes = bytes.dropping(index)
    return false
  }

  private func bodyStage(of head: HTTPHead, answering method: String?) -> Stage {
    let status = isAnswers ? Int(head.line[1]) ?? 0 : 0
    if isAnswers, method == "HEAD" || status == 204 || status == 304 || (100..<200).contains(status) {
      return .body(left: 0)
    }
    let coding = head.fields.first(named: "transfer-encoding")?.lowercased() ?? ""
    if coding.hasSuffix("chunked") { return .chunkSize }
    if let length = head.fields.first(named: "content-length").flatMap({ Int($0) }), length >= 0 {
      return .body(left: length)
    }
    return isAnswers ? .untilClose : .body(left: 0)
  }

  /// Whether bytes begin, or could begin, a message.
  static func isStart(_ bytes: some Collection<UInt8>, ofAnswer isAnswer: Bool) -> Bool {
    if isAnswer { return zip(bytes, "HTTP/1.".utf8).allSatisfy { $0 == $1 } }
    // A method of capital letters, a space, a path or a URL.
    let method = bytes.prefix { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    guard method.count <= 16, !method.isEmpty else { return false }
    let rest = bytes.dropFirst(method.count)
    guard let space = rest.first else { return true }
    guard space == 0x20, method.count >= 3 else { return false }
    guard let first = rest.dropFirst().first else { return true }
    return first == UInt8(ascii: "/") || first == UInt8(ascii: "*") || first == UInt8(ascii: "h")
  }
}

/// The first line and the fields of a message.
struct HTTPHead {
  var line: [String]
  var fields: [NameValue]

  /// - Parameter bytes: up to the empty line.
  init?(_ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(omittingEmptySubsequences: false) { $0.isNewline }
    guard let first = lines.first else { return nil }
    line = first.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    guard line.count >= 2 else { return nil }
    fields = []
    for text in lines.dropFirst() where !text.isEmpty {
      guard let colon = text.firstIndex(of: ":") else { continue }
      let value = text[text.index(after: colon)...]
      fields.append(NameValue(String(text[..<colon]), String(value.trimmed)))
    }
  }
}

extension Substring {
  /// Without spaces and tabs at both ends.
  var trimmed: Substring {
    var text = self
    while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }
}

extension UnsafeRawBufferPointer {
  func dropping(_ count: Int) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: self[count...]) }
}

extension [UInt8] {
  func hasSuffix(_ suffix: [UInt8]) -> Bool {
    count >= suffix.count && self[(count - suffix.count)...].elementsEqual(suffix)
  }
}
