import ArgumentParser
import Foundation
import KISWire
import Terminal

extension Replay {
  struct Step: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Pause and send the next messages, by count or up to a match.",
      discussion: """
        Prints the messages sent, one a line, notices decrypted; where the replay stands then goes to stderr. Exit \
        code 1: the match did not come.
        """)
    @OptionGroup var options: ReplayOptions

    @Argument(help: "How many messages at the most. Default: 1, or all up to the match.")
    var count: Int?

    @Option(help: ArgumentHelp("Stop behind a message of this TR.", valueName: "tr_id"))
    var tr: String?

    @Option(help: ArgumentHelp("Stop behind a message with this key.", valueName: "tr_key"))
    var key: String?

    @Option(help: ArgumentHelp("Stop behind a message with this text in it.", valueName: "text"))
    var contains: String?

    /// The body of `replay/step`.
    var body: JSONObject {
      var match: JSONObject = [:]
      match["tr_id"] = tr.map { .string($0) }
      match["tr_key"] = key.map { .string($0) }
      match["contains"] = contains.map { .string($0) }
      var body: JSONObject = [:]
      body["count"] = count.map { .number($0) }
      if !match.members.isEmpty { body["until"] = .object(match) }
      return body
    }

    func run() async throws {
      let answer = try await options.call("POST", "step", body)
      if options.admin.json {
        print(answer.text)
      } else {
        for message in answer["messages"]?.array ?? [] { print(message.string ?? "") }
        StandardError.write("\(ReplayLine(answer["replay"] ?? .null))\n")
      }
      if body["until"] != nil, answer["matched"]?.bool != true { throw ExitCode(1) }
    }
  }
}
