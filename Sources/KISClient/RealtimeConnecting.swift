import KISTransport
import KISWire
import Logging

extension RealtimeClient {
  /// Connects, keeps connected, and serves the streams until ``close()`` or cancellation.
  ///
  /// - Throws: ``ClientError`` when the first connection cannot be made, or when ``ReconnectPolicy`` gives up; every
  ///   stream throws the same. `CancellationError`.
  public func run() async throws {
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { for await stream in self.abandoned.stream { await self.close(stream) } }
        defer { group.cancelAll() }
        try await keepConnected()
      }
      finish(nil)
    } catch {
      let failure = ClientError(error)
      finish(failure)
      try Task.checkCancellation()
      throw failure
    }
  }

  /// Ends the connection with a close frame; streams end behind what they hold, and ``run()`` returns.
  public func close() {
    isClosing = true
    pause?.cancel()
    outgoing?.yield(.close)
    closing?.finish()
    // Also wakes whoever waits for room in one of them, so that the server's answer is read.
    for buffer in buffers.values { buffer.finish() }
  }

  private func keepConnected() async throws {
    var hasConnected = false
    while !isClosing {
      do {
        try await connect { hasConnected = true }
      } catch {
        try Task.checkCancellation()
        outgoing = nil
        session.disconnected()
        if isClosing { return }
        if let since = servedSince.take(), elapsed.now - since >= configuration.reconnect.steadyAfter {
          failedAttempts = 0
        }
        failedAttempts += 1
        guard hasConnected, let delay = configuration.reconnect.delay(beforeAttempt: failedAttempts) else {
          throw error
        }
        configuration.logger.warning("\(error); connecting again in \(delay)")
        try await wait(delay)
      }
    }
  }

  /// One connection from handshake to end; it ends by throwing, unless we closed it.
  private func connect(_ hasConnected: () -> Void) async throws {
    let approvalKey = try await tokens.approvalKey()
    let handshake = WebSocketClientHandshake(
      try Endpoint(configuration.webSocketURL), trust: configuration.trust, timeout: configuration.timeout,
      checksText: false, clock: configuration.clock)
    try await handshake.connect { connection in
      hasConnected()
      configuration.logger.info("connected to \(configuration.webSocketURL)")
      let (texts, outgoing) = AsyncStream.makeStream(
        of: Outgoing.self, bufferingPolicy: .bufferingOldest(RealtimeClient.mostOutgoing))
      self.outgoing = outgoing
      hasOverflowed = false
      let (closeWanted, closing) = AsyncStream.makeStream(of: Never.self)
      self.closing = closing
      perform(session.connected(approvalKey: approvalKey))
      if isClosing { close() }
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await self.send(texts, over: connection) }
        group.addTask { try await self.receive(from: connection) }
        // A server that does not even read gets no close frame.
        group.addTask { [clock = configuration.clock] in
          for await _ in closeWanted {}
          try await clock.sleep(for: .seconds(2))
        }
        defer { group.cancelAll() }
        try await group.next()
      }
      guard !isClosing else { return }
      throw ClientError(.transport, "the server closed the connection\(connection.received?.words ?? "")")
    }
  }

  /// Waits, unless the client is to close.
  private func wait(_ delay: Duration) async throws {
    let clock = configuration.clock
    let pause = Task { try await clock.sleep(for: delay) }
    self.pause = pause
    await withTaskCancellationHandler {
      _ = await pause.result
    } onCancel: {
      pause.cancel()
    }
    try Task.checkCancellation()
  }

  /// Sends until told to close; then the server has a second to answer the close frame.
  private nonisolated func send(_ texts: AsyncStream<Outgoing>, over connection: WebSocketConnection) async throws {
    for await next in texts {
      switch next {
      case .text(let text): try await connection.send(text: text)
      case .close:
        try await connection.close()
        return try await configuration.clock.sleep(for: .seconds(1))
      }
    }
  }

  private func receive(from connection: WebSocketConnection) async throws {
    for try await message in connection.messages {
      guard case .text(let bytes) = message else { continue }
      do {
        let message = try RealtimeMessage(parsing: bytes)
        if message.showsService, servedSince == nil { servedSince = elapsed.now }
        try await carryOut(session.received(message))
        if hasOverflowed {
          throw ClientError(.transport, "the server does not read: \(RealtimeClient.mostOutgoing) texts wait for it")
        }
      } catch let error as WireError {
        configuration.logger.warning("ignored a message that cannot be read: \(error)")
      }
    }
  }

  /// Effects of a message: those that take time are waited for, so that the server waits too.
  private func carryOut(_ effects: [RealtimeSession.Effect]) async throws {
    for effect in effects {
      switch effect {
      case .deliver(let record, let streams):
        for stream in streams { await buffers[stream]?.send(record) }
      case .renewApprovalKey:
        await tokens.forgetApprovalKey()
        perform(session.connected(approvalKey: try await tokens.approvalKey()))
      case .reconnect(let error): throw error
      default: perform([effect])
      }
    }
  }

  func perform(_ effects: [RealtimeSession.Effect]) {
    for effect in effects {
      switch effect {
      case .send(let text):
        if case .dropped? = outgoing?.yield(.text(text)) { hasOverflowed = true }
      case .confirmed(let streams):
        for stream in streams { waiting.removeValue(forKey: stream)?.resume() }
      case .fail(let streams, let error):
        fail(streams, error)
      case .log(let message): configuration.logger.notice("\(message)")
      case .deliver, .renewApprovalKey, .reconnect: break
      }
    }
  }

  private func fail(_ streams: [RealtimeSession.StreamID], _ error: ClientError) {
    guard error.code != .malformedRecord || configuration.malformedRecords == .fail else {
      configuration.logger.warning("left out a frame: \(error)")
      return
    }
    for stream in streams {
      waiting.removeValue(forKey: stream)?.resume(throwing: error)
      buffers[stream]?.finish(throwing: error)
    }
  }

  private func finish(_ error: ClientError?) {
    end = error ?? ClientError.ended
    outgoing = nil
    for continuation in waiting.values { continuation.resume(throwing: error ?? ClientError.ended) }
    waiting = [:]
    for buffer in buffers.values { buffer.finish(throwing: error) }
    buffers = [:]
  }
}

extension RealtimeMessage {
  /// Whether the server serves us: a connection that is only refused, over and over, does not count as working.
  fileprivate var showsService: Bool {
    switch self {
    case .frame: true
    case .registration(let reply): reply.isSuccess
    case .pingPong, .unknown: false
    }
  }
}

extension WebSocketClose {
  fileprivate var words: String { code.map { " with code \($0)\(reason.isEmpty ? "" : ": \(reason)")" } ?? "" }
}
