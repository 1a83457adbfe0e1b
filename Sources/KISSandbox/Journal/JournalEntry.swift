public import KISScenario
public import KISWire

/// One thing that a client did or got, with its time. Secrets are masked before it is made.
public struct JournalEntry: Sendable, Hashable {
  /// Counts all entries of a journal from 1, those it no longer has included.
  public var number: Int
  /// Since the sandbox started, on its clock.
  public var time: Duration
  /// The time of day of the market then; nil when nobody knew it.
  public var marketTime: TimeOfDay?
  /// The WebSocket connection it belongs to; nil for REST.
  public var session: Int?
  /// The app key it came with; nil when it is not known.
  public var appKey: String?
  /// What happened.
  public var content: Content

  /// What happened, with what belongs to it.
  public enum Content: Sendable, Hashable {
    /// A REST or OAuth request and its answer.
    case request(ObservedRequest, JournalAnswer)
    /// A registration, successful or not.
    case register(JournalRegistration)
    /// A release of a registration, successful or not.
    case release(JournalRegistration)
    /// Any other message of a client: an answer to PINGPONG, or text that is no request.
    case message(String)
    /// A WebSocket connection opened, on this path.
    case connect(path: String)
    /// A WebSocket connection ended, in these words.
    case disconnect(reason: String)
    /// A fault did something, with details.
    case fault(name: String, detail: String)
  }

  /// What it is about, without the details; never `frame`.
  public var kind: JournalQuery.Kind {
    switch content {
    case .request: .request
    case .register: .register
    case .release: .release
    case .message: .message
    case .connect: .connect
    case .disconnect: .disconnect
    case .fault: .fault
    }
  }
}

extension JournalEntry {
  /// Whether nothing answers such a request, or the registration is one that KIS refuses or nothing feeds.
  public var isUnmatched: Bool { content.isMatched == false }

  /// What an unmatched request or registration may have meant, nearest first.
  public var nearMisses: [NearMiss] {
    switch content {
    case .request(_, let answer): answer.nearMisses
    case .register(let registration), .release(let registration): registration.nearMisses
    case .message, .connect, .disconnect, .fault: []
    }
  }
}

extension JournalEntry.Content {
  /// Whether there is something for it; nil for what nothing has to answer.
  var isMatched: Bool? {
    switch self {
    case .request(_, let answer): answer.isMatched
    case .register(let registration), .release(let registration):
      registration.isFed && registration.nearMisses.isEmpty
    case .message, .connect, .disconnect, .fault: nil
    }
  }
}

/// A registration or release, and how it went.
public struct JournalRegistration: Sendable, Hashable {
  /// The `tr_id`, as the client sent it.
  public var transactionID: TransactionID
  /// The `tr_key`.
  public var key: String
  /// The `msg_cd` of the reply: `OPSP0000` for success; empty when none was sent.
  public var code: String
  /// False when it succeeded, and yet nothing plays it: no frame will ever come.
  public var isFed: Bool
  /// The client's message, secrets masked.
  public var text: String
  /// The reply that left, secrets masked; nil when none did.
  public var reply: String?
  /// What it may have meant when it was refused or nothing feeds it, nearest first.
  public var nearMisses: [NearMiss]

  /// A registration or release, with the `msg_cd` that it was replied.
  public init(
    transactionID: TransactionID, key: String, code: String, isFed: Bool = true, text: String = "",
    reply: String? = nil, nearMisses: [NearMiss] = []
  ) {
    self.transactionID = transactionID
    self.key = key
    self.code = code
    self.isFed = isFed
    self.text = text
    self.reply = reply
    self.nearMisses = nearMisses
  }
}
