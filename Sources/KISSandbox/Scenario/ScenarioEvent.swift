public import KISWire

/// Something that happened, as far as rules care. Sessions are named by a number of the sandbox's choice.
public enum ScenarioEvent: Sendable, Hashable {
  case started
  /// Nothing but time has passed.
  case time
  case request(ObservedRequest)
  case connected(session: Int)
  case disconnected(session: Int)
  case registered(session: Int, transactionID: String, key: String)
  case released(session: Int, transactionID: String, key: String)
  case frameDelivered(session: Int, transactionID: String, key: String)
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

/// A REST or OAuth request as rules and faults see it.
public struct ObservedRequest: Sendable, Hashable {
  /// `GET`, `POST` …
  public var method: String
  /// The path without its query.
  public var path: String
  /// The `tr_id` header; empty when there is none.
  public var transactionID: String
  /// The `appkey` header or body member; empty when there is none.
  public var appKey: String
  /// Query parameters, then members of a JSON body, names as sent.
  public var parameters: [NameValue]
  /// Headers in the order sent, names as spelt.
  public var headers: [NameValue]

  /// A request; what is left out is empty, as when the client did not send it.
  public init(
    method: String, path: String, transactionID: String = "", appKey: String = "",
    parameters: [NameValue] = [], headers: [NameValue] = []
  ) {
    self.method = method
    self.path = path
    self.transactionID = transactionID
    self.appKey = appKey
    self.parameters = parameters
    self.headers = headers
  }
}

/// A moment on both time lines of a sandbox.
public struct ScenarioMoment: Sendable, Hashable {
  /// Time on the sandbox's clock since the scenario started.
  public var elapsed: Duration
  /// Where the playhead is; goes on beyond 24:00:00 when a recording runs over midnight, and jumps with a seek.
  public var timeOfDay: TimeOfDay

  /// The same moment on the sandbox's clock and on the playhead.
  public init(elapsed: Duration, timeOfDay: TimeOfDay) {
    self.elapsed = elapsed
    self.timeOfDay = timeOfDay
  }
}
