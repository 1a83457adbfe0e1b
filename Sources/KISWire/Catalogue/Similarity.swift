/// How alike two names are, to propose what somebody meant.
public enum Similarity {
  /// The names that take the fewest edits to become the one given, best first.
  ///
  /// Names that share less than half of their characters with it are left out.
  public static func nearest(to name: String, in names: [String], count: Int = 3) -> [String] {
    let wanted = Array(name.lowercased().utf8)
    let ranked = names.enumerated().map { (edits(wanted, Array($1.lowercased().utf8)), $0, $1) }
    return
      ranked
      .filter { $0.0 * 2 <= max(wanted.count, $0.2.utf8.count) }
      .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
      .prefix(count).map(\.2)
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
