public import KISWire

/// What the mock does: one YAML file that says which recording, which clock, which limits, what goes wrong and when.
///
/// Pure data. Read it with ``Scenario/init(parsing:file:)``, run its rules with ``ScenarioEngine``.
public struct Scenario: Sendable, Hashable {
  /// The name of its file, for messages and for the folder that relative paths start at; empty when it has none.
  public var file: String = ""
  /// Where its keys stand, for messages.
  public var positions: [String: FilePosition] = [:]
  /// One line for lists and logs.
  public var title: String = ""
  /// Recordings to play, as written; relative paths start at the scenario's own folder. Several are merged by time.
  public var recordings: [String] = []
  /// A simulated day instead of a recording.
  public var simulation: SimulationPlan?
  /// Where times come from: real, scaled or virtual.
  public var clock: Clock = .real
  /// How fast the recordings play.
  public var speed: PlaySpeed = .times(1)
  /// Where the playhead starts; nil at the recording's start.
  public var start: TimeOfDay?
  /// True to start again at the end.
  public var loop: Bool = false
  /// The seed of everything random; nil takes 1, unless whoever plays it says otherwise.
  public var seed: UInt64?
  /// Real or paper trading (모의투자); nil takes the recording's.
  public var venue: Venue?
  /// The layouts that frames are sent in; the recording's own unless told.
  public var dialect: DialectChoice = DialectChoice()
  /// Which app keys, HTS ids and accounts exist; any unless told.
  public var credentials: Credentials = Credentials()
  /// What accounts have at the start; others have what every account has.
  public var accounts: [AccountChoice] = []
  /// What happens to single orders.
  public var orders: [OrderRule] = []
  /// What trading costs.
  public var fees: FeeChoice = FeeChoice()
  /// How long things around an order take.
  public var latency: LatencyChoice = LatencyChoice()
  /// What happens to an order abroad while that exchange is closed.
  public var abroadClosed: AbroadClosed = .rest
  /// Whether the tape and the books show what clients trade and wait for (`exchange: {prints: …}`).
  public var ownPrints: OwnPrints = .tape
  /// What is counted and what expires.
  public var limits: Limits = Limits()
  /// The heartbeat of each session, `pingpong` in the file.
  public var pingPong: HeartbeatRules = HeartbeatRules()
  /// Anomalies of the real service to show beside those it always has.
  public var quirks: Quirks = Quirks()
  /// Whether all sessions share one replay or each has its own.
  public var playhead: PlayheadScope = .shared
  /// What happens with codes that nobody knows.
  public var codes: CodeCheck = .strict
  /// True to send iv and key in UNSUBSCRIBE SUCCESS too: the record does not say which is so.
  public var releaseHasOutput: Bool = false
  /// A file of codes beside those that are built in, as written; relative paths start at the scenario's own folder.
  public var codeFile: String?
  /// TRs that are sent encrypted beside those that always are.
  public var encryptedTransactions: Set<TransactionID> = []
  /// True to send order notices of orders that nobody made to whoever registers them.
  public var simulatesOrders: Bool = false
  /// What provisional figures tell until the first of a day are keyed in.
  public var beforeEntries: BeforeEntries = .zeros
  /// A new recording of what is sent and received; nil writes none. Relative paths start where the program runs.
  public var record: String?
  /// True to make up an answer from the catalogue when neither recording nor rules have one; false refuses.
  public var generatedAnswers: Bool = true
  /// Who answers an order or an inquiry about an account first.
  /// Nil lets captured recordings answer first, and the exchange before all others.
  public var answers: AnswerOrder?
  /// Names of the states; the first is the one it starts in. Empty when the scenario has no states.
  public var states: [String] = []
  /// Checked in order; see ``ScenarioEngine`` for which of them win.
  public var rules: [Rule] = []
  /// Faults that are there from the start.
  public var faults: [ConfiguredFault] = []
  /// What the journal must show at the end.
  public var expectations: [JournalExpectation] = []
  /// Further sandboxes in the same process, isolated from each other.
  public var sandboxes: [SandboxChoice] = []

  /// The scenario of an empty file: no recording, no rules, every setting at its default.
  public init() {}

  /// Where a key stands; the beginning of the file when it is not there.
  public func position(of key: String) -> FilePosition {
    positions[key] ?? FilePosition(file: file, line: 1, column: 1)
  }

  /// Where times come from.
  public enum Clock: String, Sendable, Hashable, CaseIterable {
    /// The machine's clock.
    case real
    /// The machine's clock, moved to the recording's time and running at ``Scenario/speed``.
    case scaled
    /// Moves only when told, or when everybody is idle.
    case virtual
  }

  /// Who shares a playhead.
  public enum PlayheadScope: String, Sendable, Hashable, CaseIterable {
    /// All sessions see the same moment, as on the real service.
    case shared
    /// Every session plays the recording from its own connection on.
    case session
  }

  /// What happens to an order abroad while that exchange is closed.
  public enum AbroadClosed: String, Sendable, Hashable, CaseIterable {
    /// It waits until the exchange opens.
    case rest
    /// It is refused.
    case refuse
  }

  /// What of clients' trades and orders the market that they look at shows (`exchange: {prints: …}`).
  public enum OwnPrints: String, Sendable, Hashable, CaseIterable {
    /// Trades are in the tape, quantities in the levels of the book.
    case tape
    /// Nothing: orders are filled, and the tape and the books stay those of the market alone.
    case shadow
  }

  /// Who answers what both the exchange and a recording could answer. Rules come before both.
  public enum AnswerOrder: String, Sendable, Hashable, CaseIterable {
    /// The exchange, so that orders have consequences.
    case exchangeFirst = "exchange-first"
    /// The recording, so that a whole captured session is answered as it was.
    case recordingFirst = "recording-first"
  }

  /// What provisional figures of investors (가집계) tell until the first of a day are keyed in; no document says what
  /// KIS does.
  public enum BeforeEntries: String, Sendable, Hashable, CaseIterable {
    /// Rows whose figures are 0.
    case zeros
    /// No rows.
    case nothing
    /// How the day before ended.
    case dayBefore = "day-before"
  }

  /// What happens with stock and industry codes that the mock does not know.
  public enum CodeCheck: String, Sendable, Hashable, CaseIterable {
    /// Refused as KIS refuses them (OPSP8993, OPSQ2001).
    case strict
    /// Anything is accepted.
    case permissive
  }
}

/// A multiple of recorded time, or as fast as readers read.
public enum PlaySpeed: Sendable, Hashable, CustomStringConvertible {
  /// Greater than zero: 1 is as recorded, 60 a minute in a second.
  case times(Double)
  case max

  /// The multiple; 1 when nothing sets a pace.
  public var rate: Double { if case .times(let rate) = self { rate } else { 1 } }

  /// The largest multiple that is taken.
  package static let fastest = 1_000_000

  public var description: String {
    switch self {
    case .times(let factor): factor == factor.rounded() && factor < 1e9 ? "\(Int(factor))" : "\(factor)"
    case .max: "max"
    }
  }
}

/// Which layouts frames have; nil everywhere takes the recording's.
public struct DialectChoice: Sendable, Hashable {
  /// The day whose layouts are in force, `YYYY-MM-DD`.
  public var asOf: String?
  /// Layouts of single TRs, by tr_id.
  public var overrides: [String: Layout] = [:]

  /// Which layout a single TR has.
  public enum Layout: Sendable, Hashable {
    /// The layout of another day, `YYYY-MM-DD`.
    case asOf(String)
    /// The layout with that many values.
    case width(Int)
  }

  /// Without arguments: the recording's layouts.
  public init(asOf: String? = nil, overrides: [String: Layout] = [:]) {
    self.asOf = asOf
    self.overrides = overrides
  }
}

/// Another sandbox in the same process, chosen by app key.
public struct SandboxChoice: Sendable, Hashable {
  /// Its name in the admin API; no two sandboxes of a file share one.
  public var name: String
  /// The clients with these app keys belong to it; no other sandbox may have them.
  public var appKeys: [String]
  /// Path of its scenario, as written.
  public var scenario: String?

  /// A sandbox for these app keys; a scenario of nil takes the defaults.
  public init(name: String, appKeys: [String], scenario: String?) {
    self.name = name
    self.appKeys = appKeys
    self.scenario = scenario
  }
}

extension Scenario {
  /// Whether its rules send messages of a TR: then nobody makes up others beside them.
  package func sends(_ transactionID: TransactionID) -> Bool {
    rules.contains { rule in
      rule.actions.contains { action in
        guard case .emit(let emission) = action, case .text(let text) = emission.content else { return false }
        return text.dropFirst(2).hasPrefix(transactionID.rawValue + "|")
      }
    }
  }
}
