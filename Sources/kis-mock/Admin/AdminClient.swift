import KISTransport
import KISWire

/// The admin API of a running mock.
struct AdminClient {
  private let exchange: HTTPExchange
  private let sandbox: String?

  /// - Parameters:
  ///   - url: its base, `http://127.0.0.1:9443/__admin`.
  ///   - trust: a file of certificates to believe, for https.
  init(_ url: String, sandbox: String? = nil, trust: String? = nil) throws {
    exchange = HTTPExchange(try Endpoint(url), trust: trust.map(TLSTrust.certificates(atPath:)) ?? .system)
    self.sandbox = sandbox
  }

  /// Makes a call.
  ///
  /// - Parameter path: behind `/__admin`, query included.
  /// - Throws: ``AdminRefusal`` with the mock's own words when it refuses; ``NoServer`` when nobody answers.
  func call(_ method: String, _ path: String, _ body: JSONObject? = nil) async throws -> JSONValue {
    let named = sandbox.map { [HTTPField("X-Kis-Mock-Sandbox", $0)] } ?? []
    let headers = [HTTPField("Content-Type", "application/json; charset=utf-8")] + named
    let request = HTTPRequest(method, path, headers: headers, body: body.map { JSONValue.object($0).utf8 })
    let answer: HTTPAnswer
    do {
      answer = try await exchange.send(request)
    } catch let error as TransportError {
      throw NoServer(error)
    }
    let json = try? JSONValue(parsing: answer.body)
    if answer.status == 200, let json { return json }
    guard let error = json?["error"], let message = error["message"]?.string else {
      throw AdminRefusal("\(exchange.endpoint) is no admin API of a mock: it answered HTTP \(answer.status)")
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
