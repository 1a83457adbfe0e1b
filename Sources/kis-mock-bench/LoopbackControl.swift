import Foundation

/// The control for throughput: what loopback carries when nothing is done but writing the same bytes in big pieces.
///
/// One thread per connection, blocking writes: the simplest sender there is.
final class LoopbackControl: Sendable {
  private let listener: TCPSocket
  private let piece: [UInt8]

  /// Where a client connects; it receives at once and until it hangs up.
  var port: Int { listener.port }

  /// Sends the framed bytes again and again, in writes of at least 128 KB.
  init(repeating framed: [UInt8], connections: Int) throws {
    listener = try TCPSocket(listeningWithBacklog: connections)
    piece = framed
    Thread.detachNewThread { [listener, piece] in
      for _ in 0..<connections {
        guard let socket = try? listener.accept() else { return }
        Thread.detachNewThread {
          piece.withUnsafeBytes { bytes in
            while socket.send(bytes) {}
          }
        }
      }
    }
  }
}
