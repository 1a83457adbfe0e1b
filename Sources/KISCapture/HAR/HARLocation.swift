import Foundation

/// The parts of an entry's URL.
struct HARLocation {
  /// `http`, `wss`
  var scheme: String
  /// Host and port.
  var origin: String
  /// The port, that of the scheme unless it is spelt.
  var port: UInt16
  /// Path and query as in a request line.
  var target: String

  /// Nil for what has no host: `data:`, `blob:`, `chrome-extension:`.
  init?(_ url: String) {
    guard let mark = url.range(of: "://") else { return nil }
    scheme = url[..<mark.lowerBound].lowercased()
    guard ["http", "https", "ws", "wss"].contains(scheme) else { return nil }
    let rest = url[mark.upperBound...]
    let hostEnd = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
    origin = String(rest[..<hostEnd])
    let path = rest[hostEnd...].prefix { $0 != "#" }
    target = path.hasPrefix("/") ? String(path) : "/" + path
    let portText = origin.split(separator: "]").last?.split(separator: ":", omittingEmptySubsequences: false)
    let spelt = portText.flatMap { $0.count > 1 ? $0.last.flatMap { UInt16($0) } : nil }
    port = spelt ?? (scheme == "https" || scheme == "wss" ? 443 : 80)
  }

  var isWebSocket: Bool { scheme == "ws" || scheme == "wss" }
  /// Whether its path is one of KIS's.
  var isOfKIS: Bool { ["/uapi/", "/oauth2/", "/tryitout"].contains { target.hasPrefix($0) } }
}
