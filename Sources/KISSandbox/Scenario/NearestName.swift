extension Sequence where Element == String {
  /// The name that a person most likely meant, nil when none is close: at most a third of the letters differ.
  ///
  /// Upper and lower case, `_` and `-` do not count as differences.
  public func nearest(to name: String) -> String? {
    let wanted = Array(name.lowercased().replacing("_", with: "-"))
    let limit = Swift.max(1, wanted.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in self {
      let letters = Array(candidate.lowercased().replacing("_", with: "-"))
      guard abs(letters.count - wanted.count) <= limit else { continue }
      let distance = editDistance(wanted, letters)
      if distance <= limit, distance < (best?.distance ?? .max) { best = (candidate, distance) }
    }
    return best?.name
  }
}

/// How many letters have to be inserted, removed, replaced or swapped with their neighbour.
private func editDistance(_ first: [Character], _ second: [Character]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...second.count)
  for (row, letter) in first.enumerated() {
    var current = [row + 1]
    for (column, other) in second.enumerated() {
      var cost = Swift.min(last[column] + (letter == other ? 0 : 1), last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, letter == second[column - 1], first[row - 1] == other {
        cost = Swift.min(cost, beforeLast[column - 1] + 1)
      }
      current.append(cost)
    }
    beforeLast = last
    last = current
  }
  return last[second.count]
}
