/// Who may come in, and how often: credentials, calls within the last second, whose an app key is.
struct Admission {
  var credentials: IssuedCredentials
  var callRates = CallRates()
  /// Which session, or until when nobody else, owns an app key.
  var slots: [String: Slot] = [:]
  /// App keys whose client was told that they are still taken.
  var awaited: Set<String> = []
  /// By app key: who takes the place of whoever was recorded.
  var clients = BoundedDictionary<String, CapturedClient>(capacity: IssuedCredentials.most)
  /// When each app key asked for a token too soon.
  var tokenViolations = BoundedDictionary<String, [Duration]>(capacity: IssuedCredentials.most)

  enum Slot: Equatable {
    case owned(by: Int)
    case held(until: Duration)
  }

  /// When the next app key is free that somebody waits for; never when nobody does.
  func awaitedRelease(after now: Duration) -> Duration {
    awaited.reduce(Duration.never) { earliest, appKey in
      guard case .held(let until) = slots[appKey], until > now else { return earliest }
      return min(earliest, until)
    }
  }

  init(_ configuration: SandboxConfiguration, generator: SeededGenerator) {
    credentials = IssuedCredentials(configuration, generator: generator)
  }
}
