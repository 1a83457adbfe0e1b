public import KISSandbox
import Synchronization

/// The sandboxes of one server, and which of them a client belongs to: the one that its app key was given to,
/// else the one that listens on its port, else the default one.
///
///     var configuration = SandboxConfiguration()
///     configuration.name = "alice"
///     try await server.sandboxes.create(configuration, for: .appKeys(["alice-key"]))
///
/// Token, approval key and registrations follow the app key. Each sandbox has its own clock, seed, scenario, replay,
/// limits and journal; deleting or resetting one leaves the others alone.
public final class SandboxDirectory: Sendable {
  /// The sandbox of everybody who named no other.
  public let standard: Sandbox
  private let state: Mutex<State>
  /// Sandboxes that wait for ``MockServer/run()`` to run them.
  let arrivals: AsyncStream<HostedSandbox>
  private let arrival: AsyncStream<HostedSandbox>.Continuation

  fileprivate struct State {
    var residences: [String: HostedSandbox] = [:]
    var byAppKey: [String: Sandbox] = [:]
    var byPort: [Int: Sandbox] = [:]
  }

  init(standard: Sandbox) {
    self.standard = standard
    let hosted = HostedSandbox(standard, clients: SandboxClients())
    state = Mutex(State(residences: [standard.name: hosted]))
    (arrivals, arrival) = AsyncStream.makeStream()
    arrival.yield(hosted)
  }

  /// All of them, the default one first, the others by name.
  public var all: [Sandbox] { residences.map(\.sandbox) }

  /// The sandbox of a name; nil when there is none.
  public func sandbox(named name: String) -> Sandbox? { hosted(named: name)?.sandbox }

  /// Whose a sandbox is, its port as it was bound; nil when there is none of that name.
  public func clients(of name: String) -> SandboxClients? { hosted(named: name)?.clients }

  /// Adds a sandbox. It runs when the server does.
  ///
  /// - Parameters:
  ///   - configuration: its name must be new.
  ///   - clients: whose it is: app keys, a port of its own, or both.
  ///   - clock: its own clock.
  /// - Throws: ``SandboxError`` when a name or an app key is taken; ``MockServerError`` when a port is;
  ///   `RecordingError` when a recording cannot be read.
  @discardableResult
  public func create(
    _ configuration: SandboxConfiguration, for clients: SandboxClients, clock: any MockClock = RealClock()
  ) async throws -> Sandbox {
    try await settled(try admit(configuration, for: clients, clock: clock))
  }

  /// Adds a sandbox that goes on from the state of another one.
  /// - Throws: as ``create(_:for:clock:)``.
  @discardableResult
  package func create(
    continuing state: SandboxState, named name: String, for clients: SandboxClients
  ) async throws -> Sandbox {
    try await settled(try admit(try await Sandbox.continuing(state, named: name), for: clients))
  }

  /// Waits for the port of a sandbox that wants one of its own.
  private func settled(_ hosted: HostedSandbox) async throws -> Sandbox {
    guard hosted.clients.port != nil else { return hosted.sandbox }
    do {
      let port = try await hosted.boundPort.value()
      // It may have been deleted while its port was bound.
      try state.withLock { try $0.open(port, for: hosted) }
    } catch {
      state.withLock { _ = $0.remove(hosted) }
      throw error
    }
    return hosted.sandbox
  }

  @discardableResult
  func admit(
    _ configuration: SandboxConfiguration, for clients: SandboxClients, clock: any MockClock
  ) throws -> HostedSandbox {
    try admit(try Sandbox(configuration, clock: clock), for: clients)
  }

  private func admit(_ sandbox: Sandbox, for clients: SandboxClients) throws -> HostedSandbox {
    let hosted = HostedSandbox(sandbox, clients: clients)
    try state.withLock { try $0.admit(hosted) }
    arrival.yield(hosted)
    return hosted
  }

  /// Takes a sandbox away. Its sessions get a close frame (1001, going away); its app keys belong to the default
  /// sandbox again.
  ///
  /// - Throws: ``SandboxError`` when there is none of that name, or it is the default one.
  public func delete(_ name: String) async throws {
    guard name != standard.name else {
      throw SandboxError(description: "the default sandbox stays; reset it instead")
    }
    guard let hosted = state.withLock({ $0.remove(name) }) else {
      throw SandboxError(description: "there is no sandbox `\(name)`")
    }
    await hosted.windDown(because: "the sandbox was deleted")
    hosted.leave()
  }

  // MARK: Who belongs where

  func sandbox(forPort port: Int?) -> Sandbox {
    state.withLock { state in port.flatMap { state.byPort[$0] } ?? standard }
  }

  func sandbox(forAppKey appKey: String?) -> Sandbox? {
    state.withLock { state in appKey.flatMap { state.byAppKey[$0] } }
  }

  func sandbox(forApprovalKey key: String) async -> Sandbox? {
    for sandbox in all where await sandbox.knows(approvalKey: key) { return sandbox }
    return nil
  }

  private var residences: [HostedSandbox] {
    let all = state.withLock { $0.residences.sorted { $0.key < $1.key }.map(\.value) }
    return all.filter { $0.sandbox === standard } + all.filter { $0.sandbox !== standard }
  }

  private func hosted(named name: String) -> HostedSandbox? { state.withLock { $0.residences[name] } }
}

extension SandboxDirectory.State {
  /// Enters a sandbox, or refuses it when its name or one of its app keys is taken.
  fileprivate mutating func admit(_ hosted: HostedSandbox) throws {
    let name = hosted.sandbox.name
    guard !name.isEmpty else { throw SandboxError(description: "a sandbox needs a name") }
    guard residences[name] == nil else { throw SandboxError(description: "there is a sandbox `\(name)` already") }
    for key in hosted.clients.appKeys.sorted() {
      guard !key.isEmpty else { throw SandboxError(description: "an app key needs a character at least") }
      if let owner = byAppKey[key] {
        throw SandboxError(
          description: "the app key `\(key)` belongs to the sandbox `\(owner.name)` already")
      }
    }
    residences[name] = hosted
    for key in hosted.clients.appKeys { byAppKey[key] = hosted.sandbox }
  }

  /// From now on the clients of a port belong to a sandbox.
  fileprivate mutating func open(_ port: Int, for hosted: HostedSandbox) throws {
    guard residences[hosted.sandbox.name] === hosted else {
      throw SandboxError(description: "the sandbox `\(hosted.sandbox.name)` was deleted before its port was open")
    }
    byPort[port] = hosted.sandbox
  }

  fileprivate mutating func remove(_ name: String) -> HostedSandbox? { residences[name].flatMap { remove($0) } }

  /// Takes a sandbox out; nil when it, or another of its name, is not the one that is here.
  fileprivate mutating func remove(_ hosted: HostedSandbox) -> HostedSandbox? {
    guard residences[hosted.sandbox.name] === hosted else { return nil }
    residences[hosted.sandbox.name] = nil
    byAppKey = byAppKey.filter { $0.value !== hosted.sandbox }
    byPort = byPort.filter { $0.value !== hosted.sandbox }
    return hosted
  }
}
