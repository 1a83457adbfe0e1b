import Synchronization

/// Lines of `key,key {json}`: found by key, parsed one by one on demand, kept once parsed.
final class CatalogueTable<Entry: Sendable>: Sendable {
  /// The keys of all lines, in their order.
  let keys: [String]
  private let lines: [Substring]
  private let lineByKey: [String: Int]
  private let parse: @Sendable (JSONValue) -> Entry
  private let parsed: Mutex<[Int: Entry]> = Mutex([:])

  init(_ text: String, parse: @escaping @Sendable (JSONValue) -> Entry) {
    var keys: [String] = []
    var lines: [Substring] = []
    var lineByKey: [String: Int] = [:]
    // Split by bytes: the first request waits for it, and characters cost twenty times as much.
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      guard let blank = line.firstIndex(of: UInt8(ascii: " ")) else { continue }
      for key in line[..<blank].split(separator: UInt8(ascii: ",")).map({ String(Substring($0)) }) {
        keys.append(key)
        lineByKey[key] = lines.count
      }
      lines.append(Substring(line[blank...]))
    }
    self.keys = keys
    self.lines = lines
    self.lineByKey = lineByKey
    self.parse = parse
  }

  /// Every entry, in the table's order.
  var all: [Entry] { lines.indices.compactMap(entry) }

  /// The entry that has this key.
  func entry(for key: String) -> Entry? { lineByKey[key].flatMap(entry) }

  private func entry(at index: Int) -> Entry? {
    parsed.withLock { parsed in
      if let known = parsed[index] { return known }
      guard let json = try? JSONValue(parsing: lines[index].utf8) else { return nil }
      let entry = parse(json)
      parsed[index] = entry
      return entry
    }
  }
}

extension JSONValue {
  /// The member's text, empty when there is none.
  func text(_ name: String) -> String { self[name]?.string ?? "" }

  /// The strings of an array member, empty when there is none.
  func texts(_ name: String) -> [String] { self[name]?.array?.compactMap(\.string) ?? [] }
}
