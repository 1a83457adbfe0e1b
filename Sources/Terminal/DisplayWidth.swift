extension StringProtocol {
  /// How many columns of a terminal the text takes: Korean syllables take two.
  package var displayWidth: Int { unicodeScalars.reduce(0) { $0 + $1.displayWidth } }

  /// The text with blanks behind it, up to a width in columns.
  package func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - displayWidth))
  }

  /// The text with blanks before it, as numbers stand in a table.
  package func alignedRight(to width: Int) -> String {
    String(repeating: " ", count: Swift.max(0, width - displayWidth)) + self
  }

  /// As much of the text as fits into a width.
  package func cut(to width: Int) -> String {
    var left = width
    return String(
      prefix { character in
        left -= String(character).displayWidth
        return left >= 0
      })
  }
}

extension Unicode.Scalar {
  /// 0 for combining marks and what joins, 2 for what East Asian fonts draw wide, else 1.
  fileprivate var displayWidth: Int {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
