import ArgumentParser
import KISWire

/// `kis-mock clock`: shows and changes the time in a running mock.
struct ClockControl: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clock",
    abstract: "Control the clock of a running mock: freeze, advance, reset.",
    discussion: "Each prints what time it is in the mock then. Exit code 2: no mock is there, or it refused.",
    subcommands: [Show.self, Freeze.self, Advance.self, Reset.self], defaultSubcommand: Show.self)
}

extension AdminOptions {
  fileprivate func tellClock(_ method: String, _ path: String, _ body: JSONObject? = nil) async throws {
    let answer = try await client().call(method, path, body)
    guard !json else { return print(answer.text) }
    let frozen = answer["frozen"]?.bool == true ? ", frozen" : ""
    print("\(answer["time"]?.string ?? ""), \(answer["kind"]?.string ?? "")\(frozen)")
  }
}

extension ClockControl {
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say what time it is.")
    @OptionGroup var admin: AdminOptions

    func run() async throws { try await admin.tellClock("GET", "/clock") }
  }

  struct Freeze: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Make time stand still.")
    @OptionGroup var admin: AdminOptions

    func run() async throws { try await admin.tellClock("POST", "/clock/freeze") }
  }

  struct Advance: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Move time forward at once.")
    @OptionGroup var admin: AdminOptions

    @Argument(help: "How far: 1.5s, 10m, 6h30m.")
    var by: String

    func run() async throws { try await admin.tellClock("POST", "/clock/advance", ["by": .string(by)]) }
  }

  struct Reset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Let time run again.")
    @OptionGroup var admin: AdminOptions

    func run() async throws { try await admin.tellClock("POST", "/clock/reset") }
  }
}
