import KISFrontDoor
import KISSandbox
import KISScenario
import KISTransport
import KISWire
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle

/// Reads what one WebSocket client sends and hands it to its sandbox; what is sent goes through the sink.
struct SessionHandler: FrontDoorHost {
  let directory: SandboxDirectory
  let door: AdminDoor
  let cutting: CutConnections
  let maximumMessageSize: Int
  let logger: Logger

  /// The upgrade paths of KIS (PROTOCOL section 3.1): `/`, `/tryitout`, `/tryitout/<TR_ID>`.
  static func accepts(path uri: String) -> Bool {
    let path = uri.prefix { $0 != "?" }
    guard path != "/", path != "", path != "/tryitout", path != "/tryitout/" else { return true }
    return path.hasPrefix("/tryitout/") && !path.dropFirst("/tryitout/".count).contains("/")
  }

  func meet(_ channel: any Channel) -> EventLoopFuture<Void> {
    let sandbox = directory.sandbox(forPort: channel.localAddress?.port)
    return channel.eventLoop.makeFutureWithTask { await sandbox.faultsOfConnection() }.flatMap { faults in
      guard !faults.isEmpty else { return channel.eventLoop.makeSucceededVoidFuture() }
      return ConnectionFaults(faults, of: sandbox, cutting: cutting).meet(channel)
    }
  }

  func refusal(ofUpgrade head: HTTPRequestHead, on channel: any Channel) -> EventLoopFuture<HTTPResponseStatus?> {
    let path = String(head.uri.prefix { $0 != "?" })
    guard SessionHandler.accepts(path: path) else { return channel.eventLoop.makeSucceededFuture(.notFound) }
    // Browsers do not keep pages from opening WebSockets anywhere.
    if let origin = head.headers.first(name: "origin"), !door.accepts(origin: origin) {
      return channel.eventLoop.makeSucceededFuture(.forbidden)
    }
    let sandbox = directory.sandbox(forPort: channel.localAddress?.port)
    return channel.eventLoop.makeFutureWithTask {
      var status: HTTPResponseStatus?
      for fault in await sandbox.faultsOfUpgrade(path: path) {
        switch fault {
        case .late(let delay): await sandbox.delay(delay)
        case .refused(let code): status = HTTPResponseStatus(statusCode: code)
        }
      }
      return status
    }
  }

  func opened(_ head: HTTPRequestHead, on channel: any Channel) throws -> SocketSink {
    let faults = try? channel.pipeline.syncOperations.handler(type: OutgoingFaults.self)
    let sink = SocketSink(channel, path: head.uri, cutAfter: faults?.bytesLeft)
    try channel.pipeline.syncOperations.addHandler(OutboxDrain(sink.outbox))
    try channel.syncOptions?.setOption(.writeBufferWaterMark, value: .init(low: 128 * 1024, high: 512 * 1024))
    return sink
  }

  func run(_ channel: NIOAsyncChannel<WebSocketInput, ByteBuffer>, _ sink: SocketSink) async {
    var connection = Connection(
      sandbox: directory.sandbox(forPort: channel.channel.localAddress?.port), sink: sink,
      wire: WebSocketProtocol(role: .server, maximumMessageSize: maximumMessageSize))
    do {
      try await channel.executeThenClose { inbound, _ in
        try await connection.open()
        // Whoever came too late to be told with the others.
        if Task.isShuttingDownGracefully { sink.close(WebSocketClose(.goingAway, reason: "kis-mock is stopping")) }
        for try await input in inbound { try await connection.receive(input, directory) }
      }
    } catch {
      logger.debug("session ended: \(error)")
    }
    sink.outbox.abandon()
    await connection.closed()
  }

  /// One client while it is connected.
  private struct Connection {
    var sandbox: Sandbox
    let sink: SocketSink
    var wire: WebSocketProtocol
    var id = 0
    var isCleanlyClosed = false
    var hasRegistered = false

    mutating func open() async throws {
      sink.attach(to: sandbox)
      id = try await sandbox.connect(sink, path: sink.path)
    }

    func closed() async {
      sink.attach(to: nil)
      await sandbox.disconnected(id, cleanly: isCleanlyClosed)
    }

    mutating func receive(_ input: WebSocketInput, _ directory: SandboxDirectory) async throws {
      switch wire.receive(input) {
      case .text(let text):
        let bytes = Array(text.readableBytesView)
        if !hasRegistered { try await moveToSandbox(namedBy: bytes, directory) }
        await sandbox.receive(bytes, from: id)
      case .ping(let payload):
        if await sandbox.answersPing(of: id) { sink.pong(payload) }
        await sandbox.receiveControlFrame(Array(payload.readableBytesView), from: id)
      case .pong(let payload): await sandbox.receivePong(Array(payload.readableBytesView), from: id)
      case .binary: sink.close(WebSocketClose(.unacceptableData, reason: "KIS speaks text"))
      case .close(let close, let answerDue):
        isCleanlyClosed = true
        guard answerDue, await !sandbox.isSilent(id) else { break }
        let isAnswered = await sandbox.answersClose(of: id)
        // The app key is freed before the close frame is answered: a client may reconnect as soon as it has the answer.
        await sandbox.disconnected(id, cleanly: true)
        if isAnswered { sink.close(close) } else { sink.end(.drop) }
      case .violation(let violation): sink.close(violation.close)
      case .nothing: break
      }
    }

    /// KIS clients cannot say which sandbox they mean when they connect; their approval key does.
    private mutating func moveToSandbox(namedBy message: [UInt8], _ directory: SandboxDirectory) async throws {
      guard let request = try? RegistrationRequest(parsing: message) else { return }
      hasRegistered = true
      guard let owner = await directory.sandbox(forApprovalKey: request.approvalKey), owner !== sandbox else { return }
      await sandbox.disconnected(id, cleanly: true)
      sandbox = owner
      try await open()
    }
  }
}
