import KISWire

extension Rule {
  /// Reads one rule; the states it names have to be among those declared.
  package init(_ node: YAMLNode, states declared: [String]) throws(ScenarioError) {
    let mapping = try node.mapping(ScenarioKeys.rule)
    self.init(
      name: try mapping["name"]?.string() ?? "rule at line \(node.position.line)", at: node.position,
      when: try Trigger(mapping.required("when"), states: declared), do: [])
    for node in mapping["state"]?.list() ?? [] { states.append(try node.state(among: declared)) }
    nth = try mapping["nth"]?.int(in: 1...Int.max)
    everyNth = try mapping["every-nth"]?.int(in: 1...Int.max)
    if let node = mapping["counted"] { counted = try node.word() }
    if let node = mapping["chance"] { chance = try node.number(in: 0...1) }
    times = try mapping["times"]?.int(in: 1...Int.max)
    for node in try mapping.required("do").list() { actions.append(try Action(node, states: declared)) }
    if actions.isEmpty { throw try mapping.required("do").unexpected("at least one action") }
  }
}

extension Trigger {
  init(_ node: YAMLNode, states: [String]) throws(ScenarioError) {
    guard case .mapping = node.content else {
      self = try Trigger(bare: node)
      return
    }
    let mapping = try node.mapping(ScenarioKeys.trigger)
    let member = try mapping.exactlyOne(of: ScenarioKeys.trigger.choice)
    let value = member.value
    switch member.key {
    case "time": self = .timeOfDay(try value.timeOfDay())
    case "after": self = .after(try value.duration())
    case "interval": self = .interval(try value.positiveDuration())
    case "request": self = .request(try RequestPattern(value))
    case "register": self = .register(try RegistrationPattern(value))
    case "release": self = .release(try RegistrationPattern(value))
    case "frame": self = .frame(try RegistrationPattern(value))
    default: self = .state(try value.state(among: states))
    }
  }

  private init(bare node: YAMLNode) throws(ScenarioError) {
    let word = try node.string("a trigger")
    switch word {
    case "start": self = .start
    case "connect": self = .connect
    case "disconnect": self = .disconnect
    case "pingpong-answered": self = .pingPongAnswered
    case "request": self = .request(RequestPattern())
    case "register": self = .register(RegistrationPattern())
    case "release": self = .release(RegistrationPattern())
    case "frame": self = .frame(RegistrationPattern())
    default:
      throw node.unexpected(
        "a trigger", nearest: Similarity.nearest(to: word, in: ScenarioKeys.bareTriggers).first,
        advice:
          "write one of \(ScenarioKeys.bareTriggers.joined(separator: ", ")), or a mapping such as `time: 09:30:00`")
    }
  }
}

extension RequestPattern {
  init(_ node: YAMLNode) throws(ScenarioError) {
    let mapping = try node.mapping(ScenarioKeys.request)
    self.init(
      method: try mapping["method"]?.pattern(), path: try mapping["path"]?.pattern(),
      transactionID: try mapping["tr_id"]?.pattern(), appKey: try mapping["app-key"]?.pattern(),
      parameters: try mapping["parameters"]?.fields("parameters by name") ?? [],
      headers: try mapping["headers"]?.fields("headers by name") ?? [])
  }
}

extension RegistrationPattern {
  init(_ node: YAMLNode) throws(ScenarioError) {
    let mapping = try node.mapping(ScenarioKeys.registration)
    self.init(transactionID: try mapping["tr_id"]?.pattern(), key: try mapping["tr_key"]?.pattern())
  }
}

extension YAMLNode {
  /// Patterns by the name of what they are compared with.
  fileprivate func fields(_ what: String) throws(ScenarioError) -> [RequestPattern.Field] {
    var fields: [RequestPattern.Field] = []
    for member in try anyMapping(what).members { fields.append(.init(member.key, try member.value.pattern())) }
    return fields
  }

  /// The name of a declared state.
  func state(among declared: [String]) throws(ScenarioError) -> String {
    let name = try string("the name of a state")
    guard declared.contains(name) else {
      throw unexpected(
        declared.isEmpty
          ? "a state, but `states:` declares none" : "one of the states \(declared.joined(separator: ", "))",
        nearest: Similarity.nearest(to: name, in: declared).first)
    }
    return name
  }
}
