import Foundation
import KISWire
import Testing

@testable import kis_mock_bench

@Suite struct BenchRecordingTests {
  @Test func programTradingFramesHave620BytesAnd88Values() {
    let recording = BenchRecording(content: .programTrading, frames: 10, interval: 1)
    for index in [0, 9, 3_300_000] {
      let frame = String(decoding: recording.frame(index), as: UTF8.self)
      #expect(frame.utf8.count == 620)
      #expect(frame.hasPrefix("0|H0UPPGM0|001|0001^"))
      let values = frame.split(separator: "^", omittingEmptySubsequences: false)
      #expect(values.count == 88)
      #expect(values[86] == "\(1_000_000_000 + index)")
    }
  }

  @Test func noticesHave26Values() {
    let frame = String(decoding: BenchRecording(content: .notice, frames: 1, interval: 1).frame(0), as: UTF8.self)
    let values = frame.dropFirst("1|H0STCNI0|001|".count).split(separator: "^", omittingEmptySubsequences: false)
    #expect(values.count == 26)
    #expect(values[0] == "bench")
    #expect(values[13] == "2")
    #expect(values[24] == "삼성전자")
  }

  @Test func framedBytesCarryAnUnmaskedTextHeader() {
    let recording = BenchRecording(content: .programTrading, frames: 2, interval: 1)
    let bytes = recording.framed(0..<2)
    #expect(bytes.count == 2 * 624)
    #expect(bytes.prefix(4).elementsEqual([0x81, 126, 2, 108]))
    #expect(bytes.dropFirst(4).prefix(620).elementsEqual(recording.frame(0)))
  }

  @Test func theFileIsAHeaderAndTimedLines() throws {
    let folder = try ScratchFolder()
    let path = try folder.recording(.programTrading, frames: 3, interval: 1_000_000)
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
      try JSONValue(parsing: String($0))
    }
    #expect(lines.count == 4)
    #expect(lines[0]["kis_recording"]?.int == 1)
    #expect(lines[0]["provenance"] == "simulated")
    #expect(lines[1]["t"]?.int == 500_000_000)
    #expect(lines[3]["t"]?.int == 502_000_000)
    let recording = BenchRecording(content: .programTrading, frames: 3, interval: 1_000_000)
    #expect(lines[3]["ws"]?.string == String(decoding: recording.frame(2), as: UTF8.self))
  }

  @Test func theFolderGoesWithItsOwner() throws {
    var folder: ScratchFolder? = try ScratchFolder()
    let path = try #require(try folder?.recording(.notice, frames: 1, interval: 1))
    #expect(FileManager.default.fileExists(atPath: path))
    folder = nil
    #expect(!FileManager.default.fileExists(atPath: path))
  }
}
