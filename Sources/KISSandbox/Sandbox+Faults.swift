public import KISScenario
import KISWire

extension Sandbox {
  /// Whether a fault happens on this occasion. Asking counts.
  func happens(_ behavior: FaultBehavior, on occasion: FaultOccasion) -> Bool {
    !faultsHappening(on: occasion, that: behavior).isEmpty
  }

  /// The faults that happen on this occasion, each written down.
  /// - Parameter behavior: the only one to ask for; nil asks for all.
  func faultsHappening(on occasion: FaultOccasion, that behavior: FaultBehavior? = nil) -> [ConfiguredFault] {
    guard scenarioRun.faults.concerns(occasion.kind) else { return [] }
    let happening = scenarioRun.faultsHappening(
      on: occasion, that: behavior, to: appKey(of: occasion), at: clock.now)
    for fault in happening where occasion.kind != .frame {
      note(.fault(name: fault.name.rawValue, detail: "at \(occasion.kind.rawValue)"), session: occasion.session)
    }
    return happening
  }

  /// The app key whose random stream decides: that of the client it happens to.
  private func appKey(of occasion: FaultOccasion) -> String {
    switch occasion {
    case .request(let request): request.appKey
    case .registration(_, _, _, let appKey): appKey
    case .connection, .upgrade: ""
    case .frame, .heartbeat, .clientPing, .clientClose: occasion.session.flatMap { sessions[$0]?.appKey } ?? ""
    }
  }

  /// Arms a fault, as the admin API or a test does.
  public func arm(_ fault: ConfiguredFault, session: Int? = nil) {
    note(.fault(name: fault.name.rawValue, detail: "armed"), session: session)
    scenarioRun.faults.arm(fault, at: clock.now, session: session)
  }

  /// What is armed.
  public var armedFaults: [ConfiguredFault] { scenarioRun.faults.faults }

  /// What is armed and how far each has come.
  public var faultStatuses: [FaultStatus] { scenarioRun.faults.statuses(at: clock.now) }

  /// Takes faults away: all of a name, or all. Frames that they held back are sent.
  public func clearFaults(_ name: FaultName? = nil) {
    scenarioRun.faults.disarm(name)
    for session in sessions.inOrder {
      let held = session.frameFaults?.flush() ?? []
      session.frameFaults = nil
      session.send(held, at: clock.now)
    }
  }

  /// Faults of connections as they are accepted.
  package func faultsOfConnection() -> [ConnectionFault] {
    faultsHappening(on: .connection).compactMap { if case .connection(let fault) = $0.behavior { fault } else { nil } }
  }

  /// Faults of a WebSocket upgrade.
  package func faultsOfUpgrade(path: String) -> [UpgradeFault] {
    faultsHappening(on: .upgrade(path: path)).compactMap {
      if case .upgrade(let fault) = $0.behavior { fault } else { nil }
    }
  }

  /// Whether a client's PING frame is to be answered.
  public func answersPing(of id: Int) -> Bool {
    !isSilent(id) && !happens(.clientPing(.pingUnanswered), on: .clientPing(session: id))
  }

  /// Whether a client's close frame is to be answered by one, before TCP ends.
  public func answersClose(of id: Int) -> Bool {
    !happens(.clientClose(.unanswered), on: .clientClose(session: id))
  }

  /// Whether a fault keeps everything from a session, the answer to its close frame too.
  public func isSilent(_ id: Int) -> Bool { sessions[id]?.outflow.isSilent(at: clock.now) ?? false }

  /// Ends or silences sessions at once.
  func strike(_ fault: ConfiguredFault, session: Int?) {
    guard case .frame(.end(let end)) = fault.behavior else { return }
    for session in session.map({ sessions[$0].map { [$0] } ?? [] }) ?? sessions.inOrder {
      session.meet(ConnectionEnd(end), at: clock.now)
    }
  }

  /// Delivers messages one by one, so that rules and faults can look at each.
  func deliverWatched(_ due: Playhead.Due, to session: Session, at now: Duration) -> Bool {
    var any = false
    for index in due.messages {
      let message = due.batch.messages[index]
      guard !session.isEnding, session.routes.contains(message.route),
        let name = routes.name(of: message.route)
      else { continue }
      if isSampledOut(message, name, of: session) { continue }
      any = true
      let text = session.marked(due.batch.text(of: index), on: message.route)
      observe(
        .frameDelivered(session: session.id, transactionID: name.transactionID, key: name.key), at: due.position)
      let happening = faultsHappening(
        on: .frame(session: session.id, transactionID: name.transactionID, key: name.key)
      ).compactMap { if case .frame(let fault) = $0.behavior { fault } else { nil } }
      sendFrame(text, happening, to: session, at: now)
      if !happening.contains(.lost(frames: 1)) { session.count(1, on: message.route, at: now) }
      sendHeldReply(behindFrameOf: session, at: now)
    }
    return any
  }

  private func sendFrame(_ text: [UInt8], _ happening: [FrameFault], to session: Session, at now: Duration) {
    guard !happening.isEmpty || session.frameFaults != nil, let frame = try? Frame(parsing: text) else {
      if text.first == UInt8(ascii: "1"), let bytes = session.encrypted(text) {
        session.outflow.send(bytes, at: now)
      } else {
        session.send(text: text, at: now)
      }
      return
    }
    var frameFaults =
      session.frameFaults
      ?? FrameFaults(
        generator: generator.fork("frames of \(session.appKey ?? "")").fork(session.ordinal))
    let outputs = frameFaults.apply(happening, to: frame, cipher: session.cipher)
    session.frameFaults = frameFaults.isUnderWay || scenarioRun.faults.concerns(.frame) ? frameFaults : nil
    session.send(outputs, at: now)
  }

  private func sendHeldReply(behindFrameOf session: Session, at now: Duration) {
    guard var held = session.heldReply else { return }
    held.frames -= 1
    session.heldReply = held.frames > 0 ? held : nil
    if held.frames <= 0 { session.outflow.send(held.bytes, at: now) }
  }
}
