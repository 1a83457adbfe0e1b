import Foundation
import KISRecording
import KISWire

/// Requests and answers of a recording as they go over the wire.
enum HTTPText {
  /// What no body goes without: its length, or its chunks.
  static func framed(
    _ line: String, _ fields: [NameValue], _ body: [UInt8], mayLackBody: Bool
  ) -> [UInt8] {
    var fields = fields
    var body = body
    if fields.first(named: "transfer-encoding")?.lowercased().hasSuffix("chunked") == true {
      let chunk = body.isEmpty ? [] : Array("\(String(body.count, radix: 16))\r\n".utf8) + body + Array("\r\n".utf8)
      body = chunk + Array("0\r\n\r\n".utf8)
    } else if let index = fields.firstIndex(where: { $0.name.lowercased() == "content-length" }) {
      if !mayLackBody || !body.isEmpty { fields[index].value = "\(body.count)" }
    } else if !body.isEmpty || !mayLackBody {
      fields.append(NameValue("Content-Length", "\(body.count)"))
    }
    var text = Array("\(line)\r\n".utf8)
    for field in fields { text.append(contentsOf: "\(field.name): \(field.value)\r\n".utf8) }
    return text + Array("\r\n".utf8) + body
  }

  /// The request of an exchange; what a recording without request headers leaves out is put there.
  static func request(_ exchange: RecordedExchange) -> [UInt8] {
    var fields = exchange.requestHeaders
    if fields.isEmpty {
      fields = [NameValue("Host", "openapi.koreainvestment.com:9443")]
      if !exchange.transactionID.isEmpty { fields.append(NameValue("tr_id", exchange.transactionID)) }
    }
    let body = body(of: exchange)
    return framed("\(exchange.method) \(target(of: exchange)) HTTP/1.1", fields, body, mayLackBody: true)
  }

  /// The answer of an exchange.
  static func response(_ exchange: RecordedExchange) -> [UInt8] {
    let lacksBody = exchange.method == "HEAD" || exchange.status == 204 || exchange.status == 304
    return framed(
      "HTTP/1.1 \(exchange.status) \(HTTPText.reason(exchange.status))", exchange.headers, exchange.body,
      mayLackBody: lacksBody)
  }

  /// The upgrade of a WebSocket.
  static func upgrade(_ opening: RecordedEvent.Opening) -> [UInt8] {
    framed("GET \(opening.path) HTTP/1.1", opening.headers, [], mayLackBody: true)
  }

  /// The answer to it.
  static let switching = Array(
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n".utf8)

  /// Path and query as in a request line.
  static func target(of exchange: RecordedExchange) -> String {
    let query = query(of: exchange)
    guard !query.isEmpty else { return exchange.path }
    return exchange.path + "?" + query.map { "\(encoded($0.name))=\(encoded($0.value))" }.joined(separator: "&")
  }

  /// The parameters that stood in the URL: all but the members of the body.
  static func query(of exchange: RecordedExchange) -> [NameValue] {
    if exchange.requestBody.isEmpty { return exchange.method == "GET" ? exchange.parameters : [] }
    let members = (try? JSONValue(parsing: exchange.requestBody))?.object?.members.count ?? 0
    return Array(exchange.parameters.dropLast(members))
  }

  /// The body that was sent; simulated recordings keep only its members.
  static func body(of exchange: RecordedExchange) -> [UInt8] {
    guard exchange.requestBody.isEmpty, exchange.method != "GET", !exchange.parameters.isEmpty else {
      return exchange.requestBody
    }
    return JSONValue.object(JSONObject(exchange.parameters.map { ($0.name, .string($0.value)) })).utf8
  }

  private static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? text
  }

  private static let unreserved = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

  /// The words behind a status.
  static func reason(_ status: Int) -> String {
    switch status {
    case 101: "Switching Protocols"
    case 200: "OK"
    case 201: "Created"
    case 204: "No Content"
    case 304: "Not Modified"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 429: "Too Many Requests"
    case 500: "Internal Server Error"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    default: "Status"
    }
  }
}
