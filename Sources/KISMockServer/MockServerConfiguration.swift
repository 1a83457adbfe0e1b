public import KISSandbox
public import Logging

/// Where a mock server listens, and the world that it serves.
public struct MockServerConfiguration: Sendable {
  /// Loopback unless told otherwise.
  public var host = "127.0.0.1"
  /// KIS's own port for REST; 0 takes a free one.
  public var restPort = 9443
  /// KIS's own port for the WebSocket; 0 takes a free one. Equal to ``restPort``, one listener serves both.
  public var webSocketPort = 21000
  /// https and wss with a certificate made at start; needs the package trait `TLS`.
  public var usesTLS = false
  /// Bytes that a client's WebSocket message may have.
  public var maximumMessageSize = 64 * 1024
  /// Bytes that a client's REST body may have.
  public var maximumBodySize = 1024 * 1024
  /// The default sandbox.
  public var sandbox = SandboxConfiguration()
  /// Where scenarios and recordings of further sandboxes come from.
  public var scenarios = ScenarioLibrary()
  /// Quiet by default.
  public var logger = Logger(label: "kis-mock") { _ in SwiftLogNoOpLogHandler() }

  /// The ports of KIS on loopback; nothing to play.
  public init() {}

  /// Free ports on loopback: what a test wants.
  public static var ephemeral: MockServerConfiguration {
    var configuration = MockServerConfiguration()
    configuration.restPort = 0
    configuration.webSocketPort = 0
    return configuration
  }
}
