import HTTPTypes
package import HummingbirdCore
package import KISTransport
package import Logging
package import NIOCore
package import NIOHTTP1
package import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import ServiceLifecycle

/// The server that a ``FrontDoor`` accepts connections for: it decides which upgrades are granted, and runs the sessions.
package protocol FrontDoorHost: Sendable {
  /// What a host keeps of one WebSocket connection: where its outgoing bytes wait, who it is.
  associatedtype Session: Sendable

  /// Is given a TCP connection before anything is read from it.
  func meet(_ channel: any Channel) -> EventLoopFuture<Void>
  /// The status that a client gets instead of a WebSocket; nil lets it in, perhaps after a while.
  func refusal(ofUpgrade head: HTTPRequestHead, on channel: any Channel) -> EventLoopFuture<HTTPResponseStatus?>
  /// A connection has become a WebSocket; called on its event loop, before a byte is read.
  func opened(_ head: HTTPRequestHead, on channel: any Channel) throws -> Session
  /// Reads and writes until the connection ends.
  func run(_ channel: NIOAsyncChannel<WebSocketInput, ByteBuffer>, _ session: Session) async
}

/// What a client may ask of a listener before it is refused.
package struct FrontDoorLimits: Sendable {
  /// Bytes of the largest WebSocket frame that is read; larger ones end the session (1009).
  package var messageSize: Int
  /// Bytes of the largest body of a request; larger ones are refused with 413, at once where the length is announced.
  package var bodySize: Int
  /// How long a request may take from its first byte to its last, 408 when it takes longer; zero for any time.
  package var requestTime: TimeAmount

  /// Whether what RFC 9112 and RFC 6455 forbid is refused: a client's mistake shows here, not in production.
  package var isStrict: Bool

  package init(messageSize: Int, bodySize: Int, requestTime: TimeAmount, isStrict: Bool = true) {
    self.messageSize = messageSize
    self.bodySize = bodySize
    self.requestTime = requestTime
    self.isStrict = isStrict
  }
}

/// One accepted connection of any listener: it becomes REST or, if its first request asks for it, a WebSocket session.
package struct FrontDoor<Host: FrontDoorHost>: HTTPChannelHandler {
  package enum Upgraded: Sendable {
    case rest(UnclaimedChannel<HTTPRequestPart, HTTPResponsePart>)
    case session(UnclaimedChannel<WebSocketInput, ByteBuffer>, Host.Session)
  }

  package struct Value: ServerChildChannelValue {
    let upgraded: EventLoopFuture<Upgraded>
    package let channel: any Channel
  }

  package let responder: HTTPChannelHandler.Responder
  private let host: Host
  private let limits: FrontDoorLimits
  private let tls: ServerTLS?
  private let farewell: EventLoopFuture<Void>

  /// - Parameters:
  ///   - host: who decides about connections and runs sessions.
  ///   - farewell: succeeds once a server that stops has told its sessions so; only then does the time run that their
  ///     clients have to leave by themselves, however long the telling took.
  ///   - limits: how much a client may send, and how long it may take.
  ///   - tls: makes https and wss of accepted connections; nil for plain ones.
  ///   - responder: answers requests.
  package init(
    host: Host, limits: FrontDoorLimits, tls: ServerTLS?, farewell: EventLoopFuture<Void>,
    responder: @escaping HTTPChannelHandler.Responder
  ) {
    self.host = host
    self.farewell = farewell
    self.limits = limits
    self.tls = tls
    self.responder = responder
  }

  package func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    host.meet(channel).flatMap { prepare(channel, logger: logger) }
  }

  private func prepare(_ channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      try tls?.begin(on: channel)
      let upgrader = WebSocketUpgrader<Upgraded>(
        maximumFrameSize: limits.messageSize, isStrict: limits.isStrict,
        refusal: { channel, head in
          host.refusal(ofUpgrade: head, on: channel).flatMapThrowing { status in
            if status == nil { try endDeadlines(of: channel) }
            return status
          }
        },
        complete: { channel, head in wrapSession(channel, head) })
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
      let deadline = RequestDeadline(limits.requestTime)
      try channel.pipeline.syncOperations.addHandlers(
        [deadline, FirstRequest(), UpgradeOfferFilter()], position: .before(upgradeHandler))
      let decoder = try channel.pipeline.syncOperations.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
      try channel.pipeline.syncOperations.addHandler(RequestDeadline.FirstBytes(deadline), position: .before(decoder))
      return Value(upgraded: upgraded, channel: channel)
    }
  }

  package func handle(value: Value, logger: Logger) async {
    await withGracefulShutdownHandler {
      await serve(value, logger: logger)
    } onGracefulShutdown: {
      farewell.hop(to: value.channel.eventLoop).whenComplete { _ in
        _ = value.channel.eventLoop.scheduleTask(in: patience) { value.channel.close(promise: nil) }
      }
    }
  }

  /// How long a server that stops waits for clients to go by themselves; some hang, and faults keep others waiting.
  private var patience: TimeAmount { .milliseconds(500) }

  private func serve(_ value: Value, logger: Logger) async {
    do {
      switch try await value.upgraded.get() {
      case .rest(let channel):
        if let channel = channel.claim() { await handleHTTP(asyncChannel: channel, logger: logger) }
      case .session(let channel, let session):
        if let channel = channel.claim() { await host.run(channel, session) }
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
      try channel.pipeline.syncOperations.addHandlers(
        ConnectionOptions(limits), HTTP1ToHTTPServerCodec(secure: false))
      try channel.pipeline.syncOperations.addHandler(HTTPConnectionStateHandler(logger: logger))
      return .rest(
        UnclaimedChannel(
          try NIOAsyncChannel(
            wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))))
    }
  }

  /// A session has no requests that could be late. It has to be so before the decoder goes: a client may send frames
  /// right behind its handshake, and those come from there as bytes, not as parts of a request.
  private func endDeadlines(of channel: any Channel) throws {
    let pipeline = channel.pipeline.syncOperations
    pipeline.removeHandler(try pipeline.handler(type: RequestDeadline.FirstBytes.self), promise: nil)
    pipeline.removeHandler(try pipeline.handler(type: RequestDeadline.self), promise: nil)
  }

  private func wrapSession(_ channel: any Channel, _ head: HTTPRequestHead) -> EventLoopFuture<Upgraded> {
    channel.eventLoop.makeCompletedFuture {
      let session = try host.opened(head, on: channel)
      return .session(UnclaimedChannel(try NIOAsyncChannel(wrappingChannelSynchronously: channel)), session)
    }
  }
}
