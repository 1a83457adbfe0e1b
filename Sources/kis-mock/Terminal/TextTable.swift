/// Rows of text in columns that are as wide as their widest cell.
struct TextTable {
  private let rows: [[String]]

  /// - Parameters:
  ///   - header: the titles of the columns.
  ///   - rows: cells; a row may have fewer of them than there are columns.
  init(_ header: [String], _ rows: [[String]]) {
    self.rows = [header] + rows
  }

  /// The header, a rule, and the rows, without line ends.
  var lines: [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in rows.map { $0.count > column ? $0[column].columns : 0 }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      let padded = zip(cells, widths).map { $0 + String(repeating: " ", count: $1 - $0.columns) }
      return String(padded.joined(separator: "  ").trimmingSuffix(while: \.isWhitespace))
    }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    return [line(rows[0]), rule] + rows.dropFirst().map(line)
  }
}

extension String {
  /// How many columns of a terminal the text takes: Korean and other East Asian characters take two.
  fileprivate var columns: Int { reduce(0) { $0 + ($1.unicodeScalars.first.map(String.isWide) == true ? 2 : 1) } }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}

extension BidirectionalCollection {
  /// The collection without the elements at its end that satisfy a condition.
  fileprivate func trimmingSuffix(while condition: (Element) -> Bool) -> SubSequence {
    var end = endIndex
    while end > startIndex, condition(self[index(before: end)]) { formIndex(before: &end) }
    return self[..<end]
  }
}
