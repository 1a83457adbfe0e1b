import KISRecording
import KISWire
import Testing

@testable import KISSandbox
@testable import KISScenario

@Suite("Expecting things of the journal")
struct JournalExpectationTests {
  /// Requests at 1, 2, 3 and 10 s, a connection at 4 s, registrations at 5 and 6 s.
  private static func journal(keeping limit: Int = 100) -> Journal {
    var journal = Journal(limits: .init(entries: limit))
    for second in [1, 2, 3] { journal.append(.get("/uapi/price", "FHKST01010100"), at: .seconds(second)) }
    journal.append(.connect(path: "/"), session: 1, at: .seconds(4))
    journal.append(.registered("H0UPPGM0", "0001"), session: 1, at: .seconds(5))
    journal.append(.registered("H0UPPGM0", "1001"), session: 1, at: .seconds(6))
    journal.append(.get("/uapi/price", "FHKST01010100", status: 500), at: .seconds(10))
    journal.delivered(100, transactionID: "H0UPPGM0", key: "0001", to: 1, at: .seconds(7))
    return journal
  }

  @Test(
    "a journal that is off knows nothing, and says so",
    arguments: [
      "request", "{request: {}, absent: true}", "{frame: {}, at-least: 1}", "{in-order: [connect, disconnect]}",
    ])
  func off(expectation: String) throws {
    let journal = Self.journal(keeping: 0)
    #expect(journal.isOff && journal.entries.isEmpty)
    #expect(journal.check(try .reading(expectation)).verdict != .yes)
    #expect(Journal(limits: .init(entries: 0)).check(try .reading(expectation)).verdict == .unknown)
  }

  @Test(
    "counts, orders, windows and absence are told right",
    arguments: [
      ("request", JournalFinding.Verdict.yes), ("fault", .no),
      ("{request: {}, at-least: 4}", .yes), ("{request: {}, at-least: 5}", .no),
      ("{request: {}, at-most: 4}", .yes), ("{request: {}, at-most: 3}", .no),
      ("{request: {}, exactly: 4}", .yes), ("{request: {}, exactly: 3}", .no),
      ("{fault: , absent: true}", .yes), ("{request: {}, absent: true}", .no),
      ("{request: {}, at-least: 3, within: 2s}", .yes), ("{request: {}, at-least: 4, within: 2s}", .no),
      ("{request: {}, at-most: 3, within: 5s}", .yes), ("{request: {}, at-most: 2, within: 2s}", .no),
      ("{frame: {tr_id: H0UPPGM0}, at-least: 100}", .yes), ("{frame: {tr_id: H0UPPGM0}, exactly: 99}", .no),
      ("{in-order: [request, connect, register]}", .yes), ("{in-order: [connect, register, register]}", .yes),
      ("{in-order: [register, connect]}", .no), ("{in-order: [register, register, register]}", .no),
      ("{in-order: [request, connect], within: 1s}", .yes), ("{in-order: [request, register], within: 1s}", .no),
      ("{in-order: [{request: {}, status: 200}, {request: {}, status: 500}], within: 7s}", .yes),
    ])
  func verdicts(expectation: String, verdict: JournalFinding.Verdict) throws {
    let finding = Self.journal().check(try .reading(expectation))
    #expect(finding.verdict == verdict, "\(finding)")
  }

  @Test(
    "a question about what has been forgotten is never answered with yes",
    arguments: [
      // Kept are the connection, the registrations and the last request.
      ("{request: {}, at-least: 1}", JournalFinding.Verdict.unknown), ("{request: {}, at-least: 4}", .unknown),
      ("{request: {}, exactly: 1}", .unknown), ("{request: {}, at-most: 4}", .unknown),
      ("{request: {path: /nothing}, absent: true}", .unknown),
      ("{in-order: [connect, request]}", .unknown), ("{in-order: [request, connect]}", .unknown),
      // What is left disproves it.
      ("{request: {}, absent: true}", .no), ("{request: {}, at-most: 0}", .no),
      // Nothing that is meant has gone.
      ("{register: {}, exactly: 2}", .yes), ("{in-order: [connect, register]}", .yes),
      ("{fault: , absent: true}", .yes),
      ("{request: {}, exactly: 1, since: 4s}", .yes), ("{request: {}, exactly: 1, since: 3s}", .unknown),
    ])
  func forgotten(expectation: String, verdict: JournalFinding.Verdict) throws {
    let finding = Self.journal(keeping: 4).check(try .reading(expectation))
    #expect(finding.verdict == verdict, "\(finding)")
    #expect((verdict == .unknown) == finding.found.contains("nobody can tell"))
  }

  @Test("whatever a bounded journal answers, an unbounded one does not contradict it")
  func neverLies() throws {
    var generator = SeededGenerator(seed: 11)
    let questions =
      try ["request", "register", "connect"].flatMap { subject in
        try (0...4).flatMap { count in
          try ["at-least", "at-most", "exactly"].map {
            try JournalExpectation.reading("{\(subject): , \($0): \(count)}")
          }
        }
      } + ["{in-order: [request, register]}", "{in-order: [register, connect, request]}"].map { try .reading($0) }
    for _ in 0..<200 {
      var bounded = Journal(limits: .init(entries: Int.random(in: 1...6, using: &generator)))
      var whole = Journal()
      for second in 0..<Int.random(in: 0...9, using: &generator) {
        let content: [JournalEntry.Content] = [.get("/x"), .registered("A", "B"), .connect(path: "/")]
        let chosen = content[Int.random(in: 0...2, using: &generator)]
        bounded.append(chosen, at: .seconds(second))
        whole.append(chosen, at: .seconds(second))
      }
      for question in questions {
        let answer = bounded.check(question).verdict
        #expect(answer == .unknown || answer == whole.check(question).verdict, "\(question)")
      }
    }
  }

  @Test("a failure names what was expected, what was found and what came near")
  func failureText() throws {
    let finding = Self.journal().check(try .reading("{register: {tr_id: H0UPPGM0, tr_key: '0002'}}"))
    #expect(
      finding.description == """
        no: expected at least 1 of [register tr_id H0UPPGM0, tr_key 0002]; found 0
          near: #5 at 5s, session 1: register H0UPPGM0 0001 → OPSP0000: tr_key: expected 0002, found 0001
          near: #6 at 6s, session 1: register H0UPPGM0 1001 → OPSP0000: tr_key: expected 0002, found 1001
        """)
    let frames = Self.journal().check(try .reading("frame: {tr_id: H0UPPGM1}"))
    #expect(frames.description.contains("100 frames of H0UPPGM0 0001 to session 1: tr_id: expected H0UPPGM1"))
    let surplus = Self.journal().check(try .reading("{connect: , absent: true}"))
    #expect(surplus.description.contains("near: #4 at 4s, session 1: connect on /"))
  }

  @Test(
    "an expectation says what is wrong with it",
    arguments: [
      ("{request: {}, at-lest: 2}", "did you mean `at-least`?"),
      ("{request: {}, at-least: 2, exactly: 2}", "expected exactly one of"),
      ("{in-order: [request]}", "expected two or more queries"),
      ("{in-order: [request, frame]}", "frames are counted, so they have no order"),
      ("nonsense", "expected"),
    ])
  func mistakes(expectation: String, says: String) {
    let error = #expect(throws: ScenarioError.self) { try JournalExpectation.reading(expectation) }
    #expect(error?.description.contains(says) == true, "\(error?.description ?? "")")
  }

  @Test("a failure tells why it was expected, what came near and when, and what its client sent")
  func because() throws {
    let finding = Self.journal().check(
      try .reading("{register: {tr_id: H0UPPGM0, tr_key: '2001'}, because: every index is watched}"))
    let lines = finding.description.split(separator: "\n").map(String.init)
    #expect(lines.first?.hasPrefix("no: expected at least 1 of [register tr_id H0UPPGM0, tr_key 2001]") == true)
    #expect(lines.dropFirst().first == "  because: every index is watched")
    #expect(lines.contains { $0.hasPrefix("  near: #6 at 6s, session 1: register H0UPPGM0 1001") })
    #expect(finding.json["because"] == "every index is watched")
    let sent = Self.journal().check(try .reading("{request: {path: /uapi/prices}}")).description
    #expect(sent.contains("\n    sent: parameters {} headers {}"))
    #expect(try JournalExpectation.reading("{connect: , because: x}").description == "at least 1 of [connect]")
  }
}
