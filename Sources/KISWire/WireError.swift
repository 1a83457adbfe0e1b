/// What was wrong with some bytes: what was expected, what was found, and at which byte.
///
/// One error type for the whole codec, with an open set of codes: new codes break nobody.
public struct WireError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of bytes were malformed. Open: more codes may come.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }

    public static let json = Code("json")
    public static let frame = Code("frame")
    public static let record = Code("record")
    public static let field = Code("field")
    public static let registration = Code("registration")
    public static let cipher = Code("cipher")
    public static let oauth = Code("oauth")
    public static let envelope = Code("envelope")
    public static let catalogue = Code("catalogue")
    public static let dialect = Code("dialect")
  }

  public var code: Code
  /// What the grammar allows here, as a noun phrase: "three digits of count".
  public var expected: String
  /// What stood there instead, shortened to at most 80 characters.
  public var found: String
  /// Byte offset from the start of the parsed bytes.
  public var offset: Int

  public init(_ code: Code, expected: String, found: String, at offset: Int) {
    self.code = code
    self.expected = expected
    self.found = found.count > 80 ? found.prefix(79) + "…" : found
    self.offset = offset
  }

  public var description: String {
    "\(code) at byte \(offset): expected \(expected), found \(found)"
  }
}
