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
    #expect(fault.behavior == .frame(.end(.close(code: 1001, reason: ""))))
    #expect(ConfiguredFault(.wsClose).behavior == .frame(.end(.close(code: 1011, reason: ""))))
    #expect(ConfiguredFault(.httpDelay).behavior == .http(.delayed(FaultDelay(.seconds(1)))))
  }

  @Test func everySettingChangesWhatTheFaultDoes() {
    for fault in Fault.table {
      for setting in fault.settings {
        let other: FaultValue =
          switch setting.standard {
          case .number(let value): .number(value + 1)
          case .duration(let value): .duration(value + .seconds(1))
          case .text(let value): .text(value + "x")
          }
        #expect(fault.behavior(with: [setting.name: other]) != fault.behavior(with: [:]))
        #expect(fault.behavior(with: ["another": other]) == fault.behavior(with: [:]))
      }
    }
  }
}
