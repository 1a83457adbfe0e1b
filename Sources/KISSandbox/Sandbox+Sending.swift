import KISWire

extension Sandbox {
  /// Sends a text that no recording holds.
  ///
  /// A data message goes to everybody who registered its (tr_id, first value), counted like a recorded one; any other
  /// text goes to every session. A notice (flag 1) is written decrypted and encrypted with each session's own key.
  ///
  /// - Parameter number: the only session to send to, whatever it registered; nil sends to all who are meant.
  /// - Returns: the sessions it was sent to. A session that is not there gets nothing.
  @discardableResult
  public func send(_ text: [UInt8], toSession number: Int? = nil) -> [Int] {
    var builder = FrameBatchBuilder(routes: routes)
    text.withUnsafeBytes { builder.append($0, at: 0) }
    guard let batch = builder.finish(), let route = batch.messages.first?.route else {
      return send(number) { $0.send(text: text) }
    }
    guard let number, sessions[number]?.routes.contains(route) == false else {
      let audience = open(number).filter { sessions[$0]?.routes.contains(route) == true }
      let due = Playhead.Due(batch: batch, messages: 0..<1, closing: nil)
      for id in audience { deliver(due, to: .session(id), at: clock.now) }
      return audience
    }
    let isEncrypted = batch.hasEncrypted
    return send(number) { session in
      if isEncrypted, let sealed = session.encrypted(text) {
        session.sink.send(sealed)
      } else {
        session.send(text: text)
      }
    }
  }

  private func send(_ number: Int?, _ body: (Session) -> Void) -> [Int] {
    let audience = open(number)
    for id in audience { sessions[id].map(body) }
    return audience
  }

  /// The sessions that can still be sent to: all, or the one with a number.
  private func open(_ number: Int?) -> [Int] {
    sessions.values.filter { !$0.isEnding && (number == nil || $0.id == number) }.map(\.id).sorted()
  }
}
