/// Lines on a terminal that are drawn again in place.
package struct LiveLines {
  private var drawn = 0

  package init() {}

  /// Replaces what was drawn before.
  /// - Returns: what to write to the terminal for it.
  package mutating func draw(_ lines: [String]) -> [UInt8] {
    var text = drawn > 0 ? "\u{1B}[\(drawn)A" : ""
    for line in lines { text += "\r\(line)\u{1B}[K\n" }
    text += "\u{1B}[J"
    drawn = lines.count
    return Array(text.utf8)
  }
}
