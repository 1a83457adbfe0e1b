import ArgumentParser
import Foundation

/// `kis-mock-bench client PLAN`: the counting client, which the other benchmarks start in a process of its own.
struct CountingClientVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "client", abstract: "Count the frames that a mock sends.", shouldDisplay: false)

  @Argument(help: "What to do, as JSON (ClientPlan).")
  var plan: String

  func run() async throws {
    let plan = try JSONDecoder().decode(ClientPlan.self, from: Data(plan.utf8))
    var client = try await CountingClient(plan)
    var report = try JSONEncoder().encode(await client.run())
    report.append(UInt8(ascii: "\n"))
    FileHandle.standardOutput.write(report)
  }
}

extension ClientPlan {
  /// Carries the plan out in another process and returns what it saw.
  func run(in folder: ScratchFolder) throws -> ClientTally {
    let argument = String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
    let client = try ChildProcess(.bench, ["client", argument], in: folder)
    defer { client.stop() }
    return try JSONDecoder().decode(ClientTally.self, from: Data(client.line(within: 180).utf8))
  }
}
