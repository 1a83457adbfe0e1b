extension SandboxConfiguration {
  /// What a scenario says of its sandbox. Recordings are opened by the caller.
  public init(scenario: Scenario) {
    self.init()
    seed = scenario.seed ?? seed
    venue = scenario.venue ?? venue
    speed = scenario.speed
    start = scenario.start
    loops = scenario.loop
    playhead = scenario.playhead
    limits = scenario.limits
    heartbeat = scenario.pingPong
    let apps = scenario.credentials.apps
    if !apps.isEmpty { appKeys = Dictionary(apps.map { ($0.key, $0.secret) }) { first, _ in first } }
  }
}
