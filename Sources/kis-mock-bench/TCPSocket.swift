#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A blocking IPv4 socket on 127.0.0.1; closed when it is released.
final class TCPSocket: Sendable {
  let descriptor: Int32

  private init(_ descriptor: Int32) {
    self.descriptor = descriptor
    // Child processes must not keep a connection open that is closed here.
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { close(descriptor) }

  /// Connects to a port of this machine.
  convenience init(connectingTo port: Int) throws {
    self.init(try Self.open())
    let result = Self.withAddress(port: port) { connect(descriptor, $0, $1) }
    guard result == 0 else { throw BenchError(system: "connecting to 127.0.0.1:\(port)") }
    setOption(IPPROTO_TCP, TCP_NODELAY)
  }

  /// Listens on a free port of this machine.
  convenience init(listeningWithBacklog backlog: Int) throws {
    self.init(try Self.open())
    guard Self.withAddress(port: 0, { bind(descriptor, $0, $1) }) == 0, listen(descriptor, Int32(backlog)) == 0 else {
      throw BenchError(system: "listening on 127.0.0.1")
    }
  }

  /// The port that a listening socket took.
  var port: Int {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  /// The next connection of a listening socket.
  func accept() throws -> TCPSocket {
    let accepted = Self.accept(descriptor)
    guard accepted >= 0 else { throw BenchError(system: "accept") }
    return TCPSocket(accepted)
  }

  /// Sends everything, however long the receiver takes. False when the other side is gone.
  func send(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      let sent = Self.sendPart(descriptor, part)
      guard sent > 0 else { return false }
      rest = rest.dropFirst(sent)
    }
    return true
  }

  /// Sends a text.
  func send(_ text: String) throws {
    let bytes = Array(text.utf8)
    guard bytes.withUnsafeBytes({ send($0) }) else { throw BenchError(system: "send") }
  }

  /// Receives what is there, waiting for at least one byte. Zero at the end of the stream.
  func receive(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
      if count >= 0 { return count }
      guard errno == EINTR else { throw BenchError(system: "receive") }
    }
  }

  /// Receives exactly so many bytes.
  func receive(count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let received = try bytes.withUnsafeMutableBytes {
        try receive(into: UnsafeMutableRawBufferPointer(rebasing: $0[filled...]))
      }
      guard received > 0 else { throw BenchError("the server closed the connection after \(filled) of \(count) bytes") }
      filled += received
    }
    return bytes
  }

  private func setOption(_ level: some BinaryInteger, _ option: Int32) {
    var on: Int32 = 1
    setsockopt(descriptor, Int32(level), option, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  private static func open() throws -> Int32 {
    #if canImport(Darwin)
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #else
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    guard descriptor >= 0 else { throw BenchError(system: "socket") }
    return descriptor
  }

  /// The system's function, whose name the method hides.
  private static func accept(_ descriptor: Int32) -> Int32 {
    #if canImport(Darwin)
      Darwin.accept(descriptor, nil, nil)
    #else
      Glibc.accept(descriptor, nil, nil)
    #endif
  }

  /// Sends once, without a signal when the other side is gone.
  private static func sendPart(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Darwin)
      Darwin.send(descriptor, bytes.baseAddress, bytes.count, 0)
    #else
      Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
    #endif
  }

  private static func withAddress(port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
  }
}
