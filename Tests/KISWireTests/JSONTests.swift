import KISWire
import Testing

struct JSONTests {
  @Test("text without white space comes out as it went in", arguments: Sample.answers + Sample.controls)
  func roundTrip(sample: Sample) throws {
    #expect(try JSONValue(parsing: sample.text).text == sample.text)
  }

  @Test("any value survives encoding and decoding")
  func property() throws {
    var random = SplitMix(seed: 3)
    for _ in 0..<500 {
      let value = random.json(depth: 4)
      #expect(try JSONValue(parsing: value.text) == value)
    }
  }

  @Test("numbers keep their spelling, duplicate names stay")
  func spelling() throws {
    let text = #"{"a":200,"a":-0.140,"b":1E+3,"c":1e-2,"d":[0,-0]}"#
    #expect(try JSONValue(parsing: text).text == text)
  }

  @Test("escapes are read, surrogate pairs too; a lone surrogate becomes U+FFFD")
  func escapes() throws {
    let text = #""\"\\\/\b\f\n\r\t\uD55C\uae00 \ud83d\ude42 \ud83d""#
    #expect(try JSONValue(parsing: text).string == "\"\\/\u{8}\u{C}\n\r\t한글 🙂 \u{FFFD}")
    #expect(JSONValue.string("\u{1}\"").text == #""\u0001\"""#)
  }

  @Test(
    "malformed text is an error at its byte",
    arguments: [
      ("", 0), ("{", 1), (#"{"a""#, 4), (#"{"a":}"#, 5), ("[1,]", 3), ("01", 1), ("-", 1), ("1.", 2), ("1e", 2),
      ("tru", 3), ("\"a", 2), ("\"\\x\"", 2), ("\"\\u12g4\"", 5), ("[] x", 3), ("\"\n\"", 1), ("nul", 3), ("'a'", 0),
    ])
  func malformed(text: String, offset: Int) throws {
    let error = try #require(throws: WireError.self) { try JSONValue(parsing: text) }
    #expect(error.code == .json)
    #expect(error.offset == offset)
  }

  @Test("deep nesting is refused before it exhausts the stack")
  func depth() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: WireError.self) { try JSONValue(parsing: deep) }
    #expect(throws: WireError.self) { try JSONValue(parsing: String(repeating: #"{"a":"#, count: 65)) }
  }

  @Test("text that is not UTF-8 is an error")
  func brokenText() {
    #expect(throws: WireError.self) { try JSONValue(parsing: [0x22, 0xEC, 0x82, 0x22]) }
  }
}
