/// Who may come in, and how often: credentials, calls within the last second, whose an app key is.
struct Admission {
  var credentials: IssuedCredentials
  var callRates = CallRates()
  /// Which session, or until when nobody else, owns an app key.
  var slots: [String: Slot] = [:]
  /// When each app key asked for a token too soon.
  var tokenViolations: [String: [Duration]] = [:]

  enum Slot: Equatable {
    case owned(by: Int)
    case held(until: Duration)
  }

  init(_ configuration: SandboxConfiguration, generator: SeededGenerator) {
    credentials = IssuedCredentials(configuration, generator: generator)
  }
}
