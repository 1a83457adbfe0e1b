import ArgumentParser
import Foundation
import KISClient
import KISSandbox
import KISWire
import Logging
import Terminal
import UnixSignals

/// `kis-mock watch`: our own client, to see what a server sends.
struct Watch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Register with KIS or a mock of it and show the records that come.",
    discussion: """
      On a terminal: a table that is drawn in place. In a pipe: a line per record. With --json: the JSON of `decode`.

      Give --tr and --key in pairs, or one --tr with several keys. Every option may also be given as an environment \
      variable: KIS_MOCK_REST_URL for --rest-url, KIS_MOCK_APP_SECRET for --app-secret.
      """)

  @OptionGroup var options: WatchOptions

  @Flag(help: "One JSON object per record, as `kis-mock decode` writes it.")
  var json = false

  @Option(help: ArgumentHelp("End after so many records.", valueName: "number"))
  var count: Int?

  func validate() throws {
    _ = try options.subscriptions()
    if let count, count < 1 { throw ValidationError("--count: expected a number from 1, found \(count).") }
  }

  func run() async throws {
    var configuration = try options.configuration(ProcessInfo.processInfo.environment)
    configuration.logger = StandardErrorLog.logger(.warning)
    let output: any WatchOutput =
      if json {
        JSONOutput()
      } else if TerminalStyle.isTerminal(STDOUT_FILENO) {
        LiveTable(configuration.webSocketURL, .standardOutput)
      } else {
        PlainOutput()
      }
    let session = WatchSession(output, count: count)
    do {
      try await session.run(configuration, try options.subscriptions())
    } catch {
      // However it ended then, it was meant to.
      if await session.signal == nil { throw (error as? ClientError)?.code == .transport ? NoServer(error) : error }
    }
    if await session.signal == .sigint { throw ExitCode(130) }
  }
}

/// Why a server cannot be reached, and what to do where none is.
struct NoServer: Error, CustomStringConvertible {
  let description: String

  init(_ error: some Error) {
    let reason = "\(error)"
    let advice = "Is a mock running there? `kis-mock serve` starts one."
    description = reason.contains("nothing listens") ? "\(reason)\n\(advice)" : reason
  }
}
