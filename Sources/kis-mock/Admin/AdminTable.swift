import KISWire
import Terminal

/// A list of the admin API as a table for people.
struct AdminTable {
  let lines: [String]

  /// - Parameters:
  ///   - list: an array of objects.
  ///   - empty: what is said when there is none.
  ///   - row: the cells of one of them.
  init(_ list: JSONValue?, empty: String, _ header: [String], row: (JSONValue) -> [String]) {
    let entries = list?.array ?? []
    lines = entries.isEmpty ? [empty] : TextTable(header, entries.map { row($0).map(\.printable) }).lines
  }
}

extension JSONValue {
  /// A member as text: a string without its quotes, nothing for null or when it is not there.
  func text(_ name: String) -> String {
    guard let value = self[name], value != .null else { return "" }
    return value.string ?? value.text
  }

  /// A member that counts nanoseconds, as seconds.
  func time(_ name: String) -> String {
    guard let nanoseconds = self[name]?.int else { return "" }
    let fraction = String(1_000 + nanoseconds / 1_000_000 % 1_000).dropFirst()
    return "\(nanoseconds / 1_000_000_000).\(fraction)s"
  }
}

extension AdminOptions {
  /// Prints an answer: as it is with --json, else as lines for people, in which nothing that a client sent moves the cursor.
  func show(_ answer: JSONValue, _ lines: () -> [String]) throws {
    let text = json ? [answer.text] : lines().map(\.printable)
    try StandardOutput.write(text.joined(separator: "\n") + "\n")
  }
}
