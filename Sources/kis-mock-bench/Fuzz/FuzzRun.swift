import Foundation
import KISSandbox
import KISWire
import Terminal

/// Many inputs for one parser, on all cores.
struct FuzzRun {
  /// What came of it.
  struct Result: Sendable {
    let name: String
    var inputs = 0
    var wellFormed = 0
    var failures: [String] = []
    /// The longest that a thousand inputs kept a processor busy, in nanoseconds.
    var slowest: Int64 = 0

    var summary: String {
      "\(name): \(inputs) inputs, \(wellFormed) well formed, \(failures.count) inconsistent, "
        + "slowest thousand \(slowest / 1_000_000) ms"
    }

    mutating func add(_ other: Result) {
      inputs += other.inputs
      wellFormed += other.wellFormed
      failures += other.failures
      slowest = max(slowest, other.slowest)
    }
  }

  private static let batch = 1_000
  private let target: FuzzTarget
  private let mutator: Mutator

  init(_ target: FuzzTarget, seed: UInt64) {
    self.target = target
    mutator = Mutator(
      seeds: target.seeds.map { Array($0.utf8) }, generator: SeededGenerator(seed: seed).fork(target.name))
  }

  /// Parses the inputs of these numbers.
  func run(_ numbers: Range<Int>) async -> Result {
    var result = Result(name: target.name)
    var starts = stride(from: numbers.lowerBound, to: numbers.upperBound, by: FuzzRun.batch).makeIterator()
    await withTaskGroup(of: Result.self) { group in
      for _ in 0..<ProcessInfo.processInfo.activeProcessorCount {
        if let start = starts.next() { add(start, of: numbers, to: &group) }
      }
      while let done = await group.next() {
        result.add(done)
        if let start = starts.next() {
          if start % 100_000 < FuzzRun.batch { showProgress("\(target.name): from input \(start)") }
          add(start, of: numbers, to: &group)
        }
      }
    }
    showProgress("")
    return result
  }

  private func add(_ start: Int, of numbers: Range<Int>, to group: inout TaskGroup<Result>) {
    let part = start..<min(start + FuzzRun.batch, numbers.upperBound)
    group.addTask { runBatch(part) }
  }

  private func runBatch(_ numbers: Range<Int>) -> Result {
    var result = Result(name: target.name)
    let begun = ProcessTime.threadNanoseconds
    for number in numbers {
      let input = mutator.input(number)
      let watch = HangWatch.shared.begin("\(target.name): input \(number), \(input.count) bytes")
      let (outcome, nanoseconds) = timed(input)
      HangWatch.shared.end(watch)
      switch outcome {
      case .refused: break
      case .read: result.wellFormed += 1
      case .inconsistent:
        result.failures.append("input \(number): \(Data(input.prefix(4_096)).base64EncodedString())")
      }
      if isSlow(nanoseconds, input) {
        result.failures.append("input \(number): \(nanoseconds / 1_000_000) ms for \(input.count) bytes")
      }
    }
    result.inputs = numbers.count
    result.slowest = ProcessTime.threadNanoseconds - begun
    return result
  }

  private func timed(_ input: [UInt8]) -> (FuzzTarget.Outcome, nanoseconds: Int64) {
    let begun = ProcessTime.threadNanoseconds
    return (target.run(input), ProcessTime.threadNanoseconds - begun)
  }

  /// Whether an input takes longer than its size allows, and not only now, when something is made for the first time.
  private func isSlow(_ nanoseconds: Int64, _ input: [UInt8]) -> Bool {
    let limit = FuzzRun.patience * (50_000_000 + 2_000 * Int64(input.count))
    guard nanoseconds > limit else { return false }
    return (0..<2).allSatisfy { _ in timed(input).nanoseconds > limit }
  }

  #if DEBUG
    private static let patience: Int64 = 20
  #else
    private static let patience: Int64 = 1
  #endif

  private func showProgress(_ text: String) {
    guard TerminalStyle.isTerminal(STDERR_FILENO) else { return }
    FileHandle.standardError.write(Data("\r\(text)\u{1B}[K".utf8))
  }
}
