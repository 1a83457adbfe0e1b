import KISSandbox

extension RunOutcome {
  /// JUnit XML, as CI systems read it: one test case for the command, one for each expectation.
  var junit: String {
    let failures = checks.count { $0.failure != nil }
    let name = escaped("kis-mock run \(report.subject)")
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<testsuites tests="\#(checks.count)" failures="\#(failures)">"#,
      #"  <testsuite name="\#(name)" tests="\#(checks.count)" failures="\#(failures)" time="\#(seconds)">"#,
      #"    <properties><property name="seed" value="\#(report.seed)"/></properties>"#,
    ]
    for (index, check) in checks.enumerated() {
      let time = index == 0 ? seconds : "0"
      let head = #"    <testcase classname="\#(name)" name="\#(escaped(check.name))" time="\#(time)""#
      guard let failure = check.failure else {
        lines.append(head + "/>")
        continue
      }
      let reason = escaped(String(failure.split(separator: "\n").first ?? ""))
      lines += [
        head + ">", #"      <failure message="\#(reason)">\#(escaped("\(failure)\n\(report)"))</failure>"#,
        "    </testcase>",
      ]
    }
    return (lines + ["  </testsuite>", "</testsuites>", ""]).joined(separator: "\n")
  }

  /// TAP version 14 (Test Anything Protocol).
  var tap: String {
    var lines = ["TAP version 14", "1..\(checks.count)"]
    for (index, check) in checks.enumerated() {
      let name = check.name.replacing("\\", with: "\\\\").replacing("#", with: "\\#")
      lines.append("\(check.failure == nil ? "ok" : "not ok") \(index + 1) - \(name)")
      guard let failure = check.failure else { continue }
      lines += ["  ---", "  seed: \(report.seed)", "  message: |"]
      lines += failure.split(separator: "\n").map { "    \($0)" }
      lines.append("  ...")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var seconds: String {
    let milliseconds = nanoseconds / 1_000_000
    let rest = String(milliseconds % 1_000)
    return "\(milliseconds / 1_000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
  }

  /// Text as XML has it; control characters, which XML 1.0 cannot carry, become U+FFFD.
  private func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "\n", "\t": out.unicodeScalars.append(scalar)
      case "\u{0}"..<"\u{20}", "\u{FFFE}", "\u{FFFF}": out += "\u{FFFD}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
