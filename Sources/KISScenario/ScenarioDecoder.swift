import KISWire

extension Scenario {
  /// Reads a scenario from the text of its file.
  ///
  /// - Parameters:
  ///   - text: YAML.
  ///   - file: the file's name for messages; nothing is opened.
  /// - Throws: ``ScenarioError`` for the first thing that is wrong.
  public init(parsing text: String, file: String) throws(ScenarioError) {
    try self.init(YAMLNode(parsing: text, file: file))
  }

  /// Reads a scenario from the root of a YAML file.
  public init(_ node: YAMLNode) throws(ScenarioError) {
    self.init()
    file = node.position.file
    let mapping = try node.mapping(ScenarioKeys.scenario)
    positions = Dictionary(mapping.members.map { ($0.key, $0.keyPosition) }) { first, _ in first }
    try readPlayback(mapping)
    try readWorld(mapping)
    try readStory(mapping)
  }

  private mutating func readPlayback(_ mapping: YAMLMapping) throws(ScenarioError) {
    if let node = mapping["title"] { title = try node.string() }
    if let node = mapping["recording"] { recordings = try node.strings() }
    simulation = try mapping["simulation"].map { node throws(ScenarioError) in try SimulationPlan(node) }
    if let node = mapping["clock"] { clock = try node.word() }
    if let node = mapping["speed"] { speed = try node.speed() }
    start = try mapping["start"]?.timeOfDay()
    if let node = mapping["loop"] { loop = try node.bool() }
    if let node = mapping["seed"] { seed = UInt64(try node.int()) }
    if let node = mapping["playhead"] { playhead = try node.word() }
  }

  private mutating func readWorld(_ mapping: YAMLMapping) throws(ScenarioError) {
    venue = try mapping["venue"]?.word(Venue.self)
    if let node = mapping["dialect"] { dialect = try DialectChoice(node) }
    if let node = mapping["credentials"] { credentials = try Credentials(node) }
    var known: Set<String> = []
    for node in mapping["accounts"]?.list() ?? [] {
      let account = try AccountChoice(node)
      guard known.insert(account.account).inserted else { throw node.unexpected("each account once") }
      accounts.append(account)
    }
    for node in mapping["orders"]?.list() ?? [] { orders.append(try OrderRule(node)) }
    if let node = mapping["fees"] { fees = try FeeChoice(node) }
    if let node = mapping["latency"] { latency = try LatencyChoice(node) }
    if let node = mapping["abroad-closed"] { abroadClosed = try node.word() }
    if let node = try mapping["exchange"]?.mapping(ScenarioKeys.exchange)["prints"] { ownPrints = try node.word() }
    if let node = mapping["limits"] { limits = try Limits(node) }
    if let node = mapping["pingpong"] { pingPong = try HeartbeatRules(node) }
    if let node = mapping["quirks"] { quirks = try Quirks(node) }
    if let node = mapping["codes"] { codes = try node.word() }
    if let node = mapping["release-output"] { releaseHasOutput = try node.bool() }
    codeFile = try mapping["code-file"]?.string()
    for node in mapping["encrypt"]?.list() ?? [] { encryptedTransactions.insert(try node.realtimeID()) }
    if let node = mapping["simulate-orders"] { simulatesOrders = try node.bool() }
    if let node = mapping["before-entries"] { beforeEntries = try node.word() }
    record = try mapping["record"]?.string()
    if let node = mapping["answers"] { answers = try node.word() }
    if let node = mapping["generated-answers"] { generatedAnswers = try node.bool() }
    for node in mapping["sandboxes"]?.list() ?? [] { try read(sandbox: node) }
  }

  private mutating func read(sandbox node: YAMLNode) throws(ScenarioError) {
    let choice = try SandboxChoice(node)
    let taken = sandboxes.flatMap(\.appKeys)
    if sandboxes.contains(where: { $0.name == choice.name }) {
      throw ScenarioError(at: node.position, expected: "a name of its own", found: "a second sandbox `\(choice.name)`")
    }
    if let key = choice.appKeys.first(where: taken.contains) {
      throw ScenarioError(
        at: node.position, expected: "app keys of its own", found: "`\(key)`, which another sandbox has")
    }
    guard sandboxes.count < Scenario.mostSandboxes else {
      throw node.unexpected("at most \(Scenario.mostSandboxes) sandboxes")
    }
    sandboxes.append(choice)
  }

  // Reading, checking and running take time by their squares: these are far more than anybody writes by hand.
  private static let mostStates = 200
  private static let mostRules = 5_000
  private static let mostSandboxes = 500

  private mutating func readStory(_ mapping: YAMLMapping) throws(ScenarioError) {
    var known: Set<String> = []
    for node in mapping["states"]?.list() ?? [] {
      let state = try node.string()
      guard known.insert(state).inserted else { throw node.unexpected("each state once") }
      guard states.count < Scenario.mostStates else { throw node.unexpected("at most \(Scenario.mostStates) states") }
      states.append(state)
    }
    for node in mapping["rules"]?.list() ?? [] {
      guard rules.count < Scenario.mostRules else { throw node.unexpected("at most \(Scenario.mostRules) rules") }
      rules.append(try Rule(node, states: states))
    }
    for node in mapping["faults"]?.list() ?? [] { faults.append(try ConfiguredFault(node)) }
    for node in mapping["expect"]?.list() ?? [] { expectations.append(try JournalExpectation(node)) }
  }
}

extension YAMLNode {
  /// The tr_id of a stream.
  fileprivate func realtimeID() throws(ScenarioError) -> TransactionID {
    let text = try string("a tr_id")
    guard Catalogue.realtime(TransactionID(text)) != nil else {
      throw unexpected(
        "the tr_id of a stream",
        nearest: Similarity.nearest(to: text, in: Catalogue.realtime.map(\.id.rawValue)).first)
    }
    return TransactionID(text)
  }

  /// A multiple of recorded time greater than zero, or `max`.
  func speed() throws(ScenarioError) -> PlaySpeed {
    if case .scalar("max", _) = content { return .max }
    guard case .scalar(let text, _) = content, let factor = Double(text), factor > 0,
      factor <= Double(PlaySpeed.fastest)
    else {
      throw unexpected("a speed: a number above 0 up to \(PlaySpeed.fastest), or `max`")
    }
    return .times(factor)
  }
}

extension DialectChoice {
  init(_ node: YAMLNode) throws(ScenarioError) {
    let mapping = try node.mapping(ScenarioKeys.dialect)
    self.init(asOf: try mapping["as-of"]?.day())
    for member in try mapping["layouts"]?.anyMapping("layouts by tr_id").members ?? [] {
      if case .scalar(let text, _) = member.value.content, let width = Int(text) {
        guard (1...1000).contains(width) else { throw member.value.unexpected("a width from 1 to 1000, or a day") }
        overrides[member.key] = .width(width)
      } else {
        overrides[member.key] = .asOf(try member.value.day())
      }
    }
  }
}
