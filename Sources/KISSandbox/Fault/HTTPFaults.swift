public import KISScenario

/// What faults make of an HTTP answer: an answer in, bytes, waits and ends out.
public enum HTTPFaults {
  /// What leaves instead of an answer.
  ///
  /// - Parameter faults: those that happen now, as ``FaultPlan/faults(on:at:using:)`` says; those of KIS itself are
  ///   answered before, see ``ConfiguredFault/refusal``.
  /// - Returns: ``FaultyOutput/wire(_:)``, waits and ends only. Without an end the connection lives on.
  public static func apply(
    _ faults: [ConfiguredFault], to reply: HTTPReply, using generator: inout SeededGenerator
  ) -> [FaultyOutput] {
    var reply = reply
    for fault in faults { change(&reply, by: fault, using: &generator) }
    var outputs: [FaultyOutput] = []
    for fault in faults where fault.name == .httpDelay {
      outputs.append(.wait(fault.duration("delay") + fault.duration("jitter") * generator.unit()))
    }
    var sent: [FaultyOutput]?
    for fault in faults where sent == nil { sent = send(reply, under: fault, using: &generator) }
    return outputs + (sent ?? [.wire(reply.head + reply.body)])
  }

  /// Faults that make another answer, which is then sent as any answer is.
  private static func change(
    _ reply: inout HTTPReply, by fault: ConfiguredFault, using generator: inout SeededGenerator
  ) {
    switch fault.name {
    case .httpStatus, .httpFailFirst:
      (reply.status, reply.reason) = (fault.number("status"), "Fault")
      reply.setBody(Array(fault.text("body").utf8))
    case .httpHTMLBody:
      (reply.status, reply.reason) = (fault.number("status"), "Fault")
      reply.set("Content-Type", "text/html")
      reply.setBody(Array("<html><head><title>\(reply.status)</title></head><body>Gateway error</body></html>".utf8))
    case .httpBrokenJSON: reply.setBody(Array(reply.body.prefix(reply.body.count / 2)))
    case .httpInvalidUTF8:
      guard let position = reply.body.indices.filter({ isLetter(reply.body[$0]) }).randomElement(using: &generator)
      else { return }
      reply.body[position] = 0xFF
    case .httpLowerCaseHeaders:
      reply.headers = reply.headers.map { HTTPReply.Header($0.name.lowercased(), $0.value) }
    default: break
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  /// Faults of the way an answer travels; nil for all others.
  private static func send(
    _ reply: HTTPReply, under fault: ConfiguredFault, using generator: inout SeededGenerator
  ) -> [FaultyOutput]? {
    let part = Array(reply.body.prefix(reply.body.count * min(fault.number("percent"), 100) / 100))
    switch fault.name {
    case .httpNoAnswer: return [.end(.stall(nil))]
    case .httpEmptyReply: return [.end(.finish)]
    case .httpReset: return [.end(.reset)]
    case .httpResetInBody: return [.wire(reply.head + part), .end(.reset)]
    case .httpTruncate: return [.wire(reply.head + part), .end(.finish)]
    case .httpCloseAfter: return [.wire(reply.head + reply.body), .end(.finish)]
    case .httpGarbage: return [.wire((0..<64).map { _ in UInt8(generator.next() >> 56) }), .end(.finish)]
    case .httpLengthTooLong: return [.wire(withLength(reply, reply.body.count + fault.number("bytes")))]
    case .httpLengthTooShort: return [.wire(withLength(reply, max(reply.body.count - fault.number("bytes"), 0)))]
    case .httpBadChunk: return [.wire(badlyChunked(reply))]
    case .httpDrip:
      return [.wire(reply.head)]
        + FaultyOutput.pieces(of: reply.body, of: fault.number("bytes"), every: fault.duration("interval"))
    case .httpSlowHeaders:
      return FaultyOutput.pieces(of: reply.head, of: 1, every: fault.duration("interval")) + [.wire(reply.body)]
    default: return nil
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
