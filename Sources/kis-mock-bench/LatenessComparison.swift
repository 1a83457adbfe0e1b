import Histogram
import Terminal

/// How late frames came, beside how late a bare timer is on this machine now.
struct LatenessComparison: Sendable {
  var name: String
  var mock: Histogram<UInt64>
  var control: Histogram<UInt64>

  /// Upper edges of the printed classes, in microseconds.
  private static let edges = [50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000]

  /// Percentiles worth a line.
  static let percentiles = [50, 90, 99, 99.9, 100]

  /// Share of the values in each class, from the shortest to the longest; the last has no upper edge.
  static func classes(_ histogram: Histogram<UInt64>) -> [(label: String, share: Double)] {
    let total = Double(max(1, histogram.totalCount))
    var counted: UInt64 = 0
    let classes = edges.map { edge in
      let below = histogram.count(within: 0...UInt64(edge * 1_000 - 1))
      defer { counted = below }
      return ("< \(text(edge))", Double(below - min(below, counted)) / total)
    }
    return classes + [("≥ \(text(edges[edges.count - 1]))", Double(histogram.totalCount - counted) / total)]
  }

  private static func text(_ microseconds: Int) -> String {
    microseconds < 1_000 ? "\(microseconds) µs" : "\(microseconds / 1_000) ms"
  }

  /// The lines of the table for people.
  var lines: [String] {
    let rows = zip(Self.classes(mock), Self.classes(control)).map { mock, control in
      [
        mock.label, Self.percent(mock.share), Self.percent(control.share),
        String(repeating: "█", count: Int(mock.share * 40)),
      ]
    }
    let percentiles = Self.percentiles.map { percentile in
      ["p\(BenchFigure.text(percentile))"]
        + [mock, control].map { BenchFigure.text(Double($0.valueAtPercentile(percentile)) / 1_000) + " µs" }
    }
    return TextTable(["lateness, \(name)", "mock", "bare timer", ""], percentiles + rows).lines
  }

  private static func percent(_ share: Double) -> String { BenchFigure.text(share * 100) + " %" }
}
