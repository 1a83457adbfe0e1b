extension ProgramTotals {
  /// The value of a REST field of program trading, by the words of its name: which trading (`arbt`, `nabt`, `whol`), whose
  /// (`entm`, `onsl`; else both), which side (`seln`, `shnu`, `ntby`), shares or money (`pbmn`), and whether as a share of
  /// all that the market traded (`rate`). The same thousands and millions as in H0UPPGM0; nil for any other name.
  func value(of field: String) -> String? {
    let words = Set(field.lowercased().split(separator: "_"))
    guard !words.isDisjoint(with: ["arbt", "nabt", "whol"]), !words.contains("icdc") else { return nil }
    // The documents spell it both ways.
    let buys = words.contains("shnu") || words.contains("shun")
    guard buys || words.contains("seln") || words.contains("ntby") else { return nil }
    var total = Total()
    for cell in Cell.allCases {
      guard !words.contains(cell.isArbitrage ? "nabt" : "arbt"), !words.contains(cell.isOwn ? "entm" : "onsl") else {
        continue
      }
      if cell.isBuy, !words.contains("seln") { total = total + self[cell] }
      if !cell.isBuy, !buys { total = words.contains("ntby") ? total - self[cell] : total + self[cell] }
    }
    let (amount, whole, unit) =
      words.contains("pbmn") ? (total.won, market.won, 1_000_000.0) : (total.shares, market.shares, 1_000.0)
    return words.contains("rate") ? percent(amount, of: whole) : decimal(amount / unit, places: 0)
  }
}

extension ProgramTotals.Cell {
  fileprivate var isArbitrage: Bool { rawValue < 4 }
  fileprivate var isBuy: Bool { rawValue % 4 >= 2 }
  fileprivate var isOwn: Bool { rawValue % 2 == 1 }
}
