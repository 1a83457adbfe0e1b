import KISMockServer
import KISTesting
import Testing

@Suite("Offers of other protocols")
struct DeclinedOffersTests {
  static let offers = ["h2c", "HTTP/3.0", "websocket"]

  @Test("every request of a connection is answered, whichever of them offer another protocol", arguments: offers)
  func keepsAnswering(_ offer: String) async throws {
    try await withMockServer { server in
      let connection = try RawWebSocket(withoutHandshakeTo: server)
      // The first must not be an upgrade to a WebSocket, which is taken.
      for isOffered in [offer != "websocket", true, false, true, true] {
        connection.send(DeclinedOffersTests.request(offering: isOffered ? offer : nil))
        #expect(try await DeclinedOffersTests.status(on: connection) == "HTTP/1.1 403 Forbidden")
      }
    }
  }

  @Test("requests that come all at once with offers are answered one after another")
  func pipelined() async throws {
    try await withMockServer { server in
      let connection = try RawWebSocket(withoutHandshakeTo: server)
      let request = DeclinedOffersTests.request(offering: "h2c")
      connection.send(request + request + request)
      for _ in 1...3 {
        #expect(try await DeclinedOffersTests.status(on: connection) == "HTTP/1.1 403 Forbidden")
      }
    }
  }

  /// A request for a token without an app key, as Java's client frames it.
  private static func request(offering offer: String?) -> [UInt8] {
    let offers = offer.map {
      "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: \($0)\r\nHTTP2-Settings: AAEAAEAAAAIAAAAA\r\n"
    }
    return Array("POST /oauth2/tokenP HTTP/1.1\r\nHost: mock\r\n\(offers ?? "")Content-Length: 2\r\n\r\n{}".utf8)
  }

  /// The status line of the next answer, whose body is read too.
  private static func status(on connection: RawWebSocket) async throws -> String {
    let lines = try await connection.head().split(separator: "\r\n")
    let length = lines.compactMap { line in
      line.hasPrefix("Content-Length: ") ? Int(line.dropFirst("Content-Length: ".count)) : nil
    }
    _ = try await connection.socket.take(length.first ?? 0)
    return String(lines.first ?? "")
  }
}
