import HeapModule
import KISRecording

/// Puts the lines of a recording in the order of time, in bounded memory: what is nearly in order passes through a heap
/// into one file, what is not goes to a few files that are merged in the end.
struct LineSorter: ~Copyable {
  /// A line without its time and connection, which are known only when all is.
  struct Line: Comparable {
    /// Nanoseconds since 1970.
    var time: Int64
    /// Lines of one moment stay as they came.
    var sequence: Int64
    var connection: Int64
    /// What stands behind `"conn":N`, line feed included.
    var tail: [UInt8]

    static func < (left: Line, right: Line) -> Bool { (left.time, left.sequence) < (right.time, right.sequence) }
    static func == (left: Line, right: Line) -> Bool { left.time == right.time && left.sequence == right.sequence }
  }

  private var heap = Heap<Line>()
  private var heapBytes = 0
  private var sequence: Int64 = 0
  private var runs: [SortedRun] = []
  /// Where files that are needed on the way are made.
  private let folder: String

  private static let memory = 8 << 20
  private static let runLimit = 32

  init(folder: String) { self.folder = folder }

  /// The earliest time; nil without lines.
  var earliest: Int64? { [heap.min?.time, runs.compactMap(\.first).min()].compactMap { $0 }.min() }

  mutating func add(time: Int64, connection: Int, tail: [UInt8]) throws(CaptureError) {
    heap.insert(Line(time: time, sequence: sequence, connection: Int64(connection), tail: tail))
    sequence += 1
    heapBytes += tail.count + 96
    guard heapBytes > LineSorter.memory else { return }
    while heapBytes > LineSorter.memory / 2, let line = heap.popMin() {
      heapBytes -= line.tail.count + 96
      try put(line)
    }
  }

  private mutating func put(_ line: Line) throws(CaptureError) {
    // The run that ends nearest before it leaves the others free for what is earlier.
    var best: Int?
    for index in runs.indices where runs[index].last <= line.time {
      if best.map({ runs[$0].last < runs[index].last }) ?? true { best = index }
    }
    if let best {
      try runs[best].append(line)
      return
    }
    if runs.count == LineSorter.runLimit { try mergeRuns() }
    if let index = runs.indices.first(where: { runs[$0].last <= line.time }) {
      try runs[index].append(line)
      return
    }
    var run = try SortedRun(folder: folder)
    try run.append(line)
    runs.append(run)
  }

  private mutating func mergeRuns() throws(CaptureError) {
    var merged = try SortedRun(folder: folder)
    var readers: [SortedRun.Reader] = []
    for index in runs.indices { readers.append(try runs[index].reader()) }
    while let line = try LineSorter.next(&readers) { try merged.append(line) }
    runs = [merged]
  }

  /// Gives all lines in order.
  mutating func drain(_ body: (Line) throws(CaptureError) -> Void) throws(CaptureError) {
    var readers: [SortedRun.Reader] = []
    for index in runs.indices { readers.append(try runs[index].reader()) }
    while true {
      let line = try LineSorter.next(&readers, unless: heap.min)
      if let line {
        try body(line)
      } else if let line = heap.popMin() {
        try body(line)
      } else {
        return
      }
    }
  }

  /// The earliest line of all readers; nil when there is none, or another line is earlier.
  private static func next(_ readers: inout [SortedRun.Reader], unless other: Line? = nil) throws(CaptureError) -> Line?
  {
    var best: Int?
    for index in readers.indices {
      guard let head = readers[index].head else { continue }
      if best.flatMap({ readers[$0].head }).map({ head < $0 }) ?? true { best = index }
    }
    guard let best, let line = readers[best].head else { return nil }
    if let other, other < line { return nil }
    try readers[best].advance()
    return line
  }
}
