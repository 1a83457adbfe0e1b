import KISWire

/// What of an answer leaves, for the journal.
struct SentAnswer {
  /// nil when nothing leaves that a client could read as an answer.
  var status: Int?
  var messageCode: MessageCode?
  var source: AnswerSource
  var extent: JournalAnswer.Extent
  var body: ArraySlice<UInt8>
  /// Those that clients read.
  var headers: [NameValue]

  /// An answer that leaves as it is.
  init(_ answer: RESTAnswer) {
    status = answer.status
    messageCode = answer.messageCode
    source = answer.source
    extent = .whole
    body = answer.body[...]
    headers = answer.headers.map { NameValue($0.name, $0.value) }
  }

  /// An answer of which faults made this: read off the bytes themselves, which no list of faults can contradict.
  init(_ answer: RESTAnswer, leavingAs outputs: [FaultyOutput]) {
    self.init(answer)
    var wire: [UInt8] = []
    var isEnded = false
    for output in outputs {
      switch output {
      case .wire(let bytes), .text(let bytes): wire += bytes
      case .wait: break
      case .end: isEnded = true
      }
    }
    guard let head = ReplyHead(wire) else {
      (status, messageCode, source, extent, body) = (nil, nil, .fault, .nothing, [])
      return
    }
    status = head.status
    body = wire[head.end...]
    if isEnded, let length = head.contentLength, length > body.count { extent = .part }
    guard !body.elementsEqual(answer.body) else { return }
    if extent == .whole { source = .fault }
    messageCode = MessageCode(inBody: body)
  }
}

/// The first line and the length in the head of an HTTP answer.
private struct ReplyHead {
  let status: Int
  let contentLength: Int?
  /// Where the body begins.
  let end: Int

  /// Nil when the bytes do not begin with a whole head.
  init?(_ wire: [UInt8]) {
    let blank = Array("\r\n\r\n".utf8)
    guard wire.starts(with: "HTTP/1.".utf8),
      let last = wire.indices.first(where: { wire[$0...].starts(with: blank) })
    else { return nil }
    let lines = String(decoding: wire[..<last], as: UTF8.self).split(separator: "\r\n")
    let words = lines[0].split(separator: " ")
    guard words.count > 1, let status = Int(words[1]) else { return nil }
    self.status = status
    contentLength = lines.first { $0.lowercased().hasPrefix("content-length:") }.flatMap {
      Int($0.drop { $0 != ":" }.dropFirst().drop { $0 == " " })
    }
    end = last + blank.count
  }
}
