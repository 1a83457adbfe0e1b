import KISWire

/// What a client did in a session, as text to be kept and compared: its calls, and on each connection what it sent and
/// after how many frames. Times, keys and whatever else differs from run to run are left out or masked.
///
///     REST
///     POST /oauth2/Approval {"appkey":"AAA…","grant_type":"client_credentials","secretkey":"AAA…"} → 200
///     connection 1 /tryitout
///     after 0 frames: register H0STCNT0 005930 → OPSP0000
///     after 12 frames: register H0STASP0 005930 → OPSP0000
///     after 40 frames: closes
package struct ClientBehavior: Sendable, Hashable {
  /// One line an action.
  package private(set) var lines: [String]

  /// Reads a recording whose secrets have placeholders.
  ///
  /// - Throws: ``RecordingError`` when a line is malformed.
  package init(_ recording: RecordingReader) throws {
    var reader = recording
    reader.acceptsCiphertext = true
    reader.rewind()
    var calls: [String] = []
    var sessions: [Session] = []
    func session(_ number: Int?, path: String? = nil) -> Int {
      if path == nil, let known = sessions.lastIndex(where: { $0.number == number }) { return known }
      sessions.append(Session(number: number, path: path ?? "/"))
      return sessions.count - 1
    }
    try reader.read { event in
      switch event.content {
      case .serverMessage(let text):
        let index = session(event.connection)
        if FrameHead(text) != nil { sessions[index].frames += 1 } else { sessions[index].answer(with: text) }
      case .other(.opened(let opening)): _ = session(event.connection, path: opening.path)
      case .other(.message(let text, from: .client)): sessions[session(event.connection)].send(text)
      case .other(.closed(let closing)) where closing.side == .client:
        sessions[session(event.connection)].act("closes")
      case .other(.exchange(let exchange)): calls.append(ClientBehavior.line(exchange))
      default: break
      }
      return .more
    }
    lines = calls.isEmpty ? [] : ["REST"] + calls
    for (number, session) in sessions.enumerated() {
      lines += ["connection \(number + 1) \(session.path)"] + session.lines
    }
  }

  private static func line(_ exchange: RecordedExchange) -> String {
    let parameters = exchange.parameters.sorted { $0.name < $1.name }.map { "\($0.name)=\($0.value)" }
    let id = exchange.transactionID.isEmpty ? "" : " \(exchange.transactionID)"
    let status = exchange.status == RecordedExchange.unanswered ? "nothing" : String(exchange.status)
    let asked = parameters.isEmpty ? "" : " " + parameters.joined(separator: " ")
    return "\(exchange.method) \(exchange.path)\(id)\(asked) → \(status)"
  }

  /// One connection as it goes on.
  private struct Session {
    let number: Int?
    let path: String
    var frames = 0
    private(set) var lines: [String] = []
    /// Which registrations wait for their reply, by line.
    private var waiting: [(key: RegistrationKey, line: Int)] = []

    init(number: Int?, path: String) {
      self.number = number
      self.path = path
    }

    mutating func act(_ action: String) { lines.append("after \(frames) frames: \(action)") }

    mutating func send(_ text: [UInt8]) {
      // How many heartbeats a session has depends on how long it lasts, not on what the client does.
      guard PingPong(answer: text) == nil else { return }
      guard let request = try? RegistrationRequest(parsing: text) else {
        act("sends \(String(decoding: text.prefix(500), as: UTF8.self))")
        return
      }
      act("\(request.action == .register ? "register" : "release") \(request.transactionID) \(request.key)")
      waiting.append((RegistrationKey(request.transactionID, key: request.key), lines.count - 1))
    }

    mutating func answer(with text: UnsafeRawBufferPointer) {
      guard let reply = try? RegistrationReply(parsing: String(decoding: text, as: UTF8.self)) else { return }
      let index = waiting.firstIndex {
        $0.key.transactionID == reply.header?.transactionID && $0.key.key == reply.header?.key
      }
      guard let index = index ?? (waiting.isEmpty ? nil : 0) else { return }
      lines[waiting.remove(at: index).line] += " → \(reply.code)"
    }
  }

  /// How this differs from what was accepted: the first difference with the lines around it; nil when it does not.
  package func difference(from accepted: [String]) -> String? {
    guard lines != accepted else { return nil }
    let changes = lines.difference(from: accepted)
    var removed: [Int: String] = [:]
    var inserted: [Int: String] = [:]
    for change in changes {
      switch change {
      case .remove(let offset, let element, _): removed[offset] = element
      case .insert(let offset, let element, _): inserted[offset] = element
      }
    }
    // Both texts side by side, as diff(1) shows them.
    var merged: [String] = []
    var (old, new) = (0, 0)
    while old < accepted.count || new < lines.count {
      if let element = removed[old], old < accepted.count {
        merged.append("- \(element)")
        old += 1
      } else if let element = inserted[new] {
        merged.append("+ \(element)")
        new += 1
      } else {
        merged.append("  \(accepted[old])")
        old += 1
        new += 1
      }
    }
    let first = merged.firstIndex { !$0.hasPrefix("  ") } ?? 0
    let shown = merged[max(0, first - 3)..<min(merged.count, first + 20)]
    return shown.joined(separator: "\n")
  }
}
