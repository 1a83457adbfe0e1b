import Foundation
import KISCapture
import KISRecording
import Testing

@Suite("Exports")
struct RecordingExportTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "kis-mock-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

  private func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }

  /// The lines of a recording behind its header, which names the file it was made of.
  private func body(of path: String) throws -> [Substring] {
    Array(try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst())
  }

  @Test("Packets of a recording make the same recording again", arguments: PacketCaptureTests.files)
  func packetsThereAndBack(_ file: String) throws {
    let (first, packets, second) = (path("1.jsonl"), path("2.pcapng"), path("3.jsonl"))
    _ = try CaptureImport(redacts: false).run([Captures.path(of: file)], output: first)
    _ = try RecordingExport(format: .pcap).run(first, output: packets)
    _ = try CaptureImport(redacts: false).run([packets], output: second)
    let (before, after) = (try body(of: first), try body(of: second))
    #expect(before.count == after.count)
    for (one, other) in zip(before, after) where one != other {
      Issue.record("\(file): \(one.prefix(300)) became \(other.prefix(300))")
      break
    }
    try FileManager.default.removeItem(at: folder)
  }

  @Test(
    "A HAR of a recording makes the same messages and exchanges again",
    arguments: [
      "ws-lo.pcap", "two-sessions.pcapng", "rest-keepalive.pcap", "mid-no-key.pcapng", "large-fragmented.pcap",
    ])
  func harThereAndBack(_ file: String) throws {
    let (first, har, second) = (path("1.jsonl"), path("2.har"), path("3.jsonl"))
    _ = try CaptureImport(redacts: false).run([Captures.path(of: file)], output: first)
    _ = try RecordingExport(format: .har).run(first, output: har)
    _ = try CaptureImport(redacts: false).run([har], output: second)
    func kept(_ path: String) throws -> [RecordedEvent.Content] {
      var reader = try RecordingReader(path: path)
      var contents: [RecordedEvent.Content] = []
      while let event = try reader.next() {
        switch event.content {
        // Codings do not survive in HAR, and no opening of what was captured later.
        case .exchange(var exchange):
          exchange.headers = []
          exchange.took = nil
          contents.append(.exchange(exchange))
        case .opened, .lost: continue
        default: contents.append(event.content)
        }
      }
      return contents
    }
    #expect(try kept(second) == kept(first))
    try FileManager.default.removeItem(at: folder)
  }

  @Test("CSV of a recording makes the same frames again, to the millisecond")
  func csvThereAndBack() throws {
    let (first, csv, second) = (path("1.jsonl"), path("csv"), path("3.jsonl"))
    _ = try CaptureImport(redacts: false).run([Captures.path(of: "ws-lo.pcap")], output: first)
    let counts = try RecordingExport(format: .csv).run(first, output: csv)
    let files = try FileManager.default.contentsOfDirectory(atPath: csv).sorted()
    #expect(files == ["H0STCNI0.csv", "H0STCNT0.csv", "H0UPPGM0.csv"])
    #expect(counts.messages == 84)
    let header = try String(contentsOfFile: csv + "/H0STCNT0.csv", encoding: .utf8).prefix { $0 != "\n" }
    #expect(header.hasPrefix("recv_ms,seq,MKSC_SHRN_ISCD,STCK_CNTG_HOUR,STCK_PRPR,"))
    _ = try CaptureImport(redacts: false).run(files.map { "\(csv)/\($0)" }, output: second)
    func frames(_ path: String) throws -> [[UInt8]: Int] {
      var reader = try RecordingReader(path: path)
      var frames: [[UInt8]: Int] = [:]
      while let event = try reader.next() {
        if case .message(let bytes, .server) = event.content, bytes.first != UInt8(ascii: "{") {
          frames[bytes, default: 0] += 1
        }
      }
      return frames
    }
    #expect(try frames(second) == frames(first))
    try FileManager.default.removeItem(at: folder)
  }

  @Test("Ticks are read with every value in quotes too, and refused where no frame can be made of them")
  func csvOfOthers() throws {
    let (first, csv) = (path("1.jsonl"), path("csv"))
    _ = try CaptureImport(redacts: false).run([Captures.path(of: "ws-lo.pcap")], output: first)
    _ = try RecordingExport(format: .csv).run(first, output: csv)
    let lines = try String(contentsOfFile: csv + "/H0STCNT0.csv", encoding: .utf8).split(separator: "\n")
    func imported(_ lines: [String]) throws -> [Substring] {
      let file = path("H0STCNT0.csv")
      try (lines.joined(separator: "\n") + "\n").write(toFile: file, atomically: true, encoding: .utf8)
      _ = try CaptureImport(redacts: false, replaces: true).run([file], output: path("2.jsonl"))
      return try body(of: path("2.jsonl"))
    }
    let plain = try imported(lines.map { String($0) })
    #expect(plain.count == 71)
    let quoted = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
      .map { $0.map { "\"\($0)\"" }.joined(separator: ",") }
    #expect(try imported(quoted) == plain)
    let narrow = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).prefix(10) }
    let tooNarrow = #expect(throws: CaptureError.self) { _ = try imported(narrow.map { $0.joined(separator: ",") }) }
    #expect(tooNarrow?.reason.contains("has 8 of the 46 values of H0STCNT0") == true)
    let swapped = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
      .map { ($0[..<2] + [$0[3], $0[2]] + $0[4...]).joined(separator: ",") }
    let misplaced = #expect(throws: CaptureError.self) { _ = try imported(swapped) }
    #expect(misplaced?.reason.contains("STCK_CNTG_HOUR as value 1") == true)
    let timeless = #expect(throws: CaptureError.self) { _ = try imported(lines.map { String($0.dropFirst(14)) }) }
    #expect(timeless?.reason.contains("recv_ms,seq") == true)
    try FileManager.default.removeItem(at: folder)
  }

  @Test("A file that is packed otherwise is named, with what unpacks it", arguments: ["zstd", "xz", "bzip2"])
  func packedFiles(_ packer: String) throws {
    let magics: [String: [UInt8]] = [
      "zstd": [0x28, 0xB5, 0x2F, 0xFD], "xz": [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "bzip2": Array("BZh91AY".utf8),
    ]
    let file = path("session.pcap")
    try Data((magics[packer] ?? []) + [UInt8](repeating: 0x41, count: 100)).write(to: URL(filePath: file))
    let error = #expect(throws: CaptureError.self) { _ = try CaptureImport().run([file], output: path("2.jsonl")) }
    #expect(error?.reason.contains("is packed by \(packer)") == true)
    try FileManager.default.removeItem(at: folder)
  }
}
