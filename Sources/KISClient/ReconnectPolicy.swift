/// How long to wait before connecting again after a connection was lost.
///
/// KIS keeps an app key's slot taken for tens of seconds after a cut and may block whoever reconnects in a tight loop
/// (PROTOCOL sections 3.3 and 3.5), so the delay doubles up to a minute.
public struct ReconnectPolicy: Sendable, Hashable {
  /// Before the first attempt.
  public var firstDelay: Duration
  /// The delay doubles up to this.
  public var longestDelay: Duration
  /// How often to try in a row; nil never gives up.
  public var maximumAttempts: Int?
  /// How long a connection has to last before a loss counts as the first again: a server that confirms and cuts, over
  /// and over, is met with ever longer delays.
  public var steadyAfter: Duration

  /// One second, doubling up to a minute, without end; from the beginning once a connection has lasted half a minute.
  public init(
    firstDelay: Duration = .seconds(1), longestDelay: Duration = .seconds(60), maximumAttempts: Int? = nil,
    steadyAfter: Duration = .seconds(30)
  ) {
    self.firstDelay = firstDelay
    self.longestDelay = longestDelay
    self.maximumAttempts = maximumAttempts
    self.steadyAfter = steadyAfter
  }

  /// A lost connection ends the client.
  public static let never = ReconnectPolicy(maximumAttempts: 0)

  /// The delay before an attempt, counted from 1 since the last connection that was steady; nil to give up.
  public func delay(beforeAttempt attempt: Int) -> Duration? {
    if let maximumAttempts, attempt > maximumAttempts { return nil }
    var delay = firstDelay
    for _ in 1..<max(attempt, 1) where delay < longestDelay { delay *= 2 }
    return min(delay, longestDelay)
  }
}
