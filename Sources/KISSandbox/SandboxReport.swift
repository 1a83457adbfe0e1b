public import KISScenario
import KISWire

/// What a sandbox has to say when a test is over: whether everything expected happened, and, for a failure, the seed to
/// see it again, what came near, and the last messages that were sent.
public struct SandboxReport: Sendable {
  /// The scenario's file, or the sandbox's name when it has none.
  public var subject: String
  /// The seed to see the same again with.
  public var seed: UInt64
  /// Where the scenario's rules are; nil without states.
  public var state: String?
  /// Where the shared replay stands; nil when each session has its own.
  public var replay: ReplayStatus?
  /// Whether times are of a virtual clock, which passes as the mock wants it to.
  public var isTimeVirtual = false
  /// One for each expectation of the scenario, in its order.
  public var findings: [JournalFinding]
  /// The last requests that nothing answered and registrations that were refused or nothing feeds, with near misses.
  public var unmatched: [JournalEntry]
  /// The last entries of the journal.
  public var recent: [JournalEntry]
  /// The last message of each registration that got any.
  public var lastMessages: [Sandbox.LastMessage]

  /// Whether every expectation is met. One that the journal cannot tell any more is not.
  public var isMet: Bool { findings.allSatisfy { $0.verdict == .yes } }
}

extension Sandbox {
  /// How many entries and messages a report shows.
  private static let shown = 10

  /// What there is to say now, judged by the scenario's expectations.
  ///
  /// - Parameter expectations: others beside the scenario's.
  public func report(expecting expectations: [JournalExpectation] = []) -> SandboxReport {
    let journal = currentJournal()
    let delivered = Set(journal.delivered.counts.keys.map { "\($0.transactionID) \($0.key)" })
    let messages = (try? lastMessages()) ?? []
    return SandboxReport(
      subject: configuration.scenario.map(\.file) ?? configuration.name, seed: configuration.seed,
      state: scenarioState, replay: try? replayStatus(), isTimeVirtual: clock is VirtualClock,
      findings: ((configuration.scenario?.expectations ?? []) + expectations).map(journal.check),
      unmatched: journal.entries.filter(\.isUnmatched).suffix(Sandbox.shown),
      recent: journal.entries.suffix(Sandbox.shown),
      lastMessages: messages.filter { delivered.contains("\($0.transactionID) \($0.key)") }.suffix(Sandbox.shown))
  }
}

extension SandboxReport: CustomStringConvertible {
  /// For people: first how to see it again, then what was expected, then what happened.
  public var description: String {
    let times = isTimeVirtual ? ", times are virtual: seconds of the mock's clock since its start" : ""
    var lines = ["\(subject), seed \(seed)" + (state.map { ", state `\($0)`" } ?? "") + times]
    if let replay {
      lines.append(
        "replay \(replay.state) at \(replay.timeOfDay.colons), \(replay.released) messages released, speed \(replay.speed)"
      )
    }
    lines += findings.filter { $0.verdict != .yes }.map { "  " + $0.description.replacing("\n", with: "\n  ") }
    lines += section("what nothing matched", unmatched) { entry in
      "\(entry)" + entry.nearMisses.map { "\n      near: \($0)" }.joined()
    }
    lines += section("the journal's end", recent) { "\($0)" }
    lines += section("last messages", lastMessages) { String(decoding: $0.text.prefix(200), as: UTF8.self) }
    return lines.joined(separator: "\n")
  }

  private func section<Element>(_ title: String, _ elements: [Element], _ line: (Element) -> String) -> [String] {
    elements.isEmpty ? [] : ["  \(title):"] + elements.map { "    " + line($0) }
  }
}
