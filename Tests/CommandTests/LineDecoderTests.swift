import KISWire
import Testing

@testable import kis_mock

@Suite("kis-mock decode")
struct LineDecoderTests {
  private func decoded(_ lines: String..., cipher: PayloadCipher? = nil) throws -> String {
    var decoder = LineDecoder(dialect: .latest(), cipher: cipher)
    var output: [UInt8] = []
    for line in lines { try decoder.decode(Array(line.utf8), into: &output) }
    return String(decoding: output, as: UTF8.self)
  }

  @Test(
    "writes what the record's own JSON is",
    arguments: [
      "0|H0UPPGM0|001|0001^085913^0^-1", "0|H0STCNT0|002|005930^1^2^000660^3^4", "0|UNKNOWN|001|a\"b^\\^한글^",
      "0|H0STCNT0|001|\(Array(repeating: "x", count: 50).joined(separator: "^"))", "0|H0UPPGM0|001|",
    ])
  func sameAsRecordJSON(_ line: String) throws {
    let records = try Frame(parsing: line).records(in: .latest())
    #expect(try decoded(line) == records.map { $0.json.text + "\n" }.joined())
  }

  @Test("repairs broken UTF-8, as JSON has to be text")
  func brokenText() throws {
    var decoder = LineDecoder(dialect: .latest())
    var output: [UInt8] = []
    try decoder.decode(Array("0|X|001|a".utf8) + [0xFF], into: &output)
    #expect(String(decoding: output, as: UTF8.self) == #"{"tr_id":"X","fields":{},"extra":["a\#u{FFFD}"]}"# + "\n")
  }

  @Test("prints nothing for blank lines, answers and PINGPONG")
  func silence() throws {
    let answer = RegistrationReply.registered(.init("H0UPPGM0", key: "0001"), .init(iv: iv, key: key)).text
    #expect(try decoded("", "  ", answer, PingPong(datetime: "20260921085900").text) == "")
  }

  @Test("decrypts with the answer in front, or with the key and iv given, which win")
  func decrypts() throws {
    let cipher = try PayloadCipher(iv: iv, key: key)
    let frame = try cipher.encrypt(Frame("H0STCNI0", payload: Array("me^1".utf8))).text
    let answer = RegistrationReply.registered(.init("H0STCNI0", key: "me"), .init(iv: iv, key: key)).text
    let foreign = RegistrationReply.registered(
      .init("H0STCNI0", key: "me"), .init(iv: iv, key: String(key.reversed()))
    ).text
    #expect(try decoded(answer, frame).contains(#""CUST_ID":"me""#))
    #expect(try decoded(foreign, frame, cipher: cipher).contains(#""CUST_ID":"me""#))
    #expect(throws: WireError.self) { try decoded(frame) }
  }

  @Test(
    "says at which byte a line is wrong",
    arguments: [("hello", 0), ("0|H0STCNT0|2|a", 11), ("0|H0STCNT0|002|a^b^c", 19), ("{\"a\":", 5), ("{\"t\":0}", 0)])
  func positions(_ line: String, _ offset: Int) throws {
    let error = try #require(throws: WireError.self) { try decoded(line) }
    #expect(error.offset == offset)
  }

  private let iv = "0123456789abcdef"
  private let key = "abcdefghijklmnopabcdefghijklmnop"
}
