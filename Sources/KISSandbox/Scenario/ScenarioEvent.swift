public import KISScenario
public import KISWire

/// Something that happened, as far as rules care. Sessions are named by a number of the sandbox's choice.
public enum ScenarioEvent: Sendable, Hashable {
  /// The sandbox began to run.
  case started
  /// Nothing but time has passed.
  case time
  /// A REST or OAuth request arrived.
  case request(ObservedRequest)
  /// A WebSocket connection was opened.
  case connected(session: Int)
  /// A WebSocket connection is gone.
  case disconnected(session: Int)
  /// A client asks to register a TR and key.
  case registered(session: Int, transactionID: TransactionID, key: String)
  /// A client asks to release a TR and key.
  case released(session: Int, transactionID: TransactionID, key: String)
  /// A frame is sent to a session.
  case frameDelivered(session: Int, transactionID: TransactionID, key: String)
  /// A client answered a PINGPONG.
  case pingPongAnswered(session: Int)

  /// The session it happened to.
  public var session: Int? {
    switch self {
    case .started, .time, .request: nil
    case .connected(let session), .disconnected(let session), .registered(let session, _, _),
      .released(let session, _, _), .frameDelivered(let session, _, _), .pingPongAnswered(let session):
      session
    }
  }
}

/// A moment on both time lines of a sandbox.
public struct ScenarioMoment: Sendable, Hashable {
  /// Time on the sandbox's clock since the scenario started.
  public var elapsed: Duration
  /// Where the playhead is, and behind the recordings' end the market; 24 hours more on each following day of the
  /// market or of a recording that runs over midnight. Jumps with a seek.
  public var timeOfDay: TimeOfDay

  /// The same moment on the sandbox's clock and on the playhead.
  public init(elapsed: Duration, timeOfDay: TimeOfDay) {
    self.elapsed = elapsed
    self.timeOfDay = timeOfDay
  }
}
