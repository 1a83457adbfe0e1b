import KISRecording
import KISScenario
import KISWire

/// A request as it reached the REST port, without its socket.
public struct RESTRequest: Sendable {
  /// `GET`, `POST` …, as the client sent it.
  public var method: String
  /// The path without its query; repeated slashes count as one, for clients join their host and path with another.
  public var path: String
  /// Query parameters in the order sent, decoded.
  public var query: [(name: String, value: String)]
  /// Header fields in the order sent, names as spelt.
  public var headers: [(name: String, value: String)]
  /// The bytes as received; empty when there are none, as with GET.
  public var body: [UInt8]

  /// A request as its socket delivered it; repeated slashes in the path become one.
  public init(
    method: String, path: String, query: [(name: String, value: String)] = [],
    headers: [(name: String, value: String)] = [], body: [UInt8] = []
  ) {
    self.method = method
    self.path = path.contains("//") ? "/" + path.split(separator: "/").joined(separator: "/") : path
    self.query = query
    self.headers = headers
    self.body = body
  }

  /// The value of a header field; names are compared without case, as clients spell `appkey` and `appKey`.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// The access token of `authorization: Bearer …`.
  var bearerToken: String? {
    guard let value = header("authorization"), value.lowercased().hasPrefix("bearer ") else { return nil }
    return String(value.dropFirst(7)).trimmingBlanks
  }

  /// `tr_id`
  public var transactionID: String { header("tr_id") ?? "" }

  /// Query parameters (GET) or the members of a JSON body (POST), by upper-case name.
  var parameters: [String: String] {
    var parameters: [String: String] = [:]
    for (name, value) in query { parameters[name.uppercased()] = value }
    for member in bodyObject?.members ?? [] {
      parameters[member.name.uppercased()] = member.value.string ?? member.value.text
    }
    return parameters
  }

  /// The body as a JSON object; nil when it is none.
  var bodyObject: JSONObject? { (try? JSONValue(parsing: body))?.object }
}

extension RESTRequest {
  /// The app key it comes with: in the header, or in the body of an OAuth call.
  public var appKey: String? { header("appkey") ?? bodyObject?["appkey"]?.string }
}

extension RESTRequest {
  /// The request as rules, faults and the journal see it.
  var observed: ObservedRequest {
    let bodyParameters = (bodyObject?.members ?? []).map {
      NameValue($0.name, $0.value.string ?? $0.value.text)
    }
    return ObservedRequest(
      method: method, path: path, transactionID: transactionID, appKey: appKey ?? "",
      parameters: query.map { NameValue($0.name, $0.value) } + bodyParameters,
      headers: headers.map { NameValue($0.name, $0.value) })
  }
}
