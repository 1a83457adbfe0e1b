extension JournalQuery {
  /// Reads a query from YAML or JSON: `register: {tr_id: H0UPPGM0}`, `session: 1`, or `connect` alone.
  public init(_ node: YAMLNode) throws(ScenarioError) {
    if case .scalar(let word, _) = node.content, let kind = JournalQuery.Kind(rawValue: word) {
      self.init(try Subject(kind, YAMLNode(.scalar("", plain: true), at: node.position)))
    } else {
      try self.init(try node.mapping(ScenarioKeys.query))
    }
  }

  fileprivate init(_ mapping: YAMLMapping) throws(ScenarioError) {
    let member = try mapping.exactlyOne(of: ScenarioKeys.query.choice)
    guard let kind = JournalQuery.Kind(rawValue: member.key) else { throw member.value.unexpected("a subject") }
    self.init(try Subject(kind, member.value))
    for node in mapping["status"]?.list() ?? [] { statuses.append(try node.int(in: 100...999)) }
    code = try mapping["code"]?.pattern()
    isUnmatched = try mapping["unmatched"]?.bool()
    session = try mapping["session"]?.int(in: 1...Int.max)
    appKey = try mapping["app-key"]?.pattern()
    since = try mapping["since"]?.duration()
    until = try mapping["until"]?.duration()
  }
}

extension JournalQuery.Subject {
  fileprivate init(_ kind: JournalQuery.Kind, _ node: YAMLNode) throws(ScenarioError) {
    switch kind {
    case .request: self = .request(try RequestPattern(node))
    case .register: self = .register(try RegistrationPattern(node))
    case .release: self = .release(try RegistrationPattern(node))
    case .frame: self = .frame(try RegistrationPattern(node))
    case .message: self = .message(node.isNothing ? nil : try node.pattern())
    case .fault: self = .fault(node.isNothing ? nil : try node.pattern())
    case .connect: self = .connect
    case .disconnect: self = .disconnect
    }
  }
}

extension JournalExpectation {
  /// Reads an expectation from YAML or JSON:
  ///
  ///     {register: {tr_id: H0UPPGM0}, exactly: 2}
  ///     {in-order: [{request: {path: /oauth2/Approval}}, connect, {register: {tr_id: H0UPPGM0}}], within: 5s}
  ///
  /// - Throws: ``ScenarioError`` for the first thing that is wrong.
  public init(_ node: YAMLNode) throws(ScenarioError) {
    if case .scalar = node.content {
      self.init(.count(try JournalQuery(node), .atLeast(1)))
      return
    }
    let mapping = try node.mapping(ScenarioKeys.expectation)
    let within = try mapping["within"]?.duration()
    let because = try mapping["because"]?.string()
    let member = try mapping.exactlyOne(of: ScenarioKeys.expectation.choice)
    guard member.key == "in-order" else {
      self.init(.count(try JournalQuery(mapping), try Bound(mapping)), within: within, because: because)
      return
    }
    var queries: [JournalQuery] = []
    for node in member.value.list() {
      let query = try JournalQuery(node)
      if query.subject.kind == .frame {
        throw node.unexpected("something that the journal lists", advice: "frames are counted, so they have no order")
      }
      queries.append(query)
    }
    if queries.count < 2 { throw member.value.unexpected("two or more queries, in their order") }
    self.init(.order(queries), within: within, because: because)
  }
}

extension JournalExpectation.Bound {
  fileprivate init(_ mapping: YAMLMapping) throws(ScenarioError) {
    let names = ScenarioKeys.expectation.alternatives
    guard mapping.members.contains(where: { names.contains($0.key) }) else {
      self = .atLeast(1)
      return
    }
    let member = try mapping.exactlyOne(of: names)
    switch member.key {
    case "at-least": self = .atLeast(try member.value.int())
    case "at-most": self = .atMost(try member.value.int())
    case "exactly": self = .exactly(try member.value.int())
    default: self = try member.value.bool() ? .exactly(0) : .atLeast(1)
    }
  }
}
