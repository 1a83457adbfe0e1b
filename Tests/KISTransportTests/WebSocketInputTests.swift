import NIOCore
import NIOEmbedded
import NIOWebSocket
import Testing

@testable import KISTransport

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

  @Test(
    "are frames whose length is not in its shortest form, wherever they come apart",
    arguments: [
      [0x81, 0xFE, 0, 125, 1, 2, 3, 4], [0x81, 0xFE, 0, 0, 1, 2, 3, 4], [0x89, 0xFE, 0, 5, 1, 2, 3, 4],
      [0x81, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 1, 2, 3, 4], [0x81, 0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4],
    ] as [[UInt8]])
  func notShortest(_ bytes: [UInt8]) throws {
    let all = [0x81, 0x81, 0, 0, 0, 0, UInt8(ascii: "a")] + bytes + [0x81, 0x81, 0, 0, 0, 0, UInt8(ascii: "b")]
    for cut in 0...all.count {
      let inputs = try received([Array(all[..<cut]), Array(all[cut...])])
      #expect(inputs.first == .text("a"))
      #expect(inputs.dropFirst().map(\.violationCode) == [.protocolError], "cut at \(cut)")
    }
  }

  @Test("are none whose length could not be shorter", arguments: [0, 1, 125, 126, 127, 65_535, 65_536, 70_000])
  func shortest(count: Int) throws {
    let length: [UInt8] =
      switch count {
      case 0..<126: [0x80 | UInt8(count)]
      case 126..<65_536: [0xFE, UInt8(count >> 8), UInt8(count & 0xFF)]
      default: [0xFF, 0, 0, 0, 0, 0, UInt8(count >> 16), UInt8(count >> 8 & 0xFF), UInt8(count & 0xFF)]
      }
    let frame = [0x81] + length + [0, 0, 0, 0] + [UInt8](repeating: UInt8(ascii: "x"), count: count)
    for cut in [0, 1, 2, 3, 7, 11, frame.count, frame.count + 3] {
      let all = frame + frame
      let inputs = try received([Array(all[..<min(cut, all.count)]), Array(all[min(cut, all.count)...])])
      #expect(inputs.count == 2)
      #expect(inputs.allSatisfy { $0.violationCode == nil })
    }
  }

  /// What pieces of a stream mean to a server.
  private func received(_ pieces: [[UInt8]]) throws -> [WebSocketProtocol.Received] {
    let channel = EmbeddedChannel()
    try channel.pipeline.syncOperations.addHandlers([
      FrameLengthCheck(), ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: 1 << 20)), WebSocketInputHandler(),
    ])
    for piece in pieces where !piece.isEmpty { try channel.writeInbound(ByteBuffer(bytes: piece)) }
    var connection = WebSocketProtocol(role: .server)
    var inputs: [WebSocketProtocol.Received] = []
    while let input = try channel.readInbound(as: WebSocketInput.self) { inputs.append(connection.receive(input)) }
    _ = try? channel.finish()
    return inputs
  }
}
