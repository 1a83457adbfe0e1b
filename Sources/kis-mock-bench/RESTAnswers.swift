import ArgumentParser
import Foundation
import Histogram
import KISRecording
import KISWire

/// `kis-mock-bench rest`: recorded answers to sixteen clients, against the constant answer of `/__admin/health` at the same
/// server, which knows no rule, token, journal or recording; and what twenty of them a second do to a replay.
struct RESTAnswers: BenchVerb {
  static let configuration = CommandConfiguration(
    commandName: "rest", abstract: "Recorded REST answers against constant ones, and beside a replay.")

  @OptionGroup var options: BenchOptions

  private static let connections = 16
  private static let frames = 2_000
  /// 500 frames a second.
  private static let interval: Int64 = 2_000_000

  static func measure(_ run: BenchRun) async throws -> BenchReport {
    var report = BenchReport(bench: "rest")
    let asked = try await RecordedQuestions(run)
    for question in asked.questions {
      report.rows.append(try await compare(question, asked, run))
    }
    try await measureLateness(asked, run, &report)
    report.notes.append("16 connections that ask again as soon as they are answered; the control is /__admin/health.")
    return report
  }

  /// Interleaved rounds of the constant route and the recorded answer, at one server.
  private static func compare(
    _ question: RecordedQuestions.Question, _ asked: RecordedQuestions, _ run: BenchRun
  ) async throws -> BenchRow {
    let server = try ServeProcess(asked.recording, ["--scenario", asked.scenario, "--paused"], in: run.folder)
    defer { server.stop() }
    let token = try await server.token()
    var (recorded, constant): ([Double], [Double]) = ([], [])
    for round in 1...run.size(5, quick: 1) {
      run.progress("rest, \(question.name), round \(round)")
      for isRecorded in round.isMultiple(of: 2) ? [true, false] : [false, true] {
        let path = isRecorded ? question.target : "/__admin/health"
        let load = RESTLoad(
          port: server.restPort, request: asked.request(path, question.id, token: token), connections: connections)
        let rate = try load.rate(milliseconds: run.size(3_000, quick: 1_000))
        if isRecorded { recorded.append(rate) } else { constant.append(rate) }
      }
    }
    return BenchRow(
      name: "recorded \(question.name)",
      figure: BenchFigure("ratio", zip(recorded, constant).map(/).median, ""), target: .atLeast(0.5),
      parts: [
        BenchFigure("recorded", recorded.median, "/s"), BenchFigure("health", constant.median, "/s"),
        BenchFigure("body", Double(question.bytes), "B"),
      ])
  }

  private static func measureLateness(
    _ asked: RecordedQuestions, _ run: BenchRun, _ report: inout BenchReport
  ) async throws {
    let frames = run.size(30, quick: 3) * Int(1_000_000_000 / interval)
    var tallies: [ClientTally] = []
    for isAsked in [false, true] {
      run.progress("rest, lateness \(isAsked ? "with" : "without") calls")
      let recording = try asked.recording(frames: frames, interval: interval, run)
      let server = try ServeProcess(
        recording, ["--scenario", asked.scenario, "--speed", "1", "--paused"], in: run.folder)
      defer { server.stop() }
      let token = try await server.token()
      let question = asked.questions[0]
      let load = RESTLoad(
        port: server.restPort, request: asked.request(question.target, question.id, token: token), connections: 1)
      let plan = ClientPlan(
        restPort: server.restPort, port: server.webSocketPort, stop: .frames(frames),
        schedule: .init(lead: BenchRecording.lead, interval: interval))
      let calls = isAsked ? load.begin(everyMilliseconds: 50) : nil
      tallies.append(try plan.run(in: run.folder))
      calls?.stop()
    }
    let late = tallies.map { Double($0.lateness?.valueAtPercentile(99) ?? 0) / 1e6 }
    report.rows.append(
      BenchRow(
        name: "500 frames/s, p99 lateness that 20 calls/s add",
        figure: BenchFigure("excess", late[1] - late[0], "ms"), target: .atMost(1),
        parts: [BenchFigure("with", late[1], "ms"), BenchFigure("without", late[0], "ms")]))
  }
}

/// What is asked: two APIs whose answers are taken from a mock that makes them up, written into a recording.
struct RecordedQuestions {
  struct Question {
    var name: String
    var id: TransactionID
    /// Path and query.
    var target: String
    var bytes: Int
  }

  let questions: [Question]
  let recording: String
  let scenario: String
  private let exchanges: [RecordedEvent]

  init(_ run: BenchRun) async throws {
    let server = try ServeProcess(nil, ["--paused"], in: run.folder)
    defer { server.stop() }
    let token = try await server.token()
    var (questions, exchanges): ([Question], [RecordedEvent]) = ([], [])
    for (name, id, path, query) in RecordedQuestions.asked {
      let target = path + "?" + query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
      let body = try RESTLoad(
        port: server.restPort, request: RecordedQuestions.request(target, id, token: token), connections: 1
      ).body()
      exchanges.append(
        RecordedEvent(
          at: 0,
          .exchange(
            RecordedExchange(
              method: "GET", path: path, transactionID: id.rawValue, parameters: query,
              body: String(decoding: body, as: UTF8.self)))))
      questions.append(Question(name: name, id: id, target: target, bytes: body.count))
    }
    self.questions = questions
    self.exchanges = exchanges
    scenario = run.folder.path("rest.yaml")
    try "title: recorded answers\nlimits: {requests-per-second: 0}\n".write(
      toFile: scenario, atomically: true, encoding: .utf8)
    recording = run.folder.path("rest.jsonl")
    try RecordedQuestions.write(exchanges, frames: [], to: recording)
  }

  /// The same answers, and frames at a steady rate.
  func recording(frames: Int, interval: Int64, _ run: BenchRun) throws -> String {
    let content = BenchRecording(content: .programTrading, frames: frames, interval: interval)
    let path = run.folder.path("rest-\(frames).jsonl")
    let events = (0..<frames).map {
      RecordedEvent(at: content.offset(of: $0), .message(content.frame($0), from: .server))
    }
    try RecordedQuestions.write(exchanges, frames: events, to: path)
    return path
  }

  func request(_ target: String, _ id: TransactionID, token: String) -> String {
    RecordedQuestions.request(target, id, token: token)
  }

  private static let asked: [(name: String, TransactionID, path: String, query: [NameValue])] = [
    (
      "foreign-institution-total", .foreignInstitutionTotal, ForeignInstitutionTotal.path,
      ForeignInstitutionTotal.Query().parameters.map { NameValue($0.name, $0.value) }
    ),
    (
      "inquire-price", "FHKST01010100", "/uapi/domestic-stock/v1/quotations/inquire-price",
      [NameValue("FID_COND_MRKT_DIV_CODE", "J"), NameValue("FID_INPUT_ISCD", "005930")]
    ),
  ]

  private static func write(_ exchanges: [RecordedEvent], frames: [RecordedEvent], to path: String) throws {
    let header = RecordingHeader(
      start: "2026-09-21T10:00:00+09:00", dialectDay: "2026-09-21", provenance: .simulated, source: "kis-mock-bench",
      title: "recorded answers for measuring")
    var writer = try RecordingWriter(creating: path, header: header, replacing: true)
    try writer.append(exchanges + frames)
  }

  /// A GET as it goes over the wire.
  static func request(_ target: String, _ id: TransactionID, token: String) -> String {
    head("GET", target, id, token: token) + "\r\n"
  }

  /// A POST as it goes over the wire.
  static func post(_ target: String, _ id: TransactionID, token: String, body: String) -> String {
    head("POST", target, id, token: token) + "Content-Length: \(body.utf8.count)\r\n\r\n" + body
  }

  private static func head(_ method: String, _ target: String, _ id: TransactionID, token: String) -> String {
    """
    \(method) \(target) HTTP/1.1\r
    Host: 127.0.0.1\r
    content-type: application/json; charset=utf-8\r
    authorization: Bearer \(token)\r
    appkey: bench\r
    appsecret: bench\r
    tr_id: \(id.rawValue)\r
    custtype: P\r\n
    """
  }
}
