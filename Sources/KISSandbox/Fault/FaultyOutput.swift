import KISScenario

/// What is sent instead of one healthy message or answer, in order.
package enum FaultyOutput: Sendable, Hashable {
  /// A text message, framed as always.
  case text([UInt8])
  /// Bytes that go out in one write as they are; their framing is done already, well or badly.
  case wire([UInt8])
  /// Everything after it, of the whole session, goes out this much later.
  case wait(Duration)
  /// What becomes of the connection; nothing follows.
  case end(ConnectionEnd)

  /// Bytes in several writes with a pause between them; at most about 4,096 writes, however small the pieces.
  static func pieces(of bytes: [UInt8], of size: Int, every interval: Duration) -> [FaultyOutput] {
    let size = max(size, 1, bytes.count / 4096)
    var outputs: [FaultyOutput] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      if start > 0 { outputs.append(.wait(interval)) }
      outputs.append(.wire(Array(bytes[start..<min(start + size, bytes.count)])))
    }
    return outputs
  }
}

extension [FaultyOutput] {
  /// The part that is sent on a connection which ends after `limit` bytes; those of text messages are not counted.
  func cut(after limit: Int) -> [FaultyOutput] {
    var left = Swift.max(0, limit)
    var outputs: [FaultyOutput] = []
    for output in self {
      guard case .wire(let bytes) = output else {
        outputs.append(output)
        continue
      }
      outputs.append(.wire([UInt8](bytes.prefix(left))))
      left -= bytes.count
      if left <= 0 { return outputs + [.end(.finish)] }
    }
    return outputs
  }
}

/// What becomes of a connection.
package enum ConnectionEnd: Sendable, Hashable {
  /// A WebSocket close frame, then TCP ends.
  case close(code: Int, reason: String)
  /// TCP ends (FIN).
  case finish
  /// TCP is reset (RST).
  case reset
  /// Nothing is read or written any more; TCP stays.
  case halfOpen
  /// Nothing is written any more, PINGPONG neither; reading goes on. nil is for ever.
  case stall(Duration?)
}

extension ConnectionEnd {
  /// What a fault that ends or silences a session makes of its connection.
  init(_ fault: SessionEndFault) {
    self =
      switch fault {
      case .close(let code, let reason): .close(code: code, reason: reason.firstBytes(123))
      case .finish: .finish
      case .reset: .reset
      case .halfOpen: .halfOpen
      case .stall(let duration): .stall(duration == .zero ? nil : duration)
      }
  }
}

extension String {
  /// The longest start that takes no more bytes of UTF-8 than this.
  fileprivate func firstBytes(_ limit: Int) -> String {
    var text = self
    while text.utf8.count > limit { text.removeLast() }
    return text
  }
}
