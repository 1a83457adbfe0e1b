import Foundation
public import KISWire

/// One REST or OAuth exchange: what was asked, what was answered, and how long that took.
public struct RecordedExchange: Sendable, Hashable {
  /// The HTTP method as sent: `GET` or `POST`.
  public var method: String
  /// The path without its query: `/uapi/domestic-stock/v1/quotations/inquire-price`.
  public var path: String
  /// The `tr_id` header; empty for OAuth.
  public var transactionID: String
  /// Query parameters (GET) or top-level body members (POST), in the order sent.
  public var parameters: [NameValue]
  /// All headers of the request, in the order sent; empty where nobody kept them.
  public var requestHeaders: [NameValue]
  /// The body of the request as it went over the wire, with chunks joined; empty where there was none or nobody kept it.
  public var requestBody: [UInt8]
  /// The HTTP status of the answer, three digits; ``unanswered`` when none came. KIS answers many errors with 500;
  /// `msg_cd` in the body says which.
  public var status: Int
  /// Headers of the answer, in the order sent: all of them in captures, in simulated files those that clients read
  /// (`tr_cont`, `tr_id`, `gt_uid`, `content-type` when it is not JSON).
  public var headers: [NameValue]
  /// The body of the answer as it went over the wire, with chunks joined.
  public var body: [UInt8]
  /// From the complete request to the complete answer, in whole nanoseconds; nil where nobody measured.
  public var took: Duration?
  /// From the complete request to the first byte of the answer, in whole nanoseconds; nil where nobody measured.
  public var firstByte: Duration?

  /// The ``status`` of a request that got no answer: the connection ended first, or the capture did.
  public static let unanswered = 0

  /// An exchange; unless said otherwise it succeeded, with 200, and had neither parameters nor headers worth keeping.
  public init(
    method: String, path: String, transactionID: String, parameters: [NameValue] = [],
    requestHeaders: [NameValue] = [], requestBody: [UInt8] = [], status: Int = 200, headers: [NameValue] = [],
    body: [UInt8], took: Duration? = nil, firstByte: Duration? = nil
  ) {
    self.method = method
    self.path = path
    self.transactionID = transactionID
    self.parameters = parameters
    self.requestHeaders = requestHeaders
    self.requestBody = requestBody
    self.status = status
    self.headers = headers
    self.body = body
    self.took = took
    self.firstByte = firstByte
  }

  /// An exchange whose answer is text.
  public init(
    method: String, path: String, transactionID: String, parameters: [NameValue] = [], status: Int = 200,
    headers: [NameValue] = [], body: String
  ) {
    self.init(
      method: method, path: path, transactionID: transactionID, parameters: parameters, status: status,
      headers: headers, body: Array(body.utf8))
  }

  /// An exchange as a proxy or a packet capture sees it. `tr_id` and parameters are read from the request.
  ///
  /// - Parameter target: path and query as in the request's first line, percent-encoded.
  public init(
    method: String, target: String, requestHeaders: [NameValue], requestBody: [UInt8], status: Int,
    headers: [NameValue], body: [UInt8], took: Duration? = nil, firstByte: Duration? = nil
  ) {
    let (path, query) = RecordedExchange.split(target)
    self.init(
      method: method, path: path, transactionID: requestHeaders.first(named: "tr_id") ?? "",
      parameters: query + RecordedExchange.members(ofBody: requestBody), requestHeaders: requestHeaders,
      requestBody: requestBody, status: status, headers: headers, body: body, took: took, firstByte: firstByte)
  }

  /// The answer's body as text; broken UTF-8 is shown as U+FFFD.
  public var bodyText: String { String(decoding: body, as: UTF8.self) }
}

extension RecordedExchange {
  /// Path and query parameters of a request's target, the latter without their percent-encoding.
  private static func split(_ target: String) -> (path: String, query: [NameValue]) {
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return (target, []) }
    let query = parts[1].split(separator: "&").map { pair in
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return NameValue(decoded(sides[0]), sides.count == 2 ? decoded(sides[1]) : "")
    }
    return (String(parts[0]), query)
  }

  /// Text without percent-encoding; broken encoding stays as it is.
  private static func decoded(_ text: Substring) -> String {
    let spaced = String(text.replacing("+", with: " "))
    return spaced.removingPercentEncoding ?? spaced
  }

  /// The top-level members of a JSON object; none of any other body.
  private static func members(ofBody body: [UInt8]) -> [NameValue] {
    guard body.first(where: { $0 > 0x20 }) == UInt8(ascii: "{"),
      let members = (try? JSONValue(parsing: body))?.object?.members
    else { return [] }
    return members.map { NameValue($0.name, $0.value.string ?? $0.value.text) }
  }
}
