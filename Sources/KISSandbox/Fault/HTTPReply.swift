/// An HTTP answer down to its header lines, for faults that spoil its bytes.
package struct HTTPReply: Sendable, Hashable {
  /// The HTTP status code.
  package var status: Int
  /// The words after the status; HTTP allows any.
  package var reason: String
  /// Lines in order, names as they are to be spelt; `Content-Length` among them.
  package var headers: [Header]
  /// The bytes after the empty line; `Content-Length` in ``headers`` does not follow when they are replaced.
  package var body: [UInt8]

  /// One header line, `name: value`.
  package struct Header: Sendable, Hashable {
    /// As it is to be spelt on the wire.
    package var name: String
    /// What stands after the colon and the blank.
    package var value: String

    /// A header line, sent as it is given.
    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// An answer whose bytes are exactly these: no header is added, `Content-Length` neither.
  package init(status: Int, reason: String, headers: [Header], body: [UInt8]) {
    self.status = status
    self.reason = reason
    self.headers = headers
    self.body = body
  }

  /// The bytes up to and including the empty line.
  var head: [UInt8] {
    var text = "HTTP/1.1 \(status) \(reason)\r\n"
    for header in headers { text += "\(header.name): \(header.value)\r\n" }
    return Array((text + "\r\n").utf8)
  }

  /// Replaces a header whatever its case, or adds it.
  mutating func set(_ name: String, _ value: String) {
    if let index = headers.firstIndex(where: { $0.name.lowercased() == name.lowercased() }) {
      headers[index].value = value
    } else {
      headers.append(Header(name, value))
    }
  }

  mutating func remove(_ name: String) {
    headers.removeAll { $0.name.lowercased() == name.lowercased() }
  }

  /// Another body, with the length that belongs to it.
  mutating func setBody(_ body: [UInt8]) {
    self.body = body
    set("Content-Length", "\(body.count)")
  }
}
