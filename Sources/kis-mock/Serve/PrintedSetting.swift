import KISMockServer
import KISRecording
import KISSandbox
import KISScenario
import KISWire

/// A line of `--print-config`: an option, what it is, and who said so. All lines together are a file for `--config`.
struct PrintedSetting: CustomStringConvertible {
  var name: String
  /// None when the option is off, several for recordings.
  var values: [String]
  var origin: LayeredOptions.Origin

  var description: String {
    switch values.count {
    case 0: "# \(name):"
    case 1: "\(name): \(values[0])  # \(origin.rawValue)"
    default: "\(name): \(JSONValue.array(values.map { .string($0) }).text)  # \(origin.rawValue)"
    }
  }
}

extension ServeSettings {
  /// Every option as it is in force.
  func printed(_ configuration: MockServerConfiguration) throws -> [PrintedSetting] {
    let inForce = texts(of: configuration, clock: try clockKind())
    let standard = texts(of: MockServerConfiguration(), clock: .real)
    return try ServeSettings.names.map { name in
      let said = layers.values(name)
      let flag = ["lenient", "watch"].contains(name) ? [String(try layers.isSet(name))] : nil
      let isStandard = scenario == nil || flag != nil || inForce[name] == standard[name]
      return PrintedSetting(
        name: name, values: inForce[name] ?? flag ?? said?.texts ?? [],
        origin: said?.origin ?? (isStandard ? .standard : .scenario))
    }
  }

  private func texts(of configuration: MockServerConfiguration, clock: Scenario.Clock) -> [String: [String]] {
    let sandbox = configuration.sandbox
    let beginning = sandbox.recordings.map(\.start).min().map { TimeOfDay(nanoseconds: $0.nanosecondOfDay) }
    let options: [String: String?] = [
      "scenario": sandbox.scenario?.file, "start": (sandbox.start ?? beginning)?.description,
      "speed": sandbox.speed.description, "clock": clock.rawValue, "loop": String(sandbox.loops),
      "paused": String(sandbox.isPaused), "playhead": sandbox.playhead.rawValue, "host": configuration.host,
      "rest-port": String(configuration.restPort), "ws-port": String(configuration.webSocketPort),
      "venue": sandbox.venue.rawValue, "as-of": sandbox.dialect?.day ?? sandbox.recordings.first?.header.dialectDay,
      "seed": String(sandbox.seed), "slow-client": sandbox.limits.slowClient.rawValue,
      "only-recorded": String(!sandbox.simulates), "tls": String(configuration.usesTLS),
    ]
    return options.compactMapValues { $0.map { [$0] } }.merging(["recording": sandbox.recordings.map(\.name)]) { $1 }
  }
}
