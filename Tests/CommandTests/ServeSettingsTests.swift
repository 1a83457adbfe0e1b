import ArgumentParser
import Foundation
import KISMockServer
import KISSandbox
import KISScenario
import Testing

@testable import kis_mock

@Suite("The options of kis-mock serve")
struct ServeSettingsTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
  private static let recording = root.appending(path: "recordings/captured-paper.jsonl").path

  private func settings(_ arguments: [String], _ environment: [String: String] = [:]) throws -> ServeSettings {
    try ServeSettings(try ServeOptions.parse(arguments), environment: environment)
  }

  private func printed(_ arguments: [String], _ environment: [String: String] = [:]) throws -> [String] {
    let settings = try settings(arguments, environment)
    return try settings.printed(settings.plan()).map(\.description)
  }

  @Test(
    "show the bundled day as any other with its hours; a day of other hours, or of none, the market makes",
    arguments: [
      ("2026-09-22", true), ("2026-11-27", true), ("2026-09-10", false), ("2026-01-02", false), ("2026-11-19", false),
      ("2026-09-24", false), ("2026-09-26", false),
    ])
  func days(date: String, isShown: Bool) throws {
    let sandbox = try settings(["--date", date, "--clock", "virtual"]).plan().configuration.sandbox
    #expect(sandbox.recordings.isEmpty != isShown)
    let day = isShown ? sandbox.date : sandbox.day
    #expect(day.map { String(describing: $0) } == date)
  }

  @Test("give a simulation its own day, though nothing happens in it")
  func dayOfSimulation() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "kis-mock-\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(
      "simulation: {day: 2026-09-26, from: 09:00, to: 09:10, program-trading: [\"0001\"]}\n".utf8
    ).write(to: file)
    let sandbox = try settings(["--scenario", file.path, "--clock", "virtual"]).plan().configuration.sandbox
    #expect(sandbox.day.map { String(describing: $0) } == "2026-09-26")
  }

  @Test("come from the command line, else the environment, else the file")
  func layers() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "kis-mock-\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data("speed: 2\nseed: 2\nrest-port: 2\nrecording: [\(Self.recording), \(Self.recording)]\n".utf8).write(
      to: file)
    let lines = try printed(
      ["--speed", "4", "--config", file.path], ["KIS_MOCK_SPEED": "3", "KIS_MOCK_SEED": "3"])
    #expect(lines.contains("speed: 4  # command line"))
    #expect(lines.contains("seed: 3  # environment"))
    #expect(lines.contains("rest-port: 2  # file"))
    #expect(lines.contains(#"recording: ["\#(Self.recording)","\#(Self.recording)"]  # file"#))
    #expect(lines.contains("ws-port: 21000  # default"))
    #expect(lines.contains("# scenario:"))
  }

  @Test("have the admin token and the time for a request among them; the token is not printed")
  func tokenAndTime() throws {
    let lines = try printed(["--request-timeout", "5s"], ["KIS_MOCK_ADMIN_TOKEN": "do-not-tell"])
    #expect(lines.contains("request-timeout: 5s  # command line"))
    #expect(lines.contains("# admin-token: set, not shown  # environment"))
    #expect(!lines.contains { $0.contains("do-not-tell") })
    let plan = try settings(["--admin-token", "written"], ["KIS_MOCK_ADMIN_TOKEN": "environment"]).plan()
    #expect(plan.configuration.adminToken == "written")
    #expect(try settings([]).plan().configuration.requestTime == .seconds(30))
    #expect(throws: ValidationError.self) { try settings(["--request-timeout", "soon"]).plan() }
  }

  @Test("hold for a scenario that is read again, too")
  func rereading() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "kis-mock-\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data("{recording: \(Self.recording), speed: 2, loop: false}".utf8).write(to: file)
    let settings = try settings(["--scenario", file.path, "--speed", "4"])
    try Data("{recording: \(Self.recording), speed: 3, loop: true}".utf8).write(to: file)
    let sandbox = try settings.withScenarioReread().plan().configuration.sandbox
    #expect(sandbox.loops)
    #expect(sandbox.speed == .times(4))
    try Data("speed: fast".utf8).write(to: file)
    #expect(throws: ScenarioError.self) { try settings.withScenarioReread() }
  }

  @Test("are printed as a file that says the same again")
  func printedFile() throws {
    let lines = try printed([Self.recording, "--loop", "--scenario", "token-expiry"])
    #expect(lines.contains("clock: virtual  # scenario"))
    #expect(lines.contains("loop: true  # command line"))
    let file = FileManager.default.temporaryDirectory.appending(path: "kis-mock-\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(lines.joined(separator: "\n").utf8).write(to: file)
    let again = try printed(["--config", file.path])
    func values(_ lines: [String]) -> [Substring] {
      lines.filter { !$0.contains("config:") }.map { $0.prefix { $0 != "#" } }
    }
    #expect(values(again) == values(lines))
  }

  @Test("are all printed, each as it would be written")
  func everySetting() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "kis-mock-\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data("industry,0129,새 업종".utf8).write(to: file)
    let written: [Setting: String] = [
      .codes: "permissive", .codeFile: file.path, .speed: "2.5", .clock: "virtual", .start: "09:30:00", .loop: "true",
      .paused: "true", .playhead: "session", .restPort: "1", .wsPort: "2", .host: "::1", .venue: "vts",
      .asOf: "2026-09-21", .seed: "7", .slowClient: "wait", .encrypt: "H0UPPGM0", .simulateOrders: "true",
      .exchangePrints: "shadow",
      .lenient: "true", .onlyRecorded: "true", .tls: "true",
    ]
    var arguments = [Self.recording]
    for (setting, text) in written {
      arguments += setting.row.kind == .flag ? ["--\(setting.rawValue)"] : ["--\(setting.rawValue)", text]
    }
    let lines = try printed(arguments)
    #expect(lines.count == Setting.allCases.count)
    for (setting, text) in written { #expect(lines.contains("\(setting.rawValue): \(text)  # command line")) }
  }

  @Test("have their help, with the default, from the table", arguments: Setting.allCases)
  func help(of setting: Setting) {
    let help = ServeOptions.helpMessage(columns: 1000)
    #expect(help.contains(setting.summary))
    #expect(setting == .recording || help.contains("--\(setting.rawValue)"))
  }

  @Test(
    "say what was found, what is expected, and the nearest word",
    arguments: [
      (["--clock", "vritual"], "expected real, scaled or virtual, found `vritual`; did you mean `virtual`?"),
      (["--speed", "-1"], "expected a number above 0 such as 1, 0.5 or 60, or `max`, found `-1`"),
      (["--as-of", "2024-13-01"], "expected a day such as 2026-09-21, found `2024-13-01`"),
      (["--encrypt", "H0UPPGMO"], "expected a tr_id such as H0UPPGM0, or several, found `H0UPPGMO`"),
      (["--watch"], "there is no --scenario to watch"),
      (["--tls-certificate", "x.pem"], "there is no certificate to write without --tls"),
    ] as [([String], String)])
  func mistakes(_ arguments: [String], _ message: String) throws {
    #expect(
      performing: {
        let settings = try settings([Self.recording] + arguments)
        _ = try settings.plan()
        _ = try settings.certificateFile()
      }, throws: { "\($0)".contains(message) })
  }

  @Test("are looked for in the environment, where a misspelt one is told")
  func environment() {
    let mistakes = LayeredOptions.mistakes(
      in: ["KIS_MOCK_SPEDE": "1", "KIS_MOCK_SPEED": "1", "KIS_MOCK_APP_KEY": "a", "KIS_MOCK": "x"])
    #expect(mistakes == ["KIS_MOCK_SPEDE in the environment is no option; did you mean KIS_MOCK_SPEED?"])
  }
}
