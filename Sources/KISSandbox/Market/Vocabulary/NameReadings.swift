import Synchronization

/// What names say, each read once for all sandboxes of the process: every row of an answer has the same fields.
final class NameReadings<Reading: Sendable>: Sendable {
  private let known = Mutex<[String: Reading]>([:])
  private let read: @Sendable (String) -> Reading
  /// Some names are what somebody sent.
  private static var most: Int { 8_192 }

  init(_ read: @escaping @Sendable (String) -> Reading) { self.read = read }

  subscript(name: String) -> Reading {
    known.withLock { known in
      if let reading = known[name] { return reading }
      if known.count >= NameReadings.most { known = [:] }
      let reading = read(name)
      known[name] = reading
      return reading
    }
  }
}
