import KISWire

/// One HTTP request to the mock on a connection of its own, for OAuth and the admin API.
enum HTTPExchange {
  /// Sends a request and returns the body of the answer as JSON.
  static func json(_ method: String, _ path: String, port: Int, body: JSONValue? = nil) throws -> JSONValue {
    let socket = try TCPSocket(connectingTo: port)
    let text = body?.text ?? ""
    try socket.send(
      """
      \(method) \(path) HTTP/1.1\r
      Host: 127.0.0.1:\(port)\r
      Content-Type: application/json; charset=utf-8\r
      Content-Length: \(text.utf8.count)\r
      Connection: close\r
      \r
      \(text)
      """)
    let head = try Head(socket)
    let answer = try socket.receive(count: head.contentLength)
    guard head.status == 200 else {
      throw BenchError("\(method) \(path) was answered \(head.status): \(String(decoding: answer, as: UTF8.self))")
    }
    return try JSONValue(parsing: answer)
  }

  /// Status and length of an answer, read to the blank line and not a byte further.
  struct Head {
    let status: Int
    let contentLength: Int

    init(_ socket: TCPSocket) throws {
      var bytes: [UInt8] = []
      while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) {
        guard bytes.count < 16_384 else { throw BenchError("the answer's head has no end within 16 KB") }
        bytes += try socket.receive(count: 1)
      }
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
      guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
        throw BenchError("the answer starts with \(lines.first ?? "nothing") instead of a status line")
      }
      self.status = status
      let lengths = lines.compactMap { line -> Int? in
        let parts = line.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "content-length" else { return nil }
        return Int(parts[1].trimmingPrefix(while: { $0 == " " }))
      }
      contentLength = lengths.first ?? 0
    }
  }
}
