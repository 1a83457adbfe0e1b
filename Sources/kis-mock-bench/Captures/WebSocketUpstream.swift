import Foundation
import KISSandbox
import KISWire

/// The least that a proxy can stand before: takes an upgrade, then sends frames as fast as they are taken, or one for
/// each message with the moment of its departure inside.
final class WebSocketUpstream: Sendable {
  private let listener: TCPSocket

  var port: Int { listener.port }

  /// The path on which each message is answered by a frame with the time.
  static let clockPath = "/clock"
  /// The path on which so many frames of 620 bytes are sent, a multiple of a thousand.
  static func floodPath(_ frames: Int) -> String { "/flood/\(frames)" }

  init() throws {
    listener = try TCPSocket(listeningWithBacklog: 16)
    Thread.detachNewThread { [listener] in
      while let socket = try? listener.accept() {
        Thread.detachNewThread {
          // A client that has seen enough hangs up.
          do { try WebSocketUpstream.serve(socket) } catch {}
        }
      }
    }
  }

  private static func serve(_ socket: TCPSocket) throws {
    let request = try WebSocketLink.head(from: socket)
    try socket.send(
      """
      HTTP/1.1 101 Switching Protocols\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
      \r\n
      """)
    let path = request.split(separator: " ").dropFirst().first ?? ""
    if let frames = path.split(separator: "/").dropFirst().first.flatMap({ Int($0) }) {
      try flood(socket, frames)
    } else {
      while true {
        _ = try WebSocketLink.message(from: socket)
        let digits = String(HostTime.monotonicNanoseconds)
        let stamp = String(repeating: "0", count: max(0, 20 - digits.count)) + digits
        try send(Array("0|H0UPPGM0|001|0001^100000^\(stamp)".utf8) + filling, on: socket)
      }
    }
  }

  /// Up to the usual length of a frame.
  private static let filling = Array(repeating: Array("^123456".utf8), count: 80).flatMap { $0 }

  private static func flood(_ socket: TCPSocket, _ frames: Int) throws {
    // The same block again and again: what is measured is who reads it.
    let block = min(1_000, frames)
    let bytes = BenchRecording(content: .programTrading, frames: block, interval: 1).framed(0..<block)
    for _ in 0..<frames / block {
      guard bytes.withUnsafeBytes({ socket.send($0) }) else { throw BenchError(system: "send") }
    }
    // Kept open until the client has taken all.
    _ = try WebSocketLink.message(from: socket)
  }

  private static func send(_ text: [UInt8], on socket: TCPSocket) throws {
    var bytes: [UInt8] = []
    MessageFraming.append(text, to: &bytes)
    guard bytes.withUnsafeBytes({ socket.send($0) }) else { throw BenchError(system: "send") }
  }
}
