extension StringProtocol {
  /// The text with control characters written out (`\u{1B}`), line ends among them: what came over the wire must not move
  /// the cursor, change colours or forge further lines on somebody's terminal.
  package var printable: String { escaped(except: []) }

  /// The same, with its line ends and tabs left as they are: text of several lines that we put together ourselves.
  package var printableLines: String { escaped(except: ["\n", "\t"]) }

  private func escaped(except kept: [Unicode.Scalar]) -> String {
    guard unicodeScalars.contains(where: { $0.isControl && !kept.contains($0) }) else { return String(self) }
    var out = ""
    for scalar in unicodeScalars {
      switch scalar {
      case _ where kept.contains(scalar): out.unicodeScalars.append(scalar)
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _ where scalar.isControl: out += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}

extension Unicode.Scalar {
  /// C0 and C1 controls, and the marks that reverse the direction of what follows.
  fileprivate var isControl: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
