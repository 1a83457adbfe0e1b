import ArgumentParser
import Foundation
import KISWire

/// What all benchmarks have in common.
struct BenchOptions: ParsableArguments {
  @Flag(help: "Short versions, for a smoke test. Figures are rougher, targets are the same.")
  var quick = false

  @Flag(help: "Print one JSON object on stdout instead of tables.")
  var json = false
}

/// A benchmark: measures, prints, and fails when a target is missed.
protocol BenchVerb: AsyncParsableCommand {
  var options: BenchOptions { get }

  static func measure(_ run: BenchRun) async throws -> BenchReport
}

extension BenchVerb {
  mutating func run() async throws {
    try await options.report([Self.self])
  }
}

extension BenchOptions {
  /// Runs benchmarks one after the other and prints their reports. Ends with exit code 1 when a target is missed.
  func report(_ verbs: [any BenchVerb.Type]) async throws {
    let folder = try ScratchFolder()
    let interruption = Interruption(removing: folder)
    defer { withExtendedLifetime(interruption) {} }
    let run = BenchRun(quick: quick, folder: folder)
    var reports: [BenchReport] = []
    for verb in verbs {
      let report = try await verb.measure(run)
      reports.append(report)
      if !json { print(report.lines.joined(separator: "\n"), terminator: "\n\n") }
    }
    let isMet = reports.allSatisfy(\.isMet)
    if json {
      let result: JSONValue = [
        "quick": .bool(quick), "cores": .number(ProcessInfo.processInfo.activeProcessorCount),
        "met": .bool(isMet), "reports": .array(reports.map(\.json)),
      ]
      print(result.text)
    }
    if !isMet { throw ExitCode(1) }
  }
}

/// One run of benchmarks: how long they may take, and where their files are.
struct BenchRun: Sendable {
  let quick: Bool
  let folder: ScratchFolder

  /// Picks a size for this run.
  func size<Value>(_ full: Value, quick short: Value) -> Value { quick ? short : full }

  /// Tells of a row as soon as it is measured; the table of all of them comes at the end.
  func tell(_ row: BenchRow) {
    let verdict = row.isMet.map { $0 ? " met" : " MISSED" } ?? ""
    let target = row.target.map { " (\($0.text)\(verdict))" } ?? ""
    FileHandle.standardError.write(Data("\(row.name): \(row.figure.text)\(target)\n".utf8))
  }

  /// Says on a terminal what is being measured; quiet in a pipe.
  func progress(_ text: String) {
    guard isatty(2) == 1 else { return }
    FileHandle.standardError.write(Data("\(text) …\n".utf8))
  }
}
