/// A text that must not be shown: an app key, an app secret, a token. It prints as dots, whoever prints it.
public struct Secret: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible, CustomReflectable {
  private let text: String

  /// Wraps a text.
  public init(_ text: String) { self.text = text }
  /// Wraps a literal, for tests and examples.
  public init(stringLiteral value: String) { text = value }

  /// The text itself, for a header or a body on its way to the server.
  public func reveal() -> String { text }

  /// Four dots, whatever the text.
  public var description: String { "••••" }
  /// Empty, so that `dump` shows nothing.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
