import KISMockServer
import KISScenario
import KISWire

/// A line of `--print-config`: an option, what it is, and who said so. All lines together are a file for `--config`.
struct PrintedSetting: CustomStringConvertible {
  var setting: Setting
  /// None when the option is off, several for recordings.
  var values: [String]
  var origin: LayeredOptions.Origin

  var description: String {
    if setting.row.kind == .secret, !values.isEmpty {
      return "# \(setting.rawValue): set, not shown  # \(origin.rawValue)"
    }
    return switch values.count {
    case 0: "# \(setting.rawValue):"
    case 1: "\(setting.rawValue): \(values[0])  # \(origin.rawValue)"
    default: "\(setting.rawValue): \(JSONValue.array(values.map { .string($0) }).text)  # \(origin.rawValue)"
    }
  }
}

extension ServeSettings {
  /// Every option as it is in force.
  func printed(_ plan: ServerPlan) -> [PrintedSetting] {
    let standard = ServerPlan()
    return Setting.allCases.map { setting in
      let said = layers.values(setting.rawValue)
      let inForce = plan.texts(of: setting)
      let isStandard = scenario == nil || inForce == standard.texts(of: setting)
      // What is of the program alone is as it was said, or off.
      let ofProgram = setting.row.kind == .flag ? ["false"] : []
      return PrintedSetting(
        setting: setting, values: inForce.isEmpty ? said?.texts ?? ofProgram : inForce,
        origin: said?.origin ?? (isStandard ? .standard : .scenario))
    }
  }
}
