import ArgumentParser
import Foundation
import KISMockServer

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
      Bench.self,
      CompareDrift.self,
      Decode.self,
      Fuzz.self,
      Info.self,
      Lint.self,
      ListFaults.self,
      ListQuirks.self,
      Simulate.self,
      Watch.self,
    ])

  /// Runs a verb. Exit codes: 0 fine, 1 a check failed, 2 usage or bad file, 3 nothing to check, 130 interrupted.
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      let code = exitCode(for: error)
      let message = fullMessage(for: error)
      guard code != .success else {
        print(message)
        Foundation.exit(0)
      }
      if !message.isEmpty { FileHandle.standardError.write(Data("\(message)\n".utf8)) }
      // ArgumentParser says 64 for bad usage and 1 for anything else that is thrown; here both are 2, and checks that
      // failed throw ExitCode(1) themselves.
      Foundation.exit(error is ExitCode ? code.rawValue : 2)
    }
  }
}
