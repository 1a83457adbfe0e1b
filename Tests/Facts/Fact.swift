import KISSandbox
import KISScenario

/// Something that is known of the real service and that the mock has to do: a statement of the protocol's record, named
/// by section and a word or two (`3.3 registered`), or one of the quirks (`quirk 39`).
public struct Fact: Sendable, Hashable, ExpressibleByStringLiteral {
  public let name: String

  public init(stringLiteral name: String) { self.name = name }

  init(_ quirk: Quirk) { name = "quirk \(quirk.fact.number)" }

  /// What is stated, in one line; nil when there is no such fact.
  var statement: String? { Fact.statements[name] }

  /// Every fact that needs a proof, in the order of the record.
  static let all: [(name: String, statement: String)] =
    sections + QuirkFact.table.map { ("quirk \($0.number)", "`\($0.quirk.rawValue)`: \($0.summary)") }

  private static let statements = Dictionary(all.map { ($0.name, $0.statement) }) { first, _ in first }
}
