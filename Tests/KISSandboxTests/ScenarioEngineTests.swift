import KISRecording
import KISSandbox
import KISScenario
import KISWire
import Testing

/// Scenarios as playbooks: events in, the fired rules' names and actions out.
@Suite struct ScenarioEngineTests {
  private struct Playbook {
    var engine: ScenarioEngine
    var generator: SeededGenerator
    var elapsed: Duration = .zero
    var start: TimeOfDay

    init(_ text: String, start: String = "09:00", seed: UInt64 = 1) throws {
      self.start = try #require(TimeOfDay(start))
      engine = ScenarioEngine(try Scenario(parsing: text, file: "s.yaml"), start: self.start)
      generator = SeededGenerator(seed: seed)
    }

    var moment: ScenarioMoment {
      ScenarioMoment(elapsed: elapsed, timeOfDay: TimeOfDay(sinceMidnight: start.sinceMidnight + elapsed))
    }

    mutating func observe(_ event: ScenarioEvent) -> [Action] {
      engine.observe(event, at: moment, using: &generator).map(\.action)
    }

    mutating func names(_ event: ScenarioEvent) -> [String] {
      engine.observe(event, at: moment, using: &generator).map(\.rule)
    }

    mutating func pass(_ duration: Duration) -> [String] {
      elapsed += duration
      return names(.time)
    }
  }

  private func request(_ path: String, _ parameters: [NameValue] = []) -> ScenarioEvent {
    .request(ObservedRequest(method: "GET", path: path, transactionID: "T", appKey: "k", parameters: parameters))
  }

  @Test func theFirstRuleThatAnswersWinsAndOthersStillAct() throws {
    var playbook = try Playbook(
      """
      rules:
        - {name: note, when: request, do: {delay: 1s}}
        - {name: second, when: {request: {path: /a}}, nth: 2, do: {answer: {code: EGW00201}}}
        - {name: any, when: request, do: {answer: {code: EGW00123}}}
        - {name: late, when: request, do: {speed: 2}}
      """)
    #expect(playbook.names(request("/a")) == ["note", "any", "late"])
    #expect(playbook.names(request("/a")) == ["note", "second", "late"])
    #expect(playbook.names(request("/b")) == ["note", "any", "late"])
  }

  @Test func requestsMatchByEverythingTheyName() throws {
    let text = """
      rules:
        - name: hit
          when:
            request:
              method: GET
              path: /uapi/*/price
              tr_id: [X, T]
              app-key: k
              parameters: {FID_INPUT_ISCD: "0001"}
          do: play
      """
    var playbook = try Playbook(text)
    #expect(playbook.names(request("/uapi/a/b/price", [.init("fid_input_iscd", "0001")])) == ["hit"])
    #expect(playbook.names(request("/uapi/price2", [.init("FID_INPUT_ISCD", "0001")])) == [])
    #expect(playbook.names(request("/uapi/a/price", [.init("FID_INPUT_ISCD", "1001")])) == [])
    #expect(playbook.names(request("/uapi/a/price")) == [])
  }

  @Test func aNearMissNamesTheFirstFieldThatDiffers() {
    let pattern = RequestPattern(
      path: TextPattern(["/a"]), parameters: [.init("FID_INPUT_ISCD", TextPattern(["0001", "1001"]))])
    let wrong = ObservedRequest(method: "GET", path: "/a", parameters: [.init("FID_INPUT_ISCD", "2001")])
    #expect(
      pattern.firstDifference(from: wrong)?.description
        == "parameter FID_INPUT_ISCD: expected 0001 or 1001, found 2001")
    #expect(pattern.firstDifference(from: ObservedRequest(method: "GET", path: "/a"))?.found == nil)
    #expect(
      RegistrationPattern(transactionID: TextPattern(["H0ST*"]))
        .firstDifference(transactionID: "H0UPPGM0", key: "0001")?.field == "tr_id")
  }

  @Test func statesPutRulesToSleepAndWakeThem() throws {
    var playbook = try Playbook(
      """
      states: [open, halted]
      rules:
        - {name: halt, state: open, when: {register: {tr_id: H0STCNT0}}, do: {state: halted}}
        - {name: refuse, state: halted, when: register, do: {answer: {code: OPSP0007}}}
        - {name: entered, when: {state: halted}, do: {emit: pingpong}}
        - {name: again, state: halted, when: release, do: {state: open}}
      """)
    #expect(playbook.engine.state == "open")
    #expect(playbook.names(.registered(session: 1, transactionID: "H0UPPGM0", key: "0001")) == [])
    #expect(playbook.names(.registered(session: 1, transactionID: "H0STCNT0", key: "005930")) == ["halt", "entered"])
    #expect(playbook.engine.state == "halted")
    #expect(playbook.names(.registered(session: 1, transactionID: "H0STCNT0", key: "000660")) == ["refuse"])
    #expect(playbook.names(.released(session: 1, transactionID: "H0STCNT0", key: "005930")) == ["again"])
    #expect(playbook.engine.state == "open")
  }

  @Test func statesThatChaseEachOtherComeToAnEnd() throws {
    var playbook = try Playbook(
      """
      states: [a, b]
      rules:
        - {when: {state: a}, do: {state: b}}
        - {when: {state: b}, do: {state: a}}
        - {when: connect, do: {state: b}}
      """)
    #expect(playbook.observe(.connected(session: 1)).count <= 3)
  }

  @Test func matchesAreCountedForTheSandboxOrForEachSession() throws {
    var playbook = try Playbook(
      """
      rules:
        - {name: third, when: frame, nth: 3, do: play}
        - {name: second of each, when: frame, nth: 2, counted: session, do: play}
        - {name: every second, when: frame, every-nth: 2, times: 1, do: play}
      """)
    func frame(_ session: Int) -> ScenarioEvent {
      .frameDelivered(session: session, transactionID: "H0STCNT0", key: "005930")
    }
    #expect(playbook.engine.watchesFrames)
    #expect(playbook.names(frame(1)) == [])
    #expect(playbook.names(frame(2)) == ["every second"])
    #expect(playbook.names(frame(2)) == ["third", "second of each"])
    #expect(playbook.names(frame(1)) == ["second of each"])
    #expect(playbook.names(.disconnected(session: 1)) == [])
    #expect(playbook.names(frame(1)) == [])
    #expect(playbook.names(frame(1)) == ["second of each"])
  }

  @Test func timesComeOnBothTimeLines() throws {
    var playbook = try Playbook(
      """
      rules:
        - {name: open, when: {time: "09:00"}, do: play}
        - {name: half past, when: {time: 09:30:00}, do: play}
        - {name: soon, when: {after: 10s}, do: play}
        - {name: beat, when: {interval: 15m}, do: play}
      """)
    #expect(playbook.engine.nextDeadline == ScenarioDeadline(elapsed: .seconds(10), timeOfDay: TimeOfDay("09:00")))
    #expect(playbook.names(.started) == ["open"])
    #expect(playbook.pass(.seconds(9)) == [])
    #expect(playbook.pass(.seconds(1)) == ["soon"])
    #expect(playbook.engine.nextDeadline == ScenarioDeadline(elapsed: .seconds(900), timeOfDay: TimeOfDay("09:30")))
    #expect(playbook.pass(.seconds(890)) == ["beat"])
    #expect(playbook.pass(.seconds(900)) == ["half past", "beat"])
    #expect(playbook.pass(.seconds(3600)) == ["beat"])
    #expect(playbook.engine.nextDeadline.elapsed == .seconds(6300))
    #expect(playbook.engine.nextDeadline.timeOfDay?.description == "33:00:00")
  }

  @Test func midnightComesOncePerDay() throws {
    var playbook = try Playbook("rules: [{name: midnight, when: {time: 00:00:00}, do: play}]", start: "23:59:50")
    #expect(playbook.names(.started) == [])
    #expect(playbook.engine.nextDeadline.timeOfDay?.sinceMidnight == .seconds(86_400))
    #expect(playbook.pass(.seconds(10)) == ["midnight"])
    #expect(playbook.pass(.seconds(10)) == [])
    #expect(playbook.pass(.seconds(86_400)) == ["midnight"])
  }

  @Test func aSeekSkipsTimesAndGoingBackBringsThemAgain() throws {
    var playbook = try Playbook("rules: [{name: half past, when: {time: 09:30:00}, do: play}]")
    playbook.engine.seek(to: try #require(TimeOfDay("10:00")))
    playbook.start = try #require(TimeOfDay("10:00"))
    #expect(playbook.names(.time) == [])
    playbook.engine.seek(to: try #require(TimeOfDay("09:29")))
    playbook.start = try #require(TimeOfDay("09:29"))
    #expect(playbook.pass(.seconds(60)) == ["half past"])
  }

  @Test func afterCountsFromTheEntryOfTheState() throws {
    var playbook = try Playbook(
      """
      states: [open, halted]
      rules:
        - {name: halt, state: open, when: connect, do: {state: halted}}
        - {name: resume, state: halted, when: {after: 2m}, do: {state: open}}
      """)
    #expect(playbook.pass(.seconds(600)) == [])
    #expect(playbook.engine.nextDeadline == ScenarioDeadline())
    #expect(playbook.names(.connected(session: 1)) == ["halt"])
    #expect(playbook.engine.nextDeadline.elapsed == .seconds(720))
    #expect(playbook.pass(.seconds(119)) == [])
    #expect(playbook.pass(.seconds(1)) == ["resume"])
    #expect(playbook.names(.connected(session: 2)) == ["halt"])
    #expect(playbook.pass(.seconds(120)) == ["resume"])
  }

  @Test func theSameSeedMakesTheSameChances() throws {
    func outcome(seed: UInt64) throws -> [Bool] {
      var playbook = try Playbook("rules: [{when: connect, chance: 0.5, do: play}]", seed: seed)
      return (0..<64).map { !playbook.observe(.connected(session: $0)).isEmpty }
    }
    #expect(try outcome(seed: 7) == outcome(seed: 7))
    #expect(try outcome(seed: 7) != outcome(seed: 8))
    #expect(try Set(outcome(seed: 7)).count == 2)
  }

  @Test func anEditedScenarioKeepsStateAndCounts() throws {
    let text = """
      states: [a, b]
      rules:
        - {name: to b, when: connect, nth: 1, do: {state: b}}
        - {name: third, when: connect, nth: 3, do: play}
      """
    var playbook = try Playbook(text)
    #expect(playbook.names(.connected(session: 1)) == ["to b"])
    #expect(playbook.names(.connected(session: 2)) == [])
    let edited = "title: edited\n" + text + "\n  - {name: new, when: connect, nth: 1, do: play}"
    playbook.engine.adopt(try Scenario(parsing: edited, file: "s.yaml"), at: playbook.moment)
    #expect(playbook.engine.state == "b")
    #expect(playbook.names(.connected(session: 3)) == ["third", "new"])
  }
}
