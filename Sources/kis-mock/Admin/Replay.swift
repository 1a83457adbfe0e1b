import ArgumentParser
import KISWire

/// `kis-mock replay`: plays, pauses and moves the replay of a running mock.
struct Replay: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Control the replay of a running mock: play, pause, step, seek, rate, loop.",
    discussion: "Each prints where the replay stands then. Exit code 2: no mock is there, or it refused.",
    subcommands: [Status.self, Play.self, Pause.self, Step.self, Seek.self, Rate.self, Loop.self, State.self],
    defaultSubcommand: Status.self)
}

/// What every verb of `replay` takes.
struct ReplayOptions: ParsableArguments {
  @OptionGroup var admin: AdminOptions

  @Option(help: ArgumentHelp("The session whose own playhead is meant.", valueName: "number"))
  var session: Int?

  /// Makes a call and prints where the replay stands.
  func tell(_ method: String, _ verb: String = "", _ body: JSONObject? = nil) async throws {
    let answer = try await call(method, verb, body)
    print(admin.json ? answer.text : ReplayLine(answer).description)
  }

  func call(_ method: String, _ verb: String = "", _ body: JSONObject? = nil) async throws -> JSONValue {
    let path = verb.isEmpty ? "/replay" : "/replay/\(verb)"
    return try await admin.client().call(method, path + (session.map { "?session=\($0)" } ?? ""), body)
  }
}

extension Replay {
  struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say where it stands.")
    @OptionGroup var options: ReplayOptions

    func run() async throws { try await options.tell("GET") }
  }

  struct Play: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Start or resume.")
    @OptionGroup var options: ReplayOptions

    func run() async throws { try await options.tell("POST", "play") }
  }

  struct Pause: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Pause.")
    @OptionGroup var options: ReplayOptions

    func run() async throws { try await options.tell("POST", "pause") }
  }

  struct Seek: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Go to a moment; the last value of every registration is rebuilt, see `state`.")
    @OptionGroup var options: ReplayOptions

    @Argument(help: ArgumentHelp("A time of day such as 10:30:00, or a marker of the recording.", valueName: "moment"))
    var moment: String

    func run() async throws {
      try await options.tell("POST", "seek", [TimeOfDay(moment) == nil ? "marker" : "time": .string(moment)])
    }
  }

  struct Rate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Change the speed; the position does not jump.")
    @OptionGroup var options: ReplayOptions

    @Argument(help: ArgumentHelp("A multiple of recorded time, or max.", valueName: "speed"))
    var speed: String

    func run() async throws { try await options.tell("POST", "rate", ["speed": .string(speed)]) }
  }

  struct Loop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Begin again at the end, or not.")
    @OptionGroup var options: ReplayOptions

    enum Choice: String, ExpressibleByArgument, CaseIterable {
      case on
      case off
    }

    @Argument(help: "Whether to begin again.")
    var choice: Choice

    func run() async throws { try await options.tell("POST", "loop", ["loop": .bool(choice == .on)]) }
  }

  struct State: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the last message of every registration up to the position.",
      discussion: "A message a line, notices decrypted: `kis-mock decode` reads them.")
    @OptionGroup var options: ReplayOptions

    func run() async throws {
      let answer = try await options.call("GET", "state")
      guard !options.admin.json else { return print(answer.text) }
      for message in answer["registrations"]?.array ?? [] { print(message["text"]?.string ?? "") }
    }
  }
}
