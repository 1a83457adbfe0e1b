import HTTPTypes
import HummingbirdCore
import KISSandbox
import KISTransport
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import ServiceLifecycle

/// One accepted connection of any listener: it becomes REST or, if its first request asks for it, a WebSocket session.
struct UpgradableHTTPChannel: HTTPChannelHandler {
  enum Upgraded: Sendable {
    case rest(UnclaimedChannel<HTTPRequestPart, HTTPResponsePart>)
    case session(UnclaimedChannel<WebSocketInput, ByteBuffer>, SocketSink)
  }

  struct Value: ServerChildChannelValue {
    let upgraded: EventLoopFuture<Upgraded>
    let channel: any Channel
  }

  let responder: HTTPChannelHandler.Responder
  let sessions: SessionHandler
  let maximumMessageSize: Int
  let tls: ServerTLS?

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    let sandbox = sessions.directory.sandbox(forPort: channel.localAddress?.port)
    return channel.eventLoop.makeFutureWithTask { await sandbox.faultsOfConnection() }.flatMap { faults in
      guard !faults.isEmpty else { return prepare(channel, logger: logger) }
      return ConnectionFaults(faults, of: sandbox).meet(channel).flatMap { prepare(channel, logger: logger) }
    }
  }

  private func prepare(_ channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      try tls?.begin(on: channel)
      let upgrader = WebSocketUpgrader<Upgraded>(
        maximumFrameSize: maximumMessageSize,
        refusal: { channel, head in sessions.refusal(ofUpgrade: head.uri, on: channel) },
        complete: { channel, _ in wrapSession(channel) })
      var configuration = NIOUpgradableHTTPServerPipelineConfiguration<Upgraded>(
        upgradeConfiguration: .init(
          upgraders: [upgrader], notUpgradingCompletionHandler: { channel in wrapREST(channel, logger: logger) }))
      // Answers may go out past the encoder, so no handler must wait for it; Hummingbird answers in order anyway.
      configuration.enablePipelining = false
      // Malformed requests are refused by FirstRequest and, behind the first, by Hummingbird, which also ends the connection.
      configuration.enableErrorHandling = false
      let upgraded = try channel.pipeline.syncOperations.configureUpgradableHTTPServerPipeline(
        configuration: configuration)
      let upgradeHandler = try channel.pipeline.syncOperations.handler(
        type: NIOTypedHTTPServerUpgradeHandler<Upgraded>.self)
      try channel.pipeline.syncOperations.addHandlers(
        [FirstRequest(), DeclinedOffers()], position: .before(upgradeHandler))
      return Value(upgraded: upgraded, channel: channel)
    }
  }

  func handle(value: Value, logger: Logger) async {
    await withGracefulShutdownHandler {
      await serve(value, logger: logger)
    } onGracefulShutdown: {
      Task {
        try? await HostTime.sleep(for: UpgradableHTTPChannel.patience)
        value.channel.close(promise: nil)
      }
    }
  }

  /// How long a server that stops waits for clients to go by themselves; some hang, and faults keep others waiting.
  private static let patience = Duration.milliseconds(500)

  private func serve(_ value: Value, logger: Logger) async {
    do {
      switch try await value.upgraded.get() {
      case .rest(let channel):
        if let channel = channel.claim() { await handleHTTP(asyncChannel: channel, logger: logger) }
      case .session(let channel, let sink):
        if let channel = channel.claim() { await sessions.run(channel, sink) }
      }
    } catch is RefusedUpgrade {
      // Answered already.
    } catch {
      logger.debug("connection failed before its first request: \(error)")
      value.channel.close(promise: nil)
    }
  }

  private func wrapREST(_ channel: any Channel, logger: Logger) -> EventLoopFuture<Upgraded> {
    channel.eventLoop.makeCompletedFuture {
      let encoder = try channel.pipeline.syncOperations.handler(type: HTTPResponseEncoder.self)
      try channel.pipeline.syncOperations.addHandler(RawBytes(), position: .before(encoder))
      try channel.pipeline.syncOperations.addHandlers(ConnectionOptions(), HTTP1ToHTTPServerCodec(secure: false))
      try channel.pipeline.syncOperations.addHandler(HTTPConnectionStateHandler(logger: logger))
      return .rest(
        UnclaimedChannel(
          try NIOAsyncChannel(
            wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))))
    }
  }

  private func wrapSession(_ channel: any Channel) -> EventLoopFuture<Upgraded> {
    channel.eventLoop.makeCompletedFuture {
      let sink = SocketSink(channel)
      try channel.pipeline.syncOperations.addHandler(OutboxDrain(sink.outbox))
      try channel.syncOptions?.setOption(
        .writeBufferWaterMark, value: .init(low: 128 * 1024, high: 512 * 1024))
      return .session(UnclaimedChannel(try NIOAsyncChannel(wrappingChannelSynchronously: channel)), sink)
    }
  }
}
