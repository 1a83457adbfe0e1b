import Foundation
import KISRecording
import KISWire

/// Writes a recording as HAR 1.2 with `_webSocketMessages`, as mitmproxy, Playwright and DevTools know them.
struct HARExport {
  private let output: OutputFile
  private var isFirst = true
  private var ciphers = NoticeCiphers()
  private var streams: [Int: Stream] = [:]
  private(set) var left = ExportCounts()

  /// The messages of one WebSocket, kept aside until all are known.
  private struct Stream {
    var opening = RecordedEvent.Opening(path: "/")
    var began: Int64
    var ended: Int64
    var messages: ScratchFile
    var buffer: [UInt8] = []
  }

  private static let chunk = 64 << 10

  init(_ output: OutputFile) throws(CaptureError) {
    self.output = output
    let version = "format 2"
    try output.write(
      #"{"log":{"version":"1.2","creator":{"name":"kis-mock","version":"\#(version)"},"pages":[],"entries":["#.utf8)
  }

  /// - Parameter start: of the recording, in nanoseconds since 1970.
  mutating func add(_ event: RecordedEvent, start: Int64) throws(CaptureError) {
    let time = start + event.offset.nanoseconds
    switch event.content {
    case .exchange(let exchange):
      left.exchanges += 1
      try write(entry(of: exchange, connection: event.connection, at: time))
    case .opened(let opening):
      let connection = event.connection ?? 0
      if streams[connection] != nil { try close(connection) }
      streams[connection] = Stream(
        opening: opening, began: time, ended: time, messages: try ScratchFile(folder: output.folder))
    case .marker: left.markers += 1
    case .lost: left.losses += 1
    case .message, .ciphertext, .binary, .ping, .pong, .closed:
      guard let (opcode, payload, side) = (ciphers.encrypted(event) ?? event.content).frame else { return }
      left.messages += 1
      try add(opcode, payload, side, on: event.connection ?? 0, at: time)
    }
  }

  mutating func finish() throws(CaptureError) {
    for connection in streams.keys.sorted() { try close(connection) }
    try output.write("\n]}}\n".utf8)
  }

  private mutating func write(_ entry: JSONObject) throws(CaptureError) {
    try output.write((isFirst ? "\n" : ",\n").utf8)
    isFirst = false
    try output.write(JSONValue.object(entry).utf8)
  }

  private mutating func add(
    _ opcode: UInt8, _ payload: [UInt8], _ side: RecordedEvent.Side, on connection: Int, at time: Int64
  ) throws(CaptureError) {
    if streams[connection] == nil {
      streams[connection] = Stream(began: time, ended: time, messages: try ScratchFile(folder: output.folder))
    }
    let isText = opcode == 1 && String(validating: payload, as: UTF8.self) != nil
    // All but text is base64; a text that is no UTF-8 goes as binary, since JSON cannot hold it.
    let data = isText ? payload : Array(Data(payload).base64EncodedData())
    let message: JSONValue = [
      "type": side == .client ? "send" : "receive", "time": .number(HARExport.seconds(time)),
      "opcode": .number(opcode == 1 && !isText ? 2 : opcode), "data": .string(String(decoding: data, as: UTF8.self)),
    ]
    streams[connection]?.ended = time
    streams[connection]?.buffer.append(contentsOf: message.utf8)
    streams[connection]?.buffer.append(UInt8(ascii: ","))
    if let stream = streams[connection], stream.buffer.count > HARExport.chunk {
      try stream.messages.append(stream.buffer)
      streams[connection]?.buffer.removeAll(keepingCapacity: true)
    }
  }

  /// Writes the entry of a WebSocket.
  private mutating func close(_ connection: Int) throws(CaptureError) {
    guard let stream = streams.removeValue(forKey: connection) else { return }
    let host = stream.opening.headers.first(named: "host") ?? "ops.koreainvestment.com:21000"
    var entry = HARExport.entry(
      at: stream.began, took: .nanoseconds(stream.ended - stream.began), connection: connection)
    entry["request"] = HARExport.request("GET", "ws://\(host)\(stream.opening.path)", stream.opening.headers, [], nil)
    entry["response"] = HARExport.response(101, [NameValue("Upgrade", "websocket")], nil)
    entry["_resourceType"] = "websocket"
    var text = JSONValue.object(entry).utf8
    text.removeLast()
    try output.write((isFirst ? "\n" : ",\n").utf8)
    isFirst = false
    try output.write(text)
    try output.write(#","_webSocketMessages":["#.utf8)
    try stream.messages.append(stream.buffer)
    var position: Int64 = 0
    var last: UInt8?
    while true {
      let bytes = try stream.messages.read(at: position, count: HARExport.chunk)
      guard !bytes.isEmpty else { break }
      position += Int64(bytes.count)
      // A JSON array has no comma behind its last element.
      if let last { try output.write([last]) }
      try output.write(bytes.dropLast())
      last = bytes.last
    }
    try output.write("]}".utf8)
  }

  private func entry(of exchange: RecordedExchange, connection: Int?, at time: Int64) -> JSONObject {
    var entry = HARExport.entry(at: time, took: exchange.took ?? .zero, connection: connection)
    let host = exchange.requestHeaders.first(named: "host") ?? "openapi.koreainvestment.com:9443"
    let scheme = host.contains("koreainvestment.com") ? "https" : "http"
    let body = HTTPText.body(of: exchange)
    entry["request"] = HARExport.request(
      exchange.method, "\(scheme)://\(host)\(HTTPText.target(of: exchange))", exchange.requestHeaders,
      HTTPText.query(of: exchange), body.isEmpty ? nil : body)
    entry["response"] = HARExport.response(exchange.status, exchange.headers, exchange.body)
    return entry
  }

  private static func entry(at time: Int64, took: Duration, connection: Int?) -> JSONObject {
    let milliseconds = JSONValue.number(Self.milliseconds(took.nanoseconds))
    var entry: JSONObject = [
      "startedDateTime": .string(moment(time)), "time": milliseconds, "request": .null, "response": .null, "cache": [:],
      "timings": ["send": 0, "wait": milliseconds, "receive": 0],
    ]
    entry["connection"] = connection.map { .string("\($0)") }
    return entry
  }

  private static func request(
    _ method: String, _ url: String, _ headers: [NameValue], _ query: [NameValue], _ body: [UInt8]?
  ) -> JSONValue {
    var request: JSONObject = [
      "method": .string(method), "url": .string(url), "httpVersion": "HTTP/1.1", "cookies": [],
      "headers": fields(headers), "queryString": fields(query), "headersSize": -1,
      "bodySize": .number(body?.count ?? 0),
    ]
    if let body {
      var data: JSONObject = [
        "mimeType": .string(headers.first(named: "content-type") ?? "application/json"), "params": [],
      ]
      put(body, into: &data)
      request["postData"] = .object(data)
    }
    return .object(request)
  }

  private static func response(_ status: Int, _ headers: [NameValue], _ body: [UInt8]?) -> JSONValue {
    var content: JSONObject = [
      "size": .number(body?.count ?? 0),
      "mimeType": .string(headers.first(named: "content-type") ?? (body == nil ? "x-unknown" : "application/json")),
    ]
    if let body { put(body, into: &content) }
    return [
      "status": .number(status), "statusText": .string(HTTPText.reason(status)), "httpVersion": "HTTP/1.1",
      "cookies": [], "headers": fields(headers), "content": .object(content), "redirectURL": "", "headersSize": -1,
      "bodySize": .number(body?.count ?? -1),
    ]
  }

  private static func put(_ body: [UInt8], into content: inout JSONObject) {
    if let text = String(validating: body, as: UTF8.self) {
      content["text"] = .string(text)
    } else {
      content["text"] = .string(Data(body).base64EncodedString())
      content["encoding"] = "base64"
    }
  }

  private static func fields(_ pairs: [NameValue]) -> JSONValue {
    .array(pairs.map { ["name": .string($0.name), "value": .string($0.value)] })
  }

  /// Seconds with all their nanoseconds.
  private static func seconds(_ time: Int64) -> String { decimal(time, 1_000_000_000, 9) }
  private static func milliseconds(_ time: Int64) -> String { decimal(max(0, time), 1_000_000, 6) }

  private static func decimal(_ number: Int64, _ unit: Int64, _ places: Int) -> String {
    let fraction = String(number % unit + unit).dropFirst()
    let digits = String(fraction.reversed().drop { $0 == "0" }.reversed())
    return "\(number / unit)" + (digits.isEmpty ? "" : ".\(digits)")
  }

  private static func moment(_ time: Int64) -> String {
    let moment = KoreanTime(epochNanoseconds: time)
    return "\(moment.date)T\(TimeOfDay(nanoseconds: moment.nanosecondOfDay).description)+09:00"
  }
}
