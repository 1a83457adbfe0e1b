import KISSandbox
import KISScenario
import KISWire

/// What clients did, and what goes wrong for them: journal, verification, faults, rules.
extension AdminCall {
  func requests() async -> JSONValue {
    let journal = await sandbox.currentJournal()
    return journal.json("requests", journal.entries(matching: .requests).suffix(limit))
  }

  func unmatchedRequests() async -> JSONValue {
    let journal = await sandbox.currentJournal()
    return journal.json("requests", journal.entries(matching: .unmatchedRequests).suffix(limit))
  }

  func messages() async -> JSONValue {
    let journal = await sandbox.currentJournal()
    return journal.json("messages", journal.entries.filter { $0.kind != .request }.suffix(limit))
  }

  /// Unmatched requests and registrations, each with what it may have meant.
  func nearMisses() async -> JSONValue {
    let journal = await sandbox.currentJournal()
    return journal.json("entries", journal.entries.filter(\.isUnmatched).suffix(limit))
  }

  func count() async throws -> JSONValue {
    let query = try JournalQuery(node("query"))
    let (count, isComplete) = await sandbox.currentJournal().count(of: query)
    return ["count": .number(count), "complete": .bool(isComplete)]
  }

  func verify() async throws -> JSONValue {
    let expectations = try node("expect").list().map { try JournalExpectation($0) }
    let journal = await sandbox.currentJournal()
    let findings = expectations.map(journal.check)
    return [
      "met": .bool(findings.allSatisfy { $0.verdict == .yes }), "findings": .array(findings.map(\.json)),
    ]
  }

  func waitForMessages() async throws -> JSONValue {
    let query = try JournalQuery(node("for"))
    let count = body["count"]?.int ?? 1
    let patience = duration("timeout") ?? .seconds(10)
    let hasHappened = await sandbox.wait(for: query, count: count, atMost: .onHost(patience))
    let found = await sandbox.currentJournal().count(of: query).count
    return ["happened": .bool(hasHappened), "count": .number(found)]
  }

  func forgetJournal() async -> JSONValue {
    await sandbox.resetJournal()
    return await requests()
  }

  func scenarios() async -> JSONValue {
    guard let scenario = await sandbox.configuration.scenario else { return ["scenarios": []] }
    return [
      "scenarios": [
        [
          "file": .string(scenario.file), "title": .string(scenario.title),
          "state": await sandbox.scenarioState.map { .string($0) } ?? .null,
          "states": .array(scenario.states.map { .string($0) }),
          "transitions": .array(scenario.rules.flatMap(\.transitions)), "over": .bool(await sandbox.isOver),
        ]
      ]
    ]
  }

  func faults() async -> JSONValue {
    ["faults": .array(await sandbox.faultStatuses.map(\.json))]
  }

  func armFault() async throws -> JSONValue {
    let number = body["session"]?.int
    let numbers = await sandbox.sessionStatuses.map(\.number)
    if let number, !numbers.contains(number) {
      throw AdminError.unknown("session", String(number), known: numbers.map { String($0) })
    }
    await sandbox.arm(try ConfiguredFault(node("fault")), session: number)
    return await faults()
  }

  func clearFaults() async throws -> JSONValue {
    let name = query["name"]?.string
    let fault = name.flatMap { FaultName(rawValue: $0) }
    if let name, fault == nil {
      throw AdminError.unknown("fault", name, known: FaultName.allCases.map(\.rawValue))
    }
    await sandbox.clearFaults(fault)
    return await faults()
  }

  /// A member that is written as in a scenario's file; its reader says what is wrong with it.
  private func node(_ member: String) throws -> YAMLNode {
    try YAMLNode(parsing: (body[member] ?? .null).text, file: member)
  }

  private var limit: Int { query["limit"]?.int ?? 1_000 }
}

extension FaultStatus {
  var json: JSONValue {
    func texts(_ pairs: [(name: String, text: String)]) -> JSONValue {
      .object(JSONObject(pairs.map { ($0.name, .string($0.text)) }))
    }
    return [
      "name": .string(fault.name.rawValue), "settings": texts(fault.writtenSettings),
      "conditions": texts(fault.conditions.written), "happened": .number(happened),
      "remaining": remaining.map { .number($0) } ?? .null, "left": left.map { .string($0.written) } ?? .null,
      "session": session.map { .number($0) } ?? .null,
    ]
  }
}

extension JournalQuery {
  fileprivate static let requests = JournalQuery(.request(RequestPattern()))
  fileprivate static let unmatchedRequests = JournalQuery(.request(RequestPattern()), isUnmatched: true)
}

extension Journal {
  fileprivate func json(_ name: String, _ entries: some Collection<JournalEntry>) -> JSONValue {
    .object([name: .array(entries.map(\.json)), "total": .number(total), "complete": .bool(!hasForgotten)])
  }
}

extension Rule {
  /// From which states to which it leads.
  fileprivate var transitions: [JSONValue] {
    enteredStates.map { state in
      ["rule": .string(name), "from": .array(states.map { .string($0) }), "to": .string(state)]
    }
  }
}
