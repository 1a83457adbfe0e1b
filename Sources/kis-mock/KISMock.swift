import ArgumentParser

@main
struct KISMock: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kis-mock",
    subcommands: [
      Lint.self, ListFaults.self, ListQuirks.self, Bench.self,
    ])
}
