import Foundation
import KISCapture
import KISRecording
import Testing

@Suite("Imports")
struct CaptureImportTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "kis-mock-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

  private func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }

  private func events(of path: String) throws -> [RecordedEvent] {
    var reader = try RecordingReader(path: path)
    var events: [RecordedEvent] = []
    while let event = try reader.next() { events.append(event) }
    return events
  }

  @Test("Every packet capture becomes a recording with the events of its truth", arguments: PacketCaptureTests.files)
  func packetCapturesBecomeRecordings(_ file: String) throws {
    let output = path("out.jsonl")
    let outcome = try CaptureImport(redacts: false).run([Captures.path(of: file)], output: output)
    let truth = try Truth(of: file).events
    let events = try events(of: output)
    let texts = events.compactMap { event -> String? in
      switch event.content {
      case .message(let bytes, _), .ciphertext(let bytes), .binary(let bytes, _):
        String(validating: bytes, as: UTF8.self) ?? "hex:" + bytes.map { String(format: "%02x", $0) }.joined()
      default: nil
      }
    }
    let expected = truth.filter { $0.kind == "ws-text" }.map { event in
      // Notices are kept decrypted with their flag.
      event.plain.map { "\(event.what.split(separator: "|").prefix(3).joined(separator: "|"))|\($0)" } ?? event.what
    }
    #expect(texts.sorted() == expected.sorted())
    #expect(outcome.counts.messages == expected.count)
    #expect(zip(events, events.dropFirst()).allSatisfy { $0.offset <= $1.offset })
    try FileManager.default.removeItem(at: folder)
  }

  @Test(
    "No secret of a session is in the recording of it",
    arguments: [
      "ws-lo.pcap", "rest-keepalive.pcap", "mitmproxy.har", "playwright-attach.zip", "logs/aiohttp-recv.log",
    ])
  func leavesNoSecret(_ file: String) throws {
    let output = path("out.jsonl")
    let outcome = try CaptureImport().run([Captures.path(of: file)], output: output)
    #expect(outcome.counts.redacted > 0)
    let text = String(decoding: try Data(contentsOf: URL(filePath: output)), as: UTF8.self)
    for secret in [
      "CAPTUREKEYDEV", "CaptureSecretDev", "7d0f5ff9-dcb6-96c5-dcff-f54584909d26", "adjoxmjobvlxyvlawnitvlnpemiwozol",
      "756a405d9c6fafe0", "eyJ0eXAiOiJKV1Qi", "kismock", "12345678",
    ] { #expect(!text.contains(secret), "\(secret) is in the recording of \(file)") }
    try FileManager.default.removeItem(at: folder)
  }

  @Test("Nothing usable leaves no file behind")
  func writesNothingForNothing() throws {
    let output = path("out.jsonl")
    let outcome = try CaptureImport().run([Captures.path(of: "logs/mojito2-print.log")], output: output)
    #expect(!outcome.isWritten)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).isEmpty)
    try FileManager.default.removeItem(at: folder)
  }

  @Test("A recording that exists is not replaced unless asked")
  func refusesToReplace() throws {
    let output = path("out.jsonl")
    try Data("mine".utf8).write(to: URL(filePath: output))
    #expect(throws: CaptureError.self) {
      try CaptureImport().run([Captures.path(of: "ws-lo.pcap")], output: output)
    }
    #expect(try Data(contentsOf: URL(filePath: output)) == Data("mine".utf8))
    _ = try CaptureImport(replaces: true).run([Captures.path(of: "ws-lo.pcap")], output: output)
    #expect(try events(of: output).count > 100)
    try FileManager.default.removeItem(at: folder)
  }

  @Test("Files of several kinds become one recording, in order of time")
  func mergesFiles() throws {
    let output = path("out.jsonl")
    let files = ["logs/aiohttp-recv.log", "ws-lo.pcap", "mitmproxy.har"].map { Captures.path(of: $0) }
    let outcome = try CaptureImport(redacts: false).run(files, output: output)
    let events = try events(of: output)
    #expect(zip(events, events.dropFirst()).allSatisfy { $0.offset <= $1.offset })
    #expect(Set(events.compactMap(\.connection)) == Set(1...outcome.counts.connections))
    try FileManager.default.removeItem(at: folder)
  }

  @Test("Holes are told with their time and bytes")
  func tellsOfHoles() throws {
    var capture = PacketCapture([try CaptureInput(path: Captures.path(of: "hole.pcap"))])
    _ = try Captures.events(of: &capture)
    #expect(capture.report.gaps.map(\.bytes) == [443, 1_012])
    #expect(capture.report.gaps.map(\.side) == [.server, .server])
    #expect(capture.report.gaps.first?.place == .packet(42))
  }

  @Test("What was cut to its first bytes is counted, and no shortened frame given")
  func countsCutMessages() throws {
    var capture = PacketCapture([try CaptureInput(path: Captures.path(of: "ws-snaplen128.pcap"))])
    let events = try Captures.events(of: &capture)
    #expect(events.count == 6)
    let broken = capture.report.omissions.first { $0.reason.hasPrefix("WebSocket messages") }
    #expect(broken?.count == 98)
  }
}
