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
    let isFrame = text.withUnsafeBytes { FrameHead($0) != nil }
    let meant = number.map { [$0] } ?? (isFrame ? sessionsRegistered(for: text) : sessions.numbers)
    let audience = meant.filter { sessions[$0]?.isEnding == false }
    send(text, to: audience)
    return audience
  }

  /// Sends a text message to sessions; a notice (flag `1`), written decrypted, is encrypted for each.
  func send(_ text: [UInt8], to ids: [Int]) {
    let now = clock.now
    let head = text.withUnsafeBytes { FrameHead($0) }
    for session in ids.compactMap({ sessions[$0] }) where !session.isEnding {
      let route = head.flatMap { head in text.withUnsafeBytes { self.route(of: head, in: $0) } }
      let marked = route.map { session.marked(text, on: $0) } ?? text
      let isEncrypted = head != nil && marked.first == UInt8(ascii: "1")
      if isEncrypted { identify(session) }
      if isEncrypted, let bytes = session.encrypted(marked) {
        session.outflow.send(bytes, at: now)
      } else {
        session.send(text: marked, at: now)
      }
      if let head { count(text, head, to: session, at: now) }
    }
    wake()
  }

  /// Who registered what a frame is about.
  func sessionsRegistered(for text: [UInt8]) -> [Int] {
    guard let route = text.withUnsafeBytes({ bytes in FrameHead(bytes).flatMap { route(of: $0, in: bytes) } }) else {
      return []
    }
    return sessions.inOrder.filter { $0.routes.contains(route) }.map(\.id)
  }

  private func count(_ text: [UInt8], _ head: FrameHead, to session: Session, at now: Duration) {
    if let route = text.withUnsafeBytes({ route(of: head, in: $0) }) { session.count(1, on: route, at: now) }
  }

  private func route(of head: FrameHead, in text: UnsafeRawBufferPointer) -> Route? {
    routes.route(
      TransactionID(String(decoding: UnsafeRawBufferPointer(rebasing: text[head.transactionID]), as: UTF8.self)),
      String(decoding: UnsafeRawBufferPointer(rebasing: text[head.key]), as: UTF8.self))
  }
}
