import ArgumentParser
import Foundation
import KISSandbox

/// Options from four places: flag over environment over file over default.
struct LayeredOptions {
  enum Origin: String {
    case flag = "command line"
    case environment
    case file
    case standard = "default"
  }

  private let layers: [(origin: Origin, values: [String: String])]

  /// - Parameters:
  ///   - written: what the command line says.
  ///   - environment: `KIS_MOCK_REST_PORT` stands for `--rest-port`.
  ///   - names: the options there are, for mistakes in the file.
  /// - Throws: `ScenarioError` for a mistake in the file, with line, column and the nearest name.
  init(written: [String: String], environment: [String: String], names: [String]) throws {
    var fromEnvironment: [String: String] = [:]
    for name in names {
      let variable = "KIS_MOCK_" + name.uppercased().replacing("-", with: "_")
      if let value = environment[variable], !value.isEmpty { fromEnvironment[name] = value }
    }
    var layers: [(origin: Origin, values: [String: String])] = [(.flag, written), (.environment, fromEnvironment)]
    if let file = written["config"] ?? fromEnvironment["config"] {
      layers.append((.file, try LayeredOptions.read(file, names: names)))
    }
    self.layers = layers
  }

  /// The value in force and where it comes from; nil when only the default is.
  func value(_ name: String) -> (text: String, origin: Origin)? {
    for layer in layers {
      if let text = layer.values[name] { return (text, layer.origin) }
    }
    return nil
  }

  /// Reads an option, or takes its default.
  /// - Parameter expected: what may be written, for the error.
  func read<Value>(
    _ name: String, default standard: Value, expected: String, _ parse: (String) -> Value?
  ) throws -> Value {
    guard let (text, origin) = value(name) else { return standard }
    guard let value = parse(text) else {
      throw ValidationError("--\(name) (from the \(origin.rawValue)): expected \(expected), found `\(text)`.")
    }
    return value
  }

  /// Whether a flag is set.
  func isSet(_ name: String) throws -> Bool {
    try read(name, default: false, expected: "true or false") {
      ["true": true, "false": false, "1": true, "0": false][$0]
    }
  }

  private static func read(_ file: String, names: [String]) throws -> [String: String] {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw ValidationError("--config: there is no file \(file) that can be read.")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw ValidationError("--config: \(file) is not UTF-8 text.")
    }
    let mapping = try YAMLNode(parsing: text, file: file).mapping("the options of serve", keys: names)
    var values: [String: String] = [:]
    for name in names { values[name] = try mapping[name]?.string() }
    return values
  }
}
