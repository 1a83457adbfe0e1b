import KISTransport
import NIOCore
import NIOEmbedded
import NIOWebSocket
import Testing

@Suite("Bytes that NIO's decoder refuses")
struct WebSocketInputTests {
  @Test(
    "arrive as a violation that can be answered, after the frames before them",
    arguments: [
      ([0x09, 0x80, 1, 2, 3, 4], .protocolError), ([0x89, 0xFE, 0, 126, 1, 2, 3, 4], .protocolError),
      ([0x81, 0xFE, 1, 1, 1, 2, 3, 4], .messageTooBig),
      ([0x81, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0], .messageTooBig),
    ] as [([UInt8], WebSocketCloseCode)])
  func refused(_ bytes: [UInt8], _ code: WebSocketCloseCode) throws {
    let channel = EmbeddedChannel()
    try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: 256)))
    try channel.pipeline.syncOperations.addHandler(WebSocketInputHandler())
    try channel.writeInbound(ByteBuffer(bytes: [0x81, 0x80, 0, 0, 0, 0] + bytes))

    var connection = WebSocketProtocol(role: .server)
    let first = connection.receive(try #require(try channel.readInbound(as: WebSocketInput.self)))
    let second = connection.receive(try #require(try channel.readInbound(as: WebSocketInput.self)))
    #expect(first == .text(""))
    #expect(second.violationCode == code)
    _ = try? channel.finish()
  }
}
