public import KISWire

/// What happens to a registration.
public enum RegistrationFault: Sendable, Hashable {
  /// The reply comes late, and data only after it.
  case replyLate(Duration)
  /// No reply, no data.
  case replyMissing
  /// The reply comes behind so many frames of data.
  case replyAfterData(frames: Int)
  /// The reply has no `output`, so no iv and key.
  case replyWithoutKey
  /// Refused with a KIS code.
  case refused(code: String)
  /// SUBSCRIBE SUCCESS, and never a frame (quirk 47).
  case forgotten
}

/// A request that KIS itself refuses.
public struct RESTRefusal: Sendable, Hashable {
  /// What is answered.
  public var answer: Answer
  /// Which requests are refused.
  public var calls: Calls

  /// Which requests are refused: tokens where they are issued, the rest where they are used.
  public enum Calls: Sendable, Hashable {
    /// `/oauth2/tokenP`.
    case tokenIssue
    /// Everything below `/uapi/`.
    case api
    /// Calls that order, change or reserve: those whose `tr_id` ends with U.
    case orders
  }

  /// A refusal with a KIS code, in KIS's own words.
  public init(_ code: String, status: Int, of calls: Calls = .api) {
    self.init(Answer(status: status, body: .code(code)), of: calls)
  }

  /// A refusal with any answer.
  public init(_ answer: Answer, of calls: Calls = .api) {
    self.answer = answer
    self.calls = calls
  }

  /// True when requests to this path, with this `tr_id`, are refused.
  public func concerns(path: String, transactionID: TransactionID = "") -> Bool {
    switch calls {
    case .tokenIssue: path == "/oauth2/tokenP"
    case .api: path.hasPrefix("/uapi/")
    case .orders: path.hasPrefix("/uapi/") && path.contains("/trading/") && transactionID.rawValue.hasSuffix("U")
    }
  }
}
