import ArgumentParser
import Foundation
import KISMockServer
import KISRecording
import KISSandbox
import KISWire

/// What `serve` does, read from the options, the scenario and the defaults, every value checked.
struct ServeSettings {
  static let names = [
    "recording", "scenario", "speed", "clock", "start", "loop", "paused", "playhead", "rest-port", "ws-port", "host",
    "venue", "as-of", "seed", "slow-client", "lenient", "only-recorded", "tls", "watch", "config",
  ]

  private let layers: LayeredOptions
  let scenario: Scenario?
  let recordings: [String]

  init(_ options: ServeOptions, environment: [String: String]) throws {
    layers = try LayeredOptions(written: options.written, environment: environment, names: ServeSettings.names)
    let scenario = try layers.value("scenario").map { try ServeSettings.scenario(at: $0.text) }
    self.scenario = scenario
    let written =
      options.recordings + (options.recordings.isEmpty ? [layers.value("recording")?.text] : []).compactMap { $0 }
    recordings = written.isEmpty ? scenario?.recordingPaths ?? [] : written
  }

  /// Whether an edited scenario is to be loaded again.
  var watchesScenario: Bool { (try? layers.isSet("watch")) ?? false }

  /// The server's configuration with everything to be played opened.
  func configuration(_ library: TapeLibrary) throws -> MockServerConfiguration {
    var configuration = MockServerConfiguration()
    configuration.host = layers.value("host")?.text ?? configuration.host
    configuration.restPort = try port("rest-port", default: configuration.restPort)
    configuration.webSocketPort = try port("ws-port", default: configuration.webSocketPort)
    configuration.usesTLS = try layers.isSet("tls")
    configuration.sandbox = try sandbox(library)
    return configuration
  }

  private func sandbox(_ library: TapeLibrary) throws -> SandboxConfiguration {
    var sandbox = scenario.map(SandboxConfiguration.init(scenario:)) ?? SandboxConfiguration()
    sandbox.seed = try layers.read("seed", default: sandbox.seed, expected: "a whole number from 0") { UInt64($0) }
    sandbox.tapes = try tapes(library, seed: sandbox.seed)
    sandbox.speed = try layers.read(
      "speed", default: sandbox.speed, expected: "a number above 0 such as 1, 0.5 or 60, or `max`"
    ) { PlaySpeed($0) }
    sandbox.start = try layers.read("start", default: sandbox.start, expected: "a time of day such as 09:30:00") {
      TimeOfDay($0)
    }
    if try layers.isSet("loop") { sandbox.loops = true }
    sandbox.isPaused = try layers.isSet("paused")
    sandbox.playhead = try word("playhead", default: sandbox.playhead)
    sandbox.venue = try word("venue", default: scenario?.venue ?? sandbox.tapes.first?.header.venue ?? .real)
    sandbox.limits.slowClient = try word("slow-client", default: sandbox.limits.slowClient)
    if try layers.isSet("lenient") {
      sandbox.limits.requestsPerSecond = 0
      sandbox.limits.tokenInterval = .zero
    }
    if try layers.isSet("only-recorded") {
      sandbox.generatesAnswers = false
      sandbox.simulates = false
    }
    if let day = layers.value("as-of")?.text {
      sandbox.dialect = try checked("as-of", day) { try Dialect(day: $0, venue: sandbox.venue) }
    }
    if case .virtual = try clockKind() { sandbox.tokenExpiryText = .farFuture }
    return sandbox
  }

  /// The clock, standing at the recordings' beginning unless it is the host's.
  func clock(for sandbox: SandboxConfiguration) throws -> any MockClock {
    let beginning = sandbox.tapes.map(\.start).min() ?? KoreanTime(year: 2026, month: 9, day: 21, hour: 8, minute: 59)
    return switch try clockKind() {
    case .real: RealClock()
    case .scaled:
      if case .times(let rate) = sandbox.speed { RealClock(rate: rate, wallStart: beginning) } else { RealClock() }
    // The figures of KIS are of whole seconds: a jump for each of them loses nothing and makes a day of seconds.
    case .virtual: VirtualClock(wallStart: beginning, grain: .seconds(1))
    }
  }

  /// One line an option: name, value in force, where it comes from.
  var description: [(name: String, value: String, origin: String)] {
    ServeSettings.names.map { name in
      let value = layers.value(name)
      return (name, value?.text ?? "", value?.origin.rawValue ?? LayeredOptions.Origin.standard.rawValue)
    }
  }

  private func clockKind() throws -> Scenario.Clock {
    try word("clock", default: scenario?.clock ?? .real)
  }

  private func tapes(_ library: TapeLibrary, seed: UInt64) throws -> [Tape] {
    if !recordings.isEmpty { return try recordings.map { try library.tape(path: $0) } }
    return try BundledRecordings.tapes(library, seed: seed)
  }

  private func port(_ name: String, default standard: Int) throws -> Int {
    try layers.read(name, default: standard, expected: "a port from 0 to 65535") { text in
      Int(text).flatMap { (0...65535).contains($0) ? $0 : nil }
    }
  }

  private func word<Word: RawRepresentable<String> & CaseIterable>(_ name: String, default standard: Word) throws
    -> Word
  {
    let words = Word.allCases.map(\.rawValue)
    return try layers.read(name, default: standard, expected: words.joined(separator: " or ")) { Word(rawValue: $0) }
  }

  private func checked<Value>(_ name: String, _ text: String, _ read: (String) throws -> Value) throws -> Value {
    do {
      return try read(text)
    } catch {
      throw ValidationError("--\(name): \(error)")
    }
  }

  private static func scenario(at path: String) throws -> Scenario {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ValidationError("--scenario: there is no file \(path) that can be read.")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw ValidationError("--scenario: \(path) is not UTF-8 text.")
    }
    return try Scenario(parsing: text, file: path)
  }
}

extension Scenario {
  /// Its recordings as paths from here: they are written relative to the scenario's own folder.
  fileprivate var recordingPaths: [String] {
    let folder = URL(filePath: file).deletingLastPathComponent()
    return recordings.map { URL(filePath: $0, relativeTo: folder).path(percentEncoded: false) }
  }
}
