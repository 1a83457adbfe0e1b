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

      With --guided, libFuzzer chooses the inputs by what they reach; `.ci/fuzz` makes a build that has it.
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

  @Option(help: ArgumentHelp("Let libFuzzer choose the inputs of --target for so long.", valueName: "seconds"))
  var guided: Int?

  @Option(help: ArgumentHelp("Where --guided keeps inputs that reached something new.", valueName: "folder"))
  var corpus = ".build/fuzz-corpus"

  static let targets =
    FuzzTarget.all + [
      .recording, .catalogue, .scenario, .codes, .masterFile, .nearMisses, .adminBody, .query, .call, .settings,
      .clientSession, .webSocket,
    ]

  func validate() throws {
    guard inputs > 0, first >= 0, guided ?? 1 > 0 else {
      throw ValidationError("--inputs and --guided must be above 0, --first not below.")
    }
    guard guided == nil || GuidedFuzzing.isPossible else {
      throw ValidationError("--guided: this build has no libFuzzer; .ci/fuzz makes one that has.")
    }
    guard guided == nil || target != nil else {
      throw ValidationError("--guided wants a --target: it ends the process.")
    }
    if let target, !Fuzz.targets.contains(where: { $0.name == target }) {
      let names = Fuzz.targets.map(\.name).joined(separator: ", ")
      throw ValidationError("--target: there is no parser \"\(target)\"; there are \(names).")
    }
  }

  func run() async throws {
    let targets = Fuzz.targets.filter { target == nil || $0.name == target }
    if let guided, let target = targets.first {
      throw ExitCode(try GuidedFuzzing(corpus: URL(filePath: corpus)).run(target, seconds: guided))
    }
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
