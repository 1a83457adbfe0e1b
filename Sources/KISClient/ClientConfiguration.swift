public import KISWire
public import Logging

/// Where a client connects and as whom.
///
///     var configuration = ClientConfiguration.live(.vts, appKey: "…", appSecret: "…")
///     configuration.htsID = "myid"
///
/// Against a mock only the two URLs differ; see ``init(restURL:webSocketURL:appKey:appSecret:venue:)``.
public struct ClientConfiguration: Sendable {
  /// `https://openapi.koreainvestment.com:9443`, or a mock's `http://127.0.0.1:9443`.
  public var restURL: String
  /// `ws://ops.koreainvestment.com:21000`; a path is allowed, the service takes any TR on each.
  public var webSocketURL: String
  /// `appkey`, 36 characters on the live service; a mock takes any.
  public var appKey: Secret
  /// `appsecret`, 180 characters on the live service.
  public var appSecret: Secret
  /// Real or paper trading (모의투자); it decides which ids and layouts there are.
  public var venue: Venue
  /// `custtype`: personal or corporate.
  public var customerType: CustomerType = .personal
  /// The HTS id whose order notices to get; numeric ids need a leading `$`.
  public var htsID: String?
  /// The layouts to read records with.
  public var dialect: Dialect
  /// A PEM file with the certificates to trust instead of the system's, for a mock with TLS.
  public var trustedCertificates: String?
  /// How long to wait for an answer: to a request, to the WebSocket handshake, to a registration.
  public var timeout: Duration = .seconds(10)
  /// What happens after a connection was lost.
  public var reconnect = ReconnectPolicy()
  /// How many records a stream holds for a reader who is behind. Then everything waits, other streams and the answers
  /// to PINGPONG too: a reader who stays behind for minutes loses the connection.
  public var bufferedRecords = 4096
  /// What to do about a record that cannot be read.
  public var malformedRecords: MalformedRecords = .fail
  /// Quiet by default. Secrets are never logged.
  public var logger = Logger(label: "kis-client", factory: { _ in SwiftLogNoOpLogHandler() })
  /// What waits and measures; tests pass their own.
  public var clock: any Clock<Duration> = ContinuousClock()

  /// What a stream does about a record that cannot be read as asked.
  public enum MalformedRecords: Sendable, Hashable {
    /// The stream throws where it stands.
    case fail
    /// The record is left out and logged.
    case skip
  }

  /// A client of any two hosts; everything else has a default.
  public init(restURL: String, webSocketURL: String, appKey: Secret, appSecret: Secret, venue: Venue = .real) {
    self.restURL = restURL
    self.webSocketURL = webSocketURL
    self.appKey = appKey
    self.appSecret = appSecret
    self.venue = venue
    dialect = .latest(venue)
  }

  /// The real hosts of KIS. REST needs TLS, so the package has to be built with its trait `TLS`.
  public static func live(_ venue: Venue, appKey: Secret, appSecret: Secret) -> ClientConfiguration {
    ClientConfiguration(
      restURL: venue.restURL, webSocketURL: venue.webSocketURL, appKey: appKey, appSecret: appSecret, venue: venue)
  }
}
