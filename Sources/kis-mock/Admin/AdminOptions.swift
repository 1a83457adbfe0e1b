import ArgumentParser
import Foundation

/// Which running mock a verb talks to, and about which of its sandboxes.
struct AdminOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The admin API, as the ready line of `serve` says it. Default: http://127.0.0.1:9443/__admin.", valueName: "url"))
  var adminURL: String?

  @Option(help: ArgumentHelp("The `admin_token` of the ready line, where there is one.", valueName: "text"))
  var adminToken: String?

  @Option(help: ArgumentHelp("The sandbox that is meant. Default: default.", valueName: "name"))
  var sandbox: String?

  @Option(help: ArgumentHelp("Certificates to trust for https, PEM.", valueName: "file"))
  var trust: String?

  @Flag(help: "Print what the admin API answers.")
  var json = false

  /// The options that the environment may give; `kis-mock run` sets the first one for its command.
  static let names = ["admin-url", "admin-token", "trust"]

  /// The admin API that is meant: command line over environment over default.
  func client(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws -> AdminClient {
    let written = ["admin-url": adminURL, "admin-token": adminToken, "trust": trust]
    let layers = try LayeredOptions(
      written: written.compactMapValues { $0.map { [$0] } }, environment: environment, names: AdminOptions.names)
    return try AdminClient(
      layers.value("admin-url")?.text ?? "http://127.0.0.1:9443/__admin", sandbox: sandbox,
      token: layers.value("admin-token")?.text, trust: layers.value("trust")?.text)
  }
}
