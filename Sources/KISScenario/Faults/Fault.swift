/// One named way to misbehave: what it is called, what can be set, and what it then does. Data only; ``FaultPlan`` says
/// when.
public struct Fault: Sendable {
  /// What scenarios and the admin API call it.
  public var name: FaultName
  /// Which layer misbehaves.
  public var level: Level
  /// What it does, in one line.
  public var summary: String
  /// What can be set, in the order in which lists show it; empty when there is nothing.
  public var settings: [Setting]
  /// How often it happens when the writer does not say; nil means without end.
  public var times: Int?
  /// Whether the request takes effect before its answer is replaced, when the writer does not say.
  public var after: Bool
  /// What it does when some settings are written; the others have their defaults.
  private let behavior: @Sendable ([String: FaultValue]) -> FaultBehavior

  /// Which layer of the connection misbehaves.
  public enum Level: String, Sendable, Hashable, CaseIterable {
    case http
    case websocket
    case tcp
    /// KIS itself: its replies, frames, keys and limits.
    case broker
  }

  /// What it happens to; ``FaultPlan`` is asked once for each.
  public enum Occasion: String, Sendable, Hashable, CaseIterable {
    /// A TCP connection that was accepted.
    case connection
    /// A WebSocket upgrade.
    case upgrade
    /// A REST or OAuth request.
    case request
    /// A registration by a session.
    case registration
    /// A data frame on its way to a session.
    case frame
    /// A PINGPONG about to be sent.
    case heartbeat
    /// An answer to PINGPONG, or a PING of the client's own.
    case clientPing = "client-ping"
    /// A close frame of the client's.
    case clientClose = "client-close"
  }

  /// One thing that can be set, with its default.
  public struct Setting: Sendable, Hashable {
    /// Its key in a scenario.
    public var name: String
    /// The value when the writer gives none; its case says which kind is wanted.
    public var standard: FaultValue
    /// What it means, in one line.
    public var summary: String
  }

  /// What it happens to.
  public var occasion: Occasion { behavior([:]).occasion }

  /// What it does with these settings; those that are left out, or of another kind, have their defaults.
  public func behavior(with values: [String: FaultValue]) -> FaultBehavior { behavior(values) }

  /// A row of the table without settings.
  init(_ name: FaultName, _ level: Level, _ summary: String, after: Bool = false, does behavior: FaultBehavior) {
    self.init(name, level, summary, [], times: nil, after: after) { _ in behavior }
  }

  /// A row of the table with one setting.
  init<A>(
    _ name: FaultName, _ level: Level, _ summary: String, times: Int? = nil, _ a: TypedSetting<A>,
    does behavior: @escaping @Sendable (A) -> FaultBehavior
  ) {
    self.init(name, level, summary, [a.setting], times: times) { behavior(a.value(in: $0)) }
  }

  /// A row of the table with two settings.
  init<A, B>(
    _ name: FaultName, _ level: Level, _ summary: String, _ a: TypedSetting<A>, _ b: TypedSetting<B>,
    does behavior: @escaping @Sendable (A, B) -> FaultBehavior
  ) {
    self.init(name, level, summary, [a.setting, b.setting], times: nil) {
      behavior(a.value(in: $0), b.value(in: $0))
    }
  }

  private init(
    _ name: FaultName, _ level: Level, _ summary: String, _ settings: [Setting], times: Int?, after: Bool = false,
    _ behavior: @escaping @Sendable ([String: FaultValue]) -> FaultBehavior
  ) {
    self.name = name
    self.level = level
    self.summary = summary
    self.settings = settings
    self.times = times
    self.after = after
    self.behavior = behavior
  }
}

/// A setting of a known type.
struct TypedSetting<Value: FaultSettingValue>: Sendable {
  let name: String
  let standard: Value
  let summary: String

  init(_ name: String, _ standard: Value, _ summary: String) {
    self.name = name
    self.standard = standard
    self.summary = summary
  }

  var setting: Fault.Setting { Fault.Setting(name: name, standard: standard.faultValue, summary: summary) }

  func value(in values: [String: FaultValue]) -> Value { values[name].flatMap(Value.init) ?? standard }
}
