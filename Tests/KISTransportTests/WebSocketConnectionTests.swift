import KISTransport
import NIOCore
import NIOWebSocket
import Testing

@Suite("A client's WebSocket connection")
struct WebSocketConnectionTests {
  private func plain(_ opcode: WebSocketOpcode, _ text: String = "", fin: Bool = true) -> WebSocketFrame {
    .frame(opcode, Array(text.utf8), fin: fin, masked: false)
  }

  private func connect<Result>(
    to endpoint: Endpoint, clock: any Clock<Duration> = StoppedClock(),
    _ body: (WebSocketConnection) async throws -> Result
  ) async throws -> Result {
    try await WebSocketClientHandshake(endpoint, maximumMessageSize: 1000, clock: clock, masks: SeededBytes(seed: 1))
      .connect(body)
  }

  @Test("gets messages, fragmented ones too, and the server's close")
  func messages() async throws {
    try await withWebSocketServer { inbound, outbound in
      var frames = inbound.makeAsyncIterator()
      try await outbound.write(contentsOf: [
        plain(.text, "first"), plain(.text, "한", fin: false), plain(.continuation, "글"),
        plain(.binary, "raw"), .frame(.connectionClose, [0x03, 0xE9], masked: false),
      ])
      let answer = try await frames.next()
      #expect(answer?.opcode == .connectionClose)
      #expect(answer?.unmaskedData == ByteBuffer(bytes: [0x03, 0xE9]))
    } _: { endpoint in
      try await connect(to: endpoint) { connection in
        var messages: [WebSocketMessage] = []
        for try await message in connection.messages { messages.append(message) }
        #expect(messages == [.text(Array("first".utf8)), .text(Array("한글".utf8)), .binary(Array("raw".utf8))])
        #expect(connection.received == WebSocketClose(.goingAway))
      }
    }
  }

  @Test("masks what it sends, answers pings, and ends when the server answers its close")
  func sends() async throws {
    let (sent, seen) = AsyncStream.makeStream(of: WebSocketFrame.self)
    try await withWebSocketServer { inbound, outbound in
      var frames = inbound.makeAsyncIterator()
      try await outbound.write(plain(.ping, "p"))
      while let frame = try await frames.next() {
        seen.yield(frame)
        guard frame.opcode == .connectionClose else { continue }
        try await outbound.write(.frame(.connectionClose, [0x03, 0xE8], masked: false))
        break
      }
      seen.finish()
    } _: { endpoint in
      try await connect(to: endpoint) { connection in
        try await connection.send(text: "hello")
        try await connection.close()
        try await connection.close()
        for try await _ in connection.messages {}
      }
      var all: [WebSocketFrame] = []
      for await frame in sent { all.append(frame) }
      #expect(all.allSatisfy { $0.maskKey != nil })
      #expect(
        Set(all.map(\.opcode)) == [.text, .connectionClose]
          || Set(all.map(\.opcode)) == [.text, .connectionClose, .pong])
      #expect(all.first { $0.opcode == .text }?.unmaskedData == ByteBuffer(string: "hello"))
      #expect(all.filter { $0.opcode == .connectionClose }.count == 1)
    }
  }

  @Test("answers a ping with its payload")
  func pong() async throws {
    try await withWebSocketServer { inbound, outbound in
      var frames = inbound.makeAsyncIterator()
      try await outbound.write(plain(.ping, "payload"))
      let frame = try await frames.next()
      let isPong = frame?.opcode == .pong && frame?.unmaskedData == ByteBuffer(string: "payload")
      try await outbound.write(plain(.text, isPong ? "pong seen" : "no pong"))
    } _: { endpoint in
      try await connect(to: endpoint) { connection in
        var messages = connection.messages.makeAsyncIterator()
        let message = try await messages.next()
        #expect(message == .text(Array("pong seen".utf8)))
      }
    }
  }

  @Test(
    "tells the server what it broke, then throws it",
    arguments: [
      (WebSocketFrame.frame(.text, [97]), .protocolError),
      (.frame(.text, [0x80], masked: false), .invalidPayload),
      (.frame(.ping, [], fin: false, masked: false), .protocolError),
      (.frame(.binary, Array(repeating: 0, count: 1001), masked: false), .messageTooBig),
    ] as [(WebSocketFrame, WebSocketCloseCode)])
  func violations(_ frame: WebSocketFrame, _ code: WebSocketCloseCode) async throws {
    let (answers, answered) = AsyncStream.makeStream(of: WebSocketFrame?.self)
    try await withWebSocketServer { inbound, outbound in
      var frames = inbound.makeAsyncIterator()
      try await outbound.write(frame)
      answered.yield(try await frames.next())
    } _: { endpoint in
      let violation = await #expect(throws: WebSocketViolation.self) {
        try await connect(to: endpoint) { for try await _ in $0.messages {} }
      }
      #expect(violation?.code == code)
      let answer = await answers.first { _ in true } ?? nil
      #expect(answer?.opcode == .connectionClose)
      #expect(answer?.unmaskedData == violation?.close.payload)
    }
  }

  @Test("an end without a close frame is an error")
  func cut() async throws {
    try await withWebSocketServer { inbound, outbound in
      var frames = inbound.makeAsyncIterator()
      _ = try await frames.next()
      try await outbound.write(plain(.text, "last words"))
    } _: { endpoint in
      var messages: [WebSocketMessage] = []
      let error = await #expect(throws: TransportError.self) {
        try await connect(to: endpoint) { connection in
          try await connection.send(text: "go")
          for try await message in connection.messages { messages.append(message) }
        }
      }
      #expect(error?.code == .connectionLost)
      #expect(messages == [.text(Array("last words".utf8))])
    }
  }

  @Test("a refused handshake carries the server's status and text")
  func refused() async throws {
    let answer = "HTTP/1.1 404 Not Found\r\nContent-Length: 12\r\n\r\nno such path"
    try await withRawServer(answering: answer) { port, _ in
      let error = await #expect(throws: TransportError.self) {
        try await connect(to: try Endpoint("ws://127.0.0.1:\(port)/x")) { _ in }
      }
      #expect(error?.code == .refused)
      #expect(error?.message.hasSuffix("HTTP 404: no such path") == true)
    }
  }

  @Test("a handshake that is never answered times out")
  func timesOut() async throws {
    try await withRawServer(answering: nil) { port, _ in
      let error = await #expect(throws: TransportError.self) {
        try await connect(to: try Endpoint("ws://127.0.0.1:\(port)"), clock: LateClock()) { _ in }
      }
      #expect(error?.code == .timedOut)
    }
  }
}
