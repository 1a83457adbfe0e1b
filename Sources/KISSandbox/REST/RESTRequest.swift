public import KISScenario
public import KISWire

/// A request as it reached the REST port, without its socket: read once, and used by everything that decides about it.
public struct RESTRequest: Sendable {
  /// The request as rules, faults and the journal see it: its method, path, `tr_id`, app key, parameters and headers.
  public let observed: ObservedRequest
  /// The bytes as received; empty when there are none, as with GET.
  public let body: [UInt8]
  /// The body as JSON; nil when it is none.
  let json: JSONValue?
  /// Query parameters (GET) or the members of a JSON body (POST), by upper-case name: clients spell them both ways.
  let parameters: [String: String]
  /// When it arrived, on the clock of its sandbox; nil for when it is answered.
  package var arrived: Duration?

  /// A request as its socket delivered it.
  ///
  /// - Parameters:
  ///   - path: without its query; repeated slashes become one, for clients join their host and path with another.
  ///   - query: parameters in the order sent, decoded.
  ///   - headers: in the order sent, names as spelt.
  public init(
    method: String, path: String, query: [(name: String, value: String)] = [],
    headers: [(name: String, value: String)] = [], body: [UInt8] = []
  ) {
    self.body = body
    json = body.isEmpty ? nil : try? JSONValue(parsing: body)
    let members = json?.object?.members.map { NameValue($0.name, $0.value.string ?? $0.value.text) } ?? []
    let headers = headers.map { NameValue($0.name, $0.value) }
    observed = ObservedRequest(
      method: method, path: path.joiningRepeatedSlashes,
      transactionID: TransactionID(headers.first(named: "tr_id") ?? ""),
      appKey: headers.first(named: "appkey") ?? json?["appkey"]?.string ?? "",
      parameters: query.map { NameValue($0.name, $0.value) } + members, headers: headers)
    parameters = RESTRequest.byName(observed.parameters)
  }

  private init(_ request: RESTRequest, asking parameters: [NameValue]) {
    var observed = request.observed
    observed.parameters = parameters
    (self.observed, body, json, arrived) = (observed, request.body, request.json, request.arrived)
    self.parameters = RESTRequest.byName(parameters)
  }

  /// The same with its dates as they are meant where days are shown as others.
  func meant(under shift: DateShift) -> RESTRequest { RESTRequest(self, asking: shift.meant(observed.parameters)) }

  private static func byName(_ parameters: [NameValue]) -> [String: String] {
    Dictionary(parameters.map { ($0.name.uppercased(), $0.value) }) { _, last in last }
  }

  /// The API that answers it; nil when there is none.
  var api: RESTAPI? { Catalogue.rest(path: path, method: method, id: transactionID) }

  /// `GET`, `POST` …, as the client sent it.
  public var method: String { observed.method }
  /// The path without its query.
  public var path: String { observed.path }
  /// `tr_id`; empty when there is none.
  public var transactionID: TransactionID { observed.transactionID }
  /// The app key it comes with: in the header, or in the body of an OAuth call; empty when there is none.
  public var appKey: String { observed.appKey }

  /// The value of a header field; names are compared without case, as clients spell `appkey` and `appKey`.
  public func header(_ name: String) -> String? { observed.headers.first(named: name) }

  /// Whether its body comes in pieces, without a length: KIS routes no such POST (quirk 33).
  var isChunked: Bool { header("transfer-encoding")?.lowercased() == "chunked" }

  /// The access token of `authorization: Bearer …`.
  var bearerToken: String? {
    let scheme = "bearer "
    guard let value = header("authorization")?.utf8,
      String(Substring(value.prefix(scheme.utf8.count))).isSameName(as: scheme)
    else { return nil }
    return String(Substring(value.dropFirst(scheme.utf8.count))).trimmingBlanks
  }
}

extension String {
  /// The path with each run of slashes as one; nearly every path is so already.
  fileprivate var joiningRepeatedSlashes: String {
    let slash = UInt8(ascii: "/")
    guard zip(utf8, utf8.dropFirst()).contains(where: { $0 == slash && $1 == slash }) else { return self }
    return "/" + split(separator: "/").joined(separator: "/")
  }
}
