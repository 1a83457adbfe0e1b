import KISWire

/// What can be set of a server and its sandboxes, wherever it is written.
///
/// One line of ``row`` each: the command line, `KIS_MOCK_…` in the environment, the file of `--config`, scenarios, the
/// admin API, `--print-config`, the help, the JSON Schema and the OpenAPI file take names, kinds, defaults and words
/// from it.
package enum Setting: String, Sendable, Hashable, CaseIterable {
  case recording
  case scenario
  case codes
  case codeFile = "code-file"
  case speed
  case clock
  case start
  case date
  case loop
  case paused
  case playhead
  case restPort = "rest-port"
  case wsPort = "ws-port"
  case host
  case allowHost = "allow-host"
  case allowOrigin = "allow-origin"
  case adminToken = "admin-token"
  case requestTimeout = "request-timeout"
  case venue
  case asOf = "as-of"
  case seed
  case slowClient = "slow-client"
  case encrypt
  case simulateOrders = "simulate-orders"
  case beforeEntries = "before-entries"
  case exchangePrints = "exchange-prints"
  case stableTokens = "stable-tokens"
  case lenient
  case onlyRecorded = "only-recorded"
  case refuseUnrecorded = "refuse-unrecorded"
  case record
  case tls
  case tlsCertificate = "tls-certificate"
  case watch
  case config

  /// What the table says of it.
  package struct Row: Sendable {
    /// What may be written.
    package let kind: Kind
    /// One sentence.
    package let help: String
    /// What holds when nobody writes it, for people; nil for what is then off.
    package let standard: String?
    /// Where it may be written, beside the command line, the environment and the file of `--config`.
    package let places: Set<Place>
  }

  /// Where else a setting may be written.
  package enum Place: Sendable {
    /// At the top of a scenario, under the setting's name.
    case scenario
    /// In the body of `POST /__admin/sandboxes`, under ``Setting/adminKey``.
    case admin
  }

  /// What may be written.
  package enum Kind: Sendable, Hashable {
    case text
    case files
    case file
    case flag
    case port
    case seed
    case speed
    case timeOfDay
    case day
    /// A day, or `today`.
    case dayOrToday
    case words([String])
    case transactionIDs
    /// Names of hosts or of origins.
    case names
    case duration
    /// Text that is not shown again.
    case secret

    /// One of the words of a closed set.
    fileprivate static func words<Word: CaseIterable & RawRepresentable<String>>(of type: Word.Type) -> Kind {
      .words(type.allCases.map(\.rawValue))
    }
  }

  /// Its line of the table.
  package var row: Row {
    switch self {
    case .recording:
      Row(.files, "Recordings to play, together on one time line.", "the bundled ones", [.scenario, .admin])
    case .scenario: Row(.file, "A scenario: what to play, what goes wrong, and when.", nil, [.admin])
    case .codes:
      Row(
        .words(of: Scenario.CodeCheck.self),
        "What happens with stock and industry codes that nobody knows: refused as KIS does, or taken.", "strict",
        [.scenario, .admin])
    case .codeFile:
      Row(
        .file,
        "Files of codes beside those built in, with commas between: your own, or the broker's .mst and .cod master files.",
        nil, [.scenario, .admin])
    case .speed: Row(.speed, "A multiple of recorded time, or `max` for unpaced.", "1", [.scenario, .admin])
    case .clock:
      Row(
        .words(of: Scenario.Clock.self),
        "Where times come from: the host, speed times the host (scaled), or who moves it (virtual).", "real",
        [.scenario, .admin])
    case .start: Row(.timeOfDay, "Time of day to begin at.", "the recordings' beginning", [.scenario, .admin])
    case .date:
      Row(
        .dayOrToday, "The day as which recordings are shown; all dates inside move along.",
        "their own, of the bundled day the last trading day", [.admin])
    case .loop: Row(.flag, "Begin again at the end.", nil, [.scenario, .admin])
    case .paused: Row(.flag, "Begin paused, until the admin API says play.", nil, [.admin])
    case .playhead:
      Row(
        .words(of: Scenario.PlayheadScope.self),
        "Everybody sees the same market, or each session gets the recording from its first registration on.",
        "shared", [.scenario, .admin])
    case .restPort: Row(.port, "Port of REST and the admin API; 0 takes a free one.", "9443", [])
    case .wsPort: Row(.port, "Port of the WebSocket; 0 takes a free one.", "21000", [])
    case .host: Row(.text, "Address to listen on.", "127.0.0.1, this machine only", [])
    case .allowHost:
      Row(.names, "Further names under which the admin API may be called, beside loopback and the host.", nil, [])
    case .allowOrigin:
      Row(.names, "Origins of web pages that may use the mock: http://localhost:5173.", nil, [])
    case .adminToken:
      Row(
        .secret, "What the admin API asks for when it listens beyond this machine, as `Authorization: Bearer`.",
        "made up then, and told in the ready line", [])
    case .requestTimeout:
      Row(.duration, "How long a client may take to send a request (408); 0s for any time.", "30s", [])
    case .venue:
      Row(
        .words(of: Venue.self), "Which service to be: real, or vts (모의투자).", "the recordings', else real",
        [.scenario, .admin])
    case .asOf: Row(.day, "The day whose layouts are in force.", "the recordings' day", [.admin])
    case .seed: Row(.seed, "Where tokens, keys and chances come from.", "1", [.scenario, .admin])
    case .slowClient:
      Row(
        .words(of: Limits.SlowClientPolicy.self),
        "What happens to a client that does not read, once its buffer is full: its connection is cut, or the replay "
          + "waits.", "cut", [.admin])
    case .encrypt:
      Row(
        .transactionIDs, "TRs to send encrypted beside those that always are, with `encrypt` Y in the reply.", nil,
        [.scenario, .admin])
    case .simulateOrders:
      Row(
        .flag, "Send order notices (체결통보) of made-up orders to whoever registers them.", nil, [.scenario, .admin])
    case .beforeEntries:
      Row(
        .words(of: Scenario.BeforeEntries.self),
        "What foreign-institution-total (가집계) tells until the first figures of a day are keyed in, about 09:30: rows of "
          + "zeros, no rows, or how the day before ended.", "zeros", [.scenario, .admin])
    case .exchangePrints:
      Row(
        .words(of: Scenario.OwnPrints.self),
        "Whether the tape and the books of the sandbox show what its clients trade and wait for (tape), or the market "
          + "alone (shadow).", "tape", [.admin])
    case .stableTokens:
      Row(
        .flag, "Tokens of an earlier start with the same seed stay good for their day, as clients keep them in a file.",
        nil, [.admin])
    case .lenient:
      Row(.flag, "No limits that test suites trip over: calls a second, time between tokens.", nil, [.admin])
    case .onlyRecorded:
      Row(.flag, "Answer and send only what the recordings and the scenario hold; make nothing up.", nil, [.admin])
    case .refuseUnrecorded:
      Row(
        .flag, "Refuse registrations that no recording holds and no rule feeds, as KIS refuses an unknown tr_key.", nil,
        [.admin])
    case .record:
      Row(
        .file, "Write what is said and heard into this new file, a recording without secrets.", nil,
        [.scenario, .admin])
    case .tls: Row(.flag, "https and wss with a certificate made at start; the build needs `--traits TLS`.", nil, [])
    case .tlsCertificate:
      Row(.file, "Where to write the certificate of --tls (PEM), for clients to trust.", nil, [])
    case .watch:
      Row(.flag, "Load the scenario again whenever its file changes, without dropping connections.", nil, [])
    case .config: Row(.file, "A YAML file with any of these options by name.", nil, [])
    }
  }

  /// Whether several texts may be written for it.
  package var takesSeveral: Bool { [.files, .transactionIDs, .names].contains(row.kind) }

  /// Its member in the admin API.
  package var adminKey: String { self == .recording ? "recordings" : rawValue.replacing("-", with: "_") }

  /// The help with the default.
  package var summary: String { row.standard.map { "\(row.help) Default: \($0)." } ?? row.help }
}

extension Setting.Row {
  fileprivate init(_ kind: Setting.Kind, _ help: String, _ standard: String?, _ places: Set<Setting.Place>) {
    self.init(kind: kind, help: help, standard: standard, places: places)
  }
}

extension Setting.Kind {
  /// What may be written, as a noun phrase for messages.
  package var expectation: String {
    switch self {
    case .text: "text"
    case .files, .file: "a path"
    case .flag: "true or false"
    case .port: "a port from 0 to 65535"
    case .seed: "a whole number from 0"
    case .speed: "a number above 0 such as 1, 0.5 or 60, or `max`"
    case .timeOfDay: "a time of day such as 09:30:00"
    case .day: "a day such as 2026-09-21"
    case .dayOrToday: "a day such as 2026-09-21, or today"
    case .words(let words): words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
    case .names: "a name, or several"
    case .duration: "a duration such as 30s"
    case .secret: "text"
    case .transactionIDs: "a tr_id such as H0UPPGM0, or several"
    }
  }

  /// The placeholder of its value in the help.
  package var placeholder: String {
    switch self {
    case .text: "text"
    case .files, .file: "file"
    case .flag: ""
    case .port: "port"
    case .seed: "number"
    case .speed: "1|60|max"
    case .timeOfDay: "HH:MM:SS"
    case .day: "YYYY-MM-DD"
    case .dayOrToday: "YYYY-MM-DD|today"
    case .words(let words): words.joined(separator: "|")
    case .names: "name"
    case .duration: "duration"
    case .secret: "text"
    case .transactionIDs: "tr_id"
    }
  }
}

extension KeySection.Key {
  /// The key of a setting at the top of a scenario, or in a section of it under another name.
  init(_ setting: Setting, named name: String? = nil) {
    let kind: ValueKind =
      switch setting.row.kind {
      case .text, .file, .dayOrToday, .secret: .text
      case .duration: .duration
      case .files, .transactionIDs, .names: .list(.text)
      case .flag: .bool
      case .port: .number(0...65_535)
      case .seed: .whole
      case .speed: .speed
      case .timeOfDay: .timeOfDay
      case .day: .day
      case .words(let words): .word(words)
      }
    self.init(name ?? setting.rawValue, kind, setting.summary)
  }
}
