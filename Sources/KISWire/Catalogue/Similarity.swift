/// How alike two names are, to propose what somebody meant.
public enum Similarity {
  /// The names that begin with the one given, then those that take the fewest edits to become it, best first.
  ///
  /// Of the latter, names that share less than half of their characters with it are left out.
  public static func nearest(to name: String, in names: [String], count: Int = 3) -> [String] {
    let wanted = Array(name.lowercased().utf8)
    let ranked = names.enumerated().compactMap { offset, candidate -> (rank: (Int, Int, Int), name: String)? in
      let bytes = Array(candidate.lowercased().utf8)
      let edits = edits(wanted, bytes)
      let continues = wanted.count > 3 && bytes.starts(with: wanted)
      guard continues || edits * 2 <= max(wanted.count, bytes.count) else { return nil }
      return ((continues ? 0 : 1, edits, offset), candidate)
    }
    return ranked.sorted { $0.rank < $1.rank }.prefix(count).map(\.name)
  }

  /// How far one text is from another: 0 for the same, 1 for nothing in common. Looks at the first 256 bytes.
  package static func distance(from left: String, to right: String) -> Double {
    let (left, right) = (Array(left.utf8.prefix(256)), Array(right.utf8.prefix(256)))
    let length = max(left.count, right.count)
    return length == 0 ? 0 : Double(edits(left, right)) / Double(length)
  }

  /// Levenshtein distance: insertions, deletions and replacements of bytes.
  private static func edits(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (i, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let replaced = diagonal + (byte == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}
