import Foundation
import KISRecording
import KISWire

@testable import KISSandbox
@testable import KISScenario

/// A shipped scenario with its recordings, played in a sandbox on a clock that the test moves.
struct ScenarioPlay {
  let scenario: Scenario
  let clock: VirtualClock
  let sandbox: Sandbox

  /// - Parameter faulty: whether its rules and faults are in force; without them it is what the recording holds.
  init(_ name: String, faulty: Bool = true) throws {
    let file = ShippedScenariosTests.folder.appending(path: name)
    scenario = try Scenario(parsing: String(contentsOf: file, encoding: .utf8), file: file.path)
    var configuration = SandboxConfiguration(scenario: scenario)
    let library = RecordingLibrary()
    configuration.recordings = try scenario.recordings.map { path in
      try library.recording(path: ShippedScenariosTests.folder.appending(path: path).standardizedFileURL.path)
    }
    if scenario.simulation != nil {
      // The first minutes: the whole day is compared with its recording elsewhere.
      var plan = try SimulationPlan(scenario)
      plan.length = .seconds(120)
      configuration.recordings.append(try library.recording(simulating: plan, seed: configuration.seed))
    }
    if !faulty { configuration.scenario = nil }
    clock = VirtualClock(wallStart: configuration.recordings[0].start, autoAdvance: false)
    sandbox = try Sandbox(configuration, clock: clock)
  }

  /// Moves time in steps no longer than a tenth of a second; returns when the sandbox has done what became due.
  func pass(_ seconds: Double) async {
    let steps = Int((seconds * 10).rounded(.up))
    for _ in 0..<steps {
      clock.advance(by: .seconds(seconds) / steps)
      await sandbox.runUntilIdle()
    }
  }

  /// Whether everything that the scenario expects has happened.
  var isMet: Bool {
    get async { await sandbox.report().isMet }
  }
}

// MARK: WebSocket

extension ScenarioPlay {
  /// A client whose messages a sink keeps.
  struct Client {
    let id: Int
    let sink: RecordingSink

    func frames(of id: String, _ key: String? = nil) -> [String] {
      sink.frames.filter { $0.dropFirst(2).hasPrefix(id) && (key.map($0.contains) ?? true) }
    }

    /// The codes of the replies to its registrations.
    var codes: [String] {
      sink.texts.compactMap { try? RegistrationReply(parsing: $0).code.rawValue }
    }
  }

  /// Connects, and registers pairs of tr_id and tr_key.
  func client(_ registrations: (TransactionID, String)...) async throws -> Client {
    let sink = RecordingSink()
    let client = Client(id: try await sandbox.connect(sink), sink: sink)
    for (id, key) in registrations { try await register(id, key, for: client) }
    return client
  }

  func register(_ id: TransactionID, _ key: String, for client: Client) async throws {
    let approvalKey = await sandbox.approvalKey()
    await sandbox.receive(
      Array(RegistrationRequest(.register, id, key: key, approvalKey: approvalKey).text.utf8), from: client.id)
    await sandbox.runUntilIdle()
  }

  /// The client's socket is gone.
  func leave(_ client: Client, cleanly: Bool = false) async { await sandbox.disconnected(client.id, cleanly: cleanly) }
}

// MARK: REST

extension ScenarioPlay {
  /// An answer as it went out, faults included.
  struct Reply {
    var status = 0
    var body: [UInt8] = []
    /// How long it was held back, in all and in its longest pause.
    var waited = Duration.zero
    var pieces = 0
    /// Whether the connection ended behind it.
    var isEnded = false

    /// `msg_cd`; nil for what is no JSON.
    var code: String? { (try? JSONValue(parsing: body))?["msg_cd"]?.string }
  }

  func token() async throws -> String {
    let reply = await send(
      RESTRequest(
        method: "POST", path: "/oauth2/tokenP",
        body: Array(#"{"grant_type":"client_credentials","appkey":"app","appsecret":"secret"}"#.utf8)))
    return try JSONValue(parsing: reply.body)["access_token"]?.string ?? ""
  }

  /// The price of a stock (주식현재가 시세).
  func price(_ token: String) async -> Reply {
    await send(
      RESTRequest(
        method: "GET", path: "/uapi/domestic-stock/v1/quotations/inquire-price",
        query: [("FID_COND_MRKT_DIV_CODE", "J"), ("FID_INPUT_ISCD", "005930")],
        headers: headers("FHKST01010100", token)))
  }

  /// A buy order (주식주문 현금 매수).
  func order(_ id: String, _ token: String) async -> Reply {
    let body: JSONValue = [
      "CANO": "50000000", "ACNT_PRDT_CD": "01", "PDNO": "005930", "ORD_DVSN": "00", "ORD_QTY": "1", "ORD_UNPR": "50000",
    ]
    return await send(
      RESTRequest(
        method: "POST", path: "/uapi/domestic-stock/v1/trading/order-cash", headers: headers(id, token),
        body: body.utf8))
  }

  func send(_ request: RESTRequest) async -> Reply {
    switch await sandbox.respond(to: request).content {
    case .answer(let answer): return Reply(status: answer.status, body: answer.body)
    case .script(let outputs):
      var reply = Reply()
      var bytes: [UInt8] = []
      for output in outputs {
        switch output {
        case .text(let part), .wire(let part):
          bytes += part
          reply.pieces += 1
        case .wait(let duration): reply.waited += duration
        case .end: reply.isEnded = true
        }
      }
      let text = String(decoding: bytes, as: UTF8.self)
      reply.status = Int(text.dropFirst("HTTP/1.1 ".count).prefix(3)) ?? 0
      if let head = text.range(of: "\r\n\r\n") { reply.body = Array(text[head.upperBound...].utf8) }
      return reply
    }
  }

  func headers(_ id: String, _ token: String) -> [(name: String, value: String)] {
    [("authorization", "Bearer \(token)"), ("appkey", "app"), ("appsecret", "secret"), ("tr_id", id)]
  }
}
