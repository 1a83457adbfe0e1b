/// What a fault does, with its settings: one case for each kind of thing that it happens to, one type for each family.
///
/// Whoever carries faults out switches over these types without a default, so a fault that nobody carries out does not
/// compile.
public enum FaultBehavior: Sendable, Hashable {
  /// A TCP connection that was accepted.
  case connection(ConnectionFault)
  /// A WebSocket upgrade.
  case upgrade(UpgradeFault)
  /// The HTTP answer to a request.
  case http(HTTPFault)
  /// A REST or OAuth request that KIS itself refuses.
  case refusal(RESTRefusal)
  /// A registration by a session.
  case registration(RegistrationFault)
  /// A data frame on its way to a session.
  case frame(FrameFault)
  /// A PINGPONG about to be sent.
  case heartbeat(HeartbeatFault)
  /// An answer to PINGPONG, or a PING of the client's own.
  case clientPing(ClientPingFault)

  /// A close frame of the client's.
  case clientClose(ClientCloseFault)

  /// What it happens to.
  public var occasion: Fault.Occasion {
    switch self {
    case .connection: .connection
    case .upgrade: .upgrade
    case .http, .refusal: .request
    case .registration: .registration
    case .frame: .frame
    case .heartbeat: .heartbeat
    case .clientPing: .clientPing
    case .clientClose: .clientClose
    }
  }

  /// True for faults that put something else in the place of an answer, or let nothing of it leave. They happen before
  /// the request takes effect, unless ``FaultConditions/after`` says otherwise.
  public var replacesAnswer: Bool {
    switch self {
    case .refusal, .registration(.refused), .registration(.replyMissing): true
    case .http(let fault): fault.replacesAnswer
    case .connection, .upgrade, .registration, .frame, .heartbeat, .clientPing, .clientClose: false
    }
  }
}

/// A time that something is late by.
public struct FaultDelay: Sendable, Hashable {
  /// The least delay.
  public var least: Duration
  /// Up to this much more, by seed.
  public var jitter: Duration

  /// A delay between `least` and `least + jitter`.
  public init(_ least: Duration, jitter: Duration = .zero) {
    self.least = least
    self.jitter = jitter
  }
}

/// What happens to a WebSocket upgrade.
public enum UpgradeFault: Sendable, Hashable {
  /// An HTTP status instead of 101.
  case refused(status: Int)
  /// Answered late (quirk 59).
  case late(Duration)
}

/// What happens to a PINGPONG of the mock's.
public enum HeartbeatFault: Sendable, Hashable {
  /// It is not sent.
  case lost
}

/// What happens to an answer to PINGPONG, or to a PING frame of the client's own.
public enum ClientPingFault: Sendable, Hashable {
  /// PING frames are not answered.
  case pingUnanswered
  /// An answer to PINGPONG counts for none.
  case answerIgnored
}

/// What happens when a client sends its close frame.
public enum ClientCloseFault: Sendable, Hashable {
  /// TCP ends, without a close frame that answers it.
  case unanswered
}
