import Foundation
import KISTesting
import KISWire
import Testing

@testable import KISMockServer

@Suite("The door of the admin API", .timeLimit(.minutes(10)))
struct AdminDoorTests {
  private func status(
    _ fields: [String: String], by method: String = "POST",
    _ change: (inout MockServerConfiguration) -> Void = { _ in }
  ) -> Int {
    var configuration = MockServerConfiguration()
    change(&configuration)
    return AdminDoor(configuration).refusal(method: method) { fields[$0] }?.status ?? 200
  }

  @Test(
    "is open to programs and to pages of this machine, on any port",
    arguments: [
      ["host": "127.0.0.1:9443"], ["host": "localhost"], ["host": "LOCALHOST:1"], ["host": "[::1]:9443"], [:],
      ["host": "localhost:9443", "origin": "http://localhost:5173"],
      ["host": "127.0.0.1", "origin": "http://[::1]:80", "sec-fetch-site": "cross-site"],
      ["host": "127.0.0.1", "sec-fetch-site": "same-origin"], ["host": "127.0.0.1", "sec-fetch-site": "none"],
    ])
  func open(_ fields: [String: String]) { #expect(status(fields) == 200) }

  @Test(
    "is closed to foreign names, which a DNS answer may point here, and to foreign pages",
    arguments: [
      ["host": "rebound.example:9443"], ["host": "127.0.0.1.nip.io"], ["host": "localhost.evil.example"],
      ["host": "[::1].evil"], ["host": "localhost", "origin": "https://evil.example"],
      ["host": "localhost", "origin": "null"], ["host": "localhost", "origin": "http://localhost.evil.example"],
      ["host": "localhost", "sec-fetch-site": "cross-site"],
      [
        "host": "localhost", "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document",
      ],
      ["host": "localhost", "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "content-type": "text/plain"],
    ])
  func closed(_ fields: [String: String]) { #expect(status(fields) == 403) }

  @Test("lets a link be followed, but nothing else that another site asks for")
  func navigation() {
    var fields = [
      "host": "localhost", "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document",
    ]
    #expect(status(fields, by: "GET") == 200)
    fields["sec-fetch-dest"] = "iframe"
    #expect(status(fields, by: "GET") == 403)
  }

  @Test("opens for names and pages that were allowed")
  func allowed() {
    #expect(status(["host": "mock.test"]) { $0.allowedHosts = ["mock.test"] } == 200)
    #expect(status(["host": "::1", "origin": "https://app.example"]) { _ in } == 403)
    #expect(
      status(["host": "localhost", "origin": "https://app.example"]) { $0.allowedOrigins = ["https://app.example"] }
        == 200)
    #expect(
      status(["host": "localhost", "origin": "http://app.example"]) { $0.allowedOrigins = ["https://app.example"] }
        == 403)
  }

  @Test("wants the token beyond this machine; the token lifts the check of the name, not that of the page")
  func token() {
    func shared(_ configuration: inout MockServerConfiguration) {
      configuration.host = "0.0.0.0"
      configuration.adminToken = "0123"
    }
    #expect(status(["host": "127.0.0.1"], shared) == 403)
    #expect(status(["host": "10.0.0.7:9443", "authorization": "Bearer 0123"], shared) == 200)
    #expect(status(["host": "10.0.0.7:9443", "authorization": "Bearer 0124"], shared) == 403)
    #expect(
      status(["host": "10.0.0.7", "authorization": "Bearer 0123", "origin": "https://evil.example"], shared) == 403)
  }

  @Test("is asked for every call, HEAD among them, and says what to do")
  func overHTTP() async throws {
    try await withMockServer { mock in
      func ask(_ head: String) async throws -> String {
        let client = try RawSocket(mock.addresses.rest)
        client.send(head + "Connection: close\r\n\r\n")
        return String(decoding: try await client.rest(), as: UTF8.self)
      }
      let refused = try await ask("POST /__admin/reset HTTP/1.1\r\nHost: evil.example\r\nContent-Type: text/plain\r\n")
      #expect(refused.hasPrefix("HTTP/1.1 403 ") && refused.contains("--allow-host"))
      #expect(
        try await ask("GET /__admin HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\n").hasPrefix("HTTP/1.1 403 ")
      )
      #expect(try await ask("HEAD /__admin/health HTTP/1.1\r\nHost: localhost\r\n").hasPrefix("HTTP/1.1 200 "))
      // KIS's own paths are for any page's tests to call, but answer none of them by name.
      let rest = try await ask("GET /uapi HTTP/1.1\r\nHost: evil.example\r\nOrigin: https://evil.example\r\n")
      #expect(!rest.lowercased().contains("access-control"))
    }
  }

  @Test("a foreign page gets no WebSocket; an allowed one does, and may read what REST answers")
  func pages() async throws {
    var configuration = MockServerConfiguration.ephemeral
    configuration.allowedOrigins = ["http://app.example"]
    try await withMockServer(configuration) { mock in
      func upgrade(_ origin: String) async throws -> String {
        let client = try RawSocket(mock.addresses.webSocket)
        client.send(
          "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: \(origin)\r\n\r\n")
        return String(decoding: try await client.take(12) ?? [], as: UTF8.self)
      }
      #expect(try await upgrade("https://evil.example") == "HTTP/1.1 403")
      #expect(try await upgrade("http://app.example") == "HTTP/1.1 101")
      let preflight = try RawSocket(mock.addresses.rest)
      preflight.send(
        "OPTIONS /oauth2/tokenP HTTP/1.1\r\nHost: x\r\nOrigin: http://app.example\r\nConnection: close\r\n"
          + "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: appkey\r\n\r\n")
      let answer = String(decoding: try await preflight.rest(), as: UTF8.self).lowercased()
      #expect(answer.hasPrefix("http/1.1 204"))
      #expect(answer.contains("access-control-allow-origin: http://app.example\r\n"))
      #expect(answer.contains("access-control-allow-headers: appkey\r\n"))
    }
  }

  @Test(
    "opens no file but those of its folders, and shows none",
    arguments: [
      "/proc/self/environ", "/etc/passwd", "../../../../etc/passwd", "recordings/../Package.swift", "a\u{0}.jsonl", "",
    ])
  func files(_ name: String) async throws {
    try await withAdminConsole { console, _ in
      for member in ["recordings", "scenario"] {
        let (status, body) = await console.call(
          "POST", "/sandboxes", [],
          [
            "name": "x", "app_keys": ["k"],
            .init(stringLiteral: member): member == "scenario" ? .string(name) : [.string(name)],
          ])
        #expect((400..<500).contains(status), "\(member): \(body)")
        #expect(!body.text.contains("PATH=") && !body.text.contains("root:"))
      }
    }
  }
}

@Suite("A handshake and a request, strictly", .timeLimit(.minutes(10)))
struct StrictHTTPTests {
  private static let handshake = [
    "GET / HTTP/1.1", "Host: x", "Upgrade: websocket", "Connection: keep-alive, Upgrade", "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  ]

  private static func changed(_ from: String, _ to: String?) -> String {
    handshake.compactMap { $0.hasPrefix(from) ? to : $0 }.joined(separator: "\r\n") + "\r\n\r\n"
  }

  private func answer(to text: String, strict: Bool = true) async throws -> String {
    var configuration = MockServerConfiguration.ephemeral
    configuration.isStrict = strict
    return try await withMockServer(configuration) { mock in
      let client = try RawSocket(mock.addresses.webSocket)
      client.send(text)
      return String(decoding: try await client.take(12) ?? [], as: UTF8.self)
    }
  }

  static let broken = [
    changed("Sec-WebSocket-Key", "Sec-WebSocket-Key: dGhlIHNhbXBsZQ=="),
    changed("Sec-WebSocket-Key", "Sec-WebSocket-Key: not base64, but 24 long="),
    changed("Connection", nil), changed("Connection", "Connection: keep-alive"),
    changed("GET", "POST / HTTP/1.1"), changed("GET", "GET / HTTP/1.0"),
    changed("Host", nil), changed("Host", "Host: x\r\nHost: y"),
  ]

  @Test("a handshake that RFC 6455 forbids is refused with 400", arguments: broken)
  func refuses(_ text: String) async throws {
    let status = try await answer(to: text)
    #expect(status == "HTTP/1.1 400" || status == "HTTP/1.0 400", "\(text)")
  }

  @Test("one that it allows is taken; leniently a short key is, too")
  func accepts() async throws {
    #expect(try await answer(to: Self.changed("-", nil)) == "HTTP/1.1 101")
    #expect(try await answer(to: Self.broken[0], strict: false) == "HTTP/1.1 101")
  }

  @Test(
    "a request says whom it is for, and says it once",
    arguments: ["GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"])
  func host(_ text: String) async throws {
    #expect(try await answer(to: text) == "HTTP/1.1 400")
    #expect(try await answer(to: text, strict: false) != "HTTP/1.1 400")
  }
}
