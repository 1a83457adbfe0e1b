import KISTransport
public import KISWire

/// One REST call: where, which `tr_id`, with what.
public struct RESTRequest: Sendable, Hashable {
  /// `GET` or `POST`.
  public var method: String
  /// `/uapi/domestic-stock/v1/quotations/inquire-price`
  public var path: String
  /// The `tr_id` header.
  public var transactionID: TransactionID
  /// In the query of a GET, in the JSON body of a POST.
  public var parameters: [Parameter]
  /// `tr_cont`: empty for a first page, ``Continuation/next`` for another.
  public var continuation: Continuation

  /// A parameter by KIS's name: `FID_INPUT_ISCD`.
  public struct Parameter: Sendable, Hashable {
    /// KIS's own spelling.
    public var name: String
    /// Text, as every value of KIS; escaped on its way.
    public var value: String

    /// A name with its value.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A call to any path, in the catalogue or not.
  public init(
    _ method: String, _ path: String, _ transactionID: TransactionID, _ parameters: [Parameter] = [],
    continuation: Continuation = .empty
  ) {
    self.method = method
    self.path = path
    self.transactionID = transactionID
    self.parameters = parameters
    self.continuation = continuation
  }

  /// A call by its `tr_id` alone; path and method come from the catalogue.
  ///
  /// - Throws: ``ClientError`` with code `misuse` for an id that does not exist, or not at this venue.
  public init(
    _ transactionID: TransactionID, at venue: Venue, _ parameters: [Parameter] = []
  ) throws(ClientError) {
    guard let api = Catalogue.rest(transactionID) else {
      let nearest = Catalogue.nearest(to: transactionID).map(\.rawValue).joined(separator: ", ")
      throw ClientError(.misuse, "no REST API has the tr_id \(transactionID); the nearest are \(nearest)")
    }
    guard api.ids(on: venue).contains(transactionID) else {
      let ids = api.ids(on: venue).map(\.rawValue).joined(separator: " or ")
      throw ClientError(
        .misuse,
        "\(transactionID) (\(api.koreanName)) is not offered on \(venue)\(ids.isEmpty ? "" : "; there it is \(ids)")")
    }
    self.init(api.method, api.path, transactionID, parameters)
  }

  /// The same call for the next page, with the cursor that the answer carries (PROTOCOL section 2.5).
  func next(after envelope: Envelope) -> RESTRequest {
    let cursors = Catalogue.rest(path: path)?.paging.cursors ?? []
    var request = self
    request.continuation = .next
    for cursor in cursors {
      let value = envelope.members.members.first { $0.name.lowercased() == cursor.lowercased() }?.value.string
      guard let value else { continue }
      request.parameters.removeAll { $0.name.uppercased() == cursor.uppercased() }
      request.parameters.append(Parameter(cursor, value))
    }
    return request
  }

  /// The request on the wire, less the headers that carry credentials.
  func http(headers: [HTTPField]) -> HTTPRequest {
    guard method != "GET" else {
      let query = parameters.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }.joined(separator: "&")
      return HTTPRequest(method, query.isEmpty ? path : "\(path)?\(query)", headers: headers)
    }
    let body = JSONValue.object(JSONObject(parameters.map { ($0.name, .string($0.value)) }))
    return HTTPRequest(method, path, headers: headers, body: body.utf8)
  }
}

extension String {
  /// The text as part of a query: everything but RFC 3986's unreserved characters as `%XX`.
  fileprivate var percentEncoded: String {
    var encoded = ""
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        encoded += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return encoded
  }
}
