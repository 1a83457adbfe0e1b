import ArgumentParser
import KISWire

/// `kis-mock sessions`: who is connected.
struct Sessions: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the WebSocket connections of a running mock and what they registered.")
  @OptionGroup var admin: AdminOptions

  func run() async throws {
    let answer = try await admin.client().call("GET", "/sessions")
    try admin.show(answer) {
      AdminTable(
        answer["sessions"], empty: "nobody is connected", ["session", "app key", "sent", "waiting", "registrations"]
      ) { session in
        let registrations = (session["registrations"]?.array ?? []).map {
          "\($0.text("tr_id")) \($0.text("tr_key")) (\($0.text("delivered")))"
        }
        return [
          session.text("session"), session.text("app_key"), session.text("sent_bytes"), session.text("backlog_bytes"),
          registrations.joined(separator: ", "),
        ]
      }.lines
    }
  }
}

/// `kis-mock send`: a message that no recording holds.
struct Send: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Send a text to the clients of a running mock.",
    discussion: """
      A data message (flag|tr_id|count|payload) goes to whoever registered it; one with flag 1 is written decrypted and \
      encrypted for each session. Any other text goes to every session. Exit code 1: nobody got it.
      """)
  @OptionGroup var admin: AdminOptions

  @Option(help: ArgumentHelp("The only session to send to, whatever it registered.", valueName: "number"))
  var session: Int?

  @Argument(help: ArgumentHelp("What to send.", valueName: "text"))
  var text: String

  func run() async throws {
    var body: JSONObject = ["text": .string(text)]
    body["session"] = session.map { .number($0) }
    let answer = try await admin.client().call("POST", "/channels/send", body)
    let sessions = (answer["sessions"]?.array ?? []).map { $0.text }
    try admin.show(answer) {
      [sessions.isEmpty ? "nobody registered it" : "sent to session \(sessions.joined(separator: ", "))"]
    }
    if sessions.isEmpty { throw ExitCode(1) }
  }
}

/// `kis-mock sandboxes`: the sandboxes of a mock.
struct Sandboxes: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Show the sandboxes of a running mock.")
  @OptionGroup var admin: AdminOptions

  func run() async throws {
    let answer = try await admin.client().call("GET", "/sandboxes")
    try admin.show(answer) {
      AdminTable(
        answer["sandboxes"], empty: "none", ["name", "venue", "seed", "sessions", "scenario", "app keys", "rest"]
      ) { sandbox in
        let keys = (sandbox["app_keys"]?.array ?? []).compactMap(\.string).joined(separator: ", ")
        return ["name", "venue", "seed", "sessions", "scenario"].map { sandbox.text($0) } + [
          keys, sandbox.text("rest"),
        ]
      }.lines
    }
  }
}

/// `kis-mock reset`: a sandbox as it was at its start.
struct Reset: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a sandbox of a running mock as it was at its start.",
    discussion: "Tokens, orders, faults, journal and replay begin anew; its sessions are closed.")
  @OptionGroup var admin: AdminOptions

  func run() async throws {
    let answer = try await admin.client().call("POST", "/reset")
    try admin.show(answer) { ["\(answer.text("name")) is as it was at its start, seed \(answer.text("seed"))"] }
  }
}
