import ArgumentParser
import KISWire

/// `kis-mock fault`: arms faults in a running mock, or disarms them.
struct ArmFault: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fault",
    abstract: "Arm a fault in a running mock, or disarm it.",
    discussion: """
      kis-mock fault rate-limit times=2 tr_id=FHKST01010100
      kis-mock fault --clear

      `kis-mock faults` lists the faults with their settings; conditions are those of a scenario: times, skip, every-nth, \
      chance, for, tr_id, tr_key, path, app-key.
      """)
  @OptionGroup var admin: AdminOptions

  @Flag(help: "Disarm the fault that is named, or all.")
  var clear = false

  @Option(help: ArgumentHelp("The only session it happens to.", valueName: "number"))
  var session: Int?

  @Argument(help: ArgumentHelp("The fault.", valueName: "name"))
  var name: String?

  @Argument(help: ArgumentHelp("Settings and conditions.", valueName: "setting=value"))
  var settings: [String] = []

  func validate() throws {
    if name == nil, !clear { throw ValidationError("which fault? `kis-mock faults` lists them.") }
    if clear, !settings.isEmpty { throw ValidationError("--clear takes no settings.") }
    _ = try body
  }

  /// The body of `POST /faults`.
  var body: JSONObject {
    get throws {
      var fault: JSONObject = ["name": .string(name ?? "")]
      for setting in settings {
        let sides = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard sides.count == 2, !sides[0].isEmpty else {
          throw ValidationError("expected setting=value, as in times=2, found `\(setting)`.")
        }
        // A number stays one; everything else is read as a scenario reads it.
        fault[sides[0]] =
          Int(sides[1]).map { .number($0) } ?? Double(sides[1]).map { _ in .number(sides[1]) } ?? .string(sides[1])
      }
      var body: JSONObject = ["fault": settings.isEmpty ? .string(name ?? "") : .object(fault)]
      body["session"] = session.map { .number($0) }
      return body
    }
  }

  func run() async throws {
    let client = try admin.client()
    let answer =
      clear
      ? try await client.call("DELETE", "/faults" + (name.map { "?name=\($0)" } ?? ""))
      : try await client.call("POST", "/faults", try body)
    try admin.show(answer) { ArmedFaults(answer).lines }
  }
}

/// What is armed in a sandbox, as a table.
struct ArmedFaults {
  let lines: [String]

  /// - Parameter answer: of `GET /faults`.
  init(_ answer: JSONValue) {
    let table = AdminTable(
      answer["faults"], empty: "nothing is armed",
      ["fault", "settings", "conditions", "happened", "remaining", "left", "session"]
    ) { fault in
      func pairs(_ member: String) -> String {
        (fault[member]?.object?.members ?? []).map { "\($0.name)=\($0.value.string ?? $0.value.text)" }
          .joined(separator: " ")
      }
      return [
        fault.text("name"), pairs("settings"), pairs("conditions"), fault.text("happened"), fault.text("remaining"),
        fault.text("left"), fault.text("session"),
      ]
    }
    lines = table.lines
  }
}
