import Foundation
import KISSandbox
import KISScenario
import Testing

@testable import kis_mock

@Suite("kis-mock lint")
struct LintTests {
  private func findings(_ text: String) throws -> [String] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
    let file = FileManager.default.temporaryDirectory.appending(path: "kis-mock-\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(text.replacing("RECORDINGS", with: root.appending(path: "recordings").path).utf8).write(to: file)
    return Lint.findings(in: file.path).map { "\($0.position.line) \($0.severity): \($0.message)" }
  }

  @Test("names rules that wait for a time at which nothing is played")
  func outOfTime() throws {
    let found = try findings(
      """
      recording: RECORDINGS/simulated-session.jsonl
      start: 09:05
      rules:
        - {name: before, when: {time: 09:00}, do: pause}
        - {name: inside, when: {time: 09:06}, do: pause}
        - {name: behind, when: {time: 10:00}, do: pause}
      """)
    #expect(
      found == [
        "4 warning: `before` never fires: what is played goes from 09:05:00 to 09:10:00",
        "6 warning: `behind` never fires: what is played goes from 09:05:00 to 09:10:00",
      ])
  }

  @Test("names rules that go to a marker that nothing has")
  func noSuchMarker() throws {
    let found = try findings(
      "recording: RECORDINGS/simulated-session.jsonl\nrules:\n  - {name: r, when: connect, do: {seek: lunch}}")
    #expect(found == ["3 warning: `r` goes to `lunch`: no recording has that marker"])
  }

  @Test("names what is not there, and what is no scenario")
  func missing() throws {
    #expect(try findings("recording: nowhere.jsonl") == ["1 warning: there is no recording `nowhere.jsonl`"])
    #expect(try findings("ruls: []").first?.hasPrefix("1 error: expected a key of a scenario, found `ruls`") == true)
    #expect(Lint.findings(in: "/nowhere.yaml").first?.severity == .error)
  }

  @Test("names what cannot be played, in the scenario that plays it")
  func unreadable() throws {
    let recording = FileManager.default.temporaryDirectory.appending(path: "kis-mock-\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: recording) }
    let bundled = URL(filePath: #filePath).appending(path: "../../../recordings/simulated-session.jsonl").standardized
    let header = try #require(try String(contentsOf: bundled, encoding: .utf8).split(separator: "\n").first)
    try Data((header + "\n{\"t\":1,\"rest\":{\"method\":7}}\n").utf8).write(to: recording)
    let found = try findings(
      "recording: \(recording.path)\nrules:\n  - {name: r, when: connect, do: {seek: lunch}}")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("1 error: \(recording.path):2") == true, "\(found)")
  }
}
