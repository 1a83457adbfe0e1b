/// One value of a YAML file together with the place where it stands, so that every message can point at it.
///
/// Scalars keep their text: what `09:30:00` or `1` means is decided by the reader, never guessed by YAML.
public struct YAMLNode: Sendable, Hashable {
  public var content: Content
  public var position: FilePosition

  public init(_ content: Content, at position: FilePosition) {
    self.content = content
    self.position = position
  }

  public enum Content: Sendable, Hashable {
    /// Text; `plain` when it was written without quotes and not as a block.
    case scalar(String, plain: Bool)
    case sequence([YAMLNode])
    case mapping([Member])
  }

  /// One `key: value` of a mapping.
  public struct Member: Sendable, Hashable {
    public var key: String
    public var keyPosition: FilePosition
    public var value: YAMLNode

    public init(_ key: String, at keyPosition: FilePosition, _ value: YAMLNode) {
      self.key = key
      self.keyPosition = keyPosition
      self.value = value
    }
  }

  /// What stands here, for messages to people.
  public var summary: String {
    switch content {
    case .scalar("", plain: true), .scalar("~", plain: true), .scalar("null", plain: true): "nothing"
    case .scalar(let text, _): "`\(text)`"
    case .sequence(let elements): "a list of \(elements.count)"
    case .mapping(let members): "a mapping with the keys \(members.map { "`\($0.key)`" }.joined(separator: ", "))"
    }
  }

  /// True for a value that was left out: `key:` with nothing after it, `~` or `null`.
  public var isNothing: Bool { summary == "nothing" }

  /// The error that this node is not what was expected.
  public func unexpected(_ expected: String, nearest: String? = nil, advice: String? = nil) -> ScenarioError {
    ScenarioError(at: position, expected: expected, found: summary, nearest: nearest, advice: advice)
  }
}
