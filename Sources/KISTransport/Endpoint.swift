/// A server that an URL names: `http`, `https`, `ws` or `wss`, a host, a port, and a path that prefixes every other.
public struct Endpoint: Sendable, Hashable, CustomStringConvertible {
  /// Whether the connection is to be encrypted (`https`, `wss`).
  public var isSecure: Bool
  /// A name or an address, IPv6 without its brackets.
  public var host: String
  /// 1 to 65535; 80 or 443 when the URL has none.
  public var port: Int
  /// Empty, or starts with a slash and does not end with one.
  public var path: String
  private var scheme: String

  /// - Throws: ``TransportError`` with code ``TransportError/Code/invalidURL``.
  public init(_ url: String) throws(TransportError) {
    func invalid(_ reason: String) -> TransportError {
      TransportError(.invalidURL, "\"\(url)\" is no URL of a server: \(reason), as in http://127.0.0.1:9443")
    }
    let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count >= 3, parts[0].hasSuffix(":"), parts[1].isEmpty else {
      throw invalid("a scheme, a host and a port are expected")
    }
    scheme = parts[0].dropLast().lowercased()
    switch scheme {
    case "http", "ws": isSecure = false
    case "https", "wss": isSecure = true
    default: throw invalid("the scheme is \"\(scheme)\", http, https, ws or wss is expected")
    }
    var authority = parts[2]
    if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
      host = String(authority[authority.index(after: authority.startIndex)..<end])
      authority = authority[authority.index(after: end)...]
    } else {
      guard !authority.hasPrefix("[") else { throw invalid("the host has a bracket that nothing closes") }
      let end = authority.firstIndex(of: ":") ?? authority.endIndex
      host = String(authority[..<end])
      authority = authority[end...]
    }
    guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "@") }) else {
      throw invalid("the host is missing or has characters that no host has")
    }
    if authority.isEmpty {
      port = isSecure ? 443 : 80
    } else {
      guard authority.first == ":", let number = UInt16(authority.dropFirst()), number > 0 else {
        throw invalid("the port is \"\(authority.dropFirst())\", a number from 1 to 65535 is expected")
      }
      port = Int(number)
    }
    var path = parts.count > 3 ? "/" + parts[3] : ""
    while path.hasSuffix("/") { path.removeLast() }
    guard isPrintableASCII(path) else { throw invalid("the path has blanks or characters that must be escaped") }
    self.path = path
  }

  /// `host:port`, as the Host header wants it.
  public var authority: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// The URL in its normal form.
  public var description: String { "\(scheme)://\(authority)\(path)" }
}

/// True for text that may stand in a request line as it is.
func isPrintableASCII(_ text: String) -> Bool { text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } }
