import Foundation
import KISWire

/// What is kept of an entry of a HAR while its members come, in whatever order.
struct HAREntry {
  enum Body {
    case bytes([UInt8])
    /// Too long, or no base64.
    case unreadable
  }

  /// Nanoseconds since 1970.
  var started: Int64?
  /// Nanoseconds.
  var duration: Int64 = 0
  var method = "GET"
  var url = ""
  var requestHeaders: [NameValue] = []
  var requestBody: Body?
  var requestFile: String?
  var status = 0
  var responseHeaders: [NameValue] = []
  var responseBody: Body?
  var responseFile: String?
  private var contentSize: Double?
  private var resourceType = ""
  /// What the writer calls the TCP connection.
  var connectionName: String?
  /// The number that its WebSocket messages got.
  var connection: Int?
  var hasMessages = false

  /// Whether the answer is known to have no body.
  var isKnownEmpty: Bool { contentSize == 0 || status == 204 || status == 304 || method == "HEAD" }
  /// Whether a browser fetched it for a page, not for a script.
  var isPageFile: Bool {
    ["document", "stylesheet", "script", "image", "font", "media", "manifest", "other"]
      .contains(resourceType.lowercased())
  }

  mutating func readMember(_ name: String, _ json: inout JSONStream) throws(JSONStream.Failure) {
    switch name {
    case "startedDateTime": started = try json.text().flatMap { KoreanTime($0)?.epochNanoseconds }
    case "time": duration = HAREntry.nanoseconds(milliseconds: try json.number())
    case "_resourceType": resourceType = try json.text() ?? ""
    case "connection", "_connectionId": connectionName = try json.text() ?? connectionName
    case "request":
      try HAREntry.object(&json) { name, json throws(JSONStream.Failure) in try readRequest(name, &json) }
    case "response":
      try HAREntry.object(&json) { name, json throws(JSONStream.Failure) in try readResponse(name, &json) }
    default: try json.skipValue()
    }
  }

  private mutating func readRequest(_ name: String, _ json: inout JSONStream) throws(JSONStream.Failure) {
    switch name {
    case "method": method = try json.text() ?? "GET"
    case "url": url = try json.text() ?? ""
    case "headers": requestHeaders = try HAREntry.fields(&json)
    case "postData":
      var (text, encoding, file): (Body?, String?, String?) = (nil, nil, nil)
      try HAREntry.object(&json) { name, json throws(JSONStream.Failure) in
        switch name {
        case "text": text = try HAREntry.text(&json)
        case "encoding", "_encoding": encoding = try json.text()
        case "_file": file = try json.text()
        default: try json.skipValue()
        }
      }
      (requestBody, requestFile) = (HAREntry.decoded(text, encoding), file)
    default: try json.skipValue()
    }
  }

  private mutating func readResponse(_ name: String, _ json: inout JSONStream) throws(JSONStream.Failure) {
    switch name {
    case "status": status = try json.number().flatMap { Int($0) } ?? 0
    case "headers": responseHeaders = try HAREntry.fields(&json)
    case "content":
      var (text, encoding, file, size): (Body?, String?, String?, Double?) = (nil, nil, nil, nil)
      try HAREntry.object(&json) { name, json throws(JSONStream.Failure) in
        switch name {
        case "text": text = try HAREntry.text(&json)
        case "encoding": encoding = try json.text()
        case "_file": file = try json.text()
        case "size": size = try json.number().flatMap(Double.init)
        default: try json.skipValue()
        }
      }
      (responseBody, responseFile, contentSize) = (HAREntry.decoded(text, encoding), file, size)
      // Writers that leave content out write an empty text for it.
      if case .bytes([])? = responseBody, let size, size > 0 { responseBody = nil }
    default: try json.skipValue()
    }
  }

  /// `name version` of the program that wrote it.
  static func creator(_ json: inout JSONStream) throws(JSONStream.Failure) -> String? {
    var (creator, version): (String?, String?) = (nil, nil)
    try object(&json) { name, json throws(JSONStream.Failure) in
      switch name {
      case "name": creator = try json.text()
      case "version": version = try json.text()
      default: try json.skipValue()
      }
    }
    return creator.map { "\($0) \(version ?? "")".prefix(60).description }
  }

  /// Walks the members of an object; any other value is read over.
  static func object(
    _ json: inout JSONStream, _ member: (String, inout JSONStream) throws(JSONStream.Failure) -> Void
  ) throws(JSONStream.Failure) {
    guard try json.peek() == UInt8(ascii: "{") else { return try json.skipValue() }
    try json.enter(UInt8(ascii: "{"), "an object")
    var isFirst = true
    while let name = try json.nextName(isFirst: isFirst) {
      isFirst = false
      try member(String(decoding: name, as: UTF8.self), &json)
    }
  }

  private static func fields(_ json: inout JSONStream) throws(JSONStream.Failure) -> [NameValue] {
    guard try json.peek() == UInt8(ascii: "[") else {
      try json.skipValue()
      return []
    }
    var fields: [NameValue] = []
    try json.enter(UInt8(ascii: "["), "an array")
    while try json.nextElement(isFirst: fields.isEmpty) {
      var field = NameValue("", "")
      try object(&json) { name, json throws(JSONStream.Failure) in
        switch name {
        case "name": field.name = try json.text() ?? ""
        case "value": field.value = try json.text() ?? ""
        default: try json.skipValue()
        }
      }
      fields.append(field)
    }
    return fields
  }

  private static func text(_ json: inout JSONStream) throws(JSONStream.Failure) -> Body? {
    guard try json.peek() == UInt8(ascii: "\"") else {
      try json.skipValue()
      return nil
    }
    return try json.string().map { .bytes($0) } ?? .unreadable
  }

  private static func decoded(_ body: Body?, _ encoding: String?) -> Body? {
    guard encoding?.lowercased() == "base64", case .bytes(let text)? = body else { return body }
    return Data(base64Encoded: Data(text), options: .ignoreUnknownCharacters).map { .bytes(Array($0)) } ?? .unreadable
  }

  private static func nanoseconds(milliseconds text: String?) -> Int64 {
    guard let value = text.flatMap(Double.init), value > 0, value < 1e12 else { return 0 }
    return Int64((value * 1e6).rounded())
  }
}

/// A message of a WebSocket in a HAR: `{"type":"send","time":1795892847.9,"opcode":1,"data":"…"}`.
struct HARMessage {
  /// Nanoseconds since 1970.
  var time: Int64
  var side: CapturedEvent.Side
  var content: CapturedEvent.Content

  /// Reads one; nil when a part of it is missing or cannot be read.
  init?(_ json: inout JSONStream) throws(JSONStream.Failure) {
    var (type, time, opcode, data): (String?, String?, Int, [UInt8]?) = (nil, nil, 1, nil)
    guard try json.peek() == UInt8(ascii: "{") else {
      try json.skipValue()
      return nil
    }
    try HAREntry.object(&json) { name, json throws(JSONStream.Failure) in
      switch name {
      case "type": type = try json.text()
      case "time": time = try json.numeral()
      case "opcode":
        // Whoever writes none means text.
        if let number = try json.numeral() { opcode = Double(number).flatMap { Int(exactly: $0) } ?? -1 }
      case "data":
        guard try json.peek() == UInt8(ascii: "\"") else { return try json.skipValue() }
        data = try json.string()
      default: try json.skipValue()
      }
    }
    // Seconds or milliseconds: its size tells, the writer's name does not.
    guard let moment = time.flatMap({ EpochTime.nanoseconds($0) }), let data,
      let side: CapturedEvent.Side =
        switch type {
        case "send", "request": .client
        case "receive", "response": .server
        default: nil
        }
    else { return nil }
    self.time = moment
    self.side = side
    if opcode == 1 {
      content = .text(data)
      return
    }
    // All but text is base64.
    guard let bytes = Data(base64Encoded: Data(data)).map({ Array($0) }) else { return nil }
    switch opcode {
    case 2: content = .binary(bytes)
    case 8, 9, 10: content = FrameShape.control(UInt8(opcode), bytes)
    default: return nil
    }
  }
}
