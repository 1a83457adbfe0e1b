import KISSandbox
import KISScenario
import Testing

@Suite struct FaultTableTests {
  @Test func everyNameHasExactlyOneRow() {
    #expect(Fault.table.map(\.name).count == FaultName.allCases.count)
    #expect(Set(Fault.table.map(\.name)) == Set(FaultName.allCases))
    #expect(Fault.table.count >= 40)
    for level in Fault.Level.allCases { #expect(Fault.table.contains { $0.level == level }) }
  }

  @Test func namesAndSettingsAreKebabCaseAndDescribed() {
    for fault in Fault.table {
      for name in [fault.name.rawValue] + fault.settings.map(\.name) {
        #expect(name.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil)
      }
      #expect(!fault.summary.isEmpty && fault.settings.allSatisfy { !$0.summary.isEmpty })
    }
  }

  @Test func settingsHaveTheirDefaultsUntilSet() {
    let fault = ConfiguredFault(.wsClose, ["code": .number(1001)])
    #expect(fault.number("code") == 1001)
    #expect(fault.text("reason") == "")
    #expect(ConfiguredFault(.wsClose).number("code") == 1011)
    #expect(ConfiguredFault(.httpDelay).duration("delay") == .seconds(1))
    #expect(ConfiguredFault(.httpDelay).number("no such setting") == 0)
  }
}
