public import KISMarket
import KISRecording
public import KISScenario
public import KISWire

/// Everything that makes one sandbox: its clock, its seed, what it plays and how strict it is.
public struct SandboxConfiguration: Sendable {
  /// For people and for the admin API.
  public var name = "default"
  /// Real or paper trading (모의투자); it decides rate limits and which `tr_id`s exist.
  public var venue = Venue.real
  /// The layouts in force; nil takes the recordings' own day.
  public var dialect: Dialect?
  /// Tokens, keys, chances and simulated values come from it.
  public var seed: UInt64 = 1
  /// What is played, together on one time line.
  public var recordings: [FramedRecording] = []
  /// How fast the recordings play.
  public var speed = PlaySpeed.times(1)
  /// The time of day to begin at; nil is the recordings' beginning.
  public var start: TimeOfDay?
  /// The date that is shown for the first recorded day; every other date moves with it. Nil shows it as itself.
  public var date: CalendarDate?
  /// The market's day where nothing is recorded; nil takes the clock's.
  public var day: CalendarDate?
  /// Whether they begin again at the end.
  public var loops = false
  /// Begins paused: `replay/play` or a step starts it, not the first client.
  public var isPaused = false
  /// Whether all sessions share one replay or each has its own.
  public var playhead = Scenario.PlayheadScope.shared
  /// Calls, registrations, lifetimes and buffers: what may be used up.
  public var limits = Limits()
  /// When PINGPONG is sent, and how long an answer may take.
  public var heartbeat = HeartbeatRules()
  /// App keys with their secrets, a secret of nil accepting any; nil accepts any app key.
  public var appKeys: [String: String?]?
  /// App keys of companies (법인), with terms of their own.
  public var corporateAppKeys: Set<String> = []
  /// The venue of app keys that are good at one venue only.
  public var appKeyVenues: [String: Venue] = [:]
  /// Whether tokens of an earlier start with the same seed stay good until they expire, as clients keep them in files.
  public var keepsTokens = false
  /// What `access_token_token_expired` says; nil lets the clock decide, see ``TokenExpiryText``.
  public var tokenExpiryText: TokenExpiryText?

  /// Rules, faults and quirks; nil for none.
  public var scenario: Scenario?
  /// Which of the known anomalies it shows.
  public var quirks = Quirks()
  /// Accounts that exist, as `12345678-01`; empty accepts any.
  public var accounts: [String] = []
  /// HTS ids that exist; empty accepts any.
  public var htsIDs: [String] = []
  /// Whether codes that nobody knows are refused.
  public var codes = Scenario.CodeCheck.strict
  /// Whether UNSUBSCRIBE SUCCESS carries iv and key; nobody knows if the real one does (PROTOCOL section 7).
  public var releaseHasOutput = false
  /// TRs that are sent encrypted beside those that always are, with `encrypt` Y in the reply.
  public var encryptedTransactions: Set<TransactionID> = []
  /// Whether order notices of orders that nobody made are sent to whoever registers them.
  public var simulatesOrders = false
  /// What provisional figures show until the first of a day are keyed in.
  public var beforeEntries = Scenario.BeforeEntries.zeros
  /// The file that ``knownCodes`` was read from; nil for those that are built in.
  public var codeFile: String?
  /// The industry codes and instruments that are known.
  public var knownCodes = KnownCodes.standard
  /// Whether an answer is generated when nothing else has one.
  public var generatesAnswers = true
  /// Whether registrations that no recording feeds get simulated messages.
  public var simulates = true

  /// Whether registrations that no recording and no rule feeds are refused, as KIS refuses a key that it does not know.
  public var refusesUnrecorded = false

  /// The file that everything that passes is recorded in from the start; nil records nothing.
  public var recordsTo: String?

  /// What trading costs.
  public var fees = FeeChoice()
  /// How long things around an order take. On the paper venue a fill reaches the balance after five seconds, unless
  /// something else is said.
  public var latency = LatencyChoice()
  /// Whether the tape and the books show what clients trade and wait for.
  public var ownPrints = Scenario.OwnPrints.tape
  /// What happens to an order abroad while that exchange is closed.
  public var abroadClosed = Scenario.AbroadClosed.rest

  /// Called with every entry of the journal as it is written, on the sandbox's own executor; must not block.
  public var onEntry: (@Sendable (JournalEntry) -> Void)?

  /// Called with what people should know of the market, a sentence each: when a market that is closed opens, that a day
  /// is over.
  public var onNotice: (@Sendable (String) -> Void)?

  /// A sandbox of the real venue that plays nothing, simulates what is registered and lets everybody in.
  public init() {}

  /// How long an app key stays taken after its session vanished: as the limits say, or with quirk 40 a minute.
  var slotRelease: Duration {
    limits.slotRelease == .zero && quirks.contains(.slotStaysTaken) ? .seconds(60) : limits.slotRelease
  }

  /// The settings that the exchange begins with.
  var exchangeSettings: ExchangeSettings {
    var settings = ExchangeSettings(fees, latency)
    settings.seed = seed
    settings.abroadClosed = abroadClosed == .refuse ? .refuse : .rest
    if latency.balance == nil, venue == .vts { settings.latency.balance = 5_000 }
    return settings
  }

  /// The times of day at which the recordings begin and end.
  public var timeLine: ClosedRange<TimeOfDay> {
    let end = recordings.map { $0.startOfDay + $0.end.sinceStart }.max() ?? beginning
    return TimeOfDay(sinceMidnight: beginning)...TimeOfDay(sinceMidnight: max(beginning, end))
  }

  /// How long after midnight the time line begins.
  package var beginning: Duration { recordings.map(\.startOfDay).min() ?? .zero }

  /// The time of day at a position on the time line.
  func timeOfDay(at position: RecordedTime) -> TimeOfDay {
    TimeOfDay(sinceMidnight: beginning + position.sinceStart)
  }

  /// Where on the time line a time of day is.
  func position(of time: TimeOfDay) -> RecordedTime { RecordedTime(time.sinceMidnight - beginning) }

  /// The layouts that the recordings are in; without any, the newest.
  var recordedDialect: Dialect {
    recordings.first.flatMap { try? Dialect(day: $0.header.dialectDay, venue: $0.header.venue) } ?? .latest(venue)
  }

  /// The layouts to send frames in: those asked for, or, at another venue than the recordings', that venue's.
  var effectiveDialect: Dialect? {
    if let dialect { return dialect }
    guard let header = recordings.first?.header, header.venue != venue else { return nil }
    return try? Dialect(day: header.dialectDay, venue: venue)
  }
}

/// What a token's printed expiry is based on. Clients compare it with their own wall clock, which no mock can move.
public enum TokenExpiryText: Sendable, Hashable {
  /// The mock's own time plus the token's lifetime: where the clock shows the host's time.
  case byClock
  /// 2099-12-31 23:59:59: where it shows any other time, so that real clients accept the tokens on any day.
  case farFuture
}
