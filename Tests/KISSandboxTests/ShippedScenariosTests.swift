import Foundation
import KISSandbox
import KISScenario
import KISWire
import Testing

/// Every file in `scenarios/`, as a user would run it.
@Suite struct ShippedScenariosTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "scenarios")

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  private func text(_ name: String) throws -> String {
    try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
  }

  @Test func theTwelveThatPeopleAskForAreThere() {
    let wanted = [
      "token-expiry", "rate-limit-storm", "duplicate-app-key", "unanswered-pingpong", "silent-stall",
      "reconnect-reregister", "wrong-iv-notice", "width-change-at-midnight", "market-open-rush", "vi-halt",
      "vts-venue", "slow-gateway",
    ]
    for name in wanted { #expect(Self.names.contains("\(name).yaml")) }
  }

  @Test(arguments: names) func eachDecodesIsDescribedAndLintsClean(name: String) throws {
    let text = try text(name)
    let scenario = try Scenario(parsing: text, file: name)
    #expect(scenario.lint() == [])
    #expect(!scenario.title.isEmpty)
    #expect(text.prefix { $0 != "\n" }.hasPrefix("# "))
    #expect(scenario.seed != nil)
  }

  @Test(arguments: names) func recordingsAreThere(name: String) throws {
    for recording in try Scenario(parsing: text(name), file: name).recordings {
      let path = Self.folder.appending(path: recording).standardizedFileURL.path
      #expect(FileManager.default.fileExists(atPath: path))
    }
  }

  @Test func tokenExpiryLetsTheClientOutOnlyWithANewToken() throws {
    var engine = ScenarioEngine(
      try Scenario(parsing: text("token-expiry.yaml"), file: "token-expiry.yaml"),
      start: TimeOfDay(sinceMidnight: .zero))
    var generator = SeededGenerator(seed: 1)
    let moment = ScenarioMoment(elapsed: .zero, timeOfDay: TimeOfDay(sinceMidnight: .zero))
    func refusals(_ path: String) -> [Action] {
      engine.observe(.request(ObservedRequest(method: "GET", path: path)), at: moment, using: &generator)
        .map(\.action).filter { if case .answer = $0 { true } else { false } }
    }
    let expired = [Action.answer(Answer(body: .code("EGW00123")))]
    #expect(refusals("/uapi/a").isEmpty)
    #expect(refusals("/uapi/a").isEmpty)
    #expect(refusals("/uapi/a") == expired)
    #expect(refusals("/uapi/a") == expired)
    #expect(refusals("/oauth2/tokenP").isEmpty)
    #expect(refusals("/uapi/a").isEmpty)
  }

  @Test func viHaltDropsTradesOfOneStockForTwoMinutes() throws {
    let scenario = try Scenario(parsing: text("vi-halt.yaml"), file: "vi-halt.yaml")
    let start = try #require(scenario.start)
    var engine = ScenarioEngine(scenario, start: start)
    var generator = SeededGenerator(seed: 1)
    var plan = FaultPlan()
    func trades(at time: String, of code: String) throws -> Bool {
      let moment = ScenarioMoment(elapsed: .zero, timeOfDay: try #require(TimeOfDay(time)))
      for firing in engine.observe(.time, at: moment, using: &generator) {
        switch firing.action {
        case .fault(let fault): plan.arm(fault, at: .zero)
        case .clearFaults(let name): plan.disarm(name)
        default: break
        }
      }
      let frame = FaultOccasion.frame(session: 1, transactionID: "H0STCNT0", key: code)
      return plan.faults(on: frame, at: .zero, using: &generator).isEmpty
    }
    #expect(try trades(at: "09:02:59", of: "005930"))
    #expect(try !trades(at: "09:03:00", of: "005930"))
    #expect(try trades(at: "09:03:00", of: "000660"))
    #expect(try !trades(at: "09:04:59", of: "005930"))
    #expect(try trades(at: "09:05:00", of: "005930"))
  }
}
