import Foundation
import KISRecording
import KISWire
import Testing

@testable import KISSandbox
@testable import KISScenario

@Suite("Recordings in the repository")
struct BundledRecordingsTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
  static let names = [
    "documented", "captured-2022-2025", "captured-2026", "captured-2026-09", "captured-paper", "simulated-day",
    "simulated-session",
  ]

  static func reader(_ name: String) throws -> RecordingReader {
    try RecordingReader(path: root.appending(path: "recordings/\(name).jsonl").path)
  }

  @Test("Every recording opens whole, and its frames have the layouts of its day and venue", arguments: names)
  func layouts(name: String) throws {
    var reader = try BundledRecordingsTests.reader(name)
    let dialect = try Dialect(day: reader.header.dialectDay, venue: reader.header.venue)
    var frames = 0
    // A sample of the long ones.
    let every = reader.size > 1_000_000 ? 40 : 1
    while let event = try reader.next() {
      guard case .message(let bytes, .server) = event.content, bytes.first != UInt8(ascii: "{") else { continue }
      frames += 1
      guard frames % every == 0 else { continue }
      let frame = try Frame(parsing: bytes)
      let plain = Frame(frame.transactionID, count: frame.count, payload: bytes[frame.payloadStart...])
      #expect(try plain.records().width == dialect.layout(of: frame.transactionID).width, "\(frame.transactionID)")
    }
    #expect(frames > 0)
    #expect(!reader.isTruncated && reader.warnings.isEmpty)
    #expect(reader.size < 10_000_000)
    #expect(name.hasPrefix(reader.header.provenance.rawValue))
  }

  /// `.ci/run` compares the whole files; here their beginnings are enough.
  @Test(
    "Simulated recordings begin as their scenario and seed make them, byte for byte",
    arguments: [("simulated-day", 6), ("simulated-session", 1)])
  func regenerated(name: String, minutes: Int) throws {
    let file = "scenarios/\(name).yaml"
    let root = BundledRecordingsTests.root
    let scenario = try Scenario(
      parsing: String(contentsOf: root.appending(path: file), encoding: .utf8), file: file)
    var plan = try SimulationPlan(scenario)
    var bytes: [UInt8] = []
    plan.header(source: "kis-mock simulate \(file) --seed 1").appendLine(to: &bytes)
    plan.length = .seconds(minutes * 60)
    for event in SimulatedDay(plan, seed: 1).events() { event.appendLine(to: &bytes) }
    let recorded = try Data(contentsOf: root.appending(path: "recordings/\(name).jsonl"))
    // The last trades of a cut session are gathered differently, so the last second is not compared.
    let compared = bytes.prefix(bytes.count - 2_000)
    #expect(compared.count > 50_000)
    #expect(recorded.prefix(compared.count).elementsEqual(compared))
  }
}
