import KISMockServer
import KISTesting

/// A TCP connection to the mock that has done the WebSocket handshake and from there on knows nothing: bytes out, bytes
/// in until the server ends the connection.
struct RawWebSocket {
  let socket: RawSocket

  /// One frame as it came.
  struct Frame: Hashable, CustomStringConvertible {
    var firstByte: UInt8
    var payload: [UInt8]

    var opcode: UInt8 { firstByte & 0x0F }
    /// The code of a close frame; nil for an empty one or another frame.
    var closeCode: UInt16? {
      opcode == 8 && payload.count >= 2 ? UInt16(payload[0]) << 8 | UInt16(payload[1]) : nil
    }

    var description: String { "\(firstByte): \(String(decoding: payload, as: UTF8.self))" }
  }

  /// The request for an upgrade.
  static func handshake(path: String = "/", version: String = "13", headers: String = "") -> [UInt8] {
    let lines = [
      "GET \(path) HTTP/1.1", "Host: localhost", "Connection: Upgrade", "Upgrade: websocket",
      "Sec-WebSocket-Version: \(version)", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ]
    return Array((lines.joined(separator: "\r\n") + "\r\n\(headers)\r\n").utf8)
  }

  /// Connects and upgrades.
  init(to server: RunningMockServer, path: String = "/", headers: String = "") async throws {
    try self.init(withoutHandshakeTo: server)
    socket.send(RawWebSocket.handshake(path: path, headers: headers))
    let head = try await head()
    guard head.hasPrefix("HTTP/1.1 101 "), head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") else {
      throw RawSocket.Unexpected("no upgrade: \(head)")
    }
  }

  /// Connects without a handshake.
  init(withoutHandshakeTo server: RunningMockServer) throws { socket = try RawSocket(server.addresses.webSocket) }

  /// Sends bytes as they are.
  func send(_ bytes: [UInt8]) { socket.send(bytes) }

  /// The next frame; nil when the server has ended the connection.
  func frame() async throws -> Frame? {
    guard let header = try await socket.take(2) else { return nil }
    var length = Int(header[1] & 0x7F)
    if length >= 126 {
      guard let long = try await socket.take(length == 126 ? 2 : 8) else { return nil }
      length = long.reduce(0) { $0 << 8 | Int($1) }
    }
    guard let payload = try await socket.take(length) else { return nil }
    return Frame(firstByte: header[0], payload: payload)
  }

  /// Every frame until the server ends the connection.
  func rest() async throws -> [Frame] {
    var frames: [Frame] = []
    while let frame = try await frame() { frames.append(frame) }
    return frames
  }

  /// An HTTP head, up to its blank line.
  func head() async throws -> String {
    var head = ""
    while !head.hasSuffix("\r\n\r\n"), let byte = try await socket.take(1) {
      head += String(decoding: byte, as: UTF8.self)
    }
    return head
  }
}

/// Bytes of frames as a client sends them: masked, unless it breaks that rule, too.
enum ClientFrame {
  static func frame(
    _ opcode: UInt8, _ payload: [UInt8] = [], fin: Bool = true, reserved: UInt8 = 0, mask: [UInt8]? = [1, 2, 3, 4]
  ) -> [UInt8] {
    var bytes = [(fin ? 0x80 : 0) | reserved << 4 | opcode]
    let maskBit: UInt8 = mask == nil ? 0 : 0x80
    switch payload.count {
    case ..<126: bytes.append(maskBit | UInt8(payload.count))
    case ...0xFFFF: bytes += [maskBit | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
    default:
      bytes.append(maskBit | 127)
      bytes += (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * $0)) }
    }
    guard let mask else { return bytes + payload }
    return bytes + mask + payload.enumerated().map { $1 ^ mask[$0 % 4] }
  }

  static func text(_ text: String, fin: Bool = true) -> [UInt8] { frame(1, Array(text.utf8), fin: fin) }
  static func more(_ text: String, fin: Bool = true) -> [UInt8] { frame(0, Array(text.utf8), fin: fin) }
  static func ping(_ text: String = "") -> [UInt8] { frame(9, Array(text.utf8)) }
  static func close(_ code: UInt16, _ reason: [UInt8] = []) -> [UInt8] {
    frame(8, [UInt8(code >> 8), UInt8(code & 0xFF)] + reason)
  }
}
