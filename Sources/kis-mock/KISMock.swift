import ArgumentParser
import Foundation
import KISMockServer
import KISWire
import Terminal

/// `kis-mock`: the list of verbs, and what their errors become.
@main
struct KISMock: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kis-mock",
    abstract: "Stands in for Korea Investment & Securities' Open API (KIS, 한국투자증권): REST, OAuth and WebSocket.",
    version: MockServer.version,
    subcommands: [
      Serve.self,
      Run.self,
      Replay.self,
      Accounts.self,
      ClockControl.self,
      Requests.self,
      NearMisses.self,
      Sessions.self,
      Send.self,
      Verify.self,
      ArmFault.self,
      Sandboxes.self,
      ForkSandbox.self,
      Reset.self,
      CompareDrift.self,
      CompareRecordings.self,
      Decode.self,
      ExportRecording.self,
      ImportCaptures.self,
      Info.self,
      Initialize.self,
      Lint.self,
      ListCalendar.self,
      MergeRecordings.self,
      RedactRecording.self,
      ShrinkRecording.self,
      TrimRecording.self,
      ListAPIs.self,
      ListFaults.self,
      ListQuirks.self,
      ListScenarios.self,
      RecordSession.self,
      RecordingControl.self,
      Simulate.self,
      Watch.self,
      Top.self,
      ShowPage.self,
    ])

  /// Runs a verb. Exit codes: 0 fine, 1 a check failed, 2 usage or bad file, 3 nothing to check, 130 interrupted.
  static func main() async {
    replaceMissingStandardStreams()
    var verb: String?
    do {
      try refuseUnknownVerb()
      var command = try parseAsRoot()
      verb = type(of: command)._commandName
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      try StandardOutput.flush()
    } catch let error as StandardOutputError where error.isReaderGone {
      Foundation.exit(0)
    } catch {
      let code = exitCode(for: error)
      let message = text(of: error, saidBy: verb)
      guard code != .success else {
        print(message)
        Foundation.exit(0)
      }
      if !message.isEmpty { StandardError.write("\(message)\n") }
      // ArgumentParser says 64 for bad usage and 1 for anything else that is thrown; here both are 2, and checks that
      // failed throw ExitCode(1) themselves.
      Foundation.exit(error is ExitCode ? code.rawValue : 2)
    }
  }

  /// What people read. A verb that finds a mistake itself points to its own help, ArgumentParser would to that of all.
  private static func text(of error: any Error, saidBy verb: String?) -> String {
    switch (error, verb) {
    case (let error as ValidationError, let verb?):
      "Error: \(error.message)\n  See 'kis-mock \(verb) --help' for more information."
    case (let error as UnknownVerb, _): error.description
    default: fullMessage(for: error)
    }
  }

  /// ArgumentParser calls it an unexpected argument and proposes nothing.
  private static func refuseUnknownVerb() throws {
    var verbs = configuration.subcommands
    var path = "kis-mock"
    for word in CommandLine.arguments.dropFirst() {
      guard !verbs.isEmpty, !word.hasPrefix("-"), word != "help" else { return }
      guard let verb = verbs.first(where: { $0._commandName == word }) else {
        let near = Similarity.nearest(to: word, in: verbs.map { $0._commandName }, count: 1)
        throw UnknownVerb(verb: word, of: path, nearest: near.first)
      }
      verbs = verb.configuration.subcommands
      path += " \(word)"
    }
  }
}

/// A word where a verb belongs.
private struct UnknownVerb: Error, CustomStringConvertible {
  var verb: String
  /// What was said before it: `kis-mock`, `kis-mock replay`.
  var of: String
  var nearest: String?

  var description: String {
    let proposal = nearest.map { "; did you mean `\($0)`?" } ?? ""
    return "Error: there is no verb `\(verb)`\(proposal)\n  See '\(of) --help' for more information."
  }
}
