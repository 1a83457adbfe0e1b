extension ProgramTotals {
  /// A figure of program trading, as the words of a REST field's name say it.
  struct Figure: Sendable {
    /// What is added up, and what of it is taken away.
    private let cells: [(cell: Cell, isTakenAway: Bool)]
    private let isMoney: Bool
    private let isShare: Bool

    /// Reads which trading (`arbt`, `nabt`, `whol`), whose (`entm`, `onsl`; else both), which side (`seln`, `shnu`, `ntby`),
    /// shares or money (`pbmn`), and whether as a share of all that the market traded (`rate`); nil for any other name.
    init?(_ field: String) {
      let words = Set(field.lowercased().split(separator: "_"))
      guard !words.isDisjoint(with: ["arbt", "nabt", "whol"]), !words.contains("icdc") else { return nil }
      // The documents spell it both ways.
      let buys = words.contains("shnu") || words.contains("shun")
      let (sells, nets) = (words.contains("seln"), words.contains("ntby"))
      guard buys || sells || nets else { return nil }
      cells = Cell.allCases.compactMap { cell in
        guard !words.contains(cell.isArbitrage ? "nabt" : "arbt"), !words.contains(cell.isOwn ? "entm" : "onsl"),
          cell.isBuy ? !sells : !buys
        else { return nil }
        return (cell, !cell.isBuy && nets)
      }
      isMoney = words.contains("pbmn")
      isShare = words.contains("rate")
    }

    /// The figures of fields, by their names.
    static let named = NameReadings { Figure($0) }

    fileprivate func total(of totals: ProgramTotals) -> Total {
      cells.reduce(Total()) { $1.isTakenAway ? $0 - totals[$1.cell] : $0 + totals[$1.cell] }
    }

    fileprivate func text(_ total: Total, of market: Total) -> String {
      let (amount, whole, unit) =
        isMoney ? (total.won, market.won, 1_000_000.0) : (total.shares, market.shares, 1_000.0)
      return isShare ? percent(amount, of: whole) : decimal(amount / unit, places: 0)
    }
  }

  /// A figure in the same thousands and millions as in H0UPPGM0.
  func value(of figure: Figure) -> String { figure.text(figure.total(of: self), of: market) }
}

extension ProgramTotals.Cell {
  fileprivate var isArbitrage: Bool { rawValue < 4 }
  fileprivate var isBuy: Bool { rawValue % 4 >= 2 }
  fileprivate var isOwn: Bool { rawValue % 2 == 1 }
}
