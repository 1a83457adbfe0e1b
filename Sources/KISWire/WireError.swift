/// What was wrong with some bytes: what was expected, what was found, and at which byte.
///
/// One error type for the whole codec, with an open set of codes: new codes break nobody.
public struct WireError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of bytes were malformed. Open: more codes may come.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    /// The code as it is printed in front of the message.
    public let description: String

    /// A code of your own.
    public init(_ description: String) { self.description = description }

    /// Malformed JSON.
    public static let json = Code("json")
    /// A malformed envelope of a data frame.
    public static let frame = Code("frame")
    /// Values that the count cannot share out, or too few of them.
    public static let record = Code("record")
    /// A value that is missing or of the wrong kind.
    public static let field = Code("field")
    /// A malformed registration or reply.
    public static let registration = Code("registration")
    /// Bytes that do not decrypt, or an iv or key of the wrong length.
    public static let cipher = Code("cipher")
    /// A malformed OAuth answer.
    public static let oauth = Code("oauth")
    /// JSON that is no REST answer.
    public static let envelope = Code("envelope")
    /// Something that the catalogue does not know.
    public static let catalogue = Code("catalogue")
    /// A day that is none.
    public static let dialect = Code("dialect")
  }

  /// What kind of bytes were malformed.
  public var code: Code
  /// What the grammar allows here, as a noun phrase: "three digits of count".
  public var expected: String
  /// What stood there instead, shortened to at most 80 characters.
  public var found: String
  /// Byte offset from the start of the parsed bytes.
  public var offset: Int

  /// An error; `found` is shortened to 80 characters.
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
