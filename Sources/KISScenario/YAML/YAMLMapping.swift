import KISWire

/// A mapping whose keys have been checked against the ones that are known.
public struct YAMLMapping: Sendable {
  /// Its members in the order of the file.
  public var members: [YAMLNode.Member]
  /// Where the mapping begins.
  public var position: FilePosition

  /// The value under a key; nil when it is missing or left empty.
  public subscript(key: String) -> YAMLNode? {
    members.first { $0.key == key && !$0.value.isNothing }?.value
  }

  /// The value under a key that has to be there.
  public func required(_ key: String) throws(ScenarioError) -> YAMLNode {
    guard let value = self[key] else {
      let present = members.filter { !$0.value.isNothing }.map { "`\($0.key)`" }
      let found = present.isEmpty ? "nothing" : "only \(present.joined(separator: ", "))"
      throw ScenarioError(at: position, expected: "the key `\(key)`", found: found)
    }
    return value
  }

  /// The single member among these keys, for mappings that say one thing out of several.
  public func exactlyOne(of keys: [String]) throws(ScenarioError) -> YAMLNode.Member {
    let present = members.filter { keys.contains($0.key) }
    guard present.count == 1, let member = present.first else {
      let found = present.isEmpty ? "none of them" : present.map { "`\($0.key)`" }.joined(separator: " and ")
      throw ScenarioError(
        at: present.dropFirst().first?.keyPosition ?? position,
        expected: "exactly one of \(keys.map { "`\($0)`" }.joined(separator: ", "))", found: found)
    }
    return member
  }
}

extension YAMLNode {
  /// This node as a mapping that has no other keys than these.
  ///
  /// - Parameters:
  ///   - what: what the mapping describes, with its article: "a rule".
  ///   - keys: every key it may have.
  public func mapping(_ what: String, keys: [String]) throws(ScenarioError) -> YAMLMapping {
    let mapping = try anyMapping(what)
    for member in mapping.members where !keys.contains(member.key) {
      throw ScenarioError(
        at: member.keyPosition, expected: "a key of \(what)", found: "`\(member.key)`",
        nearest: Similarity.nearest(to: member.key, in: keys).first,
        advice: "the keys are \(keys.joined(separator: ", "))")
    }
    return mapping
  }

  /// This node as a mapping with keys of the writer's own choice; a value left out is an empty mapping.
  public func anyMapping(_ what: String) throws(ScenarioError) -> YAMLMapping {
    if isNothing { return YAMLMapping(members: [], position: position) }
    guard case .mapping(let members) = content else { throw unexpected("\(what), written as `key: value` lines") }
    return YAMLMapping(members: members, position: position)
  }
}
