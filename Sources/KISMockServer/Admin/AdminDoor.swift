import KISSandbox

/// Who may use the admin API, and from which pages a browser may.
///
/// A page in any browser on this machine reaches loopback ports; it must neither read nor steer a mock (CVE-2025-24010 is
/// the model of the kind). So the name that was asked for (`Host`) has to be one of ours, which keeps out DNS names that
/// were bound to 127.0.0.1, and the page that asks (`Origin`, `Sec-Fetch-Site`) has to be ours or one that was allowed.
struct AdminDoor: Sendable {
  /// Names of this server beside the loopback ones, in lower case.
  private let hosts: Set<String>
  /// Origins of pages that may use it, as browsers write them: `http://localhost:5173`.
  private let origins: Set<String>
  /// What has to be shown as `Authorization: Bearer`; nil when nothing has to be.
  private let token: String?
  private let demandsToken: Bool

  private static let loopback: Set<String> = ["localhost", "127.0.0.1", "[::1]"]

  init(_ configuration: MockServerConfiguration) {
    let named = [configuration.host] + configuration.allowedHosts
    hosts = AdminDoor.loopback.union(named.map { $0.contains(":") && !$0.hasPrefix("[") ? "[\($0)]" : $0.lowercased() })
    origins = Set(configuration.allowedOrigins)
    token = configuration.adminToken
    demandsToken = !configuration.isLoopback
  }

  /// Why a request may not use the admin API; nil when it may.
  ///
  /// - Parameters:
  ///   - isPage: whether a file of the page is asked for, which tells nothing and so needs no token.
  ///   - field: the value of a header by its name in lower case.
  func refusal(method: String, isPage: Bool = false, _ field: (String) -> String?) -> AdminError? {
    let hasToken = token.map { AdminDoor.equal(field("authorization") ?? "", "Bearer \($0)") } ?? false
    if demandsToken, !hasToken, !isPage {
      return .forbidden(
        "this mock listens beyond this machine, so its admin API wants a token",
        hint: "send `Authorization: Bearer` with the `admin_token` of the ready line")
    }
    if !hasToken, let host = field("host"), !hosts.contains(AdminDoor.name(of: host)) {
      return .forbidden(
        "the admin API is not `\(host.prefix(100))`", hint: "use 127.0.0.1, or start with `--allow-host`")
    }
    let isNavigation = method == "GET" && field("sec-fetch-mode") == "navigate" && field("sec-fetch-dest") == "document"
    if let origin = field("origin") {
      return accepts(origin: origin) ? nil : .foreign(origin)
    }
    return field("sec-fetch-site") == "cross-site" && !isNavigation ? .foreign("a page of another site") : nil
  }

  /// Whether a page may open a WebSocket or use the admin API: ours, or one of those that were allowed.
  func accepts(origin: String) -> Bool {
    guard !origins.contains(origin) else { return true }
    guard let scheme = origin.firstRange(of: "://") else { return false }
    return hosts.contains(AdminDoor.name(of: String(origin[scheme.upperBound...])))
  }

  /// Whether a page was allowed to read answers, so that they name it (CORS).
  func shares(with origin: String) -> Bool { origins.contains(origin) }

  /// The host of an authority: without its port, in lower case.
  private static func name(of authority: String) -> String {
    guard let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") else {
      return authority.lowercased()
    }
    return authority[..<colon].lowercased()
  }

  /// Compares without telling by its duration how much was right.
  private static func equal(_ found: String, _ wanted: String) -> Bool {
    let (left, right) = (Array(found.utf8), Array(wanted.utf8))
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

extension AdminError {
  fileprivate static func forbidden(_ message: String, hint: String) -> AdminError {
    AdminError(status: 403, message: message, hint: hint)
  }

  fileprivate static func foreign(_ origin: String) -> AdminError {
    forbidden(
      "\(origin.prefix(100)) may not use this mock", hint: "start with `--allow-origin` and the page's origin to let it"
    )
  }
}
