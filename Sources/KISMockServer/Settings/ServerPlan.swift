import KISMarket
import KISRecording
import KISSandbox
package import KISScenario
import KISWire

/// A server as somebody described it: its configuration, its clock, and what it was read from.
package struct ServerPlan: Sendable {
  /// The server and its default sandbox, everything to be played opened.
  package var configuration = MockServerConfiguration()
  /// Where times come from.
  package var clock = Scenario.Clock.real

  /// A server that plays nothing, every setting at its default.
  package init() {}

  /// A server as a scenario and single settings say; the settings win.
  ///
  /// - Parameters:
  ///   - scenario: what `scenario` names, read before.
  ///   - written: settings with their texts; only `recording` and `encrypt` may have several.
  ///   - library: what opens recordings and files of codes.
  /// - Throws: ``SettingError`` for a text that says nothing; `RecordingError`, `ScenarioError` or ``MockServerError``
  ///   for what cannot be opened.
  package init(
    scenario: Scenario?, written: [Setting: [String]], library: ScenarioLibrary
  ) throws {
    let seed = try written[.seed].map { try SettingText(.seed, $0).seed }
    configuration.sandbox = try library.configuration(
      of: scenario, recordings: written[.recording] ?? [], seed: seed)
    configuration.scenarios = library
    clock = try written[.clock].map { try SettingText(.clock, $0).word() } ?? scenario?.clock ?? .real
    // Who says nothing finds a market that is open, on the last day on which it was.
    if scenario == nil, written[.recording] == nil, clock == .real {
      configuration.sandbox.openBundledDay(at: RealClock().wallTime)
    }
    for setting in Setting.allCases {
      if let texts = written[setting] { try set(setting, to: SettingText(setting, texts), library) }
    }
    if written[.recording] == nil, scenario?.playsOfItsOwn != true {
      configuration.sandbox.makeDayOfOtherRules(isWritten: written[.date] != nil)
    }
  }

  mutating func set(_ setting: Setting, to text: SettingText, _ library: ScenarioLibrary) throws {
    switch setting {
    // Opened before everything else, since the rest may depend on them.
    case .scenario, .recording, .seed, .clock: break
    // Of the program, not of the server.
    case .tlsCertificate, .watch, .config: break
    case .codes: configuration.sandbox.codes = try text.word()
    case .codeFile:
      configuration.sandbox.knownCodes = try library.codes(text.last)
      configuration.sandbox.codeFile = text.last
    case .speed: configuration.sandbox.speed = try text.speed
    case .start: configuration.sandbox.start = try text.timeOfDay
    case .date: configuration.sandbox.date = try text.date(today: RealClock().wallTime)
    case .loop: configuration.sandbox.loops = try text.flag
    case .paused: configuration.sandbox.isPaused = try text.flag
    case .playhead: configuration.sandbox.playhead = try text.word()
    case .restPort: configuration.restPort = try text.port
    case .wsPort: configuration.webSocketPort = try text.port
    case .host: configuration.host = text.last
    case .allowHost: configuration.allowedHosts = text.texts
    case .allowOrigin: configuration.allowedOrigins = text.texts
    case .adminToken: configuration.adminToken = text.last.isEmpty ? nil : text.last
    case .requestTimeout: configuration.requestTime = try text.duration
    case .venue: configuration.sandbox.venue = try text.word()
    case .asOf: configuration.sandbox.dialect = try text.dialect(at: configuration.sandbox.venue)
    case .slowClient: configuration.sandbox.limits.slowClient = try text.word()
    case .encrypt: configuration.sandbox.encryptedTransactions = try text.transactionIDs
    case .simulateOrders: configuration.sandbox.simulatesOrders = try text.flag
    case .beforeEntries: configuration.sandbox.beforeEntries = try text.word()
    case .exchangePrints: configuration.sandbox.ownPrints = try text.word()
    case .stableTokens: configuration.sandbox.keepsTokens = try text.flag
    case .lenient:
      guard try text.flag else { break }
      configuration.sandbox.limits.requestsPerSecond = 0
      configuration.sandbox.limits.tokenInterval = .zero
      configuration.isStrict = false
    case .onlyRecorded:
      guard try text.flag else { break }
      configuration.sandbox.generatesAnswers = false
      configuration.sandbox.simulates = false
    case .refuseUnrecorded: configuration.sandbox.refusesUnrecorded = try text.flag
    case .record: configuration.sandbox.recordsTo = text.last
    case .tls: configuration.usesTLS = try text.flag
    }
  }

  /// What a setting is, as it would be written; empty when it is off, or says nothing about a server.
  package func texts(of setting: Setting) -> [String] {
    let sandbox = configuration.sandbox
    let text: String? =
      switch setting {
      case .recording: nil
      case .encrypt, .allowHost, .allowOrigin: nil
      case .scenario: sandbox.scenario?.file
      case .codes: sandbox.codes.rawValue
      case .codeFile: sandbox.codeFile
      case .speed: sandbox.speed.description
      case .clock: clock.rawValue
      case .start: (sandbox.start ?? sandbox.recordings.map(\.startTime).min())?.description
      case .date: sandbox.date?.description
      case .loop: String(sandbox.loops)
      case .paused: String(sandbox.isPaused)
      case .playhead: sandbox.playhead.rawValue
      case .restPort: String(configuration.restPort)
      case .wsPort: String(configuration.webSocketPort)
      case .host: configuration.host
      case .adminToken: configuration.adminToken
      case .requestTimeout: configuration.requestTime.written
      case .venue: sandbox.venue.rawValue
      case .asOf: sandbox.dialect?.day ?? sandbox.recordings.first?.header.dialectDay
      case .seed: String(sandbox.seed)
      case .slowClient: sandbox.limits.slowClient.rawValue
      case .simulateOrders: String(sandbox.simulatesOrders)
      case .beforeEntries: sandbox.beforeEntries.rawValue
      case .exchangePrints: sandbox.ownPrints.rawValue
      case .stableTokens: String(sandbox.keepsTokens)
      case .lenient: String(sandbox.limits.requestsPerSecond == 0 && sandbox.limits.tokenInterval == .zero)
      case .onlyRecorded: String(!sandbox.simulates)
      case .refuseUnrecorded: String(sandbox.refusesUnrecorded)
      case .record: sandbox.recordsTo
      case .tls: String(configuration.usesTLS)
      case .tlsCertificate, .watch, .config: nil
      }
    switch setting {
    case .recording: return sandbox.recordings.map(\.name)
    case .encrypt: return sandbox.encryptedTransactions.map(\.rawValue).sorted()
    case .allowHost: return configuration.allowedHosts
    case .allowOrigin: return configuration.allowedOrigins
    default: return [text].compactMap(\.self)
    }
  }
}

extension Scenario {
  /// Whether it says what is played: then that keeps its day.
  fileprivate var playsOfItsOwn: Bool { !recordings.isEmpty || simulation != nil }
}

extension FramedRecording {
  fileprivate var startTime: TimeOfDay { TimeOfDay(nanoseconds: start.nanosecondOfDay) }
}
