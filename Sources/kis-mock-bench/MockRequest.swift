import KISTransport
import KISWire

/// A request to the mock's REST port, for OAuth and the admin API: JSON in, JSON out.
enum MockRequest {
  /// Sends a request and returns the answer's body. Throws when the answer is not 200 or no JSON.
  static func json(_ method: String, _ path: String, port: Int, body: JSONValue? = nil) async throws -> JSONValue {
    let headers = [HTTPField("Content-Type", "application/json; charset=utf-8")]
    let answer = try await HTTPExchange(Endpoint("http://127.0.0.1:\(port)"))
      .send(HTTPRequest(method, path, headers: headers, body: body?.utf8))
    guard answer.status == 200 else {
      throw BenchError(
        "\(method) \(path) was answered \(answer.status): \(String(decoding: answer.body, as: UTF8.self))")
    }
    return try JSONValue(parsing: answer.body)
  }
}
