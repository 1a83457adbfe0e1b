public import ArgumentParser
import KISMockServer
import KISSandbox
import KISScenario
import KISWire
import Terminal

/// `kis-mock apis`: every REST API, who answers it, and which of its parameters count.
struct ListAPIs: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apis",
    abstract: "List the REST APIs: where their answers come from, and which parameters they heed.",
    discussion: """
      Every API is asked once, and what is printed is what its answer was made of: `exchange` (orders and accounts), \
      `market` (prices, books, charts, rankings), `calendar`, or `generic`, which is made up in the shape of the \
      document, and which of its parameters count: those that are heeded, those that say nothing (decoration), and those \
      that are taken and ignored. A recording that holds answers of an API comes before all but the exchange.
      """)

  @Argument(help: "Only those whose path, name or tr_id has this in it.")
  var text: String?

  @Option(help: "Only those that are answered so: exchange, market, calendar or generic.")
  var source: APIDescription.Source?

  @Option(help: "The venue, real or vts.")
  var venue: Venue = .real

  @Flag(help: "Print one JSON object an API.")
  var json = false

  @Flag(help: "Print all of them as the table of the documentation.")
  var markdown = false

  func run() async throws {
    // The documentation is about the market alone, whatever is bundled.
    var configuration = markdown ? SandboxConfiguration() : try ScenarioLibrary().configuration(of: nil)
    configuration.venue = venue
    let start = KoreanTime(year: 2026, month: 9, day: 21, hour: 10)
    let sandbox = try Sandbox(configuration, clock: VirtualClock(wallStart: start, autoAdvance: false))
    let (text, source) = (text, source)
    let found = await sandbox.describeAPIs { api in text.map { api.contains($0) } ?? true }
      .filter { source == nil || $0.source == source }
    guard !found.isEmpty else {
      let text = text.map { " with `\($0)` in its path, name or tr_id" } ?? ""
      let source = source.map { " that is answered by `\($0.rawValue)`" } ?? ""
      StandardError.write("kis-mock apis: there is no API\(text)\(source); without arguments it lists all\n")
      throw ExitCode(3)
    }
    if markdown {
      print(APITable.markdown(of: found), terminator: "")
      return
    }
    for api in found { print(json ? api.json.text : api.line) }
    if !json { print(APIDescription.summary(of: found)) }
  }
}

extension APIDescription.Source: ExpressibleByArgument {}

extension RESTAPI {
  fileprivate func contains(_ text: String) -> Bool {
    ([path, koreanName] + ids.map(\.rawValue)).contains { $0.lowercased().contains(text.lowercased()) }
  }
}

extension APIDescription {
  fileprivate var line: String {
    var parts = ["\(source.rawValue)\(isRecorded ? ", recorded" : "")  \(api.method) \(api.path)  \(api.koreanName)"]
    parts.append("    heeds \(honoured.isEmpty ? "nothing" : honoured.joined(separator: " "))")
    if !decoration.isEmpty { parts.append("    decoration \(decoration.joined(separator: " "))") }
    if !ignored.isEmpty { parts.append("    takes and ignores \(ignored.joined(separator: " "))") }
    if !madeUp.isEmpty {
      parts.append("    \(madeUp.count) of \(fieldCount) fields are made up: \(madeUp.joined(separator: " "))")
    }
    return parts.joined(separator: "\n")
  }

  fileprivate var json: JSONValue {
    [
      "method": .string(api.method), "path": .string(api.path), "name": .string(api.koreanName),
      "tr_id": .array(api.ids.map { .string($0.rawValue) }), "source": .string(source.rawValue),
      "recorded": .bool(isRecorded), "heeds": .array(honoured.map { .string($0) }),
      "decoration": .array(decoration.map { .string($0) }), "ignores": .array(ignored.map { .string($0) }),
      "fields": .number("\(fieldCount)"),
      "made_up": .array(madeUp.map { .string($0) }),
    ]
  }

  fileprivate static func summary(of all: [APIDescription]) -> String {
    let counts = Source.allCases.map { source in "\(all.count { $0.source == source }) \(source.rawValue)" }
    return "\(all.count) APIs: \(counts.joined(separator: ", "))"
  }
}
