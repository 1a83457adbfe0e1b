import ArgumentParser
import KISScenario

/// The options of `serve` as written on the command line. What is not written may come from the environment or a file:
/// see ``ServeSettings``.
struct ServeOptions: ParsableArguments {
  @Argument(help: .setting(.recording)) var recordings: [String] = []
  @Option(help: .setting(.scenario)) var scenario: String?
  @Option(help: .setting(.codes)) var codes: String?
  @Option(help: .setting(.codeFile)) var codeFile: String?
  @Option(parsing: .unconditional, help: .setting(.speed)) var speed: String?
  @Option(help: .setting(.clock)) var clock: String?
  @Option(help: .setting(.start)) var start: String?
  @Option(help: .setting(.date)) var date: String?
  @Flag(help: .setting(.loop)) var loop = false
  @Flag(help: .setting(.paused)) var paused = false
  @Option(help: .setting(.playhead)) var playhead: String?
  @Option(help: .setting(.restPort)) var restPort: String?
  @Option(help: .setting(.wsPort)) var wsPort: String?
  @Option(help: .setting(.host)) var host: String?
  @Option(help: .setting(.allowHost)) var allowHost: [String] = []
  @Option(help: .setting(.allowOrigin)) var allowOrigin: [String] = []
  @Option(help: .setting(.adminToken)) var adminToken: String?
  @Option(help: .setting(.requestTimeout)) var requestTimeout: String?
  @Option(help: .setting(.venue)) var venue: String?
  @Option(help: .setting(.asOf)) var asOf: String?
  @Option(parsing: .unconditional, help: .setting(.seed)) var seed: String?
  @Option(help: .setting(.slowClient)) var slowClient: String?
  @Option(help: .setting(.encrypt)) var encrypt: [String] = []
  @Flag(help: .setting(.simulateOrders)) var simulateOrders = false
  @Option(help: .setting(.beforeEntries)) var beforeEntries: String?
  @Option(help: .setting(.exchangePrints)) var exchangePrints: String?
  @Flag(help: .setting(.stableTokens)) var stableTokens = false
  @Flag(help: .setting(.lenient)) var lenient = false
  @Flag(help: .setting(.onlyRecorded)) var onlyRecorded = false
  @Flag(help: .setting(.refuseUnrecorded)) var refuseUnrecorded = false
  @Option(help: .setting(.record)) var record: String?
  @Flag(help: .setting(.tls)) var tls = false
  @Option(help: .setting(.tlsCertificate)) var tlsCertificate: String?
  @Flag(help: .setting(.watch)) var watch = false
  @Option(help: .setting(.config)) var config: String?

  @Flag(help: "Print the options in force, where each comes from, and exit.")
  var printConfig = false

  /// What was written, by setting.
  var written: [Setting: [String]] {
    var written: [Setting: [String]] = [:]
    for setting in Setting.allCases {
      let texts = texts(of: setting)
      if !texts.isEmpty { written[setting] = texts }
    }
    return written
  }

  private func texts(of setting: Setting) -> [String] {
    func option(_ text: String?) -> [String] { [text].compactMap(\.self) }
    func flag(_ isSet: Bool) -> [String] { isSet ? ["true"] : [] }
    return switch setting {
    case .recording: recordings
    case .scenario: option(scenario)
    case .codes: option(codes)
    case .codeFile: option(codeFile)
    case .speed: option(speed)
    case .clock: option(clock)
    case .start: option(start)
    case .date: option(date)
    case .loop: flag(loop)
    case .paused: flag(paused)
    case .playhead: option(playhead)
    case .restPort: option(restPort)
    case .wsPort: option(wsPort)
    case .host: option(host)
    case .allowHost: allowHost
    case .allowOrigin: allowOrigin
    case .adminToken: option(adminToken)
    case .requestTimeout: option(requestTimeout)
    case .venue: option(venue)
    case .asOf: option(asOf)
    case .seed: option(seed)
    case .slowClient: option(slowClient)
    case .encrypt: encrypt
    case .simulateOrders: flag(simulateOrders)
    case .beforeEntries: option(beforeEntries)
    case .exchangePrints: option(exchangePrints)
    case .stableTokens: flag(stableTokens)
    case .lenient: flag(lenient)
    case .onlyRecorded: flag(onlyRecorded)
    case .refuseUnrecorded: flag(refuseUnrecorded)
    case .record: option(record)
    case .tls: flag(tls)
    case .tlsCertificate: option(tlsCertificate)
    case .watch: flag(watch)
    case .config: option(config)
    }
  }
}

extension ArgumentHelp {
  /// The help of a setting, as the table has it.
  fileprivate static func setting(_ setting: Setting) -> ArgumentHelp {
    let placeholder = setting == .recording ? "recording" : setting.row.kind.placeholder
    return ArgumentHelp(setting.summary, valueName: placeholder.isEmpty ? nil : placeholder)
  }
}
