import KISMockServer
import KISTesting
import Testing

@Suite("An HTTP connection", .timeLimit(.minutes(10)))
struct HTTPConnectionTests {
  private static let health = "/__admin/health"
  private static let refusal = "http/1.1 400 bad request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"

  /// Everything that comes up to the end of a connection on which this is sent.
  private func answer(to bytes: String) async throws -> String {
    try await withMockServer { mock in
      let client = try RawSocket(mock.addresses.rest)
      client.send(bytes)
      return String(decoding: try await client.rest(), as: UTF8.self)
    }
  }

  @Test(
    "ends behind the answer to HTTP/1.0, and to whoever wants that, in any case",
    arguments: ["HTTP/1.0\r\n", "HTTP/1.1\r\nConnection: close\r\n", "HTTP/1.1\r\nconnection: CLOSE\r\n"])
  func ends(_ version: String) async throws {
    let answer = try await answer(to: "GET \(Self.health) \(version)Host: localhost\r\n\r\n")
    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
  }

  @Test(
    "stays for the next request else, several at once are answered in order",
    arguments: ["HTTP/1.1\r\n", "HTTP/1.0\r\nConnection: keep-alive\r\n"])
  func stays(_ version: String) async throws {
    let answer = try await answer(
      to: "GET \(Self.health) \(version)Host: localhost\r\n\r\nGET /nothing \(version)Host: localhost\r\n\r\n"
        + "GET \(Self.health) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    #expect(answer.ranges(of: "HTTP/1.1 ").map { answer[$0.upperBound...].prefix(3) } == ["200", "404", "200"])
  }

  @Test("lets a client go on that asks before it sends a body")
  func goesOn() async throws {
    try await withMockServer { mock in
      let client = try RawSocket(mock.addresses.rest)
      client.send(
        "POST /__admin/replay/pause HTTP/1.1\r\nHost: localhost\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n"
          + "Connection: close\r\n\r\n")
      let told = "HTTP/1.1 100 Continue\r\n\r\n"
      #expect(try await client.take(told.utf8.count) == Array(told.utf8))
      client.send("{}")
      #expect(String(decoding: try await client.rest(), as: UTF8.self).hasPrefix("HTTP/1.1 200 OK\r\n"))
    }
  }

  @Test("carries no body in the answer to HEAD, which the next answer would be taken for", arguments: [health, "/"])
  func head(_ path: String) async throws {
    let answer = try await answer(
      to: "HEAD \(path) HTTP/1.1\r\nHost: localhost\r\n\r\nGET \(Self.health) HTTP/1.0\r\n\r\n")
    let parts = answer.split(separator: "\r\n\r\n", omittingEmptySubsequences: false)
    #expect(parts.count == 3)
    #expect(parts.dropFirst().first?.hasPrefix("HTTP/1.1 200 OK") == true)
  }

  @Test(
    "ends with one 400 for what is no HTTP",
    arguments: [
      "\u{16}\u{3}\u{1}\u{2}\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET /\r\n\r\n",
      "POST /oauth2/tokenP HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      "POST /__admin/reset HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ])
  func refuses(_ bytes: String) async throws {
    #expect(try await answer(to: bytes).lowercased() == Self.refusal)
    let behindAnother = try await answer(to: "GET \(Self.health) HTTP/1.1\r\nHost: localhost\r\n\r\n" + bytes)
    #expect(behindAnother.hasPrefix("HTTP/1.1 200 OK"))
    #expect(behindAnother.lowercased().hasSuffix("}" + Self.refusal))
  }

  @Test("ends so for a header that has no end, too")
  func refusesEndlessHeader() async throws {
    let header = String(repeating: "a", count: 200_000)
    #expect(try await answer(to: "GET / HTTP/1.1\r\nX: \(header)\r\n\r\n").lowercased() == Self.refusal)
  }
}
