import Foundation
import KISWire

/// Reads HAR 1.2 as mitmproxy, Playwright, Chromium's DevTools and others write it, from a file of any size or out of
/// the zip file that Playwright makes.
package struct HARCapture: CaptureSource {
  private var json: JSONStream
  private let archive: ZipArchive?
  private let ports: Set<UInt16>
  private var stage = Stage.start
  private var connections: [String: Int] = [:]
  private var connectionCount = 0
  private var entry = HAREntry()
  private var streamCount = 0
  package private(set) var report = CaptureReport(format: "HAR", unit: "entries")

  private enum Stage {
    case start
    /// Between two entries.
    case entries(isFirst: Bool)
    /// In an entry, behind so many of its members.
    case members(isFirst: Bool)
    /// In an entry's WebSocket messages.
    case messages(isFirst: Bool)
    case finished
  }

  /// - Parameter ports: of servers; empty for all.
  package init(_ input: CaptureInput, ports: Set<UInt16> = []) {
    json = JSONStream(input)
    archive = nil
    self.ports = ports
  }

  /// Opens a HAR inside a zip file.
  package init(zip path: String, ports: Set<UInt16> = []) throws(CaptureError) {
    let archive = try ZipArchive(try CaptureFile(path: path))
    let names = archive.names.filter { $0.lowercased().hasSuffix(".har") }
    guard let name = names.first(where: { $0 == "har.har" }) ?? names.first, let input = try archive.open(name) else {
      throw CaptureError(
        .unknownFormat, file: path, reason: "is a zip file without a HAR in it; Playwright's hold `har.har`")
    }
    json = JSONStream(input)
    self.archive = archive
    self.ports = ports
    report.format = "HAR in a zip file"
  }

  package mutating func read(into events: inout [CapturedEvent]) throws(CaptureError) -> Bool {
    do throws(JSONStream.Failure) {
      for _ in 0..<512 {
        if case .finished = stage { return false }
        try step(&events)
      }
      report.bytes = json.position
      return true
    } catch {
      try stop(error)
      finish()
      return false
    }
  }

  /// A cut file gives what stands in front of the cut; nothing behind damage can be trusted.
  private mutating func stop(_ failure: JSONStream.Failure) throws(CaptureError) {
    switch failure {
    case .unreadable(let error): throw error
    case .truncated:
      report.isTruncated = true
      if case .start = stage {
        throw CaptureError(.malformed, file: json.input.path, reason: "ends before the entries of a HAR begin")
      }
    case .unexpected(let expected, let found, let byte):
      guard case .start = stage else {
        report.omit(
          "the rest of the file: expected \(expected), found `\(found)`", at: .byte(byte))
        return
      }
      throw CaptureError(
        .malformed, file: json.input.path, at: .byte(byte), reason: "expected \(expected), found `\(found)`")
    }
  }

  private mutating func finish() {
    stage = .finished
    report.bytes = json.position
    if streamCount == 0 {
      report.remark("there is no WebSocket stream in it: its writer left the messages out, or there were none")
    }
    if json.input.isDamaged { report.isTruncated = true }
  }

  private mutating func step(_ events: inout [CapturedEvent]) throws(JSONStream.Failure) {
    switch stage {
    case .finished: break
    case .start:
      guard try findEntries() else {
        throw .unexpected("`entries` in `log`", found: "none", at: json.position)
      }
      stage = .entries(isFirst: true)
    case .entries(let isFirst):
      guard try json.nextElement(isFirst: isFirst) else {
        finish()
        return
      }
      report.read += 1
      guard try json.peek() == UInt8(ascii: "{") else {
        report.omit("entries that are no objects", at: .entry(report.read))
        try json.skipValue()
        stage = .entries(isFirst: false)
        return
      }
      entry = HAREntry()
      try json.enter(UInt8(ascii: "{"), "an entry")
      stage = .members(isFirst: true)
    case .members(let isFirst): try readMember(isFirst: isFirst, &events)
    case .messages(let isFirst):
      guard try json.nextElement(isFirst: isFirst) else {
        stage = .members(isFirst: false)
        return
      }
      stage = .messages(isFirst: false)
      let message = try HARMessage(&json)
      take(message, connection: entry.connection ?? 0, &events)
    }
  }

  private mutating func findEntries() throws(JSONStream.Failure) -> Bool {
    try json.skipMark()
    try json.enter(UInt8(ascii: "{"), "a HAR: an object with `log`")
    var isFirst = true
    while let name = try json.nextName(isFirst: isFirst) {
      isFirst = false
      guard name.elementsEqual("log".utf8) else {
        try json.skipValue()
        continue
      }
      try json.enter(UInt8(ascii: "{"), "the object `log`")
      var isFirstOfLog = true
      while let name = try json.nextName(isFirst: isFirstOfLog) {
        isFirstOfLog = false
        switch String(decoding: name, as: UTF8.self) {
        case "entries":
          try json.enter(UInt8(ascii: "["), "the array `entries`")
          return true
        case "creator":
          if let creator = try HAREntry.creator(&json) { report.format += " by \(creator)" }
        default: try json.skipValue()
        }
      }
      return false
    }
    return false
  }

  private mutating func readMember(isFirst: Bool, _ events: inout [CapturedEvent]) throws(JSONStream.Failure) {
    stage = .members(isFirst: false)
    guard let name = try json.nextName(isFirst: isFirst) else {
      stage = .entries(isFirst: false)
      try complete(&events)
      return
    }
    if name.elementsEqual("_webSocketMessages".utf8) {
      guard try json.peek() == UInt8(ascii: "[") else { return try json.skipValue() }
      try json.enter(UInt8(ascii: "["), "an array of messages")
      entry.hasMessages = true
      // A number of its own, since the URL may stand behind the messages.
      entry.connection = nextConnection()
      stage = .messages(isFirst: true)
    } else {
      try entry.readMember(String(decoding: name, as: UTF8.self), &json)
    }
  }

  private mutating func nextConnection() -> Int {
    connectionCount += 1
    return connectionCount
  }

  private mutating func take(_ message: HARMessage?, connection: Int, _ events: inout [CapturedEvent]) {
    let place = CapturePlace.entry(report.read)
    guard let message else {
      report.omit("WebSocket messages without a time, an opcode or data that can be read", at: place)
      return
    }
    streamCount += 1
    events.append(
      CapturedEvent(connection: connection, time: message.time, side: message.side, message.content))
  }

  // MARK: - Entries

  private mutating func complete(_ events: inout [CapturedEvent]) throws(JSONStream.Failure) {
    let place = CapturePlace.entry(report.read)
    guard let url = HARLocation(entry.url), let started = entry.started else {
      report.omit("entries without a URL or a time", at: place)
      return
    }
    if !ports.isEmpty, !ports.contains(url.port) {
      report.omit("entries of other ports", at: place, isLoss: false)
      if entry.hasMessages, let connection = entry.connection { report.exclude(connection) }
      return
    }
    if entry.hasMessages || url.isWebSocket || entry.status == 101 {
      try completeStream(started, url, place, &events)
      return
    }
    guard !entry.isPageFile || url.isOfKIS else {
      report.omit("files of a page, which are no calls of an API", at: place, isLoss: false)
      return
    }
    guard (100...999).contains(entry.status) else {
      report.omit("requests without an answer: refused by the browser, aborted or failed", at: place)
      return
    }
    guard let requestBody = try body(entry.requestBody, file: entry.requestFile),
      let responseBody = try body(entry.responseBody, file: entry.responseFile)
    else {
      report.omit("exchanges whose body is a file that is not there, or too long", at: place)
      return
    }
    guard responseBody != nil || entry.isKnownEmpty else {
      report.omit("answers whose body is not in the HAR: save it with content (`embed` or `attach`)", at: place)
      return
    }
    let response = CapturedExchange.Response(
      status: entry.status, headers: entry.responseHeaders.withoutCodings, body: responseBody ?? [])
    let exchange = CapturedExchange(
      request: CapturedExchange.Request(
        method: entry.method, target: url.target, headers: entry.requestHeaders, body: requestBody ?? []),
      response: response, answered: started + max(0, entry.duration))
    let key = entry.connectionName.map { "\($0) \(url.origin)" } ?? url.origin
    let connection = connections[key] ?? nextConnection()
    connections[key] = connection
    events.append(CapturedEvent(connection: connection, time: started, side: .client, .exchange(exchange)))
  }

  private mutating func completeStream(
    _ started: Int64, _ url: HARLocation, _ place: CapturePlace, _ events: inout [CapturedEvent]
  ) throws(JSONStream.Failure) {
    let connection = entry.connection ?? nextConnection()
    let hasFile = entry.responseFile != nil && archive != nil
    guard entry.hasMessages || hasFile else {
      report.omit("WebSockets whose messages are not in the HAR", at: place)
      return
    }
    let request = CapturedExchange.Request(method: "GET", target: url.target, headers: entry.requestHeaders)
    let response = CapturedExchange.Response(status: 101, headers: entry.responseHeaders)
    events.append(
      CapturedEvent(
        connection: connection, time: started, side: .client,
        .open(CapturedExchange(request: request, response: response, answered: started))))
    if !entry.hasMessages, let file = entry.responseFile {
      guard let input = try open(file) else {
        report.omit("WebSockets whose messages are in a file that is not there", at: place)
        return
      }
      var messages = JSONStream(input)
      while try !messages.isAtEnd() { take(try HARMessage(&messages), connection: connection, &events) }
    }
  }

  /// The bytes of a body that stands in the entry or in a file of the zip; nil when it cannot be had, a nested nil when
  /// there is none.
  private func body(_ text: HAREntry.Body?, file: String?) throws(JSONStream.Failure) -> [UInt8]?? {
    if let file, archive != nil {
      guard var input = try open(file) else { return nil }
      do throws(CaptureError) {
        while try input.fill() { guard input.available <= JSONStream.longestString else { return nil } }
      } catch {
        throw .unreadable(error)
      }
      return input.withBytes { Array($0) }
    }
    switch text {
    case nil: return .some(nil)
    case .bytes(let bytes): return bytes
    case .unreadable: return nil
    }
  }

  private func open(_ name: String) throws(JSONStream.Failure) -> CaptureInput? {
    do throws(CaptureError) { return try archive?.open(name) } catch { throw .unreadable(error) }
  }
}

extension [NameValue] {
  /// Without the coding and length that the body in a HAR no longer has, and without HTTP/2's pseudo headers.
  fileprivate var withoutCodings: [NameValue] {
    filter { !["content-encoding", "transfer-encoding"].contains($0.name.lowercased()) && !$0.name.hasPrefix(":") }
  }
}
