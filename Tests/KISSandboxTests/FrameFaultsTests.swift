import Foundation
import KISSandbox
import KISScenario
import KISWire
import Testing

@Suite struct FrameFaultsTests {
  private let frame = Frame("H0STCNT0", records: [["005930", "090000", "71000"], ["005930", "090001", "71100"]])
  private let notice = Frame("H0STCNI0", flag: .encrypted, payload: Array("me^1234567801^0000002891^^02".utf8))

  private func cipher() throws -> PayloadCipher {
    try PayloadCipher(iv: "0123456789abcdef", key: "abcdefghijklmnopabcdefghijklmnop")
  }

  private func outputs(
    _ name: FaultName, _ values: [String: FaultValue] = [:], frame: Frame? = nil, seed: UInt64 = 1
  ) throws -> [FaultyOutput] {
    var faults = FrameFaults(generator: SeededGenerator(seed: seed))
    return faults.apply(ConfiguredFault(name, values).frame, to: frame ?? self.frame, cipher: try cipher())
  }

  private func text(_ outputs: [FaultyOutput]) throws -> String {
    guard outputs.count == 1, case .text(let bytes) = outputs[0] else {
      throw WireError(.frame, expected: "one text", found: "\(outputs)", at: 0)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func wire(_ outputs: [FaultyOutput]) -> [UInt8] {
    outputs.flatMap { if case .wire(let bytes) = $0 { bytes } else { [UInt8]() } }
  }

  @Test func withoutFaultsAFrameLeavesAsItIsAndANoticeEncrypted() throws {
    var faults = FrameFaults(generator: SeededGenerator(seed: 1))
    #expect(faults.apply([], to: frame, cipher: nil) == [.text(frame.bytes)])
    let encrypted = try cipher().encrypt(notice)
    #expect(faults.apply([], to: notice, cipher: try cipher()) == [.text(encrypted.bytes)])
  }

  @Test func valuesAreMissingSurplusNullOrWrong() throws {
    #expect(
      try text(outputs(.countMismatch))
        == "0|H0STCNT0|003|005930^090000^71000^005930^090001^71100")
    #expect(try text(outputs(.extraValue)) == "0|H0STCNT0|002|005930^090000^71000^0^005930^090001^71100^0")
    #expect(try text(outputs(.missingValue)) == "0|H0STCNT0|002|005930^090000^005930^090001")
    #expect(try text(outputs(.wrongKeyInFrame)) == "0|H0STCNT0|002|999999^090000^71000^999999^090001^71100")
    let nulls = try Frame(parsing: text(outputs(.nullValue))).records()
    #expect(nulls.count == 2)
    for record in nulls {
      #expect(record[0] == "005930")
      #expect(record.filter { $0 == "(null)" }.count == 1)
    }
  }

  @Test func anOversizeFrameIsStillAFrame() throws {
    let large = try text(outputs(.wsOversize, ["bytes": .number(100_000)]))
    #expect(large.utf8.count >= 100_000)
    let parsed = try Frame(parsing: large)
    #expect(try parsed.records().width == 3)
  }

  @Test func noticesAreEncryptedWrongly() throws {
    let cipher = try cipher()
    func payload(_ name: FaultName) throws -> Frame { try Frame(parsing: text(outputs(name, frame: notice))) }
    #expect(try payload(.noticePlain).text == "1|H0STCNI0|001|me^1234567801^0000002891^^02")
    let badBase64 = try payload(.noticeBadBase64)
    #expect(Data(base64Encoded: Data(badBase64.payload)) == nil)
    #expect(throws: WireError.self) { try cipher.decrypt(badBase64) }
    let badPadding = try payload(.noticeBadPadding)
    #expect(try #require(Data(base64Encoded: Data(badPadding.payload))).count == 32)
    #expect(throws: WireError.self) { try cipher.decrypt(badPadding) }
    let wrongIV = try cipher.decrypt(payload(.noticeWrongIV))
    #expect(wrongIV.payload.count == notice.payload.count)
    #expect(Array(wrongIV.payload) != Array(notice.payload))
    let wrongKey = try payload(.noticeWrongKey)
    #expect((try? cipher.decrypt(wrongKey)).map { $0.payload } != notice.payload)
  }

  @Test func charactersAreDamagedOnlyAsTheFaultSays() throws {
    let corrupt = Array(try text(outputs(.wsCorruptFrame, ["characters": .number(1)])).utf8)
    #expect(zip(corrupt, frame.bytes).filter { $0 != $1 }.count == 1)
    #expect(try text(outputs(.wsTruncateFrame)).utf8.count == frame.bytes.count / 2)
    guard case .text(let broken) = try outputs(.wsInvalidUTF8)[0] else { return }
    #expect(broken.count == frame.bytes.count)
    #expect(String(validating: broken, as: UTF8.self) == nil)
    let korean = Frame("H0STCNT0", records: [["가나다라마바사아"]])
    for percent in 0...100 {
      let cut = try outputs(.wsTruncateFrame, ["percent": .number(percent)], frame: korean)
      guard case .text(let bytes) = cut[0] else { return }
      #expect(String(validating: bytes, as: UTF8.self) != nil)
    }
  }

  @Test func framesAreLostRepeatedOrLate() throws {
    #expect(try outputs(.wsDropFrame) == [])
    #expect(try outputs(.wsDuplicateFrame) == [.text(frame.bytes), .text(frame.bytes)])
    #expect(try outputs(.wsDelayFrame) == [.wait(.milliseconds(500)), .text(frame.bytes)])
  }

  @Test func aGapLosesTheFollowingFramesToo() {
    var faults = FrameFaults(generator: SeededGenerator(seed: 1))
    #expect(faults.apply(ConfiguredFault(.wsGap, ["frames": .number(3)]).frame, to: frame, cipher: nil) == [])
    #expect(faults.isUnderWay)
    #expect(faults.apply([], to: frame, cipher: nil) == [])
    #expect(faults.apply([], to: frame, cipher: nil) == [])
    #expect(!faults.isUnderWay)
    #expect(faults.apply([], to: frame, cipher: nil) == [.text(frame.bytes)])
  }

  @Test(arguments: 1...20) func reorderedFramesAreAllThereInAnotherOrder(seed: UInt64) {
    var faults = FrameFaults(generator: SeededGenerator(seed: seed))
    let frames = (0..<4).map { Frame("H0STCNT0", records: [["\($0)"]]) }
    var outputs = faults.apply(
      ConfiguredFault(.wsReorderFrames, ["window": .number(4)]).frame, to: frames[0], cipher: nil)
    for frame in frames.dropFirst() {
      #expect(outputs == [])
      outputs = faults.apply([], to: frame, cipher: nil)
    }
    #expect(outputs != frames.map { .text($0.bytes) })
    #expect(Set(outputs) == Set(frames.map { .text($0.bytes) }))
    #expect(!faults.isUnderWay)
  }

  @Test func coalescedFramesAreOneWrite() {
    var faults = FrameFaults(generator: SeededGenerator(seed: 1))
    let fault = FrameFault.coalesced(frames: 2)
    #expect(faults.apply([fault], to: frame, cipher: nil) == [])
    let outputs = faults.apply([fault], to: frame, cipher: nil)
    let one = [0x81, UInt8(frame.bytes.count)] + frame.bytes
    #expect(outputs == [.wire(one + one)])
    #expect(faults.apply([fault], to: frame, cipher: nil) == [])
    #expect(faults.flush() == [.text(frame.bytes)])
  }

  @Test func framingIsBrokenInOneWayEach() throws {
    let text = frame.bytes
    let length = UInt8(text.count)
    #expect(try wire(outputs(.wsReservedBits)) == [0xC1, length] + text)
    #expect(try wire(outputs(.wsUnknownOpcode)) == [0x83, length] + text)
    #expect(try wire(outputs(.wsUnknownOpcode, ["opcode": .number(15)])) == [0x8F, length] + text)
    #expect(try wire(outputs(.wsUnknownOpcode, ["opcode": .number(1)])) == [0x83, length] + text)
    #expect(try wire(outputs(.wsBinaryFrame)) == [0x82, length] + text)
    #expect(try wire(outputs(.wsWrongLength)) == [0x81, length + 5] + text)
    let masked = try wire(outputs(.wsMaskedFrame))
    #expect(Array(masked[0..<2]) == [0x81, 0x80 | length])
    #expect(masked[6...].enumerated().map { $0.element ^ masked[2 + $0.offset % 4] } == text)
    let cut = try outputs(.wsCutInFrame)
    #expect(cut == [.wire(Array(([0x81, length] + text).prefix(2 + text.count / 2))), .end(.finish)])
  }

  @Test func fragmentsAndPiecesAddUpToTheMessage() throws {
    let short = Frame("H0", records: [["a"]])
    #expect(
      try wire(outputs(.wsFragment, ["fragments": .number(2)], frame: short))
        == [0x01, 5] + Array("0|H0|".utf8) + [0x80, 5] + Array("001|a".utf8))
    let pieces = try outputs(.wsSplitFrame, ["bytes": .number(20)])
    #expect(wire(pieces) == [0x81, UInt8(frame.bytes.count)] + frame.bytes)
    #expect(pieces.contains(.wait(.milliseconds(10))))
    #expect(pieces.count == 5)
  }

  @Test func sessionsEndInTheWayNamed() throws {
    #expect(try outputs(.wsClose, ["code": .number(1001)]) == [.end(.close(code: 1001, reason: ""))])
    #expect(try outputs(.wsCloseWithoutFrame) == [.end(.finish)])
    #expect(try outputs(.wsReset) == [.end(.reset)])
    #expect(try outputs(.wsHalfOpen) == [.end(.halfOpen)])
    #expect(try outputs(.wsStall) == [.end(.stall(nil))])
    #expect(try outputs(.wsStall, ["duration": .duration(.seconds(3))]) == [.end(.stall(.seconds(3)))])
  }

  @Test(arguments: FaultName.allCases) func everyFaultIsDeterministicAndBearsExtremeSettings(name: FaultName) throws {
    for value in [0, 1, 16_777_216] {
      let numbers = name.fault.settings.compactMap { setting in
        if case .number = setting.standard { (setting.name, FaultValue.number(value)) } else { nil }
      }
      let settings = Dictionary(uniqueKeysWithValues: numbers)
      for frame in [frame, notice, Frame("H0", count: 0, payload: [])] {
        let first = try outputs(name, settings, frame: frame)
        #expect(try outputs(name, settings, frame: frame) == first)
      }
    }
  }
}
