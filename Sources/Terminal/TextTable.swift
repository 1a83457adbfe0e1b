/// Rows of text in columns that are as wide as their widest cell.
package struct TextTable {
  private let rows: [[String]]

  /// - Parameters:
  ///   - header: the titles of the columns.
  ///   - rows: cells; a row may have fewer of them than there are columns.
  package init(_ header: [String], _ rows: [[String]]) {
    self.rows = [header] + rows
  }

  /// The header, a rule, and the rows, without line ends.
  package var lines: [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in rows.map { $0.count > column ? $0[column].displayWidth : 0 }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      let padded = zip(cells, widths).map { $0.padded(to: $1) }
      return String(padded.joined(separator: "  ").trimmingSuffix(while: \.isWhitespace))
    }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    return [line(rows[0]), rule] + rows.dropFirst().map(line)
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
