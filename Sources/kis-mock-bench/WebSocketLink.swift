import KISWire

/// A WebSocket connection of the bench's own, read and written blocking.
struct WebSocketLink {
  let socket: TCPSocket

  /// A connection that is upgraded already.
  init(_ socket: TCPSocket) { self.socket = socket }

  /// Connects to a port and upgrades.
  init(port: Int, path: String) throws {
    socket = try TCPSocket(connectingTo: port)
    try socket.send(
      """
      GET \(path) HTTP/1.1\r
      Host: 127.0.0.1:\(port)\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      \r\n
      """)
    let head = try WebSocketLink.head(from: socket)
    guard head.hasPrefix("HTTP/1.1 101 ") else { throw BenchError("the WebSocket upgrade was answered \(head)") }
  }

  /// Sends a text of less than 64 KB, masked with zeros, which is a valid mask (RFC 6455 section 5.3).
  func send(_ text: String) throws {
    var bytes: [UInt8] = []
    MessageFraming.appendHeader(ofTextLength: text.utf8.count, to: &bytes)
    bytes[1] |= 0x80
    bytes += [0, 0, 0, 0] + Array(text.utf8)
    guard bytes.withUnsafeBytes({ socket.send($0) }) else { throw BenchError(system: "send") }
  }

  /// The head of a request or an answer, read to its blank line and not a byte further; returns its first line.
  static func head(from socket: TCPSocket) throws -> String {
    var bytes: [UInt8] = []
    while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) {
      guard bytes.count < 16_384 else { throw BenchError("a head has no end within 16 KB") }
      bytes += try socket.receive(count: 1)
    }
    return String(decoding: bytes.prefix { $0 != 13 }, as: UTF8.self)
  }

  /// The next message of less than 64 KB, read not a byte further; one with a mask has zeros for it.
  static func message(from socket: TCPSocket) throws -> [UInt8] {
    let front = try socket.receive(count: 2)
    var length = Int(front[1] & 0x7F)
    guard length < 127 else { throw BenchError("a message is longer than 64 KB") }
    if length == 126 { length = try socket.receive(count: 2).reduce(0) { $0 << 8 | Int($1) } }
    if front[1] & 0x80 != 0 { _ = try socket.receive(count: 4) }
    return try socket.receive(count: length)
  }
}
