import ArgumentParser
import Foundation
import Histogram
import KISMarket
import KISWire
import Synchronization

/// `kis-mock-bench orders`: processor time of an order from its request to its reply and its notices, and what a hundred
/// orders that wait cost everybody else.
struct OrderCost: BenchVerb {
  static let configuration = CommandConfiguration(
    commandName: "orders", abstract: "Processor time of an order, and what a hundred orders that wait cost.")

  @OptionGroup var options: BenchOptions

  /// How many orders wait.
  static let resting = 100

  static func measure(_ run: BenchRun) async throws -> BenchReport {
    var report = BenchReport(bench: "orders")
    for resting in [0, resting] {
      report.add(try await orders(resting: resting, run), run)
    }
    for (question, target) in CatalogueQuestion.usual {
      report.add([try await GeneratedAnswers.compare(question, target, resting: resting, run)], run)
    }
    report.add([try await lateness(run)], run)
    report.notes.append(
      "An order is one request on a kept connection; its notices go to a session that reads them. The orders that wait "
        + "are purchases of \(resting) shares at their lower limits, which the market does not come to.")
    return report
  }

  // MARK: One order

  private static func orders(resting: Int, _ run: BenchRun) async throws -> [BenchRow] {
    let server = try ServeProcess(nil, ["--lenient"], in: run.folder)
    defer { server.stop() }
    let token = try await server.token()
    try await server.rest(resting, token: token)
    let plan = ClientPlan(
      restPort: server.restPort, port: server.webSocketPort, transactionID: "H0STCNI0", keys: ["bench"],
      stop: .frames(0))
    let session = NoticeReader(
      try await CountedSession.open(plan, restPort: server.restPort, appKey: "bench"))
    var rows: [BenchRow] = []
    for (name, division, price) in [("filled at the market", "01", 0), ("IOC that finds nothing", "11", 200_000)] {
      run.progress("orders, \(name), \(resting) waiting")
      let order = Order(code: "005930", division: division, price: price).request(token: token)
      let load = RESTLoad(port: server.restPort, request: order, connections: 1)
      _ = try load.ask(times: 20)
      let count = run.size(2_000, quick: 300)
      let noticed = session.bytes
      guard let before = ProcessTime(of: server.process.pid) else {
        throw BenchError("this system has no /proc: processor time of another process is not known")
      }
      let last = try load.ask(times: count)
      guard (try JSONValue(parsing: last))["rt_cd"]?.string == "0" else {
        throw BenchError("an order was answered \(String(decoding: last, as: UTF8.self))")
      }
      // The last notice is on its way.
      try await Task.sleep(for: .milliseconds(200))
      let after = ProcessTime(of: server.process.pid)?.seconds ?? before.seconds
      // An encrypted notice has some 400 bytes, and there are two of each order.
      guard session.bytes - noticed > count * 400 else { throw BenchError("not all notices of \(count) orders came") }
      rows.append(
        BenchRow(
          name: "an order \(name), \(resting) waiting",
          figure: BenchFigure("processor", (after - before.seconds) * 1_000 / Double(count), "ms"),
          target: .atMost(1), parts: [BenchFigure("orders", Double(count), "")]))
    }
    return rows
  }

  // MARK: Beside a replay

  /// How late frames are while orders wait, against a server where none does.
  private static func lateness(_ run: BenchRun) async throws -> BenchRow {
    let interval: Int64 = 2_000_000
    let frames = run.size(30, quick: 3) * Int(1_000_000_000 / interval)
    let recording = try run.folder.recording(.programTrading, frames: frames, interval: interval)
    var late: [Double] = []
    for resting in [0, resting] {
      run.progress("orders, lateness with \(resting) waiting")
      let server = try ServeProcess(recording, ["--speed", "1", "--paused", "--lenient"], in: run.folder)
      defer { server.stop() }
      try await server.rest(resting, token: try await server.token())
      let plan = ClientPlan(
        restPort: server.restPort, port: server.webSocketPort, stop: .frames(frames),
        schedule: .init(lead: BenchRecording.lead, interval: interval))
      late.append(Double(try plan.run(in: run.folder).lateness?.valueAtPercentile(99) ?? 0) / 1e6)
    }
    return BenchRow(
      name: "500 frames/s, p99 lateness that \(resting) waiting add",
      figure: BenchFigure("excess", late[1] - late[0], "ms"),
      target: .atMost(1), parts: [BenchFigure("with", late[1], "ms"), BenchFigure("without", late[0], "ms")])
  }
}

/// A purchase of one share.
private struct Order {
  let code: String
  let division: String
  let price: Int

  func request(token: String) -> String {
    let body: JSONValue = [
      "CANO": "12345678", "ACNT_PRDT_CD": "01", "PDNO": .string(code), "ORD_DVSN": .string(division), "ORD_QTY": "1",
      "ORD_UNPR": .string("\(price)"),
    ]
    return RecordedQuestions.post(
      "/uapi/domestic-stock/v1/trading/order-cash", "TTTC0012U", token: token, body: body.text)
  }
}

extension ServeProcess {
  /// Lets so many orders wait, each of another share, of an account that has the money for whatever is ordered.
  func rest(_ count: Int, token: String) async throws {
    _ = try await admin("PUT", "accounts/12345678-01", body: ["cash": 900_000_000_000_000])
    let shares = Instrument.builtIn.filter { $0.exchange == nil && $0.kind == .share && $0.code != "005930" }
    guard shares.count >= count else { throw BenchError("there are only \(shares.count) shares") }
    for (share, question) in zip(shares, CatalogueQuestion.questions(of: shares)).prefix(count) {
      let answer = try RESTLoad(port: restPort, request: question.request(token: token), connections: 1).body()
      guard let lowest = (try JSONValue(parsing: answer))["output"]?["stck_llam"]?.string.flatMap({ Int($0) }) else {
        throw BenchError("the price of \(share.code) was answered \(String(decoding: answer, as: UTF8.self))")
      }
      let order = Order(code: share.code, division: "00", price: lowest).request(token: token)
      let placed = try RESTLoad(port: restPort, request: order, connections: 1).body()
      guard (try JSONValue(parsing: placed))["rt_cd"]?.string == "0" else {
        throw BenchError("an order that is to wait was answered \(String(decoding: placed, as: UTF8.self))")
      }
    }
  }
}

/// A session whose messages are read as they come, and counted in bytes.
private final class NoticeReader: Sendable {
  private let tally = ByteTally()
  private let socket: TCPSocket

  init(_ socket: TCPSocket) {
    self.socket = socket
    let tally = tally
    Thread.detachNewThread {
      var piece = [UInt8](repeating: 0, count: 64 * 1024)
      while let count = try? piece.withUnsafeMutableBytes({ try socket.receive(into: $0) }), count > 0 {
        tally.add(count)
      }
    }
  }

  var bytes: Int { tally.bytes }
}

private final class ByteTally: Sendable {
  private let state = Mutex(0)
  var bytes: Int { state.withLock { $0 } }
  func add(_ count: Int) { state.withLock { $0 += count } }
}
