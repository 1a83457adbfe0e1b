import KISTransport
import Testing

@Suite("An HTTP exchange")
struct HTTPExchangeTests {
  private func exchange(_ port: Int, maximumBodySize: Int = 1 << 20, clock: any Clock<Duration> = StoppedClock()) throws
    -> HTTPExchange
  {
    HTTPExchange(try Endpoint("http://127.0.0.1:\(port)"), maximumBodySize: maximumBodySize, clock: clock)
  }

  @Test("keeps the case of header names both ways, and says how long its body is")
  func goldenBytes() async throws {
    let answer =
      "HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/json\r\ntr_id: X\r\nContent-Length: 2\r\n\r\n{}"
    try await withRawServer(answering: answer) { port, requests in
      let received = try await exchange(port).send(
        HTTPRequest(
          "POST", "/oauth2/tokenP?a=1", headers: [HTTPField("appkey", "K"), HTTPField("X-Y", "z")],
          body: Array("{}".utf8)))
      #expect(received.status == 500)
      #expect(received.headers.map(\.name) == ["Content-Type", "tr_id", "Content-Length"])
      #expect(received.header("content-type") == "application/json")
      #expect(received.body == Array("{}".utf8))

      let request = await requests.first { _ in true }
      #expect(
        request == """
          POST /oauth2/tokenP?a=1 HTTP/1.1\r
          Host: 127.0.0.1:\(port)\r
          Connection: close\r
          appkey: K\r
          X-Y: z\r
          Content-Length: 2\r
          \r
          {}
          """)
    }
  }

  @Test("reads a chunked answer")
  func chunked() async throws {
    let answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"
    try await withRawServer(answering: answer) { port, _ in
      let received = try await exchange(port).send(HTTPRequest("GET", "/"))
      #expect(received.body == Array("abc".utf8))
    }
  }

  @Test(
    "fails with a reason",
    arguments: [
      ("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + String(repeating: "x", count: 100), .tooLarge),
      ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", .connectionLost),
      ("", .connectionLost), ("what?\r\n\r\n", .connectionLost),
    ] as [(String, TransportError.Code)])
  func failures(_ answer: String, _ code: TransportError.Code) async throws {
    try await withRawServer(answering: answer) { port, _ in
      let error = await #expect(throws: TransportError.self) {
        try await exchange(port, maximumBodySize: 50).send(HTTPRequest("GET", "/path?secret=1"))
      }
      #expect(error?.code == code)
      #expect(error?.message.contains("secret") == false)
    }
  }

  @Test("times out on the clock it was given")
  func timesOut() async throws {
    try await withRawServer(answering: nil) { port, _ in
      let error = await #expect(throws: TransportError.self) {
        try await exchange(port, clock: LateClock()).send(HTTPRequest("GET", "/"))
      }
      #expect(error?.code == .timedOut)
    }
  }

  @Test("ends when its task is cancelled")
  func cancelled() async throws {
    try await withRawServer(answering: nil) { port, requests in
      let exchange = try exchange(port)
      await withTaskGroup(of: Void.self) { group in
        group.addTask {
          await #expect(throws: CancellationError.self) { try await exchange.send(HTTPRequest("GET", "/")) }
        }
        _ = await requests.first { _ in true }
        group.cancelAll()
      }
    }
  }

  @Test("says that nothing listens")
  func nothingListens() async throws {
    let error = await #expect(throws: TransportError.self) { try await exchange(1).send(HTTPRequest("GET", "/")) }
    #expect(error?.code == .unreachable)
    #expect(error?.message == "cannot connect to http://127.0.0.1:1: nothing listens on port 1")
  }

  @Test("sends nothing that could smuggle a second request", arguments: ["/a b", "/a\r\nX: y", "/한"])
  func refusesTargets(_ target: String) async throws {
    let error = await #expect(throws: TransportError.self) { try await exchange(1).send(HTTPRequest("GET", target)) }
    #expect(error?.code == .invalidURL)
  }

  #if !TLS
    @Test("says how to build with TLS")
    func namesTheTrait() async throws {
      let exchange = HTTPExchange(try Endpoint("https://127.0.0.1:1"), clock: StoppedClock())
      let error = await #expect(throws: TransportError.self) { try await exchange.send(HTTPRequest("GET", "/")) }
      #expect(error?.message.contains("--traits TLS") == true)
    }
  #endif
}
