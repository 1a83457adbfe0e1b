public import KISWire

/// One rule of a scenario: when something happens, do these things.
public struct Rule: Sendable, Hashable {
  /// For the journal and messages; its place in the file when the writer gave none.
  public var name: String
  /// Where it stands in the file.
  public var position: FilePosition
  /// States in which it is awake; empty means always.
  public var states: [String]
  /// What makes it match.
  public var trigger: Trigger
  /// Fires only on the Nth match.
  public var nth: Int?
  /// Fires only on every Nth match.
  public var everyNth: Int?
  /// Who counts matches.
  public var counted: Counting
  /// The chance that a match fires, decided by the seed.
  public var chance: Double
  /// How often it may fire; nil means without end.
  public var times: Int?
  /// What it does, in this order.
  public var actions: [Action]

  /// Who counts the matches that ``Rule/nth`` and ``Rule/everyNth`` speak of.
  public enum Counting: String, Sendable, Hashable, CaseIterable {
    /// One count for the whole sandbox.
    case sandbox
    /// A count of its own for each session.
    case session
  }

  /// A rule that fires on every match in every state, unless told otherwise.
  public init(
    name: String, at position: FilePosition, states: [String] = [], when trigger: Trigger, nth: Int? = nil,
    everyNth: Int? = nil, counted: Counting = .sandbox, chance: Double = 1, times: Int? = nil, do actions: [Action]
  ) {
    self.name = name
    self.position = position
    self.states = states
    self.trigger = trigger
    self.nth = nth
    self.everyNth = everyNth
    self.counted = counted
    self.chance = chance
    self.times = times
    self.actions = actions
  }
}

extension Rule {
  /// Whether it may fire in a state; nil stands for a scenario without states.
  package func isAwake(in state: String?) -> Bool { states.isEmpty || state.map(states.contains) == true }
}

/// What makes a ``Rule`` match.
public enum Trigger: Sendable, Hashable {
  /// The scenario starts.
  case start
  /// The playhead passes this time of day, every day.
  case timeOfDay(TimeOfDay)
  /// This long after the rule's state was entered, or after the start for a rule without states.
  case after(Duration)
  /// Again and again after this long.
  case interval(Duration)
  /// A REST or OAuth request arrives.
  case request(RequestPattern)
  /// A session registers.
  case register(RegistrationPattern)
  /// A session releases.
  case release(RegistrationPattern)
  /// A data frame is delivered to a session.
  case frame(RegistrationPattern)
  /// A WebSocket connection opens.
  case connect
  /// A WebSocket connection ends.
  case disconnect
  /// A client answers PINGPONG.
  case pingPongAnswered
  /// The scenario enters this state.
  case state(String)
}

/// What a ``Rule`` does.
public enum Action: Sendable, Hashable {
  /// Answers the request or registration at hand. The first rule that answers wins.
  case answer(Answer)
  case emit(Emission)
  /// Holds back what would be sent next in answer to the event.
  case delay(Duration)
  case fault(ConfiguredFault)
  /// Takes faults away again: one by name, or all.
  case clearFaults(FaultName?)
  case state(String)
  case speed(PlaySpeed)
  case pause
  case play
  case seek(SeekTarget)
  case dialect(DialectChoice)
  /// Moves the market, halts it, lets it go to a limit, trips its circuit breaker.
  case market(MarketSteering)
  /// The scenario is over: the mock stops, expectations are checked.
  case end
}

/// What is answered instead of what the mock would have answered.
public struct Answer: Sendable, Hashable {
  /// HTTP status; nil takes 200, or what KIS sends with the code.
  public var status: Int?
  /// Headers of the HTTP answer, beside or instead of the usual ones.
  public var headers: [NameValue]
  /// The body of the HTTP answer, or the reply to a registration.
  public var body: Body

  /// What is sent as the answer's body.
  public enum Body: Sendable, Hashable {
    /// Sent as it stands.
    case text(String)
    case json(JSONValue)
    /// A KIS message code with KIS's own text and shape: `EGW00201`, `OPSP0008`.
    case code(String)
  }

  /// An answer; a status of nil takes 200, or what KIS sends with the code.
  public init(status: Int? = nil, headers: [NameValue] = [], body: Body) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

/// A message that a rule sends.
public struct Emission: Sendable, Hashable {
  /// What is sent.
  public var content: Content
  /// Who gets it.
  public var audience: Audience

  /// A message, or a heartbeat out of turn.
  public enum Content: Sendable, Hashable {
    /// A text message. A notice, `1|tr_id|001|…`, is written decrypted and encrypted for each session.
    case text(String)
    /// A heartbeat with the current time.
    case pingPong
  }

  /// Who gets a message.
  public enum Audience: String, Sendable, Hashable, CaseIterable {
    /// The session of the event; every session that registered the frame when the event has none.
    case session
    /// Every session that registered the frame's tr_id and key.
    case registered
    /// Every session.
    case all
  }

  /// A message to the event's session, or to others.
  public init(_ content: Content, to audience: Audience = .session) {
    self.content = content
    self.audience = audience
  }
}

/// Where a seek goes.
public enum SeekTarget: Sendable, Hashable {
  case timeOfDay(TimeOfDay)
  /// A marker of the recording, by name.
  case marker(String)
}
