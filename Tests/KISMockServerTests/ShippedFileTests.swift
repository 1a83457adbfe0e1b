import Foundation
import KISRecording
import KISSandbox
import KISScenario
import Testing

@testable import KISMockServer

@Suite("What the program carries")
struct ShippedFileTests {
  private static let project = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")

  @Test(
    "is every scenario, recording, fixture and file of the page of the project, as it stands there",
    arguments: ["scenarios", "recordings", "fixtures", "page"])
  func everything(folder: String) throws {
    let root = Self.project.appending(path: folder)
    let files = try FileManager.default.subpathsOfDirectory(atPath: root.path()).sorted().filter {
      try root.appending(path: $0).resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true
    }
    #expect(ShippedFile.all.map(\.name).filter { $0.hasPrefix(folder) } == files.map { "\(folder)/\($0)" })
    for file in files {
      let held = try Data(contentsOf: Self.project.appending(path: "\(folder)/\(file)"))
      let isWhole = try #require(ShippedFile.named("\(folder)/\(file)")).bytes.elementsEqual(held)
      #expect(isWhole, "\(folder)/\(file) is carried as it was before; is the build up to date?")
    }
  }

  @Test("is text that scenarios and recordings can be read from")
  func readable() throws {
    for file in ShippedFile.all where file.name.hasSuffix(".yaml") {
      #expect(throws: Never.self) { try Scenario(parsing: file.text, file: file.name) }
    }
    for file in ShippedFile.all where file.name.hasSuffix(".jsonl") {
      #expect(throws: Never.self) { try RecordingReader(bytes: Array(file.bytes.prefix(100_000)), name: file.name) }
    }
  }

  @Test("is played where no folder of the project is near")
  func anywhere() throws {
    let library = ScenarioLibrary(places: [URL(filePath: "/nowhere")])
    #expect(library.scenarioNames.contains("token-expiry"))
    let scenario = try library.scenario("vi-halt")
    #expect(scenario.file == "scenarios/vi-halt.yaml")
    #expect(try !library.configuration(of: scenario).recordings.isEmpty)
    #expect(
      try library.configuration(of: nil).recordings.map(\.name)
        == BundledRecording.all.map { "recordings/\($0.name).jsonl" })
  }

  @Test(
    "is what a scenario simulates that it was simulated from, and is not simulated again",
    arguments: BundledRecording.all.map(\.name))
  func simulated(name: String) throws {
    let library = ScenarioLibrary(places: [URL(filePath: "/nowhere")])
    let played = try library.configuration(of: library.scenario(name)).recordings
    #expect(played.map(\.name) == ["recordings/\(name).jsonl"])
  }

  @Test("is proposed when a name is misspelt")
  func misspelt() throws {
    let library = ScenarioLibrary(places: [URL(filePath: "/nowhere")])
    let error = #expect(throws: MockServerError.self) { try library.scenario("token-expirey") }
    #expect(error?.description.contains("`token-expiry`") == true)
  }
}
