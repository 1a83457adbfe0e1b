import Facts
import KISWire
import Testing

struct FrameTests {
  @Test(
    "every sample frame decodes to its known shape and encodes to the same bytes",
    .proves("4 grammar", "4 several records", "8 samples"), arguments: Sample.frames)
  func roundTrip(sample: Sample) throws {
    let frame = try Frame(parsing: sample.text)
    #expect(frame.text == sample.text)
    #expect(frame.transactionID == sample.transactionID)
    #expect(frame.count == sample.records)
    let records = try frame.records()
    #expect(records.count == sample.records)
    #expect(records.width == sample.values / sample.records)
    let rebuilt = Frame(frame.transactionID, records: records.map { Array($0) })
    #expect(rebuilt == frame)
    #expect(Frame(frame.transactionID, count: frame.count, payload: frame.payload) == frame)
  }

  @Test("there are samples to check")
  func samplesAreThere() {
    #expect(Sample.frames.count == 63)
    #expect(Sample.controls.count == 14)
    #expect(Sample.answers.count == 36)
  }

  @Test("empty, trailing empty, (null), nan, negative and padded values come out as sent", .proves("4 values"))
  func values() throws {
    let record = try #require(
      try Frame(parsing: "0|H0EUCNT0|001|A^^(null)^-nan^nan^-12.50^0000000012^삼성전자^").records().first)
    #expect(Array(record) == ["A", "", "(null)", "-nan", "nan", "-12.50", "0000000012", "삼성전자", ""])
  }

  @Test("a payload without any separator is one value, even an empty one")
  func singleValue() throws {
    #expect(try Frame(parsing: "0|X|001|").records().map { Array($0) } == [[""]])
    #expect(try Frame(parsing: "0|X|002|a^b").records().map { Array($0) } == [["a"], ["b"]])
  }

  @Test("the count has three digits, also when it is built", .proves("4 grammar"))
  func count() {
    #expect(Frame("X", count: 7, payload: Array("a".utf8)).text == "0|X|007|a")
    #expect(Frame("X", flag: .encrypted, count: 12, payload: Array("YQ==".utf8)).text == "1|X|012|YQ==")
  }

  @Test("broken UTF-8 is kept in the bytes and shown as a replacement character")
  func brokenText() throws {
    let bytes = Array("0|H0STANC0|001|005930^".utf8) + [0xEC, 0x82] + Array("^1".utf8)
    let frame = try Frame(parsing: bytes)
    #expect(frame.bytes == bytes)
    let record = try #require(try frame.records().first)
    #expect(Array(record.bytes(at: 1)) == [0xEC, 0x82])
    #expect(record[1] == "\u{FFFD}")
    #expect(record.offset(of: 2) == bytes.count - 1)
  }

  @Test(
    "a malformed envelope is an error that says where",
    arguments: [
      ("", 0), ("2|X|001|a", 0), ("{}", 0), ("0", 1), ("0X|001|a", 1), ("0|X", 2), ("0||001|a", 2), ("0|X|1|a", 4),
      ("0|X|0001|a", 4), ("0|X|0a1|a", 4), ("0|X|001", 4), ("0|X|-01|a", 4),
    ])
  func malformed(text: String, offset: Int) throws {
    let error = try #require(throws: WireError.self) { try Frame(parsing: text) }
    #expect(error.code == .frame)
    #expect(error.offset == offset)
  }

  @Test("values that the count cannot share out are an error at the first surplus value")
  func countMismatch() throws {
    let surplus = try #require(throws: WireError.self) { try Frame(parsing: "0|X|002|a^b^c").records() }
    #expect(surplus.code == .record)
    #expect(surplus.offset == 12)
    #expect(surplus.found == "3 values")
    let missing = try #require(throws: WireError.self) { try Frame(parsing: "0|X|002|a").records() }
    #expect(missing.offset == 8)
    let none = try #require(throws: WireError.self) { try Frame(parsing: "0|X|000|a").records() }
    #expect(none.offset == 8)
  }

  @Test("records of an encrypted frame are refused until it is decrypted")
  func encrypted() throws {
    let error = try #require(throws: WireError.self) { try Frame(parsing: "1|H0STCNI0|001|YQ==").records() }
    #expect(error.code == .record)
  }

  @Test("any grid of values survives encoding and decoding")
  func property() throws {
    var random = SplitMix(seed: 1)
    for _ in 0..<300 {
      let width = random.below(90) + 1
      let records = (0..<random.below(20) + 1).map { _ in (0..<width).map { _ in random.value() } }
      let frame = Frame("H0TEST00", records: records)
      let decoded = try Frame(parsing: frame.bytes).records().map { Array($0) }
      #expect(decoded == records)
    }
  }
}
