import Foundation
import KISSandbox
import KISWire

/// How a run went: the command's end and what the journal says about the scenario's expectations.
struct RunOutcome: Sendable, CustomStringConvertible {
  var command: [String]
  var ending: ChildCommand.Ending
  /// How long the command took, in host time.
  var nanoseconds: Int64
  var report: SandboxReport
  /// Whether no request and no connection came from the command.
  var hasSentNothing = false
  /// The file of accepted behaviour that was compared, and why it differs; nil where none was asked for.
  var golden: (file: String, failure: String?)?

  /// One thing that was checked.
  struct Check {
    var name: String
    /// nil when it is well.
    var failure: String?
  }

  var isSuccess: Bool { checks.allSatisfy { $0.failure == nil } }

  var checks: [Check] {
    let command = self.command.joined(separator: " ")
    var failure = ending.code == 0 ? nil : "`\(command)` ended with \(ending.code)"
    if ending.timedOut { failure = "`\(command)` took longer than --timeout allows and was ended" }
    // A scenario may expect just that, and says so.
    let expectsSilence = !report.findings.isEmpty && report.findings.allSatisfy { $0.verdict == .yes }
    if failure == nil, hasSentNothing, !expectsSilence {
      failure = "the command sent nothing: does it read KIS_REST_URL?"
    }
    return [Check(name: command, failure: failure)]
      + [golden.map { Check(name: "behaves as in \($0.file)", failure: $0.failure) }].compactMap(\.self)
      + report.findings.map { Check(name: "\($0.expectation)", failure: $0.verdict == .yes ? nil : "\($0)") }
  }

  /// For people: one line when all is well, else everything that helps.
  var description: String {
    let failures = checks.compactMap(\.failure)
    if ending.wasInterrupted { return "kis-mock run: interrupted" }
    guard !failures.isEmpty else {
      let met = report.findings.isEmpty ? "" : ", expectations met: \(report.findings.count)"
      return "kis-mock run: ok, \(report.subject), seed \(report.seed)\(met)" + unmatched
    }
    let first = failures.first?.split(separator: "\n").first ?? ""
    let again = "see it again with --seed \(report.seed)"
    let difference = golden?.failure.map { "\($0)\n" } ?? ""
    return "kis-mock run: FAILED: \(first)\n\(difference)\(report)\n\(again)"
  }

  var json: JSONValue {
    [
      "ok": .bool(isSuccess), "seed": .number(report.seed), "exit": .number(ending.code),
      "findings": .array(report.findings.map(\.json)), "unmatched": .array(report.unmatched.map(\.json)),
    ]
  }

  private var unmatched: String {
    report.unmatched.isEmpty
      ? ""
      : "\nwhat nothing matched:\n"
        + report.unmatched.map { entry in
          "  \(entry)" + entry.nearMisses.map { "\n    near: \($0)" }.joined()
        }.joined(separator: "\n")
  }
}
