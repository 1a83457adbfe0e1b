import KISRecording
package import KISTransport
import NIOCore
import NIOPosix

/// A reverse proxy for REST and WebSocket that records what passes, both directions on one time line.
package struct CaptureProxy: Sendable {
  /// Where KIS, or what stands in for it, answers REST.
  package var rest: Endpoint
  /// Where it speaks WebSocket.
  package var webSocket: Endpoint
  /// The address to listen on.
  package var host: String
  /// 0 takes a free one.
  package var restPort: Int
  /// 0 takes a free one.
  package var webSocketPort: Int
  /// Which certificates of upstreams to trust.
  package var trust: TLSTrust
  private let recorder: SessionRecorder
  private let clock: CaptureClock

  package init(
    rest: Endpoint, webSocket: Endpoint, host: String, restPort: Int, webSocketPort: Int, trust: TLSTrust = .system,
    recorder: SessionRecorder, clock: CaptureClock
  ) {
    self.rest = rest
    self.webSocket = webSocket
    self.host = host
    self.restPort = restPort
    self.webSocketPort = webSocketPort
    self.trust = trust
    self.recorder = recorder
    self.clock = clock
  }

  private typealias Bytes = NIOAsyncChannel<ByteBuffer, ByteBuffer>

  /// Listens until the task is cancelled, or the recording cannot go on.
  ///
  /// - Parameters:
  ///   - ready: told the ports when both are open.
  ///   - failed: told why a connection came to nothing.
  package func run(
    ready: @Sendable (_ rest: Int, _ webSocket: Int) throws -> Void, failed: @escaping @Sendable (String) -> Void
  ) async throws {
    let restServer = try await listen(on: restPort)
    let webSocketServer = try await listen(on: webSocketPort)
    try ready(
      restServer.channel.localAddress?.port ?? restPort, webSocketServer.channel.localAddress?.port ?? webSocketPort)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await serve(restServer, rest, failed) }
      group.addTask { try await serve(webSocketServer, webSocket, failed) }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  private func listen(on port: Int) async throws -> NIOAsyncChannel<Bytes, Never> {
    try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
      .bind(host: host, port: port) { channel in
        channel.eventLoop.makeCompletedFuture { try CaptureProxy.wrapped(channel) }
      }
  }

  private static func wrapped(_ channel: any Channel) throws -> Bytes {
    try Bytes(wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
  }

  private func serve(
    _ server: NIOAsyncChannel<Bytes, Never>, _ upstream: Endpoint, _ failed: @escaping @Sendable (String) -> Void
  ) async throws {
    try await server.executeThenClose { clients in
      try await withThrowingDiscardingTaskGroup { group in
        for try await client in clients {
          group.addTask {
            do {
              try await serve(client, upstream)
            } catch let error where error is SessionRecorder.Stop || error is RecordingError {
              // Nothing is forwarded that is not on file. The listener ends too: no group cancels its own body.
              server.channel.close(promise: nil)
              throw error
            } catch {
              failed("\(error)")
            }
          }
        }
      }
    }
  }

  private func serve(_ client: Bytes, _ upstream: Endpoint) async throws {
    let connection = ProxiedConnection(recorder: recorder, clock: clock, authority: upstream.authority)
    do {
      try await forward(client, upstream, connection)
    } catch {
      // A side that broke off is an end too.
      _ = try connection.end(fromClient: true)
      try connection.finish()
      throw error
    }
    try connection.finish()
  }

  private func forward(_ client: Bytes, _ upstream: Endpoint, _ connection: ProxiedConnection) async throws {
    try await client.executeThenClose { fromClient, toClient in
      let server = try await upstream.open(trust: trust) { try CaptureProxy.wrapped($0) }
      try await server.executeThenClose { fromServer, toServer in
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask {
            for try await buffer in fromClient {
              let bytes = try connection.receive(fromClient: Array(buffer.readableBytesView))
              if !bytes.isEmpty { try await toServer.write(ByteBuffer(bytes: bytes)) }
            }
            _ = try connection.end(fromClient: true)
            toServer.finish()
          }
          group.addTask {
            for try await buffer in fromServer {
              let bytes = try connection.receive(fromServer: Array(buffer.readableBytesView))
              if !bytes.isEmpty { try await toClient.write(ByteBuffer(bytes: bytes)) }
            }
            let rest = try connection.end(fromClient: false)
            if !rest.isEmpty { try await toClient.write(ByteBuffer(bytes: rest)) }
            toClient.finish()
          }
          defer { group.cancelAll() }
          // A side that failed ends the other; one that only finished lets it go on.
          for try await _ in group {}
        }
      }
    }
  }
}
