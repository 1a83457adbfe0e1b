import Dispatch
import Foundation
import KISSandbox
import Synchronization

/// One request, asked again and again on kept connections; a thread each, which is the simplest client there is.
struct RESTLoad: Sendable {
  let port: Int
  let request: String
  let connections: Int

  /// Answers per second of all connections together, after a quarter of the time to warm up.
  func rate(milliseconds: Int) throws -> Double {
    let began = HostTime.monotonicNanoseconds
    let (from, until) = (began + Int64(milliseconds) * 250_000, began + Int64(milliseconds) * 1_250_000)
    let group = DispatchGroup()
    let tally = Tally()
    for _ in 0..<connections {
      group.enter()
      Thread.detachNewThread {
        defer { group.leave() }
        do {
          var caller = try Caller(port: port)
          var answers = 0
          while true {
            let now = HostTime.monotonicNanoseconds
            if now >= until { break }
            _ = try caller.ask(request)
            if now >= from { answers += 1 }
          }
          tally.state.withLock { $0.answers += answers }
        } catch {
          tally.state.withLock { $0.failure = "\(error)" }
        }
      }
    }
    group.wait()
    let (answers, failure) = tally.state.withLock { $0 }
    if let failure { throw BenchError(failure) }
    return Double(answers) * 1_000 / Double(milliseconds)
  }

  /// The body of one answer.
  func body() throws -> [UInt8] {
    var caller = try Caller(port: port)
    return try caller.ask(request)
  }

  /// Asks so many times, one after the other on one connection.
  /// - Returns: the body of the last answer.
  func ask(times: Int) throws -> [UInt8] {
    var caller = try Caller(port: port)
    var body: [UInt8] = []
    for _ in 0..<times { body = try caller.ask(request) }
    return body
  }

  /// Asks at a steady pace until it is stopped.
  func begin(everyMilliseconds pause: Int) -> Steady {
    let steady = Steady()
    Thread.detachNewThread {
      guard var caller = try? Caller(port: port) else { return }
      while !steady.isStopped, (try? caller.ask(request)) != nil { usleep(UInt32(pause) * 1_000) }
    }
    return steady
  }

  /// Calls that go on until they are stopped.
  final class Steady: Sendable {
    private let state = Mutex(false)
    var isStopped: Bool { state.withLock { $0 } }
    func stop() { state.withLock { $0 = true } }
  }

  private final class Tally: Sendable {
    let state = Mutex<(answers: Int, failure: String?)>((0, nil))
  }
}

/// A kept connection that asks and reads one answer after the other.
private struct Caller {
  private let socket: TCPSocket
  private var buffer: [UInt8] = []
  private var piece = [UInt8](repeating: 0, count: 64 * 1024)

  init(port: Int) throws { socket = try TCPSocket(connectingTo: port) }

  /// The body of the answer, which has a `Content-Length`.
  mutating func ask(_ request: String) throws -> [UInt8] {
    try socket.send(request)
    buffer.removeAll(keepingCapacity: true)
    while true {
      let count = try piece.withUnsafeMutableBytes { try socket.receive(into: $0) }
      guard count > 0 else { throw BenchError("the server closed the connection") }
      buffer += piece[..<count]
      guard let (head, length) = Self.head(of: buffer) else { continue }
      guard buffer.count >= head + length else { continue }
      guard buffer.starts(with: "HTTP/1.1 200".utf8) else {
        throw BenchError("expected 200, found \(String(decoding: buffer.prefix(500), as: UTF8.self))")
      }
      return Array(buffer[head..<(head + length)])
    }
  }

  private static func head(of bytes: [UInt8]) -> (end: Int, length: Int)? {
    let blank = Array("\r\n\r\n".utf8)
    guard let end = bytes.prefix(2_048).indices.first(where: { bytes[$0...].starts(with: blank) }) else { return nil }
    let head = String(decoding: bytes[..<end], as: UTF8.self).lowercased()
    guard let length = head.split(separator: "\r\n").first(where: { $0.hasPrefix("content-length: ") }) else {
      return nil
    }
    return (end + 4, Int(length.dropFirst(16)) ?? 0)
  }
}
