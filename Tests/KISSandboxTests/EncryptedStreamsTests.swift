import KISWire
import Testing

@testable import KISSandbox
@testable import KISScenario

@Suite("What a registration's reply says of encryption")
struct EncryptedStreamsTests {
  private func heard(
    _ events: [(second: Double, text: String)], _ change: @escaping (inout SandboxConfiguration) -> Void = { _ in }
  ) async throws -> (reply: RegistrationReply, frames: [Frame]) {
    let fixture = try SandboxFixture(events, at: SandboxFixture.open, change)
    let client = try await fixture.listener("H0UPPGM0", "0001")
    await fixture.advance(5)
    return (try #require(client.reply), try client.sink.frames.map { try Frame(parsing: $0) })
  }

  @Test("is Y for a stream that is recorded encrypted, and so it comes")
  func recorded() async throws {
    let (reply, frames) = try await heard([
      (1, "1|H0UPPGM0|001|0001^090001^1"), (2, "0|H0UPPGM0|001|0001^090002^2"), (3, "0|H0UPPGM0|001|1001^090003^3"),
    ])
    #expect(reply.header?.encrypt == "Y")
    let cipher = try #require(try reply.cipher())
    #expect(frames.map(\.flag) == [.encrypted, .encrypted])
    #expect(
      try frames.map { String(decoding: try cipher.decrypt($0).payload, as: UTF8.self) }
        == ["0001^090001^1", "0001^090002^2"])
  }

  @Test("is Y for a stream that is asked to be encrypted, watched by rules or not", arguments: [false, true])
  func asked(isWatched: Bool) async throws {
    let (reply, frames) = try await heard([(1, "0|H0UPPGM0|001|0001^090001^1")]) {
      $0.encryptedTransactions = ["H0UPPGM0"]
      guard isWatched else { return }
      var scenario = Scenario()
      scenario.faults = [ConfiguredFault(.wsDropFrame, when: FaultConditions(skip: 100))]
      $0.scenario = scenario
    }
    #expect(reply.header?.encrypt == "Y")
    let cipher = try #require(try reply.cipher())
    #expect(try frames.map { String(decoding: try cipher.decrypt($0).payload, as: UTF8.self) } == ["0001^090001^1"])
  }

  @Test("is N for one that comes in the clear, and under quirk 42 for any")
  func plain() async throws {
    let (reply, frames) = try await heard([(1, "0|H0UPPGM0|001|0001^090001^1")])
    #expect(reply.header?.encrypt == "N")
    #expect(frames.map(\.flag) == [.plain])
    let (quirky, sealed) = try await heard([(1, "0|H0UPPGM0|001|0001^090001^1")]) {
      $0.encryptedTransactions = ["H0UPPGM0"]
      $0.quirks = .certain(.noticeEncryptN)
    }
    #expect(quirky.header?.encrypt == "N")
    #expect(sealed.map(\.flag) == [.encrypted])
  }

  @Test("is read from a scenario, which knows only streams that there are")
  func scenario() throws {
    let read = try Scenario(parsing: "{encrypt: [H0UPPGM0, H0STCNT0], simulate-orders: true}", file: "x.yaml")
    #expect(read.encryptedTransactions == ["H0UPPGM0", "H0STCNT0"])
    #expect(SandboxConfiguration(scenario: read).encryptedTransactions == read.encryptedTransactions)
    #expect(SandboxConfiguration(scenario: read).simulatesOrders)
    #expect(throws: ScenarioError.self) { try Scenario(parsing: "encrypt: H0UPPGMO", file: "x.yaml") }
  }
}

@Suite("Order notices (체결통보)")
struct SimulatedNoticesTests {
  @Test("come of orders that nobody made only when they are asked for", arguments: [false, true])
  func askedFor(isAsked: Bool) async throws {
    let fixture = try SandboxFixture(at: SandboxFixture.open + .seconds(1_800)) {
      $0.simulates = true
      $0.simulatesOrders = isAsked
      $0.heartbeat.rhythm = .never
    }
    let client = try await fixture.listener("H0STCNI0", "me")
    await fixture.advance(600)
    #expect(client.sink.frames.isEmpty == !isAsked)
  }

  @Test("are about no order that an untouched account would list")
  func untouchedAccount() async throws {
    let caller = await (try SandboxFixture { $0.simulates = true }).caller()
    for api in Catalogue.rest where api.listsOrders {
      let answer = await caller.ask(
        api.path, api.ids.first ?? "", [("CANO", "12345678"), ("ACNT_PRDT_CD", "01")])
      let numbers = answer.text.matches(of: /"(?:odno|ODNO)" ?: ?"0*[1-9]/)
      #expect(numbers.isEmpty, "\(api.path)")
    }
  }
}

extension RESTAPI {
  /// Whether an account's orders are what it lists.
  fileprivate var listsOrders: Bool {
    method == "GET" && path.contains("/trading/")
      && outputs.contains { $0.fields.contains { $0.lowercased() == "odno" } }
  }
}
