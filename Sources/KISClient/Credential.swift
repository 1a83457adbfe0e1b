/// A token or approval key that is fetched when needed, used while it is good, and fetched by one caller at a time.
struct Credential: Sendable {
  /// What a caller should do.
  enum Advice: Sendable, Equatable {
    case use(Secret)
    /// Fetch a new one, then say ``stored(_:lifetime:at:)`` or ``failed()``.
    case fetch
    /// Somebody else is fetching.
    case wait
  }

  private var current: (secret: Secret, goodUntil: Duration)?
  private var isFetching = false

  /// The secret while it is good.
  func secret(at now: Duration) -> Secret? { current.flatMap { now < $0.goodUntil ? $0.secret : nil } }

  mutating func advice(at now: Duration) -> Advice {
    if let secret = secret(at: now) { return .use(secret) }
    guard !isFetching else { return .wait }
    isFetching = true
    return .fetch
  }

  /// Keeps a secret for its lifetime less a tenth, at most a minute, so that none expires on its way.
  mutating func stored(_ secret: Secret, lifetime: Duration, at now: Duration) {
    isFetching = false
    current = (secret, now + lifetime - min(lifetime / 10, .seconds(60)))
  }

  mutating func failed() { isFetching = false }

  /// The server no longer knows it.
  mutating func forget() { current = nil }
}
