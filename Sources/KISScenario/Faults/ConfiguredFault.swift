/// A fault with its settings and the conditions under which it happens.
public struct ConfiguredFault: Sendable, Hashable {
  /// Which row of ``Fault/table`` it is.
  public let name: FaultName
  /// What it does, settings included.
  public let behavior: FaultBehavior
  /// Its settings as somebody wrote them; the ones left out have their defaults.
  private let values: [String: FaultValue]
  /// When it happens.
  public var conditions: FaultConditions

  /// - Parameter values: settings by name; the ones left out, or of another kind, have their defaults.
  public init(_ name: FaultName, _ values: [String: FaultValue] = [:], when conditions: FaultConditions? = nil) {
    self.name = name
    self.values = values
    behavior = name.fault.behavior(with: values)
    self.conditions = conditions ?? FaultConditions(times: name.fault.times, after: name.fault.after)
  }

  /// All of its settings as a scenario writes them, defaults included, in the order of the table.
  public var writtenSettings: [(name: String, text: String)] {
    name.fault.settings.map { ($0.name, (values[$0.name] ?? $0.standard).written) }
  }

  /// Whether it happens before the request or registration takes effect, in the place of its answer.
  public var happensBefore: Bool { behavior.replacesAnswer && !conditions.after }
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
  /// For faults that replace an answer: true lets the request take effect first, so that only its answer is lost.
  public var after: Bool

  /// Without arguments: on every occasion, for ever.
  ///
  /// - Parameters:
  ///   - chance: 0 for never, 1 for always.
  ///   - skip: matching occasions to leave alone first.
  ///   - everyNth: 3 for the third, sixth … matching occasion behind those skipped.
  ///   - times: how often at most.
  ///   - lasts: time on the sandbox's clock since it was armed.
  ///   - after: whether the request takes effect although its answer is replaced.
  public init(
    chance: Double = 1, skip: Int = 0, everyNth: Int? = nil, times: Int? = nil, lasts: Duration? = nil,
    transactionID: TextPattern? = nil, key: TextPattern? = nil, path: TextPattern? = nil, appKey: TextPattern? = nil,
    after: Bool = false
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
    self.after = after
  }

  /// The conditions that restrict it, as a scenario writes them.
  public var written: [(name: String, text: String)] {
    var written: [(name: String, text: String)] = []
    func add(_ name: String, _ text: String?) { if let text { written.append((name, text)) } }
    add("chance", chance < 1 ? "\(chance)" : nil)
    add("skip", skip > 0 ? "\(skip)" : nil)
    add("every-nth", everyNth.map { "\($0)" })
    add("times", times.map { "\($0)" })
    add("for", lasts?.written)
    add("tr_id", transactionID?.description)
    add("tr_key", key?.description)
    add("path", path?.description)
    add("app-key", appKey?.description)
    add("after", after ? "true" : nil)
    return written
  }
}
