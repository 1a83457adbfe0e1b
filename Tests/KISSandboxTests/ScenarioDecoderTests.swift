import KISRecording
import KISSandbox
import KISScenario
import KISWire
import Testing

@Suite struct ScenarioDecoderTests {
  private func scenario(_ text: String) throws -> Scenario { try Scenario(parsing: text, file: "s.yaml") }

  private func message(_ text: String) -> String {
    do {
      _ = try scenario(text)
      return "nothing thrown"
    } catch { return "\(error)" }
  }

  @Test func anEmptyFileIsTheDefaultScenario() throws {
    var expected = Scenario()
    expected.file = "s.yaml"
    #expect(try scenario("") == expected)
    #expect(try scenario("# nothing but a comment") == expected)
  }

  @Test(arguments: [
    ("states: [a, b, a]", "s.yaml:1:16: expected each state once, found `a`"),
    (
      "sandboxes: [{name: a, app-keys: x}, {name: a, app-keys: y}]",
      "s.yaml:1:37: expected a name of its own, found a second sandbox `a`"
    ),
    (
      "sandboxes: [{name: a, app-keys: [x, y]}, {name: b, app-keys: y}]",
      "s.yaml:1:42: expected app keys of its own, found `y`, which another sandbox has"
    ),
  ])
  func whatHasToBeUniqueIs(text: String, expected: String) {
    #expect(message(text) == expected)
  }

  @Test func everySettingOfPlaybackAndWorldIsRead() throws {
    let read = try scenario(
      """
      title: Everything
      recording: [a.jsonl, ../b.jsonl]
      clock: virtual
      speed: max
      start: 09:30
      loop: true
      seed: 7
      venue: vts
      dialect: {as-of: 2026-09-14, layouts: {H0STCNT0: 46, H0STCNI0: 2025-03-27}}
      credentials:
        apps: [{key: k, secret: s, hts-ids: me, accounts: [50012345-01], corporate: true}]
        hts-ids: [you]
        accounts: 50099999-01
      limits:
        registrations: 3
        requests-per-second: 5
        token-interval: 2m
        token-lifetime: 90s
        token-reuse: 0s
        approval-lifetime: 1h
        slot-release: 91s
        outbox: 64KB
        slow-client: cut
        journal-entries: 10
        journal-bytes: 1MB
      pingpong: {interval: 10s, timeout: 5s, rhythm: idle}
      playhead: session
      codes: permissive
      generated-answers: false
      sandboxes: [{name: b, app-keys: [k2], scenario: b.yaml}]
      """)
    var expected = Scenario()
    expected.file = "s.yaml"
    expected.positions = read.positions
    expected.title = "Everything"
    expected.recordings = ["a.jsonl", "../b.jsonl"]
    expected.clock = .virtual
    expected.speed = .max
    expected.start = TimeOfDay("09:30:00")
    expected.loop = true
    expected.seed = 7
    expected.venue = .vts
    expected.dialect = DialectChoice(
      asOf: "2026-09-14", overrides: ["H0STCNT0": .width(46), "H0STCNI0": .asOf("2025-03-27")])
    expected.credentials.apps = [
      .init(key: "k", secret: "s", htsIDs: ["me"], accounts: ["50012345-01"], isCorporate: true)
    ]
    expected.credentials.htsIDs = ["you"]
    expected.credentials.accounts = ["50099999-01"]
    expected.limits.registrations = 3
    expected.limits.requestsPerSecond = 5
    expected.limits.tokenInterval = .seconds(120)
    expected.limits.tokenLifetime = .seconds(90)
    expected.limits.tokenReuse = .zero
    expected.limits.approvalLifetime = .seconds(3600)
    expected.limits.slotRelease = .seconds(91)
    expected.limits.outbox = 65_536
    expected.limits.slowClient = .cut
    expected.limits.journalEntries = 10
    expected.limits.journalBytes = 1_048_576
    expected.pingPong.first = .seconds(10)
    expected.pingPong.interval = .seconds(10)
    expected.pingPong.timeout = .seconds(5)
    expected.pingPong.rhythm = .idle
    expected.playhead = .session
    expected.codes = .permissive
    expected.generatedAnswers = false
    expected.sandboxes = [SandboxChoice(name: "b", appKeys: ["k2"], scenario: "b.yaml")]
    #expect(read == expected)
    #expect(read.credentials.allHTSIDs == ["you", "me"])
    #expect(read.credentials.allAccounts == ["50099999-01", "50012345-01"])
  }

  @Test func quirksAndFaultsAreReadWithTheirLimits() throws {
    let read = try scenario(
      """
      quirks:
        - notice-encrypt-n
        - {name: stream-silent-after-success, tr_id: H0UNCNT0, tr_key: [005930, "0074K0"]}
      faults:
        - ws-stall
        - {name: ws-close, code: 1001, skip: 10, every-nth: 2, times: 3, for: 1m, chance: 0.5, tr_id: H0*}
        - {name: http-fail-first, path: /uapi/*}
      """)
    #expect(read.quirks.contains(.noticeEncryptN))
    #expect(read.quirks.contains(.streamSilentAfterSuccess, transactionID: "H0UNCNT0", key: "0074K0"))
    #expect(!read.quirks.contains(.streamSilentAfterSuccess, transactionID: "H0UNCNT0", key: "000660"))
    #expect(read.faults.map(\.name) == [.wsStall, .wsClose, .httpFailFirst])
    #expect(read.faults[1].behavior == .frame(.end(.close(code: 1001, reason: ""))))
    #expect(
      read.faults[1].conditions
        == FaultConditions(
          chance: 0.5, skip: 10, everyNth: 2, times: 3, lasts: .seconds(60), transactionID: TextPattern(["H0*"])))
    #expect(read.faults[2].conditions.times == 3)
    #expect(read.faults[2].behavior == .http(.replaced(.status(503, body: ""))))
  }

  @Test func rulesAreReadWithTriggersAndActions() throws {
    let read = try scenario(
      """
      states: [calm, storm]
      rules:
        - name: storm comes
          state: calm
          when:
            request: {method: GET, path: /uapi/*, tr_id: [A, B], app-key: k, parameters: {FID_INPUT_ISCD: 0001}}
          nth: 3
          counted: session
          chance: 0.5
          times: 2
          do:
            - state: storm
            - answer: {status: 200, headers: {tr_cont: M}, body: {rt_cd: "0", output: []}}
            - delay: 2s
        - when: {time: 09:30:00}
          do:
            - emit: pingpong
            - emit: {text: "0|H0STCNT0|001|x", to: all}
            - fault: {name: ws-gap, frames: 5}
            - clear-faults: ws-gap
            - clear-faults
            - speed: 60
            - pause
            - play
            - seek: 10:00:00
            - seek: halt
            - dialect: {as-of: 2026-09-14}
            - end
        - when: connect
          every-nth: 2
          do: {answer: {code: OPSP0008}}
      expect: [{request: {path: /x}, exactly: 1}]
      """)
    let first = read.rules[0]
    #expect(first.name == "storm comes")
    #expect(first.position.line == 3)
    #expect(first.states == ["calm"])
    #expect(
      first.trigger
        == .request(
          RequestPattern(
            method: TextPattern(["GET"]), path: TextPattern(["/uapi/*"]), transactionID: TextPattern(["A", "B"]),
            appKey: TextPattern(["k"]), parameters: [.init("FID_INPUT_ISCD", TextPattern(["0001"]))])))
    #expect(first.nth == 3)
    #expect(first.counted == .session)
    #expect(first.chance == 0.5)
    #expect(first.times == 2)
    #expect(
      first.actions
        == [
          .state("storm"),
          .answer(
            Answer(status: 200, headers: [.init("tr_cont", "M")], body: .json(["rt_cd": "0", "output": []]))),
          .delay(.seconds(2)),
        ])
    let second = read.rules[1]
    #expect(second.name == "rule at line 15")
    #expect(second.trigger == .timeOfDay(try #require(TimeOfDay("09:30"))))
    #expect(
      second.actions
        == [
          .emit(Emission(.pingPong)), .emit(Emission(.text("0|H0STCNT0|001|x"), to: .all)),
          .fault(ConfiguredFault(.wsGap, ["frames": .number(5)])), .clearFaults(.wsGap), .clearFaults(nil),
          .speed(.times(60)), .pause, .play, .seek(.timeOfDay(try #require(TimeOfDay("10:00")))),
          .seek(.marker("halt")), .dialect(DialectChoice(asOf: "2026-09-14")), .end,
        ])
    #expect(read.rules[2].actions == [.answer(Answer(body: .code("OPSP0008")))])
    #expect(read.rules[2].everyNth == 2)
    #expect(
      read.expectations
        == [.init(.count(.init(.request(.init(path: .init(["/x"])))), .exactly(1)))])
  }

  @Test(arguments: [
    ("spede: 60", "s.yaml:1:1: expected a key of a scenario, found `spede`; did you mean `speed`?"),
    ("speed: 0", "s.yaml:1:8: expected a speed"),
    (
      "limits:\n  registratoins: 3",
      "s.yaml:2:3: expected a key of limits, found `registratoins`; did you mean `registrations`?"
    ),
    (
      "quirks: [notice-encrypt-m]",
      "s.yaml:1:10: expected the name of a quirk, found `notice-encrypt-m`; did you mean `notice-encrypt-n`?"
    ),
    ("faults: [ws-stal]", "s.yaml:1:10: expected the name of a fault, found `ws-stal`; did you mean `ws-stall`?"),
    (
      "faults: [{name: ws-close, kode: 1}]",
      "s.yaml:1:27: expected a key of the fault ws-close, found `kode`; did you mean `code`?"
    ),
    (
      "states: [open]\nrules: [{state: opne, when: start, do: play}]",
      "s.yaml:2:17: expected one of the states open, found `opne`; did you mean `open`?"
    ),
    ("rules: [{when: connekt, do: play}]", "s.yaml:1:16: expected a trigger, found `connekt`; did you mean `connect`?"),
    ("rules: [{when: start, do: paus}]", "s.yaml:1:27: expected an action, found `paus`; did you mean `pause`?"),
    ("rules: [{when: start}]", "s.yaml:1:9: expected the key `do`, found only `when`"),
    ("rules: [{when: {time: 09:00, after: 1s}, do: play}]", "s.yaml:1:30: expected exactly one of"),
    ("credentials: {accounts: [123]}", "s.yaml:1:26: expected an account such as 50012345-01, found `123`"),
    ("recording: {a: b}", "s.yaml:1:12: expected text, found a mapping with the keys `a`"),
    ("- a", "s.yaml:1:1: expected a scenario, written as `key: value` lines, found a list of 1"),
  ])
  func mistakesAreNamedWithTheirPlace(text: String, start: String) {
    #expect(message(text).hasPrefix(start))
  }

  @Test func decodingAnyCutOfAScenarioEnds() {
    let text = """
      title: x
      rules: [{when: {request: {path: "/a"}}, do: [{answer: {code: EGW00201}}, {fault: ws-stall}]}]
      limits: {outbox: 8MB, token-interval: 1m}
      """
    for length in 0...text.count { _ = try? scenario(String(text.prefix(length))) }
    #expect(throws: Never.self) { try scenario(text) }
  }
}
