import KISTransport
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket

/// A server on a free port of 127.0.0.1 that plays a script to each connection, for as long as `body` runs.
func withTestServer<Connection: Sendable>(
  _ initializer: @escaping @Sendable (any Channel) -> EventLoopFuture<Connection>,
  script: @escaping @Sendable (Connection) async throws -> Void,
  _ body: (Int) async throws -> Void
) async throws {
  let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
    .bind(host: "127.0.0.1", port: 0, childChannelInitializer: initializer)
  try await server.executeThenClose { connections, _ in
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await withThrowingDiscardingTaskGroup { scripts in
          for try await connection in connections { scripts.addTask { try? await script(connection) } }
        }
      }
      try await body(server.channel.localAddress?.port ?? 0)
      group.cancelAll()
    }
  }
}

/// A peer may hang up before its connection gets to its script, so both kinds are handed over unclaimed.
typealias RawConnection = UnclaimedChannel<ByteBuffer, ByteBuffer>

/// A server that reads a request up to its blank line, keeps it, and answers with these bytes; nil answers nothing.
func withRawServer(
  answering answer: String?, _ body: (Int, _ request: AsyncStream<String>) async throws -> Void
) async throws {
  let (requests, received) = AsyncStream.makeStream(of: String.self)
  try await withTestServer { channel in
    channel.eventLoop.makeCompletedFuture { RawConnection(try NIOAsyncChannel(wrappingChannelSynchronously: channel)) }
  } script: { connection in
    try await connection.claim()?.executeThenClose { inbound, outbound in
      var request = ""
      for try await bytes in inbound {
        request += String(buffer: bytes)
        guard request.contains("\r\n\r\n"), request.hasSuffix("\r\n") || request.hasSuffix("}") else { continue }
        received.yield(request)
        guard let answer else { continue }
        try await outbound.write(ByteBuffer(string: answer))
        return
      }
    }
  } _: {
    try await body($0, requests)
  }
}

/// What a server's end of a WebSocket sees: frames in, frames out, nothing done for it.
typealias FrameConnection = UnclaimedChannel<WebSocketFrame, WebSocketFrame>

/// A server that upgrades every connection and plays frames.
func withWebSocketServer(
  script:
    @escaping @Sendable (
      NIOAsyncChannelInboundStream<WebSocketFrame>, NIOAsyncChannelOutboundWriter<WebSocketFrame>
    ) async throws -> Void,
  _ body: (Endpoint) async throws -> Void
) async throws {
  try await withTestServer { channel in
    channel.eventLoop.makeCompletedFuture {
      let upgrader = NIOTypedWebSocketServerUpgrader<FrameConnection?>(
        enableAutomaticErrorHandling: false,
        shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture([:]) },
        upgradePipelineHandler: { channel, _ in
          channel.eventLoop.makeCompletedFuture {
            FrameConnection(try NIOAsyncChannel(wrappingChannelSynchronously: channel))
          }
        })
      return try channel.pipeline.syncOperations.configureUpgradableHTTPServerPipeline(
        configuration: .init(
          upgradeConfiguration: .init(
            upgraders: [upgrader],
            notUpgradingCompletionHandler: { $0.eventLoop.makeSucceededFuture(nil) })))
    }
  } script: { (upgraded: EventLoopFuture<FrameConnection?>) in
    try await upgraded.get()?.claim()?.executeThenClose { inbound, outbound in
      try await script(inbound, outbound)
    }
  } _: { port in
    try await body(try Endpoint("ws://127.0.0.1:\(port)"))
  }
}
