import Foundation

/// Colour, where there is a terminal that shows it and nobody said NO_COLOR (https://no-color.org).
package struct TerminalStyle {
  private let hasColor: Bool

  package init(hasColor: Bool) { self.hasColor = hasColor }

  /// For standard output.
  package static var standardOutput: TerminalStyle {
    let environment = ProcessInfo.processInfo.environment
    let isAllowed = (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    return TerminalStyle(hasColor: isAllowed && isTerminal(STDOUT_FILENO))
  }

  /// Whether a descriptor is somebody's screen.
  package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  package func bold(_ text: String) -> String { styled(text, "1") }
  package func dim(_ text: String) -> String { styled(text, "2") }
  /// 상승: red in Korea.
  package func rise(_ text: String) -> String { styled(text, "31") }
  /// 하락: blue in Korea.
  package func fall(_ text: String) -> String { styled(text, "34") }

  private func styled(_ text: String, _ code: String) -> String {
    hasColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
