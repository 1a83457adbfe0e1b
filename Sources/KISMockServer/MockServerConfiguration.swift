public import KISSandbox
public import Logging

/// Where a mock server listens, whom it accepts, and its default sandbox.
public struct MockServerConfiguration: Sendable {
  /// Loopback unless told otherwise.
  public var host = "127.0.0.1"
  /// KIS's own port for REST; 0 takes a free one.
  public var restPort = 9443
  /// KIS's own port for the WebSocket; 0 takes a free one. Equal to ``restPort``, one listener serves both.
  public var webSocketPort = 21000
  /// Further names under which clients may ask for the admin API; loopback names and ``host`` always may.
  public var allowedHosts: [String] = []
  /// Origins of pages that may use the mock from a browser, as in `http://localhost:5173`.
  public var allowedOrigins: [String] = []
  /// What has to be shown as `Authorization: Bearer` where the server listens beyond this machine; also lets in who asks
  /// for the admin API by a name that is not known here.
  public var adminToken: String?
  /// Whether nobody but this machine reaches ``host``.
  package var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }
  /// https and wss with a certificate made at start; needs the package trait `TLS`.
  public var usesTLS = false
  /// Bytes that a client's WebSocket message may have.
  public var maximumMessageSize = 64 * 1024
  /// Bytes that a client's REST body may have.
  public var maximumBodySize = 1024 * 1024
  /// How long a client may take to send a request, from its first byte to its last (408); zero for any time.
  public var requestTime = Duration.seconds(30)
  /// Whether requests and handshakes that RFC 9112 and RFC 6455 forbid are refused.
  public var isStrict = true
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
