import Foundation
import KISMockServer

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A TCP connection to this machine that interprets nothing: every byte that comes, and how the other side ends it.
final class RawSocket {
  /// How the other side ended the connection.
  enum End: Hashable {
    /// With a FIN.
    case finished
    /// With a RST.
    case reset
  }

  private let descriptor: Int32
  private var unread: [UInt8] = []
  /// Every byte that came.
  private(set) var received: [UInt8] = []
  private(set) var end: End?

  /// - Parameter url: whose port is connected to, such as `ws://127.0.0.1:21000`.
  init(_ url: String) throws {
    descriptor = socket(AF_INET, RawSocket.stream, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(url.split(separator: ":").last ?? "") ?? 0).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Unexpected("no connection to \(url): errno \(errno)") }
  }

  deinit { _ = close(descriptor) }

  /// Sends bytes as they are; those for a side that is gone are lost.
  func send(_ bytes: [UInt8]) { sendQuietly(bytes, descriptor) }

  func send(_ text: String) { send(Array(text.utf8)) }

  /// Exactly so many bytes, or nil when the connection ends before.
  func take(_ count: Int) async throws -> [UInt8]? {
    while unread.count < count, end == nil { try await receiveMore() }
    guard unread.count >= count else { return nil }
    defer { unread.removeFirst(count) }
    return Array(unread.prefix(count))
  }

  /// Everything up to the end of the connection.
  func rest() async throws -> [UInt8] {
    while end == nil { try await receiveMore() }
    defer { unread = [] }
    return unread
  }

  /// What has come and was not taken yet, without waiting for more.
  func pending() -> [UInt8] {
    while end == nil, receive() {}
    defer { unread = [] }
    return unread
  }

  private func receiveMore() async throws {
    let descriptor = self.descriptor
    let isReady = await withCheckedContinuation { continuation in
      // A thread of its own: tests that wait must not take those that the mock runs on.
      Thread.detachNewThread {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        continuation.resume(returning: poll(&wanted, 1, RawSocket.patience) > 0)
      }
    }
    guard isReady else { throw Unexpected("nothing came after \(received.count) bytes: \(received.readable)") }
    _ = receive()
  }

  /// Takes what the socket has; false when it has nothing now.
  private func receive() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
    switch count {
    case 0: end = .finished
    case 1...:
      unread += buffer.prefix(count)
      received += buffer.prefix(count)
      return true
    default: if errno == ECONNRESET { end = .reset }
    }
    return false
  }

  struct Unexpected: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
  }

  /// Milliseconds of host time before a test fails because nothing comes. No test that passes waits for it.
  private static let patience: Int32 = 180_000

  #if canImport(Glibc)
    private static let stream = Int32(SOCK_STREAM.rawValue)
  #else
    private static let stream = SOCK_STREAM
  #endif
}

/// Without the signal that ends a process whose peer is gone.
private func sendQuietly(_ bytes: [UInt8], _ descriptor: Int32) {
  #if canImport(Glibc)
    let flags = Int32(MSG_NOSIGNAL)
  #else
    let flags: Int32 = 0
  #endif
  _ = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, flags) }
}

extension [UInt8] {
  /// For failures: text, with what is no ASCII in hexadecimal.
  var readable: String {
    map { (0x20..<0x7F).contains($0) ? String(UnicodeScalar($0)) : "\\x" + String($0, radix: 16) }.joined()
  }
}
