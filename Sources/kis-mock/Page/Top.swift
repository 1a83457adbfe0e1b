import ArgumentParser
import Foundation
import KISSandbox
import KISWire
import Terminal

/// `kis-mock top`: a running mock at a glance, in a terminal.
struct Top: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show sessions, rates, lateness, the last requests and faults of a running mock.",
    discussion: """
      On a terminal it is drawn in place until Control-C. In a pipe, or with --once, it is printed once; with --json it \
      prints what /status answers.
      """)
  @OptionGroup var admin: AdminOptions

  @Option(help: ArgumentHelp("Seconds between two looks.", valueName: "seconds"))
  var interval = 1.0

  @Flag(help: "Look once.")
  var once = false

  func validate() throws {
    guard interval >= 0.1, interval <= 3_600 else {
      throw ValidationError("--interval: expected a number from 0.1 to 3600, found \(interval).")
    }
  }

  func run() async throws {
    let client = try admin.client()
    var view = TopView(.standardOutput)
    var screen = LiveLines()
    let isDrawn = TerminalStyle.isTerminal(STDOUT_FILENO) && !once && !admin.json
    repeat {
      let status = try await client.call("GET", "/status")
      guard !admin.json else { return try StandardOutput.write(status.text + "\n") }
      let requests = try await client.call("GET", "/requests?limit=8")
      let messages = try await client.call("GET", "/messages?limit=200")
      view.take(
        status, requests["requests"]?.array ?? [], messages["messages"]?.array ?? [],
        at: HostTime.monotonicNanoseconds)
      guard isDrawn else { return try StandardOutput.write(view.lines.joined(separator: "\n") + "\n") }
      try StandardOutput.write(screen.draw(view.lines))
      try await HostTime.sleep(for: .seconds(interval))
    } while true
  }
}

/// What is on the screen.
struct TopView {
  private let style: TerminalStyle
  private var status: JSONValue = [:]
  private var requests: [JSONValue] = []
  private var faults: [JSONValue] = []
  private var last: Counts?
  /// What passed in a second; nil at the first look.
  private var rates: Counts?

  /// What was counted up to a moment.
  private struct Counts {
    var frames: Int
    var bytes: Int
    var requests: Int
    var time: Int64

    func perSecond(since earlier: Counts) -> Counts? {
      let seconds = Double(time - earlier.time) / 1_000_000_000
      guard seconds > 0 else { return nil }
      func rate(_ count: KeyPath<Counts, Int>) -> Int {
        Int((Double(self[keyPath: count] - earlier[keyPath: count]) / seconds).rounded())
      }
      return Counts(frames: rate(\.frames), bytes: rate(\.bytes), requests: rate(\.requests), time: time)
    }
  }

  init(_ style: TerminalStyle) { self.style = style }

  /// - Parameter time: monotonic nanoseconds, for rates.
  mutating func take(_ status: JSONValue, _ requests: [JSONValue], _ messages: [JSONValue], at time: Int64) {
    self.status = status
    self.requests = requests
    faults = Array(messages.filter { $0.text("kind") == "fault" }.suffix(5))
    let counts = Counts(
      frames: (status["frames"]?.object?.members ?? []).reduce(0) { $0 + ($1.value.int ?? 0) },
      bytes: status["sent_bytes"]?.int ?? 0, requests: status["requests"]?.int ?? 0, time: time)
    rates = last.flatMap { counts.perSecond(since: $0) } ?? rates
    last = counts
  }

  var lines: [String] {
    let clock = status["clock"]
    let replay = status["replay"]
    let sessions = status["sessions"]?.array ?? []
    var lines = [
      style.bold("kis-mock top") + style.dim("  \(status.text("sandbox").printable)  Control-C ends"),
      "market \(status.marketTime)  clock \(clock?.text("time") ?? "")"
        + (clock?["frozen"]?.bool == true ? " frozen" : "")
        + (replay.map { $0 == .null ? "" : "  replay \($0.text("state")) at \($0.text("speed"))x" } ?? ""),
      "frames \(last?.frames ?? 0)\(rate(\.frames))  bytes \(last?.bytes ?? 0)\(rate(\.bytes))  "
        + "requests \(last?.requests ?? 0)\(rate(\.requests))  faults \(status.text("faults_happened"))",
      "lateness p50 \(spread("lateness", "p50_us")) p99 \(spread("lateness", "p99_us"))  "
        + "answers p50 \(spread("request_times", "p50_us")) p99 \(spread("request_times", "p99_us"))",
      "",
    ]
    lines +=
      AdminTable(
        .array(sessions), empty: "nobody is connected",
        ["session", "app key", "registrations", "frames", "sent", "waiting"]
      ) { session in
        let registrations = session["registrations"]?.array ?? []
        return [
          session.text("session"), session.text("app_key").masked, "\(registrations.count)",
          "\(registrations.reduce(0) { $0 + ($1["delivered"]?.int ?? 0) })", session.text("sent_bytes"),
          session.text("backlog_bytes"),
        ]
      }.lines
    lines += ["", style.bold("last requests")]
    lines += requests.isEmpty ? ["none"] : requests.map(line(of:))
    let armed = (status["faults"]?.array ?? []).map { fault in
      fault.text("name") + (fault["remaining"]?.int.map { " (\($0) left)" } ?? "")
    }
    lines += ["", style.bold("faults") + "  armed: \(armed.isEmpty ? "none" : armed.joined(separator: ", "))"]
    lines += faults.map { "\($0.marketTime)  \($0.text("fault")): \($0.text("detail"))".printable }
    return lines
  }

  private func line(of request: JSONValue) -> String {
    let answer = "\(request.text("status")) \(request.text("code"))"
    let asked = ["method", "path", "tr_id"].map { request.text($0) }.joined(separator: " ")
    return "\(request.marketTime)  \(asked) → \(answer)".printable
  }

  private func rate(_ count: KeyPath<Counts, Int>) -> String {
    rates.map { " (\($0[keyPath: count])/s)" } ?? ""
  }

  private func spread(_ name: String, _ member: String) -> String {
    guard let microseconds = status[name]?[member]?.int else { return "–" }
    return microseconds < 1_000 ? "\(microseconds) µs" : "\(Double(microseconds) / 1_000) ms"
  }
}

extension JSONValue {
  /// The time of day of the market, to the millisecond.
  fileprivate var marketTime: Substring { text("market_time").prefix("10:00:00.000".count) }
}

extension String {
  /// An app key as others may see it.
  fileprivate var masked: String { count > 8 ? "\(prefix(4))…\(suffix(2))" : self }
}
