import KISMockServer
import KISTesting
import KISWire
import Testing

@Suite("Coming back")
struct ReconnectTests {
  @Test("who has heard the answer to its close is let in again, however fast it comes back")
  func atOnce() async throws {
    try await withMockServer { server in
      let approvalKey = try await WireClient(addresses: server.addresses, appKey: "hasty").approvalKey()
      let request = RegistrationRequest(.register, "H0UPPGM0", key: "0001", approvalKey: approvalKey)
      for _ in 1...100 {
        let session = try await RawWebSocket(to: server)
        session.send(ClientFrame.text(request.text))
        let reply = try #require(try await session.frame())
        #expect(reply.description.contains("SUBSCRIBE SUCCESS"))
        session.send(ClientFrame.close(1000))
        while let frame = try await session.frame(), frame.opcode != 8 {}
      }
    }
  }
}
