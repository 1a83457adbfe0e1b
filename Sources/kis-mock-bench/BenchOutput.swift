import Histogram
import KISWire
import Terminal

extension BenchReport {
  /// The report for people.
  var lines: [String] {
    let rows = rows.map { row in
      [
        row.name, row.figure.text, row.target?.text ?? "–",
        row.isMet.map { $0 ? "met" : "MISSED" } ?? "–",
        row.parts.map { "\($0.name) \($0.text)" }.joined(separator: ", "),
      ]
    }
    return TextTable([bench, "figure", "target", "verdict", "from"], rows).lines
      + lateness.flatMap { [""] + $0.lines } + notes.map { "  \($0)" }
  }

  /// The report for programs.
  var json: JSONValue {
    [
      "bench": .string(bench), "met": .bool(isMet), "rows": .array(rows.map(\.json)),
      "lateness": .array(lateness.map(\.json)), "notes": .array(notes.map { .string($0) }),
    ]
  }
}

extension BenchRow {
  var json: JSONValue {
    [
      "name": .string(name), "figure": figure.json, "target": target.map { .string($0.text) } ?? .null,
      "met": isMet.map { .bool($0) } ?? .null, "from": .array(parts.map(\.json)),
    ]
  }
}

extension BenchFigure {
  /// The value with three significant digits, thousands apart, and its unit.
  var text: String { Self.text(value) + (unit.isEmpty ? "" : " \(unit)") }

  var json: JSONValue { ["name": .string(name), "value": .number("\(value)"), "unit": .string(unit)] }

  /// Three significant digits at least, no more decimals than that needs, thousands apart.
  static func text(_ value: Double) -> String {
    guard value.isFinite else { return "\(value)" }
    let magnitude = abs(value)
    let decimals =
      magnitude >= 100 || magnitude == magnitude.rounded() ? 0 : magnitude >= 10 ? 1 : magnitude >= 1 ? 2 : 3
    let scale = [1, 10, 100, 1_000][decimals]
    let scaled = Int((magnitude * Double(scale)).rounded())
    var whole = String(scaled / scale)
    for position in stride(from: whole.count - 3, to: 0, by: -3) {
      whole.insert(",", at: whole.index(whole.startIndex, offsetBy: position))
    }
    let digits = String(scaled % scale)
    let fraction = decimals == 0 ? "" : "." + String(repeating: "0", count: decimals - digits.count) + digits
    return (value < 0 && scaled > 0 ? "-" : "") + whole + fraction
  }
}

extension BenchTarget {
  var text: String {
    switch self {
    case .atLeast(let limit): "≥ \(BenchFigure.text(limit))"
    case .atMost(let limit): "≤ \(BenchFigure.text(limit))"
    }
  }
}

extension LatenessComparison {
  var json: JSONValue {
    let percentiles = Self.percentiles.map { percentile in
      [
        "percentile": .number("\(percentile)"), "mock_ns": .number(mock.valueAtPercentile(percentile)),
        "control_ns": .number(control.valueAtPercentile(percentile)),
      ] as JSONValue
    }
    let classes = zip(Self.classes(mock), Self.classes(control)).map { mock, control in
      [
        "class": .string(mock.label), "mock_share": .number("\(mock.share)"),
        "control_share": .number("\(control.share)"),
      ] as JSONValue
    }
    return ["name": .string(name), "percentiles": .array(percentiles), "classes": .array(classes)]
  }
}
