import ArgumentParser

@main
struct KISMock: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kis-mock",
    subcommands: [
      Bench.self
    ])
}
