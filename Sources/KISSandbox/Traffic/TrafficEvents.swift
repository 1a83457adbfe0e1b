import KISRecording
import KISScenario
import KISWire

extension TrafficEntry {
  /// What a recording that begins at a moment of the sandbox's clock says of it.
  func events(since start: Duration) -> [RecordedEvent] {
    let offset = max(0, (time - start).nanoseconds)
    func event(_ content: RecordedEvent.Content) -> RecordedEvent {
      RecordedEvent(at: offset, on: session, content)
    }
    switch content {
    case .opened(let path): return [event(.opened(.init(path: path)))]
    case .heard(let text): return [event(.message(text, from: .client))]
    case .heardPing(let payload): return [event(.ping(payload, from: .client))]
    case .heardPong(let payload): return [event(.pong(payload, from: .client))]
    case .sent(let bytes, let cipher):
      return TrafficEntry.messages(in: bytes[...]).map { event(TrafficEntry.readable($0, cipher)) }
    case .sentParts(let batch, let ranges):
      return ranges.flatMap { TrafficEntry.messages(in: batch.bytes[$0]) }.map { event($0) }
    case .ended(.closeFrame(let code, let reason)):
      return [event(.closed(.init(code: Int(code), reason: reason, from: .server)))]
    case .ended: return [event(.lost)]
    case .left(let cleanly): return [event(cleanly ? .closed(.init(code: nil, from: .client)) : .lost)]
    case .exchange(let request, let sent, let took):
      return [event(.exchange(RecordedExchange(request, sent, took: took)))]
    }
  }

  /// Well-formed frames as messages; from a frame that a fault has spoilt on, the rest as bytes.
  private static func messages(in bytes: ArraySlice<UInt8>) -> [RecordedEvent.Content] {
    var messages: [RecordedEvent.Content] = []
    var rest = bytes
    while !rest.isEmpty {
      guard let text = MessageFraming.takeText(from: &rest) else {
        messages.append(.binary(Array(rest), from: .server))
        break
      }
      messages.append(.message(Array(text), from: .server))
    }
    return messages
  }

  /// A notice decrypted, as recordings keep them.
  private static func readable(_ content: RecordedEvent.Content, _ cipher: PayloadCipher?) -> RecordedEvent.Content {
    guard case .message(let text, _) = content, text.first == FrameFlag.encrypted.rawValue,
      let frame = try? Frame(parsing: text), !frame.payload.contains(UInt8(ascii: "^"))
    else { return content }
    guard let payload = try? cipher?.decrypt(frame.payload), payload.contains(UInt8(ascii: "^")) else {
      return .ciphertext(text)
    }
    let plain = Frame(frame.transactionID, flag: .encrypted, count: frame.count, payload: payload)
    return .message(plain.bytes, from: .server)
  }
}

extension RecordedExchange {
  fileprivate init(_ request: RESTRequest, _ sent: SentAnswer, took: Duration) {
    let observed = request.observed
    self.init(
      method: observed.method, path: observed.path, transactionID: observed.transactionID,
      parameters: observed.parameters, requestHeaders: observed.headers, requestBody: request.body,
      status: sent.status ?? RecordedExchange.unanswered, headers: sent.headers, body: Array(sent.body),
      took: sent.status == nil ? nil : took.nanoseconds)
  }
}
