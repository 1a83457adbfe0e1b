import ArgumentParser
import KISMockServer
import KISSandbox
import KISScenario

/// What `serve` does, read from the options, the scenario and the defaults, every value checked.
struct ServeSettings: Sendable {
  let layers: LayeredOptions
  private let library: ScenarioLibrary
  private(set) var scenario: Scenario?
  /// Whether an edited scenario is to be loaded again.
  let watchesScenario: Bool

  init(_ options: ServeOptions, environment: [String: String], library: ScenarioLibrary = ScenarioLibrary()) throws {
    self.library = library
    let written = Dictionary(uniqueKeysWithValues: options.written.map { ($0.key.rawValue, $0.value) })
    layers = try LayeredOptions(
      written: written, environment: environment, names: Setting.allCases.map(\.rawValue),
      lists: Setting.allCases.filter(\.takesSeveral).map(\.rawValue))
    scenario = try layers[.scenario]?.last.map { try library.scenario($0) }
    watchesScenario = try layers.isSet(Setting.watch.rawValue)
    if watchesScenario, scenario == nil { throw ValidationError("--watch: there is no --scenario to watch.") }
  }

  /// The server that is described, everything to be played opened.
  func plan() throws -> ServerPlan {
    var written: [Setting: [String]] = [:]
    for setting in Setting.allCases { written[setting] = layers[setting] }
    do {
      return try ServerPlan(scenario: scenario, written: written, library: library)
    } catch let error as SettingError {
      let origin = layers.values(error.setting.rawValue)?.origin ?? .standard
      throw ValidationError("--\(error.setting.rawValue) (from the \(origin.rawValue)): \(error)")
    }
  }

  /// The same options with the scenario as its file says it now.
  func withScenarioReread() throws -> ServeSettings {
    var settings = self
    settings.scenario = try scenario.map { try library.scenario($0.file) }
    return settings
  }

  /// The file for the certificate that clients are to trust.
  func certificateFile() throws -> String? {
    guard let file = layers[.tlsCertificate]?.last else { return nil }
    guard try layers.isSet(Setting.tls.rawValue) else {
      throw ValidationError("--tls-certificate: there is no certificate to write without --tls.")
    }
    return file
  }
}

extension LayeredOptions {
  /// The texts in force of a setting.
  fileprivate subscript(setting: Setting) -> [String]? { values(setting.rawValue)?.texts }
}
