public import KISScenario
import KISWire

extension SandboxConfiguration {
  /// What a scenario says of its sandbox. Recordings are opened by the caller.
  public init(scenario: Scenario) {
    self.init()
    self.scenario = scenario
    quirks = scenario.quirks
    accounts = scenario.credentials.allAccounts
    htsIDs = scenario.credentials.allHTSIDs
    codes = scenario.codes
    releaseHasOutput = scenario.releaseHasOutput
    generatesAnswers = scenario.generatedAnswers
    simulates = scenario.generatedAnswers
    encryptedTransactions = scenario.encryptedTransactions
    simulatesOrders = scenario.simulatesOrders
    beforeEntries = scenario.beforeEntries
    if scenario.dialect != DialectChoice() {
      let latest = Dialect.latest(scenario.venue ?? .real)
      var dialect = (try? Dialect(day: scenario.dialect.asOf ?? latest.day, venue: latest.venue)) ?? latest
      dialect.apply(scenario.dialect)
      self.dialect = dialect
    }
    recordsTo = scenario.record
    seed = scenario.seed ?? seed
    venue = scenario.venue ?? venue
    speed = scenario.speed
    start = scenario.start
    loops = scenario.loop
    playhead = scenario.playhead
    limits = scenario.limits
    fees = scenario.fees
    latency = scenario.latency
    abroadClosed = scenario.abroadClosed
    ownPrints = scenario.ownPrints
    heartbeat = scenario.pingPong
    let apps = scenario.credentials.apps
    corporateAppKeys = Set(apps.filter(\.isCorporate).map(\.key))
    appKeyVenues = Dictionary(apps.compactMap { app in app.venue.map { (app.key, $0) } }) { first, _ in first }
    if !apps.isEmpty { appKeys = Dictionary(apps.map { ($0.key, $0.secret) }) { first, _ in first } }
  }
}
