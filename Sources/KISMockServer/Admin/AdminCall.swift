import KISSandbox
import KISScenario
import KISWire

/// One call of the admin API: checked, with the sandbox that it is about.
struct AdminCall: Sendable {
  let server: MockServer
  let sandbox: Sandbox
  /// The segments in braces, by name.
  let path: [String: String]
  let query: JSONObject
  let body: JSONObject
  /// The value of the header `Last-Event-ID`.
  let lastEventID: String?

  /// The session whose own playhead is meant; nil for the shared one.
  var session: Int? { query["session"]?.int }

  /// A duration of the body that its schema has let through.
  func duration(_ name: String) -> Duration? { body[name]?.string.flatMap { Duration(written: $0) } }
}

extension AdminCall {
  /// A request as it came, before anybody knows whether it means anything.
  struct Raw {
    var method: String
    /// Behind `/__admin`.
    var path: String
    var query: [(name: String, value: String)] = []
    /// The value of the header `X-Kis-Mock-Sandbox`.
    var sandboxHeader: String?
    /// The value of the header `Last-Event-ID`.
    var lastEventID: String?
    /// The port it came in on.
    var port: Int?
    var body: [UInt8] = []
  }

  /// Reads a request for a route.
  /// - Throws: ``AdminError`` for what does not fit the route, or names a sandbox that is not there.
  init(_ raw: Raw, by route: AdminRoute, path: [String: String], at server: MockServer) throws {
    self.server = server
    self.path = path
    lastEventID = raw.lastEventID
    sandbox = try server.sandboxes.sandbox(of: raw)
    query = try route.readQuery(raw.query)
    let json: JSONValue = raw.body.isEmpty ? [:] : try JSONValue(parsing: raw.body)
    if let schema = route.takes {
      try schema.check(json)
    } else if json.object?.members.isEmpty != true {
      throw AdminError.badRequest("\(route.method.rawValue) \(route.path) takes no body")
    }
    body = json.object ?? [:]
  }
}

extension AdminRoute {
  /// The query parameters, `sandbox` left out.
  fileprivate func readQuery(_ pairs: [(name: String, value: String)]) throws -> JSONObject {
    var object: JSONObject = [:]
    for (name, value) in pairs where name != "sandbox" {
      if case .whole? = query.first(where: { $0.name == name })?.kind {
        object[name] = .number(value)
      } else {
        object[name] = .string(value)
      }
    }
    try AdminSchema("Query", "the query", query).check(.object(object), at: "the query")
    return object
  }
}

extension SandboxDirectory {
  /// The sandbox that a call is about: by `?sandbox=`, by header, by port, else the default one.
  fileprivate func sandbox(of call: AdminCall.Raw) throws -> Sandbox {
    let name = call.query.first { $0.name == "sandbox" }?.value ?? call.sandboxHeader
    guard let name else { return sandbox(forPort: call.port) }
    return try known(name)
  }

  /// - Throws: ``AdminError`` (404) when there is none of that name.
  func known(_ name: String) throws -> Sandbox {
    guard let sandbox = sandbox(named: name) else {
      throw AdminError.unknown("sandbox", name, known: all.map(\.name))
    }
    return sandbox
  }
}
