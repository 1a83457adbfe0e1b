import KISSandbox
import KISScenario
import Testing

@Suite struct ScenarioLintTests {
  private func findings(_ text: String) throws -> [String] {
    let source = try YAMLNode(parsing: text, file: "s.yaml")
    return try Scenario(source).lint(source).map { "\($0)" }
  }

  @Test func aGoodScenarioHasNoFindings() throws {
    let text = """
      recording: a.jsonl
      states: [open, halted]
      dialect: {layouts: {H0STCNT0: 46}}
      rules:
        - when: {request: {tr_id: FHPTJ04400000, parameters: {FID_INPUT_ISCD: "0001"}}}
          nth: 2
          do: {answer: {code: EGW00201}}
        - when: {request: {path: /oauth2/tokenP}}
          do: {answer: {code: EGW00133}}
        - {state: open, when: {time: 10:00:00}, do: [{state: halted}, {emit: "0|H0STCNT0|001|005930"}]}
      """
    #expect(try findings(text) == [])
  }

  @Test func rulesThatWaitForWhatNeverComesAreNamed() throws {
    let text = """
      playhead: session
      states: [a, b]
      faults:
        - {name: ws-stall, chance: 0}
      rules:
        - {name: late, state: b, when: start, do: play}
        - {name: timed, when: {time: 10:00:00}, do: {state: b}}
      expect:
        - {register: {tr_id: H0STCNTX}}
        - {request: {path: /nowhere}, absent: true}
      """
    #expect(
      try findings(text)
        == [
          "s.yaml:3:1: warning: `ws-stall` never happens: its chance is 0",
          "s.yaml:6:5: warning: `late` never fires: at the start the state is `a`",
          "s.yaml:7:5: warning: `timed` never fires: with `playhead: session` there is no time of day that everybody shares",
          "s.yaml:9:24: warning: KIS has no realtime TR `H0STCNTX`; did you mean `H0STCNT0`?",
        ])
  }

  @Test func whatKISDoesNotHaveIsPointedAtWhereItStands() throws {
    let text = """
      orders:
        - {match: {code: "005930"}, do: {reject: APBK0953}}
      rules:
        - when: {register: {tr_id: H0STCNT0}}
          do: play
        - when:
            register:
              tr_id: H0STCNTX
          do: play
      """
    #expect(
      try findings(text)
        == [
          "s.yaml:2:44: warning: KIS has no message code `APBK0953`; did you mean `APBK0952`?",
          "s.yaml:8:16: warning: KIS has no realtime TR `H0STCNTX`; did you mean `H0STCNT0`?",
        ])
  }

  @Test func statesThatNothingLeadsToAreNamed() throws {
    let text = """
      states: [a, b, c]
      rules:
        - {state: a, when: connect, chance: 0, do: {state: b}}
        - {state: c, when: connect, do: play}
      """
    #expect(
      try findings(text)
        == [
          "s.yaml:1:1: warning: no rule that can fire leads to the state `b`; add an action `state: b`",
          "s.yaml:3:5: warning: `rule at line 3` never fires: its chance is 0",
          "s.yaml:4:5: warning: no rule that can fire leads to the state `c`; add an action `state: c`",
        ])
  }

  @Test(arguments: [
    ("{name: r, when: connect, nth: 3, every-nth: 2, do: play}", "`r` never fires: match 3 is none of every 2"),
    ("{name: r, when: start, nth: 2, do: play}", "`r` never fires: a scenario starts once"),
    ("{name: r, when: connect, do: {answer: {code: OPSP0008}}}", "`r` never answers: only requests"),
    ("{name: r, when: connect, do: [end, play]}", "`r` does nothing after `end`"),
    ("{when: {register: {tr_id: H0UPPGM1}}, do: play}", "KIS has no realtime TR `H0UPPGM1`; did you mean `H0UPPGM0`?"),
    ("{when: {request: {tr_id: FHPTJ04400001}}, do: play}", "KIS has no REST tr_id `FHPTJ04400001`; did you mean"),
    ("{when: {request: {path: /oauth2/tokenQ}}, do: play}", "KIS has no path `/oauth2/tokenQ`; did you mean"),
    (
      "{when: {request: {tr_id: FHPTJ04400000, parameters: {FID_INPUT_ISCF: x}}}, do: play}",
      "KIS has no parameter `FID_INPUT_ISCF`; did you mean `FID_INPUT_ISCD`?"
    ),
    ("{when: request, do: {answer: {code: EGW99999}}}", "KIS has no message code `EGW99999`"),
    ("{when: request, do: {answer: {code: APBK0953}}}", "KIS has no message code `APBK0953`; did you mean `APBK09"),
    ("{when: connect, do: {emit: \"0|H0XXXXXX|001|a\"}}", "KIS has no realtime TR `H0XXXXXX`"),
    ("{when: connect, do: {emit: \"0|H0STCNT0|1|a\"}}", "the message is no frame: "),
    ("{when: connect, do: {fault: {name: ws-drop-frame, tr_id: H0STCNTX}}}", "KIS has no realtime TR `H0STCNTX`"),
    (
      "{when: connect, do: {fault: {name: ws-stall, path: /oauth2/tokenP}}}",
      "`ws-stall` never happens: it looks at `path`, which a frame has not"
    ),
    (
      "{when: connect, do: {fault: {name: notice-wrong-iv, tr_id: H0STCNT0}}}",
      "`notice-wrong-iv` never happens: frames of H0STCNT0 are not encrypted"
    ),
    ("{when: connect, do: {fault: {name: ws-gap, chance: 0}}}", "`ws-gap` never happens: its chance is 0"),
    ("{name: r, when: connect, do: {clear-faults: ws-gap}}", "`r` clears `ws-gap`, which nothing arms"),
  ])
  func whatCanNeverHappenIsNamed(rule: String, start: String) throws {
    let found = try findings("rules: [\(rule)]")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("s.yaml:1:") == true)
    #expect(found.first?.contains(": warning: \(start)") == true)
  }

  @Test func anAnswerBehindAnotherIsNamed() throws {
    let text = """
      rules:
        - {name: all, when: request, do: {answer: {code: EGW00201}}}
        - {name: one, when: {request: {path: /oauth2/tokenP}}, do: {answer: {code: EGW00133}}}
      """
    #expect(
      try findings(text)
        == ["s.yaml:3:5: warning: `one` never answers: `all` (line 2) answers the same before it"])
  }

  @Test func settingsWithoutEffectAreNamed() throws {
    #expect(
      try findings("quirks: [notice-encrypt-n]\nfaults: [notice-plain]").first?
        .hasPrefix("s.yaml:1:1: warning: `notice-plain` sends notices unencrypted") == true)
  }
}
