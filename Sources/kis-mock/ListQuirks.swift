public import ArgumentParser
import KISSandbox
import KISScenario
import KISWire

/// `kis-mock quirks`: the known anomalies of the real service, and which of them a scenario can switch on.
struct ListQuirks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quirks", abstract: "List the known anomalies of the real service.")

  @Argument(help: "Only this kind: always, switchable, client or document.")
  var kind: QuirkFact.Kind?

  @Flag(help: "Print JSON.")
  var json = false

  func run() {
    let facts = QuirkFact.table.filter { kind == nil || $0.kind == kind }
    if json {
      print(JSONValue.array(facts.map(\.json)).text)
      return
    }
    for fact in facts {
      let state = fact.kind == .switchable ? "off" : fact.kind.rawValue
      print("\(fact.number). \(fact.quirk.rawValue) [\(state)]  \(fact.summary)  (\(fact.source))")
    }
  }
}

extension QuirkFact.Kind: ExpressibleByArgument {}

extension QuirkFact {
  fileprivate var json: JSONValue {
    var object: JSONObject = [
      "number": .number(number), "id": .string(quirk.rawValue), "kind": .string(kind.rawValue),
      "default": .bool(isOnByDefault), "summary": .string(summary), "source": .string(source),
    ]
    if let chance { object["chance"] = .number("\(chance)") }
    return .object(object)
  }
}
