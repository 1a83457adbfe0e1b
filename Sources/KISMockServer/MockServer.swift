import HummingbirdCore
public import KISSandbox
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
  public let configuration: MockServerConfiguration
  public let directory: SandboxDirectory
  private let readiness = Readiness()

  /// - Throws: ``RecordingError`` when a recording cannot be played.
  public init(_ configuration: MockServerConfiguration, clock: any MockClock) throws {
    self.configuration = configuration
    directory = SandboxDirectory(standard: try Sandbox(configuration.sandbox, clock: clock))
  }

  /// The default sandbox.
  public var sandbox: Sandbox { directory.standard }

  /// Waits until every listener is bound.
  /// - Returns: where clients find it.
  /// - Throws: ``MockServerError`` when a port is taken.
  public func ready() async throws -> Addresses { try await readiness.addresses() }

  /// Serves until graceful shutdown or cancellation; then every session gets a close frame.
  /// - Throws: ``MockServerError`` when a port is taken.
  public func run() async throws {
    var listeners = [Listener(server: self, port: configuration.restPort, role: .rest)]
    if configuration.webSocketPort == 0 || configuration.webSocketPort != configuration.restPort {
      listeners.append(Listener(server: self, port: configuration.webSocketPort, role: .webSocket))
    }
    readiness.expect(listeners.count)
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for sandbox in directory.all { group.addTask { await sandbox.run() } }
        try await withThrowingTaskGroup(of: Void.self) { listening in
          for listener in listeners { listening.addTask { try await listener.run() } }
          // Not `waitForAll`, which would wait for the other listeners when one has failed.
          while try await listening.next() != nil {}
        }
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

  /// Sends every session a close frame (1001, going away).
  func endSessions() async {
    for sandbox in directory.all { await sandbox.endSessions(.closeFrame(code: 1001, reason: "kis-mock is stopping")) }
  }

  func bound(_ role: Listener.Role, port: Int) {
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

/// Why a server could not start.
public struct MockServerError: Error, Sendable, CustomStringConvertible {
  public let description: String
}

/// Who waits for the listeners, and what they were bound to.
private final class Readiness: Sendable {
  private struct State {
    var expected = 0
    var ports: [Listener.Role: Int] = [:]
    var result: Result<MockServer.Addresses, any Error>?
    var waiters: [CheckedContinuation<MockServer.Addresses, any Error>] = []
  }

  private let state = Mutex(State())

  func expect(_ count: Int) { state.withLock { $0.expected = count } }

  func bound(_ role: Listener.Role, port: Int, configuration: MockServerConfiguration) {
    let ports = state.withLock { state in
      state.ports[role] = port
      return state.ports.count == state.expected ? state.ports : nil
    }
    guard let ports, let rest = ports[.rest] else { return }
    let host = configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
    let suffix = configuration.usesTLS ? "s" : ""
    finish(
      .success(
        MockServer.Addresses(
          rest: "http\(suffix)://\(host):\(rest)", webSocket: "ws\(suffix)://\(host):\(ports[.webSocket] ?? rest)")))
  }

  func fail(_ error: any Error) { finish(.failure(error)) }

  private func finish(_ result: Result<MockServer.Addresses, any Error>) {
    let waiters = state.withLock { state in
      if state.result == nil { state.result = result }
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume(with: result) }
  }

  func addresses() async throws -> MockServer.Addresses {
    try await withCheckedThrowingContinuation { continuation in
      let result = state.withLock { state in
        if state.result == nil { state.waiters.append(continuation) }
        return state.result
      }
      if let result { continuation.resume(with: result) }
    }
  }
}
