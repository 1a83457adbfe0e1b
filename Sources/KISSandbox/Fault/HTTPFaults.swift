package import KISScenario

/// What faults make of an HTTP answer: an answer in, bytes, waits and ends out.
package enum HTTPFaults {
  /// What is sent instead of an answer.
  ///
  /// - Parameter faults: those that happen now, in the order in which they were armed.
  /// - Returns: ``FaultyOutput/wire(_:)``, waits and ends only. Without an end the connection lives on.
  package static func apply(
    _ faults: [HTTPFault], to reply: HTTPReply, using generator: inout SeededGenerator
  ) -> [FaultyOutput] {
    var reply = reply
    var outputs: [FaultyOutput] = []
    var transmission: HTTPTransmission?
    for fault in faults {
      switch fault {
      case .replaced(let replacement): replace(&reply, by: replacement)
      case .damaged(let damage): spoil(&reply, by: damage, using: &generator)
      case .delayed(let delay): outputs.append(.wait(delay.drawn(using: &generator)))
      case .sent(let way): transmission = transmission ?? way
      }
    }
    return outputs + (transmission.map { send(reply, $0, using: &generator) } ?? [.wire(reply.head + reply.body)])
  }

  /// Another answer, which is then sent as any answer is.
  static func replace(_ reply: inout HTTPReply, by replacement: HTTPReplacement) {
    reply.reason = "Fault"
    switch replacement {
    case .status(let status, let body):
      reply.status = status
      reply.setBody(Array(body.utf8))
    case .html(let status):
      reply.status = status
      reply.set("Content-Type", "text/html")
      reply.setBody(Array("<html><head><title>\(status)</title></head><body>Gateway error</body></html>".utf8))
    }
  }

  private static func spoil(
    _ reply: inout HTTPReply, by damage: HTTPDamage, using generator: inout SeededGenerator
  ) {
    switch damage {
    case .brokenJSON: reply.setBody(Array(reply.body.prefix(reply.body.count / 2)))
    case .invalidUTF8:
      let letters = reply.body.indices.filter { isLetter(reply.body[$0]) }
      if let position = letters.randomElement(using: &generator) { reply.body[position] = 0xFF }
    case .lowerCaseHeaders:
      reply.headers = reply.headers.map { HTTPReply.Header($0.name.lowercased(), $0.value) }
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  private static func send(
    _ reply: HTTPReply, _ way: HTTPTransmission, using generator: inout SeededGenerator
  ) -> [FaultyOutput] {
    func part(_ percent: Int) -> FaultyOutput {
      .wire(reply.head + reply.body.prefix(reply.body.count * min(percent, 100) / 100))
    }
    return switch way {
    case .nothing: [.end(.stall(nil))]
    case .closing: [.end(.finish)]
    case .reset: [.end(.reset)]
    case .garbage: [.wire((0..<64).map { _ in UInt8(generator.next() >> 56) }), .end(.finish)]
    case .partThenReset(let percent): [part(percent), .end(.reset)]
    case .partThenClose(let percent): [part(percent), .end(.finish)]
    case .wholeThenClose: [.wire(reply.head + reply.body), .end(.finish)]
    case .lengthTooLong(let bytes): [.wire(withLength(reply, reply.body.count + bytes))]
    case .lengthTooShort(let bytes): [.wire(withLength(reply, max(reply.body.count - bytes, 0)))]
    case .badChunk: [.wire(badlyChunked(reply))]
    case .drip(let bytes, let interval):
      [.wire(reply.head)] + FaultyOutput.pieces(of: reply.body, of: bytes, every: interval)
    case .slowHead(let interval): FaultyOutput.pieces(of: reply.head, of: 1, every: interval) + [.wire(reply.body)]
    }
  }

  private static func withLength(_ reply: HTTPReply, _ length: Int) -> [UInt8] {
    var reply = reply
    reply.set("Content-Length", "\(length)")
    return reply.head + reply.body
  }

  private static func badlyChunked(_ reply: HTTPReply) -> [UInt8] {
    var reply = reply
    reply.remove("Content-Length")
    reply.set("Transfer-Encoding", "chunked")
    return reply.head + Array("chunk\r\n".utf8) + reply.body + Array("\r\n0\r\n\r\n".utf8)
  }
}
