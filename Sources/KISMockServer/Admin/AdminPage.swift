import HTTPTypes

/// The page: files that the program carries, for browsers. They hold nothing of a sandbox, which only the API tells.
enum AdminPage {
  /// Files are at `/__admin/page/NAME`.
  private static let folder = "/page/"

  /// Whether a path, behind `/__admin`, is one of its files, or the page itself for who wants HTML.
  static func owns(_ path: String, accept: String) -> Bool {
    path.hasPrefix(folder) || (isRoot(path) && accept.contains("text/html"))
  }

  /// A file of the page; nil when there is none of that name.
  static func answer(_ path: String) -> AdminAnswer? {
    let name = isRoot(path) ? "index.html" : String(path.dropFirst(folder.count))
    guard let ending = name.split(separator: ".").last.map(String.init), let type = types[ending],
      let file = ShippedFile.named("page/\(name)")
    else { return nil }
    var answer = AdminAnswer(contentType: type, body: file.bytes)
    answer.headers = headers
    return answer
  }

  private static func isRoot(_ path: String) -> Bool { path.isEmpty || path == "/" }

  private static let types = [
    "html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
  ]

  /// Nothing but its own files runs on it, nothing frames it, and it talks to nobody but this server.
  private static let headers: HTTPFields = {
    var fields = HTTPFields()
    let policy = """
      default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
      base-uri 'none'; form-action 'none'; frame-ancestors 'none'
      """
    for (name, value) in [
      ("Content-Security-Policy", policy), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
      ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
      ("Vary", "Accept"),
    ] {
      if let name = HTTPField.Name(name) { fields[name] = value }
    }
    return fields
  }()
}
