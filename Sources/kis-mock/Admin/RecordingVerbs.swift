import ArgumentParser
import Foundation
import KISWire
import Terminal

/// `kis-mock recordings`: records what a running mock sends and receives.
struct RecordingControl: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recordings",
    abstract: "Record what a running mock says and hears: start, stop, or the last seconds at any time.",
    discussion: "Secrets and people have placeholders. Exit code 2: no mock is there, or it refused.",
    subcommands: [Show.self, Start.self, Stop.self, Snapshot.self], defaultSubcommand: Show.self)
}

extension AdminOptions {
  fileprivate func tellRecording(_ method: String, _ path: String, _ body: JSONObject? = nil) async throws {
    let answer = try await client().call(method, path, body)
    guard !json else { return print(answer.text) }
    guard let file = answer["file"]?.string else { return print("nothing is being recorded") }
    let isOn = answer["recording"]?.bool == true
    print("\(file): \(answer["bytes"]?.int ?? 0) bytes\(isOn ? " so far" : ", complete")")
  }
}

extension RecordingControl {
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say whether something is being recorded.")
    @OptionGroup var admin: AdminOptions

    func run() async throws { try await admin.tellRecording("GET", "/recordings") }
  }

  struct Start: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Write everything from now on into a new file.")
    @OptionGroup var admin: AdminOptions

    @Argument(help: "The file, session.jsonl; the mock writes it, so a relative path starts where that runs.")
    var file: String

    func run() async throws { try await admin.tellRecording("POST", "/recordings/start", ["file": .string(file)]) }
  }

  struct Stop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "End the recording.")
    @OptionGroup var admin: AdminOptions

    func run() async throws { try await admin.tellRecording("POST", "/recordings/stop") }
  }

  struct Snapshot: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Write what passed in the last seconds to stdout.")
    @OptionGroup var admin: AdminOptions

    @Option(help: "How far back on the mock's clock, at most an hour and 8 MB.")
    var last = "60s"

    func run() async throws {
      guard last.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2E }) else {
        throw ValidationError("--last: expected a duration such as 10s, found `\(last)`.")
      }
      try StandardOutput.write(try await admin.client().lines("/recordings/snapshot?last=\(last)"))
    }
  }
}
