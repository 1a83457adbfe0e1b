import ArgumentParser
import Foundation
import KISClient
import KISMockServer
import KISRecording
import KISSandbox
import KISScenario
import KISTransport
import KISWire

/// `kis-mock-bench fuzz`: seeded malformed input for every parser of bytes that others write.
struct Fuzz: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Feed mutated inputs to every parser: none may crash, hang, take long, or read what it would write differently.",
    discussion: """
      One input in 500 is long, up to 1 MB. One that keeps a processor busy for more than 50 ms and 2 µs a byte (a debug \
      build twenty times that) three times in a row has failed; one that takes a minute ends the program with its number.

      The same seed gives the same inputs. After a crash, the last line of progress says which parser and where; \
      --target, --first and --inputs run just those again.
      """,
    shouldDisplay: false)

  @Option(help: ArgumentHelp("Inputs in all, shared out among the parsers.", valueName: "number"))
  var inputs = 10_000_000

  @Option(help: ArgumentHelp("Where the inputs come from.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Only this parser.", valueName: "name"))
  var target: String?

  @Option(help: ArgumentHelp("The number of the first input.", valueName: "number"))
  var first = 0

  static let targets =
    FuzzTarget.all + [
      .recording, .catalogue, .scenario, .codes, .masterFile, .nearMisses, .adminBody, .query, .call, .settings,
      .clientSession, .webSocket,
    ]

  func validate() throws {
    guard inputs > 0, first >= 0 else { throw ValidationError("--inputs must be above 0, --first not below.") }
    if let target, !Fuzz.targets.contains(where: { $0.name == target }) {
      let names = Fuzz.targets.map(\.name).joined(separator: ", ")
      throw ValidationError("--target: there is no parser \"\(target)\"; there are \(names).")
    }
  }

  func run() async throws {
    let targets = Fuzz.targets.filter { target == nil || $0.name == target }
    let share = max(inputs / targets.count, 1)
    var hasFailed = false
    for target in targets {
      let result = await FuzzRun(target, seed: seed).run(first..<(first + share))
      // At once: a crash of the next parser must not take it along.
      let lines = [result.summary] + result.failures.prefix(20).map { "  \($0)" }
      FileHandle.standardOutput.write(Data((lines.joined(separator: "\n") + "\n").utf8))
      hasFailed = hasFailed || !result.failures.isEmpty
    }
    if hasFailed { throw ExitCode(1) }
  }
}

extension FuzzTarget {
  /// A server's WebSocket connection, from the bytes of its frames on.
  fileprivate static let webSocket = FuzzTarget(
    name: "websocket",
    seeds: ["\u{1}\u{5}hello\u{9}\u{2}pi\u{8}\u{2}ok", "\u{1}\u{3}한\u{0}\u{2}ab", "\u{1}\u{4}hell\u{9}\u{2}pi"],
    run: { bytes in WebSocketProtocol.survives(bytes) ? .read : .refused })
}
