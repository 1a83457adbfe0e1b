import ArgumentParser
import Foundation
import Histogram
import KISSandbox
import KISWire

/// `kis-mock-bench generated`: answers that the market behind the mock makes up, against the constant answer of
/// `/__admin/health` at the same server; the slowest of all APIs; what such questions do to a replay; and how long the
/// first one of a day takes.
struct GeneratedAnswers: BenchVerb {
  static let configuration = CommandConfiguration(
    commandName: "generated", abstract: "Generated REST answers against constant ones, and beside a replay.")

  @OptionGroup var options: BenchOptions

  private static let connections = 16

  static func measure(_ run: BenchRun) async throws -> BenchReport {
    var report = BenchReport(bench: "generated")
    for (question, target) in CatalogueQuestion.usual {
      report.add([try await compare(question, target, run)], run)
    }
    report.add(try await slowest(run), run)
    report.add([try await lateness(run)], run)
    try await measureFirstQuestions(run, &report)
    if let row = try await memory(run) {
      report.add([row], run)
    } else {
      report.notes.append("memory: this system has no /proc")
    }
    report.notes.append(
      "\(connections) connections that ask again as soon as they are answered, one for the slowest of all; the control "
        + "is /__admin/health.")
    return report
  }

  /// Interleaved rounds of the constant route and the generated answer, at one server that plays the bundled day.
  ///
  /// - Parameter resting: how many orders wait meanwhile.
  static func compare(
    _ question: CatalogueQuestion, _ target: Double, resting: Int = 0, _ run: BenchRun
  ) async throws -> BenchRow {
    let server = try ServeProcess(nil, ["--lenient"], in: run.folder)
    defer { server.stop() }
    let token = try await server.token()
    if resting > 0 { try await server.rest(resting, token: token) }
    let request = question.request(token: token)
    let bytes = try RESTLoad(port: server.restPort, request: request, connections: 1).body().count
    var (generated, constant): ([Double], [Double]) = ([], [])
    // Many short runs, so that whatever else the machine does meets both alike.
    for round in 1...run.size(9, quick: 1) {
      run.progress("generated, \(question.name), round \(round)")
      for isGenerated in round.isMultiple(of: 2) ? [true, false] : [false, true] {
        let load = RESTLoad(
          port: server.restPort, request: isGenerated ? request : CatalogueQuestion.health, connections: connections)
        let rate = try load.rate(milliseconds: run.size(700, quick: 500))
        if isGenerated { generated.append(rate) } else { constant.append(rate) }
      }
    }
    return BenchRow(
      name: resting > 0 ? "\(question.name), \(resting) orders waiting" : question.name,
      figure: BenchFigure("ratio", zip(generated, constant).map(/).median, ""),
      target: .atLeast(target),
      parts: [
        BenchFigure("generated", generated.median, "/s"), BenchFigure("health", constant.median, "/s"),
        BenchFigure("body", Double(bytes), "B"),
      ])
  }

  /// The ten slowest of all APIs that ask, slowest first: found by a short look at each, then measured.
  private static func slowest(_ run: BenchRun) async throws -> [BenchRow] {
    let server = try ServeProcess(nil, ["--lenient", "--codes", "permissive"], in: run.folder)
    defer { server.stop() }
    let token = try await server.token()
    func rate(_ request: String, _ milliseconds: Int) throws -> Double {
      try RESTLoad(port: server.restPort, request: request, connections: 1).rate(milliseconds: milliseconds)
    }
    var looks: [(question: CatalogueQuestion, rate: Double)] = []
    for question in CatalogueQuestion.all {
      run.progress("generated, a look at \(question.name)")
      looks.append((question, try rate(question.request(token: token), 100)))
    }
    var rows: [BenchRow] = []
    for (question, _) in looks.sorted(by: { $0.rate < $1.rate }).prefix(run.size(14, quick: 12)) {
      run.progress("generated, \(question.name)")
      let request = question.request(token: token)
      let bytes = try RESTLoad(port: server.restPort, request: request, connections: 1).body().count
      var (generated, constant): ([Double], [Double]) = ([], [])
      for _ in 1...run.size(5, quick: 3) {
        constant.append(try rate(CatalogueQuestion.health, 200))
        generated.append(try rate(request, run.size(250, quick: 200)))
      }
      rows.append(
        BenchRow(
          name: question.name, figure: BenchFigure("ratio", zip(generated, constant).map(/).median, ""),
          target: .atLeast(0.1),
          parts: [
            BenchFigure("generated", generated.median, "/s"), BenchFigure("health", constant.median, "/s"),
            BenchFigure("body", Double(bytes), "B"),
          ]))
    }
    return Array(rows.sorted { $0.figure.value < $1.figure.value }.prefix(10))
  }

  /// A replay of 500 frames a second while a client asks each of the usual questions twenty times a second, against the
  /// same replay alone.
  private static func lateness(_ run: BenchRun) async throws -> BenchRow {
    let interval: Int64 = 2_000_000
    let frames = run.size(15, quick: 3) * Int(1_000_000_000 / interval)
    let recording = try run.folder.recording(.programTrading, frames: frames, interval: interval)
    var late: [Double] = []
    for isAsked in [false, true] {
      run.progress("generated, lateness \(isAsked ? "with" : "without") questions")
      let server = try ServeProcess(recording, ["--speed", "1", "--paused", "--lenient"], in: run.folder)
      defer { server.stop() }
      let token = try await server.token()
      let plan = ClientPlan(
        restPort: server.restPort, port: server.webSocketPort, stop: .frames(frames),
        schedule: .init(lead: BenchRecording.lead, interval: interval))
      let loads = CatalogueQuestion.usual.map { question, _ in
        RESTLoad(port: server.restPort, request: question.request(token: token), connections: 1)
      }
      let calls = isAsked ? loads.map { $0.begin(everyMilliseconds: 50) } : []
      let tally = try plan.run(in: run.folder)
      for call in calls { call.stop() }
      late.append(Double(tally.lateness?.valueAtPercentile(99) ?? 0) / 1e6)
    }
    return BenchRow(
      name: "500 frames/s, p99 lateness that 20 calls/s of each add",
      figure: BenchFigure("excess", late[1] - late[0], "ms"), target: .atMost(1),
      parts: [BenchFigure("with", late[1], "ms"), BenchFigure("without", late[0], "ms")])
  }

  /// The first question of a day that was moved to the afternoon, each at a server of its own.
  private static func measureFirstQuestions(_ run: BenchRun, _ report: inout BenchReport) async throws {
    for question in CatalogueQuestion.usual.map(\.0) + [CatalogueQuestion.index] {
      var times: [Double] = []
      for round in 1...run.size(5, quick: 1) {
        run.progress("generated, first \(question.name), round \(round)")
        let server = try ServeProcess(nil, ["--lenient"], in: run.folder)
        defer { server.stop() }
        let request = question.request(token: try await server.token())
        _ = try await server.admin("POST", "replay/seek", body: ["time": "15:00:00"])
        let asked = HostTime.monotonicNanoseconds
        _ = try RESTLoad(port: server.restPort, request: request, connections: 1).body()
        times.append(Double(HostTime.monotonicNanoseconds - asked) / 1e6)
      }
      report.add(
        [
          BenchRow(
            name: "first \(question.name) after a seek to 15:00", figure: BenchFigure("median", times.median, "ms"),
            target: .atMost(20), parts: [BenchFigure("worst", times.max() ?? 0, "ms")])
        ], run)
    }
  }

  /// What a mock holds more once a whole day of every instrument was asked for.
  private static func memory(_ run: BenchRun) async throws -> BenchRow? {
    let server = try ServeProcess(nil, ["--lenient", "--codes", "permissive"], in: run.folder)
    defer { server.stop() }
    let token = try await server.token()
    guard let before = ProcessMemory(of: server.process.pid) else { return nil }
    _ = try await server.admin("POST", "replay/seek", body: ["time": "15:00:00"])
    run.progress("generated, memory of the market")
    for question in CatalogueQuestion.usual.map(\.0) + CatalogueQuestion.builtIn {
      _ = try RESTLoad(port: server.restPort, request: question.request(token: token), connections: 1).body()
    }
    guard let after = ProcessMemory(of: server.process.pid) else { return nil }
    return BenchRow(
      name: "memory of the market of all instruments",
      figure: BenchFigure("more", (after.anonymous - before.anonymous).megabytes, "MB"), target: .atMost(40),
      parts: [
        BenchFigure("private", after.anonymous.megabytes, "MB"), BenchFigure("idle", before.anonymous.megabytes, "MB"),
      ])
  }
}

extension ServeProcess {
  /// A token of an app key made up for measuring.
  func token() async throws -> String {
    let answer = try await MockRequest.json(
      "POST", "/oauth2/tokenP", port: restPort,
      body: ["grant_type": "client_credentials", "appkey": "bench", "appsecret": "bench"])
    guard let token = answer["access_token"]?.string else {
      throw BenchError("expected an access_token, found \(answer.text)")
    }
    return token
  }
}
