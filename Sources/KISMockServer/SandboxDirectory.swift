public import KISSandbox
import Synchronization

/// Which sandbox a client belongs to: the one that listens on its port, or that its app key was given to, else the
/// default one.
public final class SandboxDirectory: Sendable {
  private struct State {
    var named: [String: Sandbox] = [:]
    var byAppKey: [String: Sandbox] = [:]
    var byPort: [Int: Sandbox] = [:]
  }

  /// The sandbox of everybody who named no other.
  public let standard: Sandbox
  private let state: Mutex<State>

  init(standard: Sandbox) {
    self.standard = standard
    state = Mutex(State(named: [standard.configuration.name: standard]))
  }

  /// All of them, the default one first.
  public var all: [Sandbox] {
    let named = state.withLock { $0.named }
    return [standard] + named.filter { $0.value !== standard }.sorted { $0.key < $1.key }.map(\.value)
  }

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
}
