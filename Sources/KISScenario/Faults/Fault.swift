/// One named way to misbehave: what it does and what can be set. Data only; ``FaultPlan`` says when.
public struct Fault: Sendable, Hashable {
  /// What scenarios and the admin API call it.
  public var name: FaultName
  /// Which layer misbehaves.
  public var level: Level
  /// What it happens to.
  public var occasion: Occasion
  /// What it does, in one line.
  public var summary: String
  /// What can be set, in the order in which lists show it; empty when there is nothing.
  public var settings: [Setting]
  /// How often it happens when the writer does not say; nil means without end.
  public var times: Int?

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
  }

  /// One thing that can be set, with its default.
  public struct Setting: Sendable, Hashable {
    /// Its key in a scenario.
    public var name: String
    /// The value when the writer gives none; its case says which kind is wanted.
    public var standard: FaultValue
    /// What it means, in one line.
    public var summary: String

    /// A setting of that name, with its default and its meaning in one line.
    public init(_ name: String, _ standard: FaultValue, _ summary: String) {
      self.name = name
      self.standard = standard
      self.summary = summary
    }
  }

  /// A row of ``table``; `times` of nil means that it happens without end.
  public init(
    _ name: FaultName, _ level: Level, at occasion: Occasion, times: Int? = nil, _ summary: String,
    _ settings: Setting...
  ) {
    self.name = name
    self.level = level
    self.occasion = occasion
    self.times = times
    self.summary = summary
    self.settings = settings
  }
}

/// The value of a fault's setting; the default's case says which kind is wanted.
public enum FaultValue: Sendable, Hashable {
  /// A whole number, never negative.
  case number(Int)
  case duration(Duration)
  case text(String)

  /// What kind it is, for lists: "number", "duration", "text".
  public var kind: String {
    switch self {
    case .number: "number"
    case .duration: "duration"
    case .text: "text"
    }
  }

  /// The value as scenarios write it; `""` for empty text.
  public var written: String {
    switch self {
    case .number(let value): "\(value)"
    case .duration(let value): value.written
    case .text(let value): value.isEmpty ? "\"\"" : value
    }
  }
}

extension FaultName {
  /// Its row in ``Fault/table``.
  public var fault: Fault { FaultName.rows[self] ?? Fault(self, .broker, at: .request, "") }

  private static let rows = Dictionary(Fault.table.map { ($0.name, $0) }) { first, _ in first }
}
