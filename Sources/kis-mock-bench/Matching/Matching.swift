import ArgumentParser
import Foundation
import Terminal

/// `kis-mock-bench matching`: runs an order flow through the matching core and prints what traded and what is left.
struct Matching: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Replay an order flow through the matching core.",
    discussion: """
      A line of the flow is `N id side price quantity tif` (side B or S; tif DAY, IOC, FOK or MKT), `M id price \
      quantity` or `C id`. Stdout gets `T maker taker price quantity` for each trade, then the book, best first: \
      `B price quantity orders` and `S price quantity orders`. Stderr gets the speed; reading and writing are not in it.
      """)

  @Option(help: ArgumentHelp("The order flow; - is stdin.", valueName: "file"))
  var input: String

  func run() async throws {
    let bytes: [UInt8]
    do {
      let file = input == "-" ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(fileURLWithPath: input))
      bytes = [UInt8](try file.readToEnd() ?? Data())
    } catch {
      StandardError.write("\(input) cannot be read: \(error.localizedDescription)\n")
      throw ExitCode(2)
    }
    do {
      let replay = FlowReplay(try FlowFile(bytes, name: input).commands)
      try StandardOutput.write(replay.lines)
      StandardError.write(replay.figures + "\n")
    } catch let error as FlowFileError {
      StandardError.write("\(error)\n")
      throw ExitCode(2)
    }
  }
}
