import KISWire

/// The client's side of a session with the mock: approval key, upgrade, registrations (PROTOCOL sections 1.2 and 3).
enum CountedSession {
  /// Returns the socket right after the reply to the last registration.
  static func open(_ plan: ClientPlan, restPort: Int, appKey: String) async throws -> TCPSocket {
    let approval = try await MockRequest.json(
      "POST", "/oauth2/Approval", port: restPort,
      body: ["grant_type": "client_credentials", "appkey": .string(appKey), "secretkey": "bench"])
    guard let approvalKey = approval["approval_key"]?.string else {
      throw BenchError("expected an approval_key, found \(approval.text)")
    }
    let socket = try TCPSocket(connectingTo: plan.port)
    try socket.send(
      """
      GET / HTTP/1.1\r
      Host: 127.0.0.1:\(plan.port)\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      \r\n
      """)
    let head = try self.head(from: socket)
    guard head.hasPrefix("HTTP/1.1 101 ") else { throw BenchError("the WebSocket upgrade was answered \(head)") }
    let requests = plan.keys.flatMap { masked(registration(of: $0, plan, approvalKey).utf8) }
    guard requests.withUnsafeBytes({ socket.send($0) }) else { throw BenchError(system: "send") }
    for _ in plan.keys {
      let reply = try message(from: socket)
      guard reply.contains("SUBSCRIBE SUCCESS") else { throw BenchError("the registration was answered \(reply)") }
    }
    return socket
  }

  private static func registration(of key: String, _ plan: ClientPlan, _ approvalKey: String) -> JSONValue {
    [
      "header": ["approval_key": .string(approvalKey), "custtype": "P", "tr_type": "1", "content-type": "utf-8"],
      "body": ["input": ["tr_id": .string(plan.transactionID), "tr_key": .string(key)]],
    ]
  }

  /// Answers a PINGPONG, without which the mock cuts the connection (PROTOCOL section 3.4).
  static func answerPingPong(on socket: TCPSocket) throws {
    let answer = masked(PingPong(datetime: "").bytes)
    guard answer.withUnsafeBytes({ socket.send($0) }) else { throw BenchError(system: "answering a PINGPONG") }
  }

  /// The head of an answer, read to its blank line and not a byte further; returns its first line.
  private static func head(from socket: TCPSocket) throws -> String {
    var bytes: [UInt8] = []
    while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) {
      guard bytes.count < 16_384 else { throw BenchError("the answer to the upgrade has no end within 16 KB") }
      bytes += try socket.receive(count: 1)
    }
    return String(decoding: bytes.prefix { $0 != 13 }, as: UTF8.self)
  }

  /// A text message of less than 64 KB as a client sends it. The mask of zeros is a valid one (RFC 6455 section 5.3).
  private static func masked(_ text: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    MessageFraming.appendHeader(ofTextLength: text.count, to: &bytes)
    bytes[1] |= 0x80
    return bytes + [0, 0, 0, 0] + text
  }

  /// The next message of the server, read not a byte further.
  private static func message(from socket: TCPSocket) throws -> String {
    var length = Int(try socket.receive(count: 2)[1])
    guard length < 127 else { throw BenchError("the reply to the registration is longer than 64 KB") }
    if length == 126 { length = try socket.receive(count: 2).reduce(0) { $0 << 8 | Int($1) } }
    return String(decoding: try socket.receive(count: length), as: UTF8.self)
  }
}
