import KISWire

extension Sandbox {
  /// Whether a fault happens on this occasion. Asking counts.
  func happens(_ name: FaultName, on occasion: FaultOccasion) -> Bool {
    faultsHappening(on: occasion).contains { $0.name == name }
  }

  /// The faults that happen on this occasion, each written down.
  func faultsHappening(on occasion: FaultOccasion) -> [ConfiguredFault] {
    guard faults.concerns(occasion.kind) else { return [] }
    let happening = faults.faults(on: occasion, at: clock.now, using: &chances)
    for fault in happening where occasion.kind != .frame {
      note(.fault(name: fault.name.rawValue, detail: "at \(occasion.kind.rawValue)"), session: occasion.session)
    }
    return happening
  }

  /// Arms a fault, as the admin API or a test does.
  public func arm(_ fault: ConfiguredFault, session: Int? = nil) {
    note(.fault(name: fault.name.rawValue, detail: "armed"), session: session)
    faults.arm(fault, at: clock.now, session: session)
  }

  /// What is armed.
  public var armedFaults: [ConfiguredFault] { faults.faults }

  /// Takes faults away: all of a name, or all. Frames that they held back leave.
  public func clearFaults(_ name: FaultName? = nil) {
    faults.disarm(name)
    for id in sessions.keys.sorted() {
      let held = sessions[id]?.frameFaults?.flush() ?? []
      sessions[id]?.frameFaults = nil
      sessions[id]?.send(held, at: clock.now)
    }
  }

  /// Faults of connections as they are accepted.
  public func faultsOfConnection() -> [ConfiguredFault] { faultsHappening(on: .connection) }

  /// Faults of a WebSocket upgrade.
  public func faultsOfUpgrade(path: String) -> [ConfiguredFault] { faultsHappening(on: .upgrade(path: path)) }

  /// Whether a client's PING frame is to be answered.
  public func answersPing(of id: Int) -> Bool { !happens(.wsPingsUnanswered, on: .clientPing(session: id)) }

  /// Ends or silences sessions at once.
  func strike(_ fault: ConfiguredFault, session: Int?) {
    guard let end = fault.sessionEnd else { return }
    for id in session.map({ [$0] }) ?? sessions.keys.sorted() { sessions[id]?.meet(end, at: clock.now) }
  }

  /// The way of messages that rules or faults look at: one by one.
  func deliverWatched(_ due: Playhead.Due, to id: Int, at now: Duration) -> Bool {
    var any = false
    for index in due.messages {
      let message = due.batch.messages[index]
      guard let session = sessions[id], !session.isEnding, session.routes.contains(message.route),
        let name = routes.name(of: message.route)
      else { continue }
      any = true
      let text = Array(due.batch.text(of: index))
      observe(.frameDelivered(session: id, transactionID: name.transactionID, key: name.key))
      let happening = faultsHappening(
        on: .frame(session: id, transactionID: name.transactionID, key: name.key))
      sendFrame(text, happening, to: id, at: now)
      sessions[id]?.count(1, on: message.route, at: now)
      sendHeldReply(behindFrameOf: id, at: now)
    }
    return any
  }

  private func sendFrame(_ text: [UInt8], _ happening: [ConfiguredFault], to id: Int, at now: Duration) {
    guard let session = sessions[id] else { return }
    guard !happening.isEmpty || session.frameFaults != nil, let frame = try? Frame(parsing: text) else {
      if text.first == UInt8(ascii: "1"), let bytes = session.encrypted(text) {
        sessions[id]?.outflow.send(bytes, at: now)
      } else {
        sessions[id]?.send(text: text, at: now)
      }
      return
    }
    var frameFaults = session.frameFaults ?? FrameFaults(generator: generator.fork("frames of session \(id)"))
    let outputs = frameFaults.apply(happening, to: frame, cipher: session.cipher)
    sessions[id]?.frameFaults = frameFaults.isUnderWay || faults.concerns(.frame) ? frameFaults : nil
    sessions[id]?.send(outputs, at: now)
  }

  private func sendHeldReply(behindFrameOf id: Int, at now: Duration) {
    guard var held = sessions[id]?.heldReply else { return }
    held.frames -= 1
    sessions[id]?.heldReply = held.frames > 0 ? held : nil
    if held.frames <= 0 { sessions[id]?.outflow.send(held.bytes, at: now) }
  }
}
