/// Finds a small part of a sequence that still fails, and from which nothing can be taken away.
///
/// It halves its way to the shortest beginning that fails, notes that beginning's last element as needed, and looks for
/// the next in front of it, until what is needed fails alone. That costs about log₂ n runs for each needed element,
/// where halving the set (ddmin) costs their number squared. At the end each one is taken away once, since a failure need
/// not grow with what it is given.
public struct PrefixBisection: Sendable {
  /// Runs so far.
  public private(set) var runs = 0
  /// What is known of small sets, so that none is run twice.
  private var known: [[Int]: Bool] = [:]

  /// Sets up to this size are remembered.
  private static let remembered = 64

  /// Nothing is known yet.
  public init() {}

  /// The needed elements, by their indices in order.
  ///
  /// - Parameters:
  ///   - count: how many elements there are; all of them together are known to fail.
  ///   - fails: whether these elements, given in order, still fail. Every set for which it says yes is smaller than the
  ///     one before.
  /// - Returns: a set that fails, of which no element can be left out. Empty when it fails without any.
  public mutating func minimum(
    of count: Int, fails: ([Int]) async throws -> Bool
  ) async throws -> [Int] {
    var needed: [Int] = []
    var end = count
    while try await !run(needed, fails) {
      // The beginning of length `high` fails together with what is needed, that of length `low` does not.
      var (low, high) = (0, end)
      while high - low > 1 {
        let middle = low + (high - low) / 2
        if try await run(Array(0..<middle) + needed, fails) { high = middle } else { low = middle }
      }
      needed.insert(high - 1, at: 0)
      end = high - 1
      if end == 0 { break }
    }
    return try await withoutSurplus(needed, fails)
  }

  private mutating func withoutSurplus(
    _ elements: [Int], _ fails: ([Int]) async throws -> Bool
  ) async throws -> [Int] {
    var elements = elements
    var index = 0
    while index < elements.count {
      var fewer = elements
      fewer.remove(at: index)
      if try await run(fewer, fails) {
        elements = fewer
        // What was needed beside this one may not be any more.
        index = 0
      } else {
        index += 1
      }
    }
    return elements
  }

  private mutating func run(_ elements: [Int], _ fails: ([Int]) async throws -> Bool) async throws -> Bool {
    if let known = known[elements] { return known }
    runs += 1
    let result = try await fails(elements)
    if elements.count <= PrefixBisection.remembered { known[elements] = result }
    return result
  }
}
