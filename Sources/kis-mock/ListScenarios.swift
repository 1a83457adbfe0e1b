import ArgumentParser
import KISMockServer
import KISScenario
import KISWire
import Terminal

/// `kis-mock scenarios`: what can be served by name, and the text of one.
struct ListScenarios: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scenarios", abstract: "List the scenarios that are known by name, or print one.",
    discussion: """
      Those of folders `scenarios` beside you come first, then those that the program carries. \
      `kis-mock scenarios token-expiry > mine.yaml` is a way to begin one of your own.
      """)

  @Argument(help: "Prints this one, as it was written.")
  var name: String?

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let library = ScenarioLibrary()
    if let name { return try StandardOutput.write(library.scenarioText(name).text) }
    let known = try library.scenarioNames.map { name in (name: name, title: try library.scenario(name).title) }
    if json {
      let rows = known.map { ["name": .string($0.name), "title": .string($0.title)] as JSONValue }
      try StandardOutput.write(JSONValue.array(rows).text + "\n")
    } else {
      let table = TextTable(["scenario", "what it shows"], known.map { [$0.name, $0.title] })
      try StandardOutput.write(table.lines.joined(separator: "\n") + "\n")
    }
  }
}
