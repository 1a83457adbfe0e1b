/// Who answered a request. The raw value is what the journal and the log say.
public enum AnswerSource: String, Sendable, Hashable, CaseIterable {
  /// A rule of the scenario.
  case rule = "scenario"
  /// A fault in the place of the answer: a refusal of KIS's, or another body.
  case fault
  /// An endpoint of `/oauth2`, or hashkey.
  case oauth
  /// The gateway or the input check: an unknown caller, too many calls, a parameter that is missing.
  case refusal
  /// A known anomaly of KIS that is switched on.
  case quirk
  /// The exchange: an order, or an inquiry of an account.
  case exchange
  /// A recording, as it stands at the playhead.
  case recording
  /// The catalogue, for want of anything else.
  case generated
  /// Nobody: there is no such path, or nothing that answers such a request.
  case unmatched
}
