import KISSandbox
import KISScenario
import Testing

@Suite struct QuirksTests {
  @Test func theTableHasAllNinetyInOrder() {
    #expect(QuirkFact.table.map(\.number) == Array(1...90))
    #expect(QuirkFact.table.map(\.quirk) == Quirk.allCases)
    for fact in QuirkFact.table {
      #expect(fact.quirk.fact == fact)
      #expect(fact.quirk.rawValue.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil)
      #expect(!fact.summary.isEmpty && !fact.source.isEmpty)
    }
  }

  @Test func whatTheServiceAlwaysDoesIsOnAndTheRestIsOff() {
    let quirks = Quirks()
    #expect(quirks.contains(.registrationLimit))
    #expect(!quirks.contains(.noticeEncryptN))
    #expect(quirks.switchedOn.isEmpty)
  }

  @Test func switchingChangesOnlySwitchableOnes() {
    var quirks: Quirks = [.noticeEncryptN, .registrationLimit]
    #expect(quirks.contains(.noticeEncryptN))
    #expect(Set(quirks.switchedOn.keys) == [.noticeEncryptN])
    quirks.remove(.noticeEncryptN)
    quirks.remove(.registrationLimit)
    #expect(!quirks.contains(.noticeEncryptN))
    #expect(quirks.contains(.registrationLimit))
  }

  @Test func chancesComeFromTheWriterThenTheTable() {
    var quirks = Quirks()
    #expect(quirks.chance(of: .ledgerLimit) == 0)
    quirks.insert(.ledgerLimit)
    #expect(quirks.chance(of: .ledgerLimit) == 0.05)
    quirks.insert(.ledgerLimit, scope: QuirkScope(chance: 1))
    #expect(quirks.chance(of: .ledgerLimit) == 1)
    #expect(quirks.chance(of: .rtCd9) == 1)
  }

  @Test("a scenario switches each quirk on by its name", arguments: QuirkFact.table.filter { $0.kind == .switchable })
  func byName(fact: QuirkFact) throws {
    let scenario = try Scenario(parsing: "quirks: [\(fact.quirk.rawValue)]", file: "quirk.yaml")
    #expect(Set(SandboxConfiguration(scenario: scenario).quirks.switchedOn.keys) == [fact.quirk])
    #expect(Set(SandboxConfiguration().quirks.switchedOn.keys) == [])
  }

  @Test func quirksThatAreFaultsArmThem() {
    var quirks: Quirks = [.silentStall, .noticeEncryptN]
    quirks.insert(
      .streamSilentAfterSuccess, scope: QuirkScope(registration: RegistrationPattern(key: TextPattern(["005930"]))))
    #expect(
      quirks.faults
        == [
          ConfiguredFault(
            .registrationForgotten,
            when: FaultConditions(transactionID: TextPattern(["H0UN*"]), key: TextPattern(["005930"]))),
          ConfiguredFault(.wsStall, when: FaultConditions(chance: 0.0002)),
        ])
  }
}
