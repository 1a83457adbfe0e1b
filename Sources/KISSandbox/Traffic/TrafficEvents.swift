import KISRecording
import KISScenario
import KISWire

extension TrafficEntry {
  /// What a recording that begins at a moment of the sandbox's clock says of it.
  func events(since start: Duration) -> [RecordedEvent] {
    let offset = RecordedTime(max(.zero, time - start))
    guard !sessions.isEmpty else { return recorded.map { RecordedEvent(at: offset, on: nil, $0) } }
    let recorded = recorded
    return sessions.flatMap { session in recorded.map { RecordedEvent(at: offset, on: session, $0) } }
  }

  private var recorded: [RecordedEvent.Content] {
    switch content {
    case .opened(let path): [.opened(.init(path: path))]
    case .heard(let text): [.message(text, from: .client)]
    case .heardPing(let payload): [.ping(payload, from: .client)]
    case .heardPong(let payload): [.pong(payload, from: .client)]
    case .sent(let written, let cipher): written.recorded(decryptedWith: cipher)
    case .ended(.closeFrame(let code, let reason)): [.closed(.init(code: Int(code), reason: reason, from: .server))]
    case .ended: [.lost]
    case .left(let cleanly): [cleanly ? .closed(.init(code: nil, from: .client)) : .lost]
    case .exchange(let request, let sent, let took): [.exchange(RecordedExchange(request, sent, took: took))]
    }
  }
}

extension SessionWrite.Content {
  /// Its messages, notices decrypted as recordings keep them; from a frame that a fault has spoilt on, the rest as bytes.
  fileprivate func recorded(decryptedWith cipher: PayloadCipher?) -> [RecordedEvent.Content] {
    var contents: [RecordedEvent.Content] = []
    forEachMessage(decryptedWith: cipher) { message, rest in
      if message.defect != nil {
        contents.append(.binary(Array(rest), from: .server))
      } else if message.plain == nil, message.bytes.isCiphertext {
        contents.append(.ciphertext(message.bytes))
      } else {
        contents.append(.message(message.plain ?? message.bytes, from: .server))
      }
    }
    return contents
  }
}

extension [UInt8] {
  /// Whether it is a data message whose payload nobody can read.
  fileprivate var isCiphertext: Bool {
    guard first == FrameFlag.encrypted.rawValue, let frame = try? Frame(parsing: self) else { return false }
    return !frame.payload.contains(UInt8(ascii: "^"))
  }
}

extension RecordedExchange {
  fileprivate init(_ request: RESTRequest, _ sent: SentAnswer, took: Duration) {
    let observed = request.observed
    self.init(
      method: observed.method, path: observed.path, transactionID: observed.transactionID.rawValue,
      parameters: observed.parameters, requestHeaders: observed.headers, requestBody: request.body,
      status: sent.status ?? RecordedExchange.unanswered, headers: sent.headers, body: Array(sent.body),
      took: sent.status == nil ? nil : took)
  }
}
