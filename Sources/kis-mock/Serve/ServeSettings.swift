import ArgumentParser
import KISMockServer
import KISSandbox
import KISScenario
import KISWire

/// What `serve` does, read from the options, the scenario and the defaults, every value checked.
struct ServeSettings: Sendable {
  static let names = [
    "recording", "scenario", "codes", "code-file", "speed", "clock", "start", "loop", "paused", "playhead", "rest-port",
    "ws-port", "host",
    "venue", "as-of", "seed", "slow-client", "lenient", "only-recorded", "tls", "tls-certificate", "watch", "config",
  ]

  let layers: LayeredOptions
  private let library: ScenarioLibrary
  private(set) var scenario: Scenario?
  let recordings: [String]
  /// Whether an edited scenario is to be loaded again.
  let watchesScenario: Bool

  init(_ options: ServeOptions, environment: [String: String], library: ScenarioLibrary = ScenarioLibrary()) throws {
    self.library = library
    layers = try LayeredOptions(written: options.written, environment: environment, names: ServeSettings.names)
    scenario = try layers.value("scenario").map { try library.scenario($0.text) }
    recordings = layers.values("recording")?.texts ?? []
    watchesScenario = try layers.isSet("watch")
    if watchesScenario, scenario == nil { throw ValidationError("--watch: there is no --scenario to watch.") }
  }

  /// The server's configuration with everything to be played opened.
  func configuration() throws -> MockServerConfiguration {
    var configuration = MockServerConfiguration()
    configuration.host = layers.value("host")?.text ?? configuration.host
    configuration.restPort = try port("rest-port", default: configuration.restPort)
    configuration.webSocketPort = try port("ws-port", default: configuration.webSocketPort)
    configuration.usesTLS = try layers.isSet("tls")
    configuration.sandbox = try sandbox()
    configuration.scenarios = library
    return configuration
  }

  /// The same options with the scenario as its file says it now.
  func withScenarioReread() throws -> ServeSettings {
    var settings = self
    settings.scenario = try scenario.map { try library.scenario($0.file) }
    return settings
  }

  /// The default sandbox, its recordings opened.
  func sandbox() throws -> SandboxConfiguration {
    let seed = try layers.read("seed", default: scenario?.seed, expected: "a whole number from 0") { UInt64($0) }
    var sandbox = try library.configuration(of: scenario, recordings: recordings, seed: seed)
    sandbox.speed = try layers.read(
      "speed", default: sandbox.speed, expected: "a number above 0 such as 1, 0.5 or 60, or `max`"
    ) { PlaySpeed($0) }
    sandbox.start = try layers.read("start", default: sandbox.start, expected: "a time of day such as 09:30:00") {
      TimeOfDay($0)
    }
    if try layers.isSet("loop") { sandbox.loops = true }
    sandbox.isPaused = try layers.isSet("paused")
    sandbox.playhead = try layers.word("playhead", default: sandbox.playhead)
    sandbox.venue = try layers.word("venue", default: sandbox.venue)
    sandbox.limits.slowClient = try layers.word("slow-client", default: sandbox.limits.slowClient)
    sandbox.codes = try layers.word("codes", default: sandbox.codes)
    if let file = layers.value("code-file")?.text { sandbox.knownCodes = try library.codes(file) }
    if try layers.isSet("lenient") {
      sandbox.limits.requestsPerSecond = 0
      sandbox.limits.tokenInterval = .zero
    }
    if try layers.isSet("only-recorded") {
      sandbox.generatesAnswers = false
      sandbox.simulates = false
    }
    sandbox.dialect = try layers.read("as-of", default: sandbox.dialect, expected: "a day such as 2026-09-21") {
      try? Dialect(day: $0, venue: sandbox.venue)
    }
    return sandbox
  }

  /// The clock, standing where the replay begins unless it is the host's.
  func clock(for sandbox: SandboxConfiguration) throws -> any MockClock {
    sandbox.clock(try clockKind())
  }

  /// The file for the certificate that clients are to trust.
  func certificateFile() throws -> String? {
    guard let file = layers.value("tls-certificate")?.text else { return nil }
    guard try layers.isSet("tls") else {
      throw ValidationError("--tls-certificate: there is no certificate to write without --tls.")
    }
    return file
  }

  func clockKind() throws -> Scenario.Clock {
    try layers.word("clock", default: scenario?.clock ?? .real)
  }

  private func port(_ name: String, default standard: Int) throws -> Int {
    try layers.read(name, default: standard, expected: "a port from 0 to 65535") { text in
      Int(text).flatMap { (0...65535).contains($0) ? $0 : nil }
    }
  }
}
