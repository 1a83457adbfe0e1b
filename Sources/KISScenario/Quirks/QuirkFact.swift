/// What is known about a ``Quirk``, and whether the mock can be told to do it.
public struct QuirkFact: Sendable, Hashable {
  /// Its number in the list of 90.
  public var number: Int
  /// What scenarios call it.
  public var quirk: Quirk
  /// Whether the mock does it always, on demand, or not at all because it is somebody else's.
  public var kind: Kind
  /// How often it happens when it is on and the writer does not say; nil for what does not depend on chance.
  public var chance: Double?
  /// What the real service does, in one line.
  public var summary: String
  /// The kind of evidence, then where it was seen.
  public var source: String

  /// Whose behaviour a quirk is, and whether it can be switched.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The real service always does it, and so does the mock.
    case always
    /// Off unless a scenario names it.
    case switchable
    /// Something that clients or official samples do; the mock only has to tolerate it.
    case client
    /// Something that documents say wrongly; the mock follows the wire.
    case document
  }

  init(
    _ number: Int, _ quirk: Quirk, _ kind: Kind, chance: Double? = nil, _ summary: String, source: String
  ) {
    self.number = number
    self.quirk = quirk
    self.kind = kind
    self.chance = chance
    self.summary = summary
    self.source = source
  }

  /// True when it is there without a scenario naming it.
  public var isOnByDefault: Bool { kind != .switchable }
}

extension Quirk {
  /// Its row in ``QuirkFact/table``.
  public var fact: QuirkFact { Quirk.rows[self] ?? QuirkFact(0, self, .switchable, "", source: "") }

  private static let rows = Dictionary(QuirkFact.table.map { ($0.quirk, $0) }) { first, _ in first }
}
