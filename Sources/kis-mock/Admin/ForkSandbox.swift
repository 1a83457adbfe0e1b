import ArgumentParser
import Foundation
import KISWire

/// `kis-mock fork`: a sandbox as it stands, once more.
struct ForkSandbox: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fork", abstract: "Copy a sandbox of a running mock as it stands, to try again from here.",
    discussion: """
      Market, orders, accounts, clock and journal are copied, connections are not. The copy stands still until \
      `kis-mock clock reset` and `kis-mock replay play`, each with --sandbox and its name.
      """)
  @OptionGroup var admin: AdminOptions

  @Option(help: ArgumentHelp("Clients that come with it are in the copy; may be given again.", valueName: "key"))
  var appKey: [String] = []

  @Option(
    help: ArgumentHelp("A port of its own; 0, the default without --app-key, takes a free one.", valueName: "port"))
  var port: Int?

  @Flag(help: "Let the copy go on at once.")
  var running = false

  @Argument(help: ArgumentHelp("A new name. Default: that of the original and a number.", valueName: "name"))
  var name: String?

  func run() async throws {
    var body: JSONObject = ["paused": .bool(!running)]
    body["name"] = name.map { .string($0) }
    body["port"] = port.map { .number($0) }
    if !appKey.isEmpty { body["app_keys"] = .array(appKey.map { .string($0) }) }
    let original = (admin.sandbox ?? "default").addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? ""
    let answer = try await admin.client().call("POST", "/sandboxes/\(original)/fork", body)
    try admin.show(answer) {
      let rest = answer.text("rest")
      let place = rest.isEmpty ? "for \(appKey.joined(separator: ", "))" : "at \(rest) and \(answer.text("ws"))"
      return ["\(answer.text("name")) goes on from \(admin.sandbox ?? "default"), \(place)"]
    }
  }
}
