import ArgumentParser
import Foundation
import KISMockServer
import KISSandbox
import KISScenario
import KISWire

/// `kis-mock lint`: says what is wrong with scenarios before anybody runs them.
struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check scenarios, and look in recordings for what should have been redacted.",
    discussion: """
      In a recording it looks for keys, tokens, accounts, names and addresses that are no placeholders, and for text as \
      random as a key.

      Exit code 0: nothing wrong. 1: something that can never happen, an id that KIS does not have, or what looks like \
      a secret. 2: a file that is neither a scenario nor a recording.
      """)

  @Argument(help: ArgumentHelp("Scenarios or recordings.", valueName: "file"))
  var files: [String] = []

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Print the JSON Schema of scenarios and check nothing.")
  var schema = false

  func validate() throws {
    if files.isEmpty, !schema { throw ValidationError("Name at least one scenario or recording.") }
  }

  func run() throws {
    if schema {
      print(Scenario.schema.text)
      return
    }
    let findings = files.flatMap(Lint.findings(in:))
    if json {
      print(JSONValue.array(findings.map(\.json)).text)
    } else {
      for finding in findings { print(finding) }
      if findings.isEmpty { print(files.count == 1 ? "nothing wrong" : "\(files.count) files, nothing wrong") }
    }
    if findings.contains(where: { $0.severity == .error }) { throw ExitCode(2) }
    if !findings.isEmpty { throw ExitCode(1) }
  }

  static func findings(in file: String) -> [LintFinding] {
    if RecordingLint.concerns(file) { return RecordingLint.findings(in: file) }
    let start = FilePosition(file: file, line: 1, column: 1)
    do {
      let node = try YAMLNode(parsing: TextFile(file).text, file: file)
      guard !node.isNothing else { return [LintFinding(.warning, at: start, "the file is empty: it changes nothing")] }
      let scenario = try Scenario(node)
      let missing = missingRecordings(of: scenario).map {
        LintFinding(.warning, at: scenario.position(of: "recording"), "there is no recording `\($0)`")
      }
      return missing + scenario.lint(node) + (missing.isEmpty ? played(by: scenario) : [])
    } catch let error as ScenarioError {
      return [LintFinding(.error, at: error.position, error.message)]
    } catch {
      return [LintFinding(.error, at: start, (error as? TextFileError)?.reason ?? "\(error)")]
    }
  }
}

extension Lint {
  /// Recordings that are not where the scenario says, looked for from its own folder.
  private static func missingRecordings(of scenario: Scenario) -> [String] {
    let folder = URL(filePath: scenario.file).deletingLastPathComponent()
    return scenario.recordings.filter { recording in
      !FileManager.default.fileExists(atPath: URL(filePath: recording, relativeTo: folder).path)
    }
  }
}

extension Lint {
  /// What cannot be played, or else rules that what is played never meets.
  private static func played(by scenario: Scenario) -> [LintFinding] {
    do {
      let configuration = try ScenarioLibrary().configuration(of: scenario)
      guard scenario.simulation == nil else { return [] }
      return rulesOutOfTime(of: scenario, playing: configuration.timeLine)
        + seeksToNowhere(of: scenario, playing: configuration.recordings)
    } catch {
      return [LintFinding(.error, at: scenario.position(of: "recording"), "\(error)")]
    }
  }

  /// Rules that wait for a time of day at which nothing is played.
  private static func rulesOutOfTime(
    of scenario: Scenario, playing played: ClosedRange<TimeOfDay>
  ) -> [LintFinding] {
    let start = min(max(played.lowerBound, scenario.start ?? played.lowerBound), played.upperBound)
    let times = start...played.upperBound
    return scenario.rules.compactMap { rule in
      guard case .timeOfDay(let time) = rule.trigger, !times.contains(time) else { return nil }
      return LintFinding(
        .warning, at: rule.position,
        "`\(rule.name)` never fires: what is played goes from \(times.lowerBound.colons) to \(times.upperBound.colons)")
    }
  }

  /// Rules that go to a marker that nothing played has.
  private static func seeksToNowhere(
    of scenario: Scenario, playing recordings: [FramedRecording]
  ) -> [LintFinding] {
    let markers = Set(recordings.flatMap { $0.markers.map(\.name) })
    return scenario.rules.flatMap { rule in
      rule.actions.compactMap { action in
        guard case .seek(.marker(let name)) = action, !markers.contains(name) else { return nil }
        return LintFinding(
          .warning, at: rule.position, "`\(rule.name)` goes to `\(name)`: no recording has that marker")
      }
    }
  }
}

extension LintFinding {
  fileprivate var json: JSONValue {
    [
      "severity": .string(severity.rawValue), "file": .string(position.file), "line": .number(position.line),
      "column": .number(position.column), "message": .string(message),
    ]
  }
}
