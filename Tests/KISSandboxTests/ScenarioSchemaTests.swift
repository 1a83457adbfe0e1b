import Foundation
import KISSandbox
import KISScenario
import KISWire
import Testing

@Suite struct ScenarioSchemaTests {
  @Test("scenarios/schema.json is what the decoder's keys make; `kis-mock lint --schema` prints it")
  func publishedSchemaIsUpToDate() throws {
    let published = try Data(contentsOf: repository.appending(path: "scenarios/schema.json"))
    #expect(try JSONValue(parsing: published) == Scenario.schema)
  }

  @Test func everyReferenceLeadsToADefinition() throws {
    let definitions = try #require(Scenario.schema["$defs"]?.object)
    let references = Scenario.schema.text.matches(of: #/"#/\$defs/([a-z]+)"/#).map { String($0.1) }
    #expect(!references.isEmpty)
    for reference in references { #expect(definitions[reference]?.object != nil) }
  }

  private var repository: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  }
}
