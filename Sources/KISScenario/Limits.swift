/// Everything the service counts or lets expire. Defaults are the real service's where it is known.
///
/// Sources: PROTOCOL sections 1.1, 1.2, 2.4, 3.3 and 7.
public struct Limits: Sendable, Hashable {
  /// Registrations of one session; the next one gets OPSP0008.
  public var registrations: Int = 41
  /// REST calls per app key and second; nil takes the venue's: real 20, vts (모의투자) 2.
  public var requestsPerSecond: Int?
  /// Least time between two tokens of one app key; sooner is 403 EGW00133.
  public var tokenInterval: Duration = .seconds(60)
  /// How long an access token of a private person is good; afterwards it is refused with EGW00123.
  public var tokenLifetime: Duration = .seconds(86_400)
  /// For how long after its issue the same token comes back.
  public var tokenReuse: Duration = .seconds(21_600)
  /// Checked only when a session registers.
  public var approvalLifetime: Duration = .seconds(86_400)
  /// How long an app key stays in use after its session vanished; a new session gets OPSP8996 until then.
  public var slotRelease: Duration = .zero
  /// Bytes that may wait for a slow client.
  public var outbox: Int = 8_388_608
  /// What happens to a client whose unread bytes reach ``outbox``.
  public var slowClient: SlowClientPolicy = .cut
  /// Journal entries kept; older ones are evicted and answers about them become "unknown". 0 switches the journal off:
  /// nothing is written or counted, and every answer is "unknown".
  public var journalEntries: Int = 100_000
  /// Bytes of journal kept.
  public var journalBytes: Int = 67_108_864

  /// The real service's limits, as far as they are known.
  public init() {}

  /// What happens when ``Limits/outbox`` is full.
  public enum SlowClientPolicy: String, Sendable, Hashable, CaseIterable {
    /// The playhead waits for the client.
    case wait
    /// The connection is cut without a close frame.
    case cut
  }
}

/// The heartbeat of a session (PROTOCOL section 3.4).
public struct HeartbeatRules: Sendable, Hashable {
  /// Time from one PINGPONG to the next, on the sandbox's clock; with ``Rhythm/idle``, time without anything sent.
  public var interval: Duration = .seconds(100)
  /// Time to the first PINGPONG of a connection, and with ``Rhythm/idle`` of each silence; nil takes ``interval``.
  public var first: Duration?
  /// How long an answer may take before the connection is cut.
  public var timeout: Duration = .seconds(100)
  /// When a PINGPONG is due.
  public var rhythm: Rhythm = .always

  /// A PINGPONG every 100 seconds, also while data flows, and 100 seconds to answer it.
  public init() {}

  /// As two logs of 2025 and 2026 have it: 10 seconds after the connection or the last message, then every 20, cut
  /// 10 seconds after one that was not answered (PROTOCOL section 9).
  public static let quietSessions: HeartbeatRules = {
    var rules = HeartbeatRules()
    rules.first = .seconds(10)
    rules.interval = .seconds(20)
    rules.timeout = .seconds(10)
    rules.rhythm = .idle
    return rules
  }()

  /// When heartbeats are sent.
  public enum Rhythm: String, Sendable, Hashable, CaseIterable {
    /// On a timer, also while data flows.
    case always
    /// Only when nothing else was sent for an interval, or for ``HeartbeatRules/first`` when there is one.
    case idle
    /// Never.
    case never
  }
}
