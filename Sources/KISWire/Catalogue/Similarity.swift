/// How alike two names are, to propose what somebody meant.
public enum Similarity {
  /// The names that begin with the one given, then those that take the fewest edits to become it, best first.
  ///
  /// Of the latter, names that share less than half of their characters with it are left out.
  /// Looks at the first 256 bytes of the name.
  public static func nearest(to name: String, in names: [String], count: Int = 3) -> [String] {
    let wanted = Array(name.utf8.prefix(longest)).map(lowercased)
    let ranked = names.enumerated().compactMap { offset, candidate -> (rank: (Int, Int, Int), name: String)? in
      let bytes = candidate.utf8.prefix(longest).map(lowercased)
      let most = max(wanted.count, bytes.count) / 2
      let continues = wanted.count > 3 && bytes.starts(with: wanted)
      // An edit changes the length by one at the most.
      guard continues || abs(wanted.count - bytes.count) <= most else { return nil }
      let edits = edits(wanted, bytes)
      guard continues || edits <= most else { return nil }
      return ((continues ? 0 : 1, edits, offset), candidate)
    }
    return ranked.sorted { $0.rank < $1.rank }.prefix(count).map(\.name)
  }

  /// How far one text is from another: 0 for the same, 1 for nothing in common. Looks at the first 256 bytes.
  package static func distance(from left: String, to right: String) -> Double {
    let (left, right) = (Array(left.utf8.prefix(longest)), Array(right.utf8.prefix(longest)))
    let length = max(left.count, right.count)
    return length == 0 ? 0 : Double(edits(left, right)) / Double(length)
  }

  /// How many bytes of a text are looked at: the work for a text of a stranger's is bounded.
  package static let longest = 256

  private static func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

  /// Levenshtein distance: insertions, deletions and replacements of bytes.
  private static func edits(_ left: [UInt8], _ right: [UInt8]) -> Int {
    // What both begin and end with costs nothing, and names of one family share most of it.
    let common = zip(left, right).prefix { $0 == $1 }.count
    let rest = (left.dropFirst(common), right.dropFirst(common))
    let ending = zip(rest.0.reversed(), rest.1.reversed()).prefix { $0 == $1 }.count
    let (from, to) = (Array(rest.0.dropLast(ending)), Array(rest.1.dropLast(ending)))
    var row = Array(0...to.count)
    for (i, byte) in from.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in to.enumerated() {
        let replaced = diagonal + (byte == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
      }
    }
    return row[to.count]
  }
}
