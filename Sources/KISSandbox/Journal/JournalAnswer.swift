import KISWire

/// What a REST or OAuth request was answered.
public struct JournalAnswer: Sendable, Hashable {
  /// The HTTP status; nil when a fault left it without an answer.
  public var status: Int?
  /// The `msg_cd` or `error_code` in it; empty when there is none.
  public var code: String
  /// Who answered.
  public var source: AnswerSource
  /// How much of it left.
  public var sent: Extent
  /// What an unmatched request may have meant, nearest first.
  public var nearMisses: [NearMiss]
  /// The beginning of the body as it left, secrets masked.
  public var body: String
  /// Whether more of the body left than is kept in ``body``.
  public var isBodyCut: Bool

  /// False when nothing was found that answers such a request. It was refused then.
  public var isMatched: Bool { source != .unmatched }

  /// How much of an answer left.
  public enum Extent: String, Sendable, Hashable {
    /// All of it.
    case whole
    /// The head and a part of the body, then the connection ended.
    case part
    /// Nothing that a client could read as an answer.
    case nothing
  }

  /// The longest body that is kept, in bytes.
  public static let longestBody = 500

  init(_ sent: SentAnswer, nearMisses: [NearMiss]) {
    self.init(
      status: sent.status, code: sent.messageCode?.rawValue ?? "", source: sent.source, sent: sent.extent,
      nearMisses: nearMisses, body: sent.body)
  }

  /// An answer as the journal keeps it, with the beginning of its body.
  public init(
    status: Int?, code: String = "", source: AnswerSource, sent: Extent = .whole, nearMisses: [NearMiss] = [],
    body: some Collection<UInt8> = []
  ) {
    self.status = status
    self.code = code
    self.source = source
    self.sent = sent
    self.nearMisses = nearMisses
    self.body = String(decoding: body.prefix(JournalAnswer.longestBody), as: UTF8.self)
    isBodyCut = body.count > JournalAnswer.longestBody
  }
}

/// What is sent of an answer, for the journal.
struct SentAnswer {
  /// nil when nothing is sent that a client could read as an answer.
  var status: Int?
  var messageCode: MessageCode?
  var source: AnswerSource
  var extent: JournalAnswer.Extent
  var body: ArraySlice<UInt8>
  var headers: [NameValue]

  /// An answer that is sent as it is.
  init(_ answer: RESTAnswer) {
    status = answer.status
    messageCode = answer.messageCode
    source = answer.source
    extent = .whole
    body = answer.body[...]
    headers = answer.headers.map { NameValue($0.name, $0.value) }
  }

  /// An answer as faults changed it, read off the bytes that are sent.
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
