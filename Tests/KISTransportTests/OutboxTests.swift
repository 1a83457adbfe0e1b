import KISTransport
import NIOCore
import NIOEmbedded
import Testing

@Suite("An outbox")
struct OutboxTests {
  /// What has been written to the channel since the last call.
  private func written(to channel: EmbeddedChannel) throws -> [Int] {
    channel.embeddedEventLoop.run()
    var sizes: [Int] = []
    while let buffer = try channel.readOutbound(as: ByteBuffer.self) { sizes.append(buffer.readableBytes) }
    return sizes
  }

  private func piece(_ count: Int) -> ByteBuffer { ByteBuffer(repeating: 0x61, count: count) }

  @Test("writes what it is given at once")
  func atOnce() throws {
    let channel = EmbeddedChannel()
    let outbox = Outbox(channel: channel, fullAt: 1 << 20) { _ in }
    outbox.send(piece(10))
    #expect(try written(to: channel) == [10])
    #expect(outbox.backlog == 0)
  }

  @Test("writes a burst in large pieces, all of it in order, and the rest of it when it ends")
  func burst() throws {
    let channel = EmbeddedChannel()
    let outbox = Outbox(channel: channel, fullAt: 1 << 20) { _ in }
    outbox.beginBurst()
    for _ in 0..<4 { outbox.send(piece(60_000)) }
    #expect(try written(to: channel) == [])
    outbox.send(piece(60_001))
    #expect(try written(to: channel) == [60_000, 60_000, 60_000, 60_000, 60_001])
    outbox.send(piece(5))
    #expect(try written(to: channel) == [])
    outbox.endBurst()
    #expect(try written(to: channel) == [5])
    outbox.endBurst()
    outbox.send(piece(6))
    #expect(try written(to: channel) == [6])
    #expect(outbox.backlog == 0)
  }

  @Test("ends behind what a burst holds back")
  func endingInABurst() throws {
    let channel = EmbeddedChannel()
    let outbox = Outbox(channel: channel, fullAt: 1 << 20) { _ in }
    outbox.beginBurst()
    outbox.send(piece(7))
    outbox.end(lastFrame: piece(2))
    #expect(try written(to: channel) == [7, 2])
  }
}
