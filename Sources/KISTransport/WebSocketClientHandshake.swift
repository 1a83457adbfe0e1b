import NIOCore
import NIOHTTP1
import NIOWebSocket

/// The opening handshake of RFC 6455 from the client's side.
///
///     try await WebSocketClientHandshake(try Endpoint("ws://127.0.0.1:21000")).connect { connection in
///       try await connection.send(text: "…")
///       for try await message in connection.messages { … }
///     }
public struct WebSocketClientHandshake: Sendable {
  /// Whom to connect to; its path is the upgrade's.
  public var endpoint: Endpoint
  /// Which certificates to trust, for wss.
  public var trust: TLSTrust
  /// Sent along, names in the case given.
  public var headers: [HTTPField]
  /// How long connecting and upgrading may take together.
  public var timeout: Duration
  /// How many bytes a message may have.
  public var maximumMessageSize: Int
  /// Whether text has to be UTF-8; see ``WebSocketProtocol/init(role:maximumMessageSize:checksText:)``.
  public var checksText: Bool
  private let clock: any Clock<Duration>
  private let masks: any RandomNumberGenerator & Sendable

  /// - Parameters:
  ///   - masks: where the masking keys of the frames come from; RFC 6455 wants them unpredictable.
  public init(
    _ endpoint: Endpoint, trust: TLSTrust = .system, headers: [HTTPField] = [], timeout: Duration = .seconds(10),
    maximumMessageSize: Int = 1 << 20, checksText: Bool = true, clock: any Clock<Duration> = ContinuousClock(),
    masks: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
  ) {
    self.endpoint = endpoint
    self.trust = trust
    self.headers = headers
    self.timeout = timeout
    self.maximumMessageSize = maximumMessageSize
    self.checksText = checksText
    self.clock = clock
    self.masks = masks
  }

  /// Connects, runs `body` with the connection, and ends it.
  ///
  /// - Throws: ``TransportError`` when no connection comes about (with the server's status and text when it refused),
  ///   and what `body` throws.
  public func connect<Result>(_ body: (WebSocketConnection) async throws -> Result) async throws -> Result {
    let upgraded = try await withTimeout(timeout, clock: clock, doing: "connecting to \(endpoint)") { closer in
      try await endpoint.connect(trust: trust, closer: closer, upgrade).get()
    }
    switch upgraded {
    case .webSocket(let unclaimed):
      guard let channel = unclaimed.claim() else { throw TransportError(.connectionLost, "\(endpoint) is gone") }
      return try await channel.executeThenClose { inbound, outbound in
        let connection = WebSocketConnection(
          inbound: inbound, outbound: outbound, maximumMessageSize: maximumMessageSize, checksText: checksText,
          masks: masks)
        let result = try await body(connection)
        try? await connection.close()
        return result
      }
    case .http(let unclaimed):
      guard let channel = unclaimed.claim() else { throw TransportError(.connectionLost, "\(endpoint) is gone") }
      throw try await refusal(channel)
    }
  }

  private enum Upgraded: Sendable {
    case webSocket(UnclaimedChannel<WebSocketInput, WebSocketFrame>)
    case http(UnclaimedChannel<HTTPClientResponsePart, HTTPClientRequestPart>)
  }

  @Sendable private func upgrade(_ channel: any Channel) throws -> EventLoopFuture<Upgraded> {
    let upgrader = NIOTypedWebSocketClientUpgrader<Upgraded>(
      maxFrameSize: maximumMessageSize, enableAutomaticErrorHandling: false
    ) { channel, _ in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandler(WebSocketInputHandler())
        return .webSocket(
          UnclaimedChannel(
            try NIOAsyncChannel(
              wrappingChannelSynchronously: channel,
              configuration: .init(backPressureStrategy: .init(lowWatermark: 64, highWatermark: 256)))))
      }
    }
    var configuration = NIOUpgradableHTTPClientPipelineConfiguration(
      upgradeConfiguration: NIOTypedHTTPClientUpgradeConfiguration(
        upgradeRequestHead: requestHead, upgraders: [upgrader],
        notUpgradingCompletionHandler: { channel in
          channel.eventLoop.makeCompletedFuture {
            .http(UnclaimedChannel(try NIOAsyncChannel(wrappingChannelSynchronously: channel)))
          }
        }))
    // A server may send its first frame right behind the handshake.
    configuration.leftOverBytesStrategy = .forwardBytes
    return try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(configuration: configuration)
  }

  private var requestHead: HTTPRequestHead {
    var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: endpoint.path.isEmpty ? "/" : endpoint.path)
    head.headers.add(name: "Host", value: endpoint.authority)
    for field in headers { head.headers.add(name: field.name, value: field.value) }
    return head
  }

  private func refusal(
    _ channel: NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>
  ) async throws -> TransportError {
    let what = "connecting to \(endpoint)"
    let answer = try await withTimeout(timeout, clock: clock, doing: what) { closer in
      closer.add(channel.channel)
      return try await channel.executeThenClose { inbound, _ in
        try await HTTPAnswer(collecting: inbound, limit: 64 << 10, from: what)
      }
    }
    let text = answer.body.isEmpty ? "" : ": " + String(decoding: answer.body.prefix(200), as: UTF8.self)
    return TransportError(.refused, "\(endpoint) answered the WebSocket handshake with HTTP \(answer.status)\(text)")
  }
}
