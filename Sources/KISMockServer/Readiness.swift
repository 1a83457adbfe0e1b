import Synchronization

/// Who waits for a server's listeners, and what they were bound to.
final class Readiness: Sendable {
  private struct State {
    var expected = 0
    var ports: [Listener.Role: Int] = [:]
  }

  private let state = Mutex(State())
  private let eventual = Promise<MockServer.Addresses>()

  func expect(_ count: Int) { state.withLock { $0.expected = count } }

  func bound(_ role: Listener.Role, port: Int, configuration: MockServerConfiguration) {
    let ports = state.withLock { state in
      state.ports[role] = port
      return state.ports.count == state.expected ? state.ports : nil
    }
    guard let ports, let rest = ports[.rest] else { return }
    eventual.deliver(
      .success(
        MockServer.Addresses(
          rest: configuration.url("http", port: rest),
          webSocket: configuration.url("ws", port: ports[.webSocket] ?? rest)
        )))
  }

  func fail(_ error: any Error) { eventual.deliver(.failure(error)) }

  func addresses() async throws -> MockServer.Addresses { try await eventual.value() }
}

extension MockServerConfiguration {
  /// `http://127.0.0.1:9443`, with an s when it uses TLS; for all addresses of the machine the one that always works.
  func url(_ scheme: String, port: Int) -> String {
    let host = ["0.0.0.0": "127.0.0.1", "::": "::1"][self.host] ?? self.host
    return "\(scheme)\(usesTLS ? "s" : "")://\(host.contains(":") ? "[\(host)]" : host):\(port)"
  }
}
