/// A fault with its settings and the conditions under which it happens.
public struct ConfiguredFault: Sendable, Hashable {
  /// Which row of ``Fault/table`` it is.
  public var name: FaultName
  /// When it happens.
  public var conditions: FaultConditions
  private var values: [String: FaultValue]

  /// - Parameter values: settings by name; the ones left out have their defaults.
  public init(_ name: FaultName, _ values: [String: FaultValue] = [:], when conditions: FaultConditions? = nil) {
    self.name = name
    self.values = values
    self.conditions = conditions ?? FaultConditions(times: name.fault.times)
  }

  /// A setting that is a whole number; 0 when this fault has no such setting.
  public func number(_ setting: String) -> Int {
    if case .number(let value) = self[setting] { value } else { 0 }
  }

  /// A setting that is a length of time; zero when this fault has no such setting.
  public func duration(_ setting: String) -> Duration {
    if case .duration(let value) = self[setting] { value } else { .zero }
  }

  /// A setting that is text; empty when this fault has no such setting.
  public func text(_ setting: String) -> String {
    if case .text(let value) = self[setting] { value } else { "" }
  }

  private subscript(setting: String) -> FaultValue? {
    values[setting] ?? name.fault.settings.first { $0.name == setting }?.standard
  }
}

/// When an armed fault happens; whatever is left out does not restrict it.
public struct FaultConditions: Sendable, Hashable {
  /// The chance on each occasion, decided by the seed.
  public var chance: Double
  /// How many matching occasions it leaves alone first.
  public var skip: Int
  /// Only on every Nth matching occasion.
  public var everyNth: Int?
  /// How often at most.
  public var times: Int?
  /// For how long after it was armed.
  public var lasts: Duration?
  /// The `tr_id` of the request, registration or frame; occasions without one never match.
  public var transactionID: TextPattern?
  /// The `tr_key`.
  public var key: TextPattern?
  /// The path of the request or WebSocket upgrade, without its query.
  public var path: TextPattern?
  /// The app key of the request or registration.
  public var appKey: TextPattern?

  /// Without arguments: on every occasion, for ever.
  ///
  /// - Parameters:
  ///   - chance: 0 for never, 1 for always.
  ///   - skip: matching occasions to leave alone first.
  ///   - everyNth: 3 for the third, sixth … matching occasion behind those skipped.
  ///   - times: how often at most.
  ///   - lasts: time on the sandbox's clock since it was armed.
  public init(
    chance: Double = 1, skip: Int = 0, everyNth: Int? = nil, times: Int? = nil, lasts: Duration? = nil,
    transactionID: TextPattern? = nil, key: TextPattern? = nil, path: TextPattern? = nil, appKey: TextPattern? = nil
  ) {
    self.chance = chance
    self.skip = skip
    self.everyNth = everyNth
    self.times = times
    self.lasts = lasts
    self.transactionID = transactionID
    self.key = key
    self.path = path
    self.appKey = appKey
  }
}
