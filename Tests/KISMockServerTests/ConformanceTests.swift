import Facts
import KISMockServer
import KISSandbox
import KISTesting
import Testing

@Suite("RFC 6455 against the mock, on raw sockets")
struct ConformanceTests {
  struct Section: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let cases: [ConformanceCase]
  }

  static let sections = [
    Section(testDescription: "framing", cases: ConformanceCases.framing),
    Section(testDescription: "pings", cases: ConformanceCases.pings),
    Section(testDescription: "reserved bits", cases: ConformanceCases.reservedBits),
    Section(testDescription: "opcodes", cases: ConformanceCases.opcodes),
    Section(testDescription: "fragmentation", cases: ConformanceCases.fragmentation),
    Section(testDescription: "text", cases: ConformanceCases.text),
    Section(testDescription: "closing", cases: ConformanceCases.closing),
    Section(testDescription: "limits", cases: ConformanceCases.limits),
  ]

  @Test("answers every case as it must", arguments: sections)
  func conforms(_ section: Section) async throws {
    try await withMockServer { server in
      for item in section.cases {
        let seen = try await item.play(on: server)
        #expect(seen == item.expectedToTheEnd, "\(item.name)")
      }
    }
  }

  @Test("declines compression and takes an Origin, a query and any KIS path", .proves("3.1 paths", "3.1 compression"))
  func handshakes() async throws {
    let offer = "Sec-WebSocket-Extensions: permessage-deflate\r\nOrigin: http://localhost\r\n"
    try await withMockServer { server in
      for path in ["/", "/tryitout", "/tryitout/H0UPPGM0", "/?a=b"] {
        let connection = try await RawWebSocket(to: server, path: path, headers: offer)
        connection.send(ClientFrame.ping("p"))
        #expect(try await connection.frame() == RawWebSocket.Frame(firstByte: 0x8A, payload: [0x70]))
      }
    }
  }

  @Test(
    "refuses a handshake with a status, not with silence",
    arguments: [("/nowhere", "13", "HTTP/1.1 404 "), ("/", "8", "HTTP/1.1 426 ")])
  func refusedHandshakes(_ path: String, _ version: String, _ status: String) async throws {
    try await withMockServer { server in
      let connection = try RawWebSocket(withoutHandshakeTo: server)
      connection.send(RawWebSocket.handshake(path: path, version: version))
      let head = try await connection.head()
      #expect(head.hasPrefix(status), "\(head)")
    }
  }

  @Test("outlives connections that send seeded nonsense")
  func nonsense() async throws {
    var random = SeededGenerator(seed: 1)
    try await withMockServer { server in
      for _ in 0..<100 {
        let bytes = (0..<Int.random(in: 1...400, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        try await RawWebSocket(to: server).send(bytes)
      }
      let seen = try await ConformanceCase("after it", [ClientFrame.ping("p")], .pong([0x70])).play(on: server)
      #expect(seen == [.pong([0x70]), .close(1000)])
    }
  }
}
