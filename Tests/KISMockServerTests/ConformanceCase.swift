import KISTesting
import KISWire

/// One case of RFC 6455 conformance: what a client writes, and what it must get.
struct ConformanceCase: Sendable {
  enum Expected: Hashable, Sendable {
    /// The server understood a text message: its answer carries the text (see ``message(_:)``).
    case answer(String)
    /// The server got a text message that is no registration, and says so.
    case refusal
    case pong([UInt8])
    case close(UInt16?)
    case other(String)
  }

  /// The number of the case in the list of the Autobahn test suite, and what it is about.
  let name: String
  /// Each is written by itself.
  let writes: [[UInt8]]
  let expected: [Expected]

  init(_ name: String, _ writes: [[UInt8]], _ expected: Expected...) {
    self.name = name
    self.writes = writes
    self.expected = expected
  }

  /// The same bytes one by one.
  var chopped: ConformanceCase {
    ConformanceCase(name: name + ", octet by octet", writes: writes.flatMap { $0 }.map { [$0] }, expected: expected)
  }

  /// The same bytes in one write.
  var joined: ConformanceCase {
    ConformanceCase(name: name + ", in one write", writes: [writes.flatMap { $0 }], expected: expected)
  }

  private init(name: String, writes: [[UInt8]], expected: [Expected]) {
    self.name = name
    self.writes = writes
    self.expected = expected
  }

  /// Plays the case on a connection of its own. A case that does not end in a close is followed by one, which the
  /// server must answer: it is still in its senses.
  func play(on server: RunningMockServer) async throws -> [Expected] {
    let connection = try await RawWebSocket(to: server)
    for write in writes { connection.send(write) }
    if !endsInClose { connection.send(ClientFrame.close(1000)) }
    return try await connection.rest().map(Expected.init)
  }

  /// What ``play(on:)`` must see.
  var expectedToTheEnd: [Expected] { endsInClose ? expected : expected + [.close(1000)] }

  private var endsInClose: Bool { if case .close = expected.last { true } else { false } }
}

extension ConformanceCase {
  /// A registration with an approval key that nobody issued: the mock's refusal repeats the key, so it echoes.
  static func message(_ text: String) -> String {
    RegistrationRequest(.register, "H0UPPGM0", key: "1", approvalKey: text, otherHeader: [:]).text
  }

  /// A text for ``message(_:)`` that makes it so many bytes long.
  static func text(forLength length: Int) -> String {
    String(repeating: "*", count: length - message("").utf8.count)
  }
}

extension ConformanceCase.Expected {
  fileprivate init(_ frame: RawWebSocket.Frame) {
    switch frame.firstByte {
    case 0x81:
      let reply = try? RegistrationReply(parsing: String(decoding: frame.payload, as: UTF8.self))
      if let reply, reply.code == .unknownApprovalKey {
        self = .answer(String(reply.message.dropFirst("invalid approval : ".count)))
      } else if reply?.code == .invalidJSON {
        self = .refusal
      } else {
        self = .other("\(frame)")
      }
    case 0x8A: self = .pong(frame.payload)
    case 0x88: self = .close(frame.closeCode)
    default: self = .other("\(frame)")
    }
  }
}
