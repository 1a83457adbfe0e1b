import KISMockServer
import KISTesting
import KISWire
import Testing

@Suite("A client that does not wait for the answer to its handshake", .timeLimit(.minutes(5)))
struct EagerClientsTests {
  /// What the server answers to bytes that come in these pieces.
  private func answered(_ pieces: [[UInt8]], by mock: RunningMockServer) async throws -> (String, RawWebSocket) {
    let client = try RawWebSocket(withoutHandshakeTo: mock)
    for piece in pieces { client.send(piece) }
    return (try await client.head(), client)
  }

  @Test("is heard: a registration right behind the handshake is answered")
  func registers() async throws {
    try await withMockServer { mock in
      let approvalKey = try await WireClient(addresses: mock.addresses, appKey: "app").approvalKey()
      let request = RegistrationRequest(.register, "H0UPPGM0", key: "0001", approvalKey: approvalKey)
      let (head, client) = try await answered([RawWebSocket.handshake() + ClientFrame.text(request.text)], by: mock)
      #expect(head.hasPrefix("HTTP/1.1 101 "))
      #expect(try await client.frame()?.description.contains("SUBSCRIBE SUCCESS") == true)
    }
  }

  @Test("is heard in whatever pieces it speaks", arguments: [1, 2, 7, 40])
  func pieces(_ length: Int) async throws {
    try await withMockServer { mock in
      let ping = ClientFrame.ping("still here")
      let bytes = RawWebSocket.handshake() + ping
      let rest = RawWebSocket.handshake().count + min(length, ping.count)
      let (head, client) = try await answered([Array(bytes[..<rest]), Array(bytes[rest...])], by: mock)
      #expect(head.hasPrefix("HTTP/1.1 101 "))
      #expect(try await client.frame()?.payload == Array("still here".utf8))
    }
  }

  @Test(
    "and sends no frames is told so, and disturbs nobody",
    arguments: ["GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "\u{0}\u{0}\u{0}\u{0}", "0|H0UPPGM0|001|0001"])
  func noFrames(_ text: String) async throws {
    try await withMockServer { mock in
      let (head, client) = try await answered(
        [RawWebSocket.handshake() + Array(String(repeating: text, count: 10).utf8)], by: mock)
      #expect(head.hasPrefix("HTTP/1.1 101 "))
      #expect(try await client.frame()?.closeCode == 1002)
      let (other, _) = try await answered([RawWebSocket.handshake()], by: mock)
      #expect(other.hasPrefix("HTTP/1.1 101 "))
    }
  }

  @Test("and is refused gets the refusal, and what it sent behind is not heard")
  func refused() async throws {
    try await withMockServer { mock in
      let bytes = RawWebSocket.handshake(version: "8") + ClientFrame.text("anything")
      let (head, client) = try await answered([bytes], by: mock)
      #expect(head.hasPrefix("HTTP/1.1 426 "))
      #expect(try await client.socket.rest().isEmpty)
      let (other, _) = try await answered([RawWebSocket.handshake()], by: mock)
      #expect(other.hasPrefix("HTTP/1.1 101 "))
    }
  }
}
