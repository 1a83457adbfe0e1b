import ArgumentParser

@main
struct KISMock: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kis-mock",
    subcommands: [
      Bench.self,
      Info.self,
      Lint.self,
      ListFaults.self,
      ListQuirks.self,
    ])
}
