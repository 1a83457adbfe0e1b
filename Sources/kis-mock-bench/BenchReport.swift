/// What a benchmark measured.
struct BenchReport: Sendable {
  var bench: String
  var rows: [BenchRow] = []
  var lateness: [LatenessComparison] = []
  /// Remarks for people: which variant counts, what could not be measured here.
  var notes: [String] = []

  /// Adds rows and tells of them.
  mutating func add(_ rows: [BenchRow], _ run: BenchRun) {
    for row in rows { run.tell(row) }
    self.rows += rows
  }

  /// Whether no target was missed.
  var isMet: Bool { rows.allSatisfy { $0.isMet != false } }
}

/// One figure, judged against a target when there is one.
struct BenchRow: Sendable {
  var name: String
  var figure: BenchFigure
  var target: BenchTarget?
  /// The measured values that the figure was made of.
  var parts: [BenchFigure] = []

  /// Nil without a target.
  var isMet: Bool? { target?.isMet(by: figure.value) }
}

/// A number with a unit. A ratio has the unit "".
struct BenchFigure: Sendable {
  var name: String
  var value: Double
  var unit: String

  init(_ name: String, _ value: Double, _ unit: String) {
    self.name = name
    self.value = value
    self.unit = unit
  }
}

/// What a figure has to reach.
enum BenchTarget: Sendable {
  case atLeast(Double)
  case atMost(Double)

  func isMet(by value: Double) -> Bool {
    switch self {
    case .atLeast(let limit): value >= limit
    case .atMost(let limit): value <= limit
    }
  }
}

extension Collection<Double> {
  /// The middle value, the upper one of two; zero for none.
  var median: Double { isEmpty ? 0 : sorted()[count / 2] }
}
