import KISSandbox
import ServiceLifecycle
import Synchronization

/// A sandbox in a directory: it runs until it leaves, and so does the listener of its own.
final class HostedSandbox: Sendable {
  let sandbox: Sandbox
  /// The port that its listener was bound to; never delivered when it has none.
  let boundPort = Promise<Int>()
  private let wanted: SandboxClients
  private let port = Mutex<Int?>(nil)
  private let departure: AsyncStream<Never>
  private let departing: AsyncStream<Never>.Continuation

  init(_ sandbox: Sandbox, clients: SandboxClients) {
    self.sandbox = sandbox
    wanted = clients
    (departure, departing) = AsyncStream.makeStream()
  }

  /// Whose it is, with the port as it was bound.
  var clients: SandboxClients {
    SandboxClients(appKeys: wanted.appKeys, port: port.withLock { $0 } ?? wanted.port)
  }

  func bound(to port: Int) {
    self.port.withLock { $0 = port }
    boundPort.deliver(.success(port))
  }

  /// Sends its sessions a close frame (1001, going away) and answers everybody who waits.
  func windDown(because reason: String = "kis-mock is stopping") async {
    await sandbox.windDown(.closeFrame(code: 1001, reason: reason))
  }

  func leave() { departing.finish() }

  /// Runs the sandbox, and its listener if it has one, until it leaves or the task is cancelled.
  func run(on server: MockServer) async {
    async let _: Void = sandbox.run()
    if let port = wanted.port {
      await listen(Listener(server: server, port: port, owner: .sandbox(self)), server)
    } else {
      await departed()
    }
  }

  private func listen(_ listener: Listener, _ server: MockServer) async {
    let logger = server.configuration.logger.quieter
    let group = ServiceGroup(configuration: .init(services: [.init(service: listener)], logger: logger))
    async let _: Void = {
      await departed()
      await group.triggerGracefulShutdown()
    }()
    do {
      try await group.run()
      // Whoever still waits for the port would wait for ever.
      boundPort.deliver(.failure(SandboxError(description: "the sandbox `\(sandbox.name)` was deleted")))
    } catch {
      boundPort.deliver(.failure(error))
    }
  }

  private func departed() async {
    for await _ in departure {}
  }
}
