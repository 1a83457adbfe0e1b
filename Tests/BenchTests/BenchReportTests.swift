import Histogram
import KISWire
import Testing

@testable import kis_mock_bench

@Suite struct BenchReportTests {
  let report = BenchReport(
    bench: "throughput",
    rows: [
      BenchRow(
        name: "1 client", figure: BenchFigure("ratio", 0.752, ""), target: .atLeast(0.7),
        parts: [BenchFigure("mock", 2_140, "MB/s")]),
      BenchRow(name: "drift", figure: BenchFigure("drift", 0.2, "%"), target: .atMost(0.1)),
      BenchRow(name: "for information", figure: BenchFigure("n", 1, "")),
    ])

  @Test func aTableShowsFigureTargetAndVerdict() {
    #expect(
      report.lines == [
        "throughput       figure   target   verdict  from",
        "───────────────  ───────  ───────  ───────  ───────────────",
        "1 client         0.752    ≥ 0.700  met      mock 2,140 MB/s",
        "drift            0.200 %  ≤ 0.100  MISSED",
        "for information  1        –        –",
      ])
  }

  @Test func aMissedTargetMissesTheReport() {
    #expect(!report.isMet)
    var met = report
    met.rows.remove(at: 1)
    #expect(met.isMet)
  }

  @Test func theJSONSaysTheSame() throws {
    let json = try JSONValue(parsing: report.json.text)
    #expect(json["met"]?.bool == false)
    #expect(json["rows"]?.array?.map { $0["met"] } == [true, false, .null])
    #expect(json["rows"]?.array?.first?["figure"]?["value"]?.double == 0.752)
  }

  @Test(arguments: [
    (0.0, "0"), (0.0512, "0.051"), (0.7, "0.700"), (9.994, "9.99"), (12.34, "12.3"), (999.6, "1,000"),
    (1_234_567, "1,234,567"), (-0.25, "-0.250"), (-0.0001, "0.000"),
  ]) func figuresKeepThreeDigits(value: Double, text: String) {
    #expect(BenchFigure.text(value) == text)
  }

  @Test func classesOfLatenessAddUpToOne() {
    var histogram = Histogram<UInt64>(numberOfSignificantValueDigits: .three)
    for value in [10_000, 60_000, 60_000, 300_000_000] as [UInt64] { histogram.record(value) }
    let classes = LatenessComparison.classes(histogram)
    #expect(classes.map(\.share).reduce(0, +) == 1)
    #expect(classes.first { $0.label == "< 100 µs" }?.share == 0.5)
    #expect(classes.last?.share == 0.25)
  }
}
