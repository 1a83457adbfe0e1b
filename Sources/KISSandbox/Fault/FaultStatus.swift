public import KISScenario

/// A fault that is armed, and how far it has come.
public struct FaultStatus: Sendable, Hashable {
  /// What was armed.
  public var fault: ConfiguredFault
  /// The only session that it happens to; nil for everybody.
  public var session: Int?
  /// How often it has happened.
  public var happened: Int
  /// How often it will happen yet; nil without end.
  public var remaining: Int?
  /// For how long it stays armed, on the sandbox's clock; nil without end.
  public var left: Duration?
}
