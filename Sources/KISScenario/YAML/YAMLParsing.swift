import Yams

extension YAMLNode {
  /// Parses the one document of a YAML file.
  ///
  /// - Parameters:
  ///   - text: the file's text.
  ///   - file: its name for messages; nothing is opened.
  /// - Throws: ``ScenarioError`` at the place where reading stopped.
  public init(parsing text: String, file: String) throws(ScenarioError) {
    let start = FilePosition(file: file, line: 1, column: 1)
    let root: Node?
    do {
      root = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      throw ScenarioError(error, file: file, text: text)
    } catch {
      throw ScenarioError(at: start, expected: "YAML", found: "\(error)")
    }
    guard let root else {
      self.init(.scalar("", plain: true), at: start)
      return
    }
    var nodesLeft = YAMLNode.mostNodes
    try self.init(root, parent: start, nodesLeft: &nodesLeft)
  }

  /// Aliases repeat what they point at; this bound keeps a small file from growing without end.
  private static let mostNodes = 200_000

  private init(_ node: Node, parent: FilePosition, nodesLeft: inout Int) throws(ScenarioError) {
    let position = node.mark.map { FilePosition(file: parent.file, line: $0.line, column: $0.column) } ?? parent
    nodesLeft -= 1
    guard nodesLeft > 0 else {
      throw ScenarioError(
        at: position, expected: "at most \(YAMLNode.mostNodes) values", found: "more, aliases included")
    }
    switch node {
    case .scalar(let scalar):
      self.init(.scalar(scalar.string, plain: scalar.style == .plain || scalar.style == .any), at: position)
    case .sequence(let sequence):
      var elements: [YAMLNode] = []
      for element in sequence { elements.append(try YAMLNode(element, parent: position, nodesLeft: &nodesLeft)) }
      self.init(.sequence(elements), at: position)
    case .mapping(let mapping):
      var members: [Member] = []
      for (key, value) in mapping {
        let name = try YAMLNode(key, parent: position, nodesLeft: &nodesLeft)
        guard case .scalar(let text, _) = name.content else { throw name.unexpected("a key") }
        members.append(
          Member(text, at: name.position, try YAMLNode(value, parent: name.position, nodesLeft: &nodesLeft)))
      }
      self.init(.mapping(members), at: position)
    case .alias:
      throw ScenarioError(at: position, expected: "an alias to an anchor above", found: "an alias without one")
    }
  }
}

extension ScenarioError {
  /// A syntax error of the YAML parser.
  fileprivate init(_ error: YamlError, file: String, text: String) {
    let (problem, line, column): (String, Int, Int) =
      switch error {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        (problem, mark.line, mark.column)
      case .duplicatedKeysInMapping(let keys, let context):
        ScenarioError.secondKey(of: keys, in: text, from: context.mark)
      case .reader(let problem, _, _, _), .writer(let problem), .emitter(let problem), .representer(let problem):
        (problem, 1, 1)
      default: ("\(error)", 1, 1)
      }
    self.init(
      at: FilePosition(file: file, line: line, column: column), expected: "well-formed YAML",
      found: String(problem.trimmingPrefix("found ")),
      advice: "check indentation, quotes and colons at this place")
  }

  /// Where a key stands for the second time in a mapping that begins at a mark: in a block its keys share their column,
  /// else the mapping itself is pointed at.
  private static func secondKey(of keys: [String], in text: String, from mark: Mark) -> (String, Int, Int) {
    let problem = "the key `\(keys.joined(separator: "`, `"))` twice in one mapping"
    var seen: Set<String> = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
      .dropFirst(mark.line - 1)
    {
      let indented = line.dropFirst(mark.column - 1)
      guard indented.first != " ", line.prefix(mark.column - 1).allSatisfy({ $0 == " " || $0 == "-" }) else { continue }
      let key = indented.prefix { $0 != ":" }.filter { $0 != "\"" && $0 != "'" }
      if keys.contains(key), !seen.insert(key).inserted { return (problem, index + 1, mark.column) }
    }
    return (problem, mark.line, mark.column)
  }
}
