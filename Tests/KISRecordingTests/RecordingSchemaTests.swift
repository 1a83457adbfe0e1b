import Foundation
import KISWire
import Testing

@testable import KISRecording

@Suite("The schema of recordings")
struct RecordingSchemaTests {
  private func schema() throws -> JSONValue {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try JSONValue(parsing: Data(contentsOf: folder.appending(path: "docs/recording-schema.json")))
  }

  @Test("names every member that the reader knows, and no other")
  func members() throws {
    let event = try #require(try schema()["$defs"]?["event"])
    let known = Set(RecordedEventKind.allCases.flatMap(\.members))
    #expect(Set(event["properties"]?.object?.names ?? []) == known)
    let alternatives = event["oneOf"]?.array?.compactMap { $0["required"]?.array?.first?.string } ?? []
    #expect(alternatives == RecordedEventKind.allCases.map(\.rawValue))
  }

  @Test("names every member that the writer writes")
  func written() throws {
    let schema = try schema()
    for line in Samples.text.split(separator: "\n") {
      let json = try JSONValue(parsing: String(line))
      let definition = try #require(schema["$defs"]?[json["kis_recording"] == nil ? "event" : "header"]?["properties"])
      for name in json.object?.names ?? [] { #expect(definition[name] != nil, "\(name)") }
      for name in json["rest"]?.object?.names ?? [] {
        #expect(definition["rest"]?["properties"]?[name] != nil, "\(name)")
      }
    }
  }
}
