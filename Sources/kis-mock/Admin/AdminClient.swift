import KISTransport
import KISWire

/// The admin API of a running mock.
struct AdminClient {
  private let exchange: HTTPExchange
  private let sandbox: String?
  private let token: String?

  /// - Parameters:
  ///   - url: where the mock answers REST, with or without `/__admin`.
  ///   - token: the `admin_token` of its ready line, where there is one.
  ///   - trust: a file of certificates to trust, for https.
  init(_ url: String, sandbox: String? = nil, token: String? = nil, trust: String? = nil) throws {
    var endpoint = try Endpoint(url)
    if !endpoint.path.hasSuffix("/__admin") { endpoint.path += "/__admin" }
    self.token = token
    exchange = HTTPExchange(endpoint, trust: trust.map(TLSTrust.certificates(atPath:)) ?? .system)
    self.sandbox = sandbox
  }

  /// Makes a call.
  ///
  /// - Parameter path: behind `/__admin`, query included.
  /// - Throws: ``AdminRefusal`` with the mock's own words when it refuses; ``NoServer`` when nobody answers.
  func call(_ method: String, _ path: String, _ body: JSONObject? = nil) async throws -> JSONValue {
    let bytes = try await send(method, path, body)
    guard let json = try? JSONValue(parsing: bytes) else { throw notAnAdminAPI(200) }
    return json
  }

  /// Gets what is no JSON: the lines of a recording.
  ///
  /// - Parameter path: behind `/__admin`, query included.
  /// - Throws: as ``call(_:_:_:)`` does.
  func lines(_ path: String) async throws -> [UInt8] { try await send("GET", path, nil) }

  private func notAnAdminAPI(_ status: Int) -> AdminRefusal {
    AdminRefusal("\(exchange.endpoint) is no admin API of a mock: it answered HTTP \(status)")
  }

  private func send(_ method: String, _ path: String, _ body: JSONObject?) async throws -> [UInt8] {
    let named = sandbox.map { [HTTPField("X-Kis-Mock-Sandbox", $0)] } ?? []
    let shown = token.map { [HTTPField("Authorization", "Bearer \($0)")] } ?? []
    let headers = [HTTPField("Content-Type", "application/json; charset=utf-8")] + named + shown
    let request = HTTPRequest(method, path, headers: headers, body: body.map { JSONValue.object($0).utf8 })
    let answer: HTTPAnswer
    do {
      answer = try await exchange.send(request)
    } catch let error as TransportError {
      throw NoServer(error)
    }
    if answer.status == 200 { return answer.body }
    guard let error = (try? JSONValue(parsing: answer.body))?["error"], let message = error["message"]?.string else {
      throw notAnAdminAPI(answer.status)
    }
    let nearest = error["nearest"]?.array?.compactMap(\.string).first.map { "did you mean `\($0)`?" }
    throw AdminRefusal(([message] + [nearest ?? error["hint"]?.string].compactMap(\.self)).joined(separator: "; "))
  }
}

/// Why the admin API did not do it.
struct AdminRefusal: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
