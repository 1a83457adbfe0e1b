import Testing

/// An HTTP answer down to its lines, as a test expects it.
struct HTTPBytes {
  var status: String
  var headers: [(name: String, value: String)]
  var body: [UInt8]

  /// What ``request`` is answered without a fault.
  static let healthy = HTTPBytes(
    status: "200 OK",
    headers: [
      ("Content-Type", "application/json; charset=utf-8"), ("Content-Length", "100"),
      ("Date", "Mon, 21 Sep 2026 00:00:00 GMT"),
    ],
    body: Array(
      #"{"BODY":{"PDNO":"005930"},"HASH":"3108df657b6c1cabe3370d175b2de79c8b9fd94735a9d5f56eff004885f34450"}"#.utf8))

  /// A call whose answer is the same each time.
  static let request =
    "POST /uapi/hashkey HTTP/1.1\r\nHost: localhost\r\nappkey: app\r\nappsecret: secret\r\nContent-Length: 17\r\n\r\n"
    + #"{"PDNO":"005930"}"#

  var head: [UInt8] {
    Array(("HTTP/1.1 \(status)\r\n" + headers.map { "\($0.name): \($0.value)\r\n" }.joined() + "\r\n").utf8)
  }

  var bytes: [UInt8] { head + body }

  /// The same with another status and body.
  func with(status: String, body: String = "") -> HTTPBytes {
    var other = self
    other.status = status
    other.body = Array(body.utf8)
    return other.with("Content-Length", "\(body.utf8.count)")
  }

  /// The same with another value of a header; nil takes it away.
  func with(_ name: String, _ value: String?) -> HTTPBytes {
    var other = self
    other.headers = headers.compactMap { header in
      guard header.name == name else { return header }
      return value.map { (name, $0) }
    }
    return other
  }
}

extension FaultStage {
  /// A REST client that has sent ``HTTPBytes/request``.
  func callingClient() throws -> RawSocket {
    let client = try restClient()
    client.send(HTTPBytes.request)
    return client
  }
}
