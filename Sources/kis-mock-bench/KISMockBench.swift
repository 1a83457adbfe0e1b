import ArgumentParser
import KISMockServer

/// `kis-mock-bench`: how fast this build is on this machine, as ratios to controls measured in the same run, and how its
/// parsers take malformed input.
@main
struct KISMockBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kis-mock-bench",
    abstract: "Measure this build against controls in the same run.",
    discussion: """
      Figures are ratios to a control that runs on the same machine in the same run, so they can be compared between \
      machines. Exit code 0 when every target is met, 1 when one is missed. Meant for release builds; `kis-mock` of the \
      same build has to lie beside it.
      """,
    version: MockServer.version,
    subcommands: [
      BenchAll.self,
      CountingClientVerb.self,
      Encryption.self,
      Fuzz.self,
      GeneratedAnswers.self,
      Importing.self,
      JournalCost.self,
      Matching.self,
      Memory.self,
      OrderCost.self,
      Pacing.self,
      Proxying.self,
      Reading.self,
      RESTAnswers.self,
      SimulatedStreams.self,
      Startup.self,
      Throughput.self,
      VirtualDay.self,
    ],
    defaultSubcommand: BenchAll.self)
}

/// `kis-mock-bench all`: every benchmark, one after the other.
struct BenchAll: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "all", abstract: "Every benchmark, one after the other.")

  @OptionGroup var options: BenchOptions

  func run() async throws {
    try await options.report([
      Throughput.self, JournalCost.self, Pacing.self, Startup.self, Memory.self, Reading.self, RESTAnswers.self,
      GeneratedAnswers.self, OrderCost.self, SimulatedStreams.self, Encryption.self, VirtualDay.self,
      Proxying.self, Importing.self,
    ])
  }
}
