import Testing

@testable import kis_mock_bench

@Suite struct FrameCounterTests {
  /// A data frame, a control text, an empty frame, a long frame, a close.
  static let stream: [UInt8] = {
    let recording = BenchRecording(content: .programTrading, frames: 3, interval: 1)
    let pong = Array(#"{"header":{"tr_id":"PINGPONG"}}"#.utf8)
    let long = Array("1|X|001|".utf8) + [UInt8](repeating: 65, count: 70_000)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: long.count >> (56 - 8 * $0)) }
    return recording.framed(0..<2) + [0x81, UInt8(pong.count)] + pong + [0x81, 0] + [0x81, 127] + length + long
      + recording.framed(2..<3) + [0x88, 2, 3, 232]
  }()

  @Test func countsDataFramesOnly() throws {
    var counter = FrameCounter()
    let completed = try Self.stream.withUnsafeBytes { try counter.consume($0) }
    #expect(completed == 4)
    #expect(counter.frames == 4)
    #expect(counter.bytes == Self.stream.count)
    #expect(counter.controlMessages == 1)
    #expect(counter.closed)
  }

  @Test(arguments: [1, 2, 3, 5, 7, 625, 4_096]) func countsTheSameHoweverTheStreamIsCut(size: Int) throws {
    var counter = FrameCounter()
    var completed = 0
    for start in stride(from: 0, to: Self.stream.count, by: size) {
      let part = Self.stream[start..<min(start + size, Self.stream.count)]
      completed += try part.withUnsafeBytes { try counter.consume($0) }
    }
    #expect(completed == 4)
    #expect(counter.frames == 4)
  }

  @Test func aFrameCountsWhenItsLastByteIsThere() throws {
    let frame = BenchRecording(content: .programTrading, frames: 1, interval: 1).framed(0..<1)
    var counter = FrameCounter()
    #expect(try frame.dropLast().withUnsafeBytes { try counter.consume($0) } == 0)
    #expect(try frame.suffix(1).withUnsafeBytes { try counter.consume($0) } == 1)
  }

  @Test func refusesMaskedAndAbsurdFrames() {
    for bytes in [[0x81, 0x81, 0, 0, 0, 0, 48], [0x81, 127, 255, 255, 255, 255, 255, 255, 255, 255, 48]] as [[UInt8]] {
      var counter = FrameCounter()
      #expect(throws: BenchError.self) { try bytes.withUnsafeBytes { try counter.consume($0) } }
    }
  }
}
