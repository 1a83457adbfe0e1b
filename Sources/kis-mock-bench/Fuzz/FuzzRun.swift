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
    /// The longest that a thousand inputs took, in nanoseconds.
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
    let begun = HostTime.monotonicNanoseconds
    for number in numbers {
      let input = mutator.input(number)
      switch target.run(input) {
      case .refused: break
      case .read: result.wellFormed += 1
      case .inconsistent: result.failures.append("input \(number): \(Data(input).base64EncodedString())")
      }
    }
    result.inputs = numbers.count
    result.slowest = HostTime.monotonicNanoseconds - begun
    return result
  }

  private func showProgress(_ text: String) {
    guard TerminalStyle.isTerminal(STDERR_FILENO) else { return }
    FileHandle.standardError.write(Data("\r\(text)\u{1B}[K".utf8))
  }
}
