import ArgumentParser
import Foundation
import KISMockServer
import KISSandbox
import KISScenario
import KISWire

/// Options from four places: flag over environment over file over default.
struct LayeredOptions: Sendable {
  enum Origin: String, Sendable {
    case flag = "command line"
    case environment
    case file
    case scenario
    case standard = "default"
  }

  private let layers: [(origin: Origin, values: [String: [String]])]

  /// - Parameters:
  ///   - written: what the command line says; what it does not say is empty or missing.
  ///   - environment: `KIS_MOCK_REST_PORT` stands for `--rest-port`.
  ///   - names: the options there are, for mistakes in the file.
  ///   - lists: those of which the file may have several values.
  /// - Throws: `ScenarioError` for a mistake in the file, with line, column and the nearest name.
  init(written: [String: [String]], environment: [String: String], names: [String], lists: [String] = []) throws {
    var fromEnvironment: [String: [String]] = [:]
    for name in names {
      if let value = environment[LayeredOptions.variable(of: name)], !value.isEmpty { fromEnvironment[name] = [value] }
    }
    let written = written.filter { !$0.value.isEmpty }
    var layers: [(origin: Origin, values: [String: [String]])] = [(.flag, written), (.environment, fromEnvironment)]
    if let file = (written["config"] ?? fromEnvironment["config"])?.first {
      layers.append((.file, try LayeredOptions.read(file, names: names, lists: lists)))
    }
    self.layers = layers
  }

  /// The environment variable that stands for an option.
  static func variable(of name: String) -> String { "KIS_MOCK_" + name.uppercased().replacing("-", with: "_") }

  /// The values in force, of an option that may have several, and where they come from; nil when only the default is.
  func values(_ name: String) -> (texts: [String], origin: Origin)? {
    for layer in layers {
      if let texts = layer.values[name] { return (texts, layer.origin) }
    }
    return nil
  }

  /// The value in force and where it comes from; nil when only the default is.
  func value(_ name: String) -> (text: String, origin: Origin)? {
    values(name).flatMap { values in values.texts.last.map { ($0, values.origin) } }
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

  /// Reads one of a closed set of words, or takes the default.
  func word<Word: RawRepresentable<String> & CaseIterable>(_ name: String, default standard: Word) throws -> Word {
    guard let (text, origin) = value(name) else { return standard }
    if let word = Word(rawValue: text) { return word }
    let words = Word.allCases.map(\.rawValue)
    let expected = words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
    let nearest = Similarity.nearest(to: text, in: words, count: 1).map { "; did you mean `\($0)`?" }.joined()
    throw ValidationError("--\(name) (from the \(origin.rawValue)): expected \(expected), found `\(text)`\(nearest)")
  }

  /// Whether a flag is set.
  func isSet(_ name: String) throws -> Bool {
    try read(name, default: false, expected: "true or false") {
      ["true": true, "false": false, "1": true, "0": false][$0]
    }
  }

  /// What is wrong with variables that look like options of ours.
  static func mistakes(in environment: [String: String]) -> [String] {
    let known = (Setting.allCases.map(\.rawValue) + WatchOptions.names + AdminOptions.names + ["timeout"]).map(variable)
    return environment.keys.sorted().filter { $0.hasPrefix("KIS_MOCK_") && !known.contains($0) }.map { name in
      let nearest = Similarity.nearest(to: name, in: known, count: 1).map { "; did you mean \($0)?" }.joined()
      return "\(name) in the environment is no option\(nearest)"
    }
  }

  private static func read(_ file: String, names: [String], lists: [String]) throws -> [String: [String]] {
    let text: String
    do {
      text = try TextFile(file).text
    } catch {
      throw ValidationError("--config: \(error)")
    }
    let mapping = try YAMLNode(parsing: text, file: file).mapping("the options of serve", keys: names)
    var values: [String: [String]] = [:]
    for name in names {
      values[name] = try lists.contains(name) ? mapping[name]?.strings() : mapping[name].map { [try $0.string()] }
    }
    return values
  }
}
