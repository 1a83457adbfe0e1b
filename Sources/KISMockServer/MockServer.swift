import HummingbirdCore
import KISFrontDoor
public import KISSandbox
import KISScenario
import Logging
import NIOCore
import NIOPosix
public import ServiceLifecycle
import Synchronization

/// A server that stands in for KIS: REST, OAuth and WebSocket on every listener, each client in its sandbox.
///
///     let server = try MockServer(.ephemeral, clock: RealClock())
///     try await server.run()                       // until graceful shutdown; addresses are known from `ready()` on
public final class MockServer: Service {
  /// What it was made with.
  public let configuration: MockServerConfiguration
  /// The sandboxes it serves, the default one among them.
  public let sandboxes: SandboxDirectory
  let tls: ServerTLS?
  private let readiness = Readiness()

  /// - Throws: ``RecordingError`` when a recording cannot be played; ``SandboxError`` or `ScenarioError` for a sandbox of
  ///   the scenario's that cannot be; ``MockServerError`` when it is to use TLS and cannot.
  public init(_ configuration: MockServerConfiguration, clock: any MockClock) throws {
    self.configuration = configuration
    // Clients compare the certificate with their own clock, so the mock's does not count here.
    do {
      tls = configuration.usesTLS ? try ServerTLS(host: configuration.host, at: RealClock().wallTime) : nil
    } catch {
      throw MockServerError(description: error.description)
    }
    sandboxes = SandboxDirectory(standard: try Sandbox(configuration.sandbox, clock: clock))
    for choice in configuration.sandbox.scenario?.sandboxes ?? [] {
      let world = try configuration.scenarios.world(of: choice, beside: configuration.sandbox)
      try sandboxes.admit(world.configuration, for: .appKeys(Set(choice.appKeys)), clock: world.clock)
    }
  }

  /// The default sandbox.
  public var sandbox: Sandbox { sandboxes.standard }

  /// The certificate that clients of https and wss have to trust, as PEM; nil without TLS.
  public var certificate: String? { tls?.certificate }

  /// Waits until every listener is bound.
  /// - Returns: where clients find it.
  /// - Throws: ``MockServerError`` when a port is taken.
  public func ready() async throws -> Addresses { try await readiness.addresses() }

  /// Serves until graceful shutdown or cancellation; then every session gets a close frame.
  /// - Throws: ``MockServerError`` when a port is taken.
  public func run() async throws {
    var listeners = [Listener(server: self, port: configuration.restPort, owner: .server(.rest))]
    if configuration.webSocketPort == 0 || configuration.webSocketPort != configuration.restPort {
      listeners.append(Listener(server: self, port: configuration.webSocketPort, owner: .server(.webSocket)))
    }
    readiness.expect(listeners.count)
    // When one cannot listen, the others stop as they would at the end.
    let listening = ServiceGroup(
      configuration: .init(
        services: listeners.map { .init(service: $0, failureTerminationBehavior: .gracefullyShutdownGroup) },
        logger: configuration.logger.quieter))
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await self.runSandboxes() }
        try await listening.run()
        group.cancelAll()
      }
    } catch {
      readiness.fail(error)
      throw error
    }
  }

  /// Serves while a body runs, then stops gracefully.
  /// - Throws: what the body throws, or why the server could not start.
  public func serving<Result>(
    _ body: (MockServer, Addresses) async throws -> Result
  ) async throws -> Result {
    let group = ServiceGroup(configuration: .init(services: [.init(service: self)], logger: configuration.logger))
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      let outcome: Swift.Result<Result, any Error>
      do {
        outcome = .success(try await body(self, try await ready()))
      } catch {
        outcome = .failure(error)
      }
      await group.triggerGracefulShutdown()
      try? await tasks.waitForAll()
      return try outcome.get()
    }
  }

  /// Runs every sandbox, those that come later too, until cancelled.
  private func runSandboxes() async {
    await withDiscardingTaskGroup { group in
      for await hosted in sandboxes.arrivals { group.addTask { await hosted.run(on: self) } }
    }
  }

  /// Sends every session a close frame (1001, going away) and answers everybody who waits.
  func windDown() async {
    for sandbox in sandboxes.all { await sandbox.windDown(.closeFrame(code: 1001, reason: "kis-mock is stopping")) }
  }

  func bound(_ role: Listener.Role, to port: Int) {
    readiness.bound(role, port: port, configuration: configuration)
  }

  /// Where clients find a server.
  public struct Addresses: Sendable, Hashable {
    /// Base URL of REST and OAuth: `http://127.0.0.1:9443`.
    public var rest: String
    /// Base URL of the WebSocket: `ws://127.0.0.1:21000`.
    public var webSocket: String
    /// Base URL of the admin API.
    public var admin: String { rest + "/__admin" }
  }
}

/// Why a server could not start, or what it was to serve was not found.
public struct MockServerError: Error, Sendable, CustomStringConvertible {
  /// One sentence: what was found, what to do.
  public let description: String
}
