public import ArgumentParser
import KISSandbox
import KISScenario
import KISWire

/// `kis-mock faults`: every named way to misbehave, with its settings.
struct ListFaults: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "faults", abstract: "List the faults that a scenario or the admin API can switch on.")

  @Argument(help: "Only this level: http, websocket, tcp or broker.")
  var level: Fault.Level?

  @Flag(help: "Show what is armed in a running mock instead.")
  var armed = false

  @OptionGroup var admin: AdminOptions

  private var json: Bool { admin.json }

  func run() async throws {
    if armed {
      let answer = try await admin.client().call("GET", "/faults")
      return try admin.show(answer) { ArmedFaults(answer).lines }
    }
    let faults = Fault.table.filter { level == nil || $0.level == level }
    if json {
      print(JSONValue.array(faults.map(\.json)).text)
      return
    }
    for level in Fault.Level.allCases {
      let rows = faults.filter { $0.level == level }
      if rows.isEmpty { continue }
      print("\(level.rawValue)")
      for fault in rows {
        print("  \(fault.name.rawValue)  \(fault.summary)")
        for setting in fault.settings {
          print("      \(setting.name) = \(setting.standard.written)  \(setting.summary)")
        }
      }
    }
  }
}

extension Fault.Level: ExpressibleByArgument {}
