import KISWire
import Testing

@testable import KISSandbox
@testable import KISScenario
@testable import kis_mock

@Suite("The outcome of kis-mock run")
struct RunOutcomeTests {
  @Test("is a success when the command succeeded and everything expected happened")
  func success() {
    let outcome = outcome(code: 0, verdicts: [.yes])
    #expect(outcome.isSuccess)
    #expect(outcome.description == "kis-mock run: ok, scenarios/x.yaml, seed 7, expectations met: 1")
  }

  @Test(
    "is a failure when the command failed, or something expected did not happen or cannot be told",
    arguments: [(3, []), (0, [.no]), (0, [.yes, .unknown])] as [(Int32, [JournalFinding.Verdict])])
  func failure(code: Int32, verdicts: [JournalFinding.Verdict]) {
    let outcome = outcome(code: code, verdicts: verdicts)
    #expect(!outcome.isSuccess)
    #expect(outcome.description.contains("FAILED"))
    #expect(outcome.description.contains("--seed 7"))
  }

  @Test("says it in JUnit XML, with everything that XML cannot hold escaped")
  func junit() {
    #expect(
      outcome(code: 1, verdicts: [.yes]).junit.hasPrefix(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites tests="2" failures="1">
          <testsuite name="kis-mock run scenarios/x.yaml" tests="2" failures="1" time="1.050">
            <properties><property name="seed" value="7"/></properties>
            <testcase classname="kis-mock run scenarios/x.yaml" name="client &lt;&quot;&amp;&quot;&gt; \u{FFFD}" time="1.050">
              <failure message="`client &lt;&quot;&amp;&quot;&gt; \u{FFFD}` ended with 1">
        """))
  }

  @Test("says that times are virtual where they are")
  func virtualTimes() {
    var outcome = outcome(code: 1, verdicts: [])
    #expect(!outcome.description.contains("virtual"))
    outcome.report.isTimeVirtual = true
    #expect(outcome.description.contains("times are virtual"))
  }

  @Test("says it in TAP, a line for each check")
  func tap() {
    #expect(
      outcome(code: 0, verdicts: [.yes, .no]).tap == """
        TAP version 14
        1..3
        ok 1 - client <"&"> \u{1}
        ok 2 - at least 1 of [connect]
        not ok 3 - at least 1 of [connect]
          ---
          seed: 7
          message: |
            no: expected at least 1 of [connect]; found 0
          ...

        """)
  }

  private func outcome(code: Int32, verdicts: [JournalFinding.Verdict]) -> RunOutcome {
    let expectation = JournalExpectation(.count(JournalQuery(.connect), .atLeast(1)))
    return RunOutcome(
      command: ["client", "<\"&\">", "\u{1}"], ending: .init(code: code, wasInterrupted: false),
      nanoseconds: 1_050_000_000,
      report: SandboxReport(
        subject: "scenarios/x.yaml", seed: 7, state: nil, replay: nil,
        findings: verdicts.map {
          JournalFinding(expectation: expectation, verdict: $0, found: "found 0", nearest: [])
        }, unmatched: [], recent: [], lastMessages: []))
  }
}
