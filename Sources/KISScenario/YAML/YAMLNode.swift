/// One value of a YAML file together with the place where it stands, so that every message can point at it.
///
/// Scalars keep their text: what `09:30:00` or `1` means is decided by the reader, never guessed by YAML.
public struct YAMLNode: Sendable, Hashable {
  /// The value: text, a list or a mapping.
  public var content: Content
  /// Where it begins in its file.
  public var position: FilePosition

  /// A value at its place.
  public init(_ content: Content, at position: FilePosition) {
    self.content = content
    self.position = position
  }

  /// What a value is.
  public enum Content: Sendable, Hashable {
    /// Text; `plain` when it was written without quotes and not as a block.
    case scalar(String, plain: Bool)
    case sequence([YAMLNode])
    case mapping([Member])
  }

  /// One `key: value` of a mapping.
  public struct Member: Sendable, Hashable {
    /// The text before the colon.
    public var key: String
    /// Where the key stands, for errors about the key itself.
    public var keyPosition: FilePosition
    /// What stands behind the colon; an empty scalar when nothing does.
    public var value: YAMLNode

    /// A key at its place, with its value.
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

  /// Where each text stands as a value or a key, in the order of the file.
  var places: [String: [FilePosition]] {
    var places: [String: [FilePosition]] = [:]
    collect(into: &places)
    return places
  }

  private func collect(into places: inout [String: [FilePosition]]) {
    switch content {
    case .scalar(let text, _): places[text, default: []].append(position)
    case .sequence(let elements): for element in elements { element.collect(into: &places) }
    case .mapping(let members):
      for member in members {
        places[member.key, default: []].append(member.keyPosition)
        member.value.collect(into: &places)
      }
    }
  }
}
