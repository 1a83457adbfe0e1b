import ArgumentParser
import KISWire
import Terminal

/// `kis-mock requests`: what clients asked over REST, and what they were answered.
struct Requests: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the REST and OAuth requests that a running mock got, with its answers.",
    discussion: "Times count from the start of the sandbox, on its clock. Exit code 2: no mock is there, or it refused."
  )
  @OptionGroup var admin: AdminOptions

  @Flag(help: "Only those that nothing answered.")
  var unmatched = false

  @Option(help: ArgumentHelp("The latest so many.", valueName: "number"))
  var limit = 100

  func run() async throws {
    let path = "/requests\(unmatched ? "/unmatched" : "")?limit=\(limit)"
    let answer = try await admin.client().call("GET", path)
    try admin.show(answer) {
      AdminTable(answer["requests"], empty: "no requests", ["time", "request", "tr_id", "status", "code", "from"]) {
        entry in
        [
          entry.time("t"), entry.text("method") + " " + entry.text("path"), entry.text("tr_id"), entry.text("status"),
          entry.text("code"), entry.text("source"),
        ]
      }.lines
    }
  }
}

/// `kis-mock near-misses`: what nothing matched, and what it may have meant.
struct NearMisses: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "near-misses",
    abstract: "Show requests and registrations that nothing matched, and what they may have meant.")
  @OptionGroup var admin: AdminOptions

  func run() async throws {
    let answer = try await admin.client().call("GET", "/near-misses")
    try admin.show(answer) {
      let entries = answer["entries"]?.array ?? []
      guard !entries.isEmpty else { return ["everything matched"] }
      return entries.flatMap { entry in
        let what = ["kind", "method", "path", "tr_id", "tr_key", "code"].map { entry.text($0) }.filter { !$0.isEmpty }
        let near = (entry["near_misses"]?.array ?? []).map { miss in
          let found = miss["found"]?.string.map { "found \($0)" } ?? "which was not there"
          return "    near \(miss.text("name")): \(miss.text("field")) has to be \(miss.text("expected")), \(found)"
            .printable
        }
        return ["\(entry.time("t"))  \(what.joined(separator: " "))"] + near
      }
    }
  }
}

/// `kis-mock verify`: checks expectations, as a scenario's `expect:` does.
struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check what clients did of a running mock against expectations.",
    discussion: """
      Expectations are written as in a scenario's `expect:`, as JSON: kis-mock verify \
      '[{"request":{"path":"/oauth2/tokenP"},"at-most":1}]'. Exit code 1: one of them is not met for certain.
      """)
  @OptionGroup var admin: AdminOptions

  @Argument(help: ArgumentHelp("A JSON list of expectations, or one of them.", valueName: "expectations"))
  var expectations: String

  func run() async throws {
    let json: JSONValue
    do {
      json = try JSONValue(parsing: Array(expectations.utf8))
    } catch {
      throw ValidationError("the expectations are no JSON: \(error)")
    }
    let list = json.array == nil ? .array([json]) : json
    let answer = try await admin.client().call("POST", "/verify", ["expect": list])
    try admin.show(answer) {
      (answer["findings"]?.array ?? []).map { finding in
        let mark =
          finding.text("verdict") == "yes" ? "met    " : finding.text("verdict") == "no" ? "NOT MET" : "unknown"
        return "\(mark)  \(finding.text("expected")): \(finding.text("found"))"
      }
    }
    if answer["met"]?.bool != true { throw ExitCode(1) }
  }
}
