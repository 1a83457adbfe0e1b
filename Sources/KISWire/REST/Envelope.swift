/// The body of a REST answer: `rt_cd`, `msg_cd`, `msg1` and the outputs, in the order in which they were written
/// (PROTOCOL section 2.2).
///
///     let envelope = try Envelope(parsing: body)
///     guard envelope.isSuccess else { … envelope.code, envelope.message … }
///     for row in envelope.rows("output") { … }
public struct Envelope: Sendable, Hashable {
  /// Every member, in order.
  public var members: JSONObject

  /// An answer with these members.
  public init(_ members: JSONObject) { self.members = members }

  /// - Throws: ``WireError``: `json` for malformed JSON, `envelope` for JSON without `rt_cd`.
  public init(parsing body: [UInt8]) throws(WireError) {
    let json = try JSONValue(parsing: body)
    guard let members = json.object, members["rt_cd"]?.string != nil else {
      throw WireError(.envelope, expected: "an object with \"rt_cd\"", found: json.text, at: 0)
    }
    self.init(members)
  }

  /// A success as quotations send it: outputs first, then `rt_cd`, `msg_cd`, `msg1`.
  public static func success(
    _ outputs: JSONObject, code: MessageCode = .quotationSuccess, message: String? = nil
  ) -> Envelope {
    var envelope = Envelope(outputs)
    envelope.append("0", code, message, order: .codeFirst)
    return envelope
  }

  /// An order that was taken: `rt_cd`, `msg_cd`, `msg1` first, then its number, as every order is answered.
  public static func acknowledgement(_ outputs: JSONObject, code: MessageCode, message: String) -> Envelope {
    var envelope = success([:], code: code, message: message)
    for member in outputs.members { envelope.members[member.name] = member.value }
    return envelope
  }

  /// An error: `rt_cd` and the code's text, in the order in which the real service sends that code.
  public static func error(_ code: MessageCode, message: String? = nil, resultCode: String? = nil) -> Envelope {
    var envelope = Envelope([:])
    let order: MessageOrder = [.expiredToken, .invalidToken].contains(code) ? .messageFirst : .codeFirst
    envelope.append(resultCode ?? code.resultCode, code, message, order: order)
    return envelope
  }

  /// `rt_cd`: "0" fine, "1" gateway or service, "2" input check, "7" refused by the business.
  public var resultCode: String { members["rt_cd"]?.string ?? "" }
  /// `msg_cd`
  public var code: MessageCode { MessageCode(members["msg_cd"]?.string ?? "") }
  /// `msg1` without the blanks that some services pad it with.
  public var message: String {
    let padded = members["msg1"]?.string ?? ""
    return String(padded.reversed().drop { $0 == " " }.reversed())
  }

  /// Whether `rt_cd` is "0".
  public var isSuccess: Bool { resultCode == "0" }

  /// The rows of an output: the elements of an array, or a single object as one row. Upper and lower case are the same
  /// here, for documents and the wire disagree.
  public func rows(_ key: String) -> [JSONObject] {
    let value = members.members.first { $0.name.lowercased() == key.lowercased() }?.value
    if let object = value?.object { return [object] }
    return value?.array?.compactMap(\.object) ?? []
  }

  /// The body as text, without white space.
  public var text: String { JSONValue.object(members).text }

  /// The bytes of ``text``.
  public var utf8: [UInt8] { JSONValue.object(members).utf8 }

  private enum MessageOrder { case codeFirst, messageFirst }

  private mutating func append(_ resultCode: String, _ code: MessageCode, _ message: String?, order: MessageOrder) {
    members["rt_cd"] = .string(resultCode)
    let message = JSONValue.string(message ?? code.text ?? "")
    if order == .messageFirst { members["msg1"] = message }
    members["msg_cd"] = .string(code.rawValue)
    if order == .codeFirst { members["msg1"] = message }
  }
}

/// The `tr_cont` header: whether there is more (PROTOCOL section 2.5). Open, since its values vary by service.
public struct Continuation: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral {
  /// The header's value.
  public let rawValue: String

  /// Any text is a value; one that is not named here counts as no further page.
  public init(rawValue: String) { self.rawValue = rawValue }
  /// A value written in place: `"N"`.
  public init(stringLiteral value: String) { rawValue = value }

  /// Nothing said: a first request, or an answer without paging.
  public static let empty: Continuation = ""
  /// In a request: the next page, please.
  public static let next: Continuation = "N"
  /// In an answer: the first page of several.
  public static let first: Continuation = "F"
  /// In an answer: a middle page.
  public static let middle: Continuation = "M"
  /// In an answer: the last page (`E` means the same).
  public static let last: Continuation = "D"

  /// Whether an answer says that another page follows.
  public var hasMore: Bool { self == .first || self == .middle }
}
