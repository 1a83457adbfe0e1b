import KISSandbox
import KISScenario
import KISWire
import Testing

@Suite struct YAMLReadingTests {
  private func node(_ text: String) throws -> YAMLNode { try YAMLNode(parsing: text, file: "a.yaml") }

  private func value(_ text: String) throws -> YAMLNode {
    try #require(try node("value: \(text)").anyMapping("a test")["value"])
  }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "nothing thrown"
    } catch { return "\(error)" }
  }

  @Test func anUnknownKeyIsRefusedWithItsPlaceAndTheNearestKey() {
    let found = message {
      _ = try node("clock: real\n  \nspede: 60\n").mapping("a scenario", keys: ["clock", "speed"])
    }
    #expect(
      found
        == "a.yaml:3:1: expected a key of a scenario, found `spede`; did you mean `speed`? the keys are clock, speed")
  }

  @Test func aMissingKeyIsNamed() throws {
    let mapping = try node("a: 1\nb:").mapping("a test", keys: ["a", "b"])
    #expect(message { _ = try mapping.required("b") } == "a.yaml:1:1: expected the key `b`, found only `a`")
  }

  @Test(arguments: [
    ("clock: real\nspeed: 1\nclock: virtual\n", "a.yaml:3:1"), ("a: 1\r\nb: 2\r\na: 3\r\n", "a.yaml:3:1"),
    ("list:\n  - x: 1\n    y:\n      x: 1\n    x: 2\n", "a.yaml:5:5"), ("{a: 1, a: 2}", "a.yaml:1:2"),
    ("\"a\": 1\n# a: no\n'a': 2\n", "a.yaml:3:1"),
  ])
  func aKeyTwiceIsPointedAtWhereItStandsAgain(text: String, place: String) {
    let found = message { _ = try node(text) }
    #expect(found.hasPrefix("\(place): "), "\(found)")
    #expect(found.contains("twice in one mapping"))
  }

  @Test func exactlyOneOfSeveralKeysIsEnforced() throws {
    let mapping = try node("a: 1\nb: 2\nc: 3").anyMapping("a test")
    #expect(try mapping.exactlyOne(of: ["a", "x"]).key == "a")
    #expect(
      message { _ = try mapping.exactlyOne(of: ["a", "b"]) }
        == "a.yaml:2:1: expected exactly one of `a`, `b`, found `a` and `b`")
  }

  @Test(arguments: [
    ("1.5s", 1_500_000_000), ("250ms", 250_000_000), ("10m", 600_000_000_000), ("6h30m", 23_400_000_000_000),
    ("0.000000001s", 1), ("1d", 86_400_000_000_000), ("7ns", 7),
  ])
  func durationsAreExact(text: String, nanoseconds: Int64) throws {
    #expect(try value(text).duration() == .nanoseconds(nanoseconds))
    #expect(Duration(written: Duration.nanoseconds(nanoseconds).written) == .nanoseconds(nanoseconds))
  }

  @Test(arguments: ["10", "s", "-1s", "1.s", "1x", "99999999999999999999s", "1.5.5s", "400000d", "s1"])
  func otherDurationsAreRefused(text: String) throws {
    let value = try value(text)
    #expect(throws: ScenarioError.self) { try value.duration() }
  }

  @Test func aDurationWithoutItsUnitGetsAProposal() throws {
    #expect(
      message { _ = try value("10").duration() }
        == "a.yaml:1:8: expected a duration such as 1.5s, 250ms, 10m or 6h30m, found `10`; did you mean `10s`? "
        + "a duration needs its unit")
  }

  @Test func timesOfDayNeedNoQuotes() throws {
    #expect(try value("09:30:00").timeOfDay().sinceMidnight == .seconds(34_200))
    #expect(try value("09:30").timeOfDay().description == "09:30:00")
    #expect(try value("15:26:00.25").timeOfDay().description == "15:26:00.25")
    for wrong in ["24:00:00", "9:30", "09:60", "09:30:00.", "09", "aa:bb"] {
      let value = try value(wrong)
      #expect(throws: ScenarioError.self) { try value.timeOfDay() }
    }
  }

  @Test func daysNumbersSizesAndWordsAreChecked() throws {
    #expect(try value("2026-09-21").day() == "2026-09-21")
    #expect(throws: ScenarioError.self) { try value("2026-13-21").day() }
    #expect(try value("41").int(in: 1...100) == 41)
    #expect(throws: ScenarioError.self) { try value("99999999999999999999").int() }
    #expect(try value("0.25").number(in: 0...1) == 0.25)
    #expect(throws: ScenarioError.self) { try value("nan").number(in: 0...1) }
    #expect(try value("8MB").byteCount() == 8_388_608)
    #expect(throws: ScenarioError.self) { try value("9223372036854775807KB").byteCount() }
    #expect(try value("vts").word(Venue.self) == .vts)
    #expect(message { _ = try value("rael").word(Venue.self) }.hasSuffix("found `rael`; did you mean `real`?"))
    #expect(throws: ScenarioError.self) { try value("yes").bool() }
  }

  @Test func jsonKeepsQuotedNumbersAsText() throws {
    #expect(
      try value(#"{rt_cd: "0", count: 3, on: true, none: , name: 삼성전자, list: [1.50, "x"]}"#).json.text
        == #"{"rt_cd":"0","count":3,"on":true,"none":null,"name":"삼성전자","list":[1.50,"x"]}"#)
  }

  @Test func aSingleValueIsAListOfOne() throws {
    #expect(try value("a").strings() == ["a"])
    #expect(try value("[a, b]").strings() == ["a", "b"])
    #expect(try value("[]").strings() == [])
  }

  @Test func brokenYAMLIsReportedWithItsPlace() {
    #expect(message { _ = try node("a: [1, 2\nb: 3") }.hasPrefix("a.yaml:2:"))
    #expect(message { _ = try node("a: 1\na: 2") }.contains("the key `a` twice"))
    #expect(message { _ = try node("a: *nowhere") }.hasPrefix("a.yaml:1:4:"))
    #expect(message { _ = try node("? [a]\n: b") }.contains("expected a key"))
  }

  @Test func hostileFilesEndWithAnError() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: ScenarioError.self) { try node(deep) }
    let nested = String(repeating: "[", count: 900) + String(repeating: "]", count: 900)
    #expect(throws: Never.self) { try node(nested) }
    var laughs = "a0: &a0 [x]\n"
    for level in 1...30 { laughs += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    #expect(throws: ScenarioError.self) { try node(laughs) }
    #expect(throws: ScenarioError.self) { try node("a: \u{0}") }
  }
}
