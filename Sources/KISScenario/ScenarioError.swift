/// Where something stands in a file that a person wrote; lines and columns count from 1.
public struct FilePosition: Sendable, Hashable, CustomStringConvertible {
  /// The path as the person gave it.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// The place in the line, from 1.
  public var column: Int

  /// A place in a file; line and column count from 1.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `file:line:column`, which editors and terminals turn into a link.
  public var description: String { "\(file):\(line):\(column)" }
}

/// What is wrong with a file that a person wrote: where, what was found, what was expected, and what to do.
public struct ScenarioError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Where the wrong thing stands.
  public var position: FilePosition
  /// What may stand here, as a noun phrase: "a duration such as 1.5s".
  public var expected: String
  /// What stands there, shortened to 80 characters.
  public var found: String
  /// The valid name closest to what was found.
  public var nearest: String?
  /// What to do, as a sentence without its full stop.
  public var advice: String?

  /// An error at a place; what was found is shortened to 80 characters.
  public init(
    at position: FilePosition, expected: String, found: String, nearest: String? = nil, advice: String? = nil
  ) {
    self.position = position
    self.expected = expected
    self.found = found.count > 80 ? found.prefix(79) + "…" : found
    self.nearest = nearest
    self.advice = advice
  }

  /// The message without its position.
  public var message: String {
    var text = "expected \(expected), found \(found)"
    if let nearest { text += "; did you mean `\(nearest)`?" }
    if let advice { text += nearest == nil ? "; \(advice)" : " \(advice)" }
    return text
  }

  public var description: String { "\(position): \(message)" }
}
