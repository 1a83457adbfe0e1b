/// A text that must not be shown: an app key, an app secret, a token. It prints as dots, whoever prints it.
public struct Secret: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible, CustomReflectable {
  private let text: String

  public init(_ text: String) { self.text = text }
  public init(stringLiteral value: String) { text = value }

  /// The text itself, for a header or a body on its way to the server.
  public func reveal() -> String { text }

  public var description: String { "••••" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
