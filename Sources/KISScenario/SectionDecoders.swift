import KISWire

extension Credentials {
  init(_ node: YAMLNode) throws(ScenarioError) {
    self.init()
    let mapping = try node.mapping(ScenarioKeys.credentials)
    for app in mapping["apps"]?.list() ?? [] { apps.append(try App(app)) }
    if let node = mapping["hts-ids"] { htsIDs = try node.strings() }
    if let node = mapping["accounts"] { accounts = try node.accounts() }
  }
}

extension Credentials.App {
  init(_ node: YAMLNode) throws(ScenarioError) {
    let mapping = try node.mapping(ScenarioKeys.app)
    self.init(key: try mapping.required("key").string(), secret: try mapping["secret"]?.string())
    if let node = mapping["hts-ids"] { htsIDs = try node.strings() }
    if let node = mapping["accounts"] { accounts = try node.accounts() }
    venue = try mapping["venue"]?.word(Venue.self)
    if let node = mapping["corporate"] { isCorporate = try node.bool() }
  }
}

extension YAMLNode {
  /// Account numbers; a single one counts as a list of one.
  fileprivate func accounts() throws(ScenarioError) -> [String] {
    var accounts: [String] = []
    for node in list() { accounts.append(try node.account()) }
    return accounts
  }
}

extension Limits {
  init(_ node: YAMLNode) throws(ScenarioError) {
    self.init()
    let mapping = try node.mapping(ScenarioKeys.limits)
    if let node = mapping["registrations"] { registrations = try node.int(in: 0...100_000) }
    requestsPerSecond = try mapping["requests-per-second"]?.int(in: 0...1_000_000)
    if let node = mapping["token-interval"] { tokenInterval = try node.duration() }
    if let node = mapping["token-lifetime"] { tokenLifetime = try node.duration() }
    if let node = mapping["token-reuse"] { tokenReuse = try node.duration() }
    if let node = mapping["approval-lifetime"] { approvalLifetime = try node.duration() }
    if let node = mapping["slot-release"] { slotRelease = try node.duration() }
    if let node = mapping["outbox"] { outbox = try node.byteCount() }
    if let node = mapping["slow-client"] { slowClient = try node.word() }
    if let node = mapping["journal-entries"] { journalEntries = try node.int() }
    if let node = mapping["journal-bytes"] { journalBytes = try node.byteCount() }
  }
}

extension HeartbeatRules {
  init(_ node: YAMLNode) throws(ScenarioError) {
    let mapping = try node.mapping(ScenarioKeys.pingPong)
    let rhythm = try mapping["rhythm"]?.word(Rhythm.self) ?? .always
    self = rhythm == .idle ? .quietSessions : HeartbeatRules()
    self.rhythm = rhythm
    if let node = mapping["first"] { first = try node.positiveDuration() }
    if let node = mapping["interval"] { interval = try node.positiveDuration() }
    if let node = mapping["timeout"] { timeout = try node.duration() }
  }
}

extension SandboxChoice {
  init(_ node: YAMLNode) throws(ScenarioError) {
    let mapping = try node.mapping(ScenarioKeys.sandbox)
    self.init(
      name: try mapping.required("name").string(), appKeys: try mapping.required("app-keys").strings(),
      scenario: try mapping["scenario"]?.string())
  }
}

extension YAMLNode {
  /// A duration that something can repeat after without standing still.
  func positiveDuration() throws(ScenarioError) -> Duration {
    let duration = try duration()
    guard duration >= .milliseconds(1) else { throw unexpected("a duration of at least 1ms") }
    return duration
  }
}
