import KISWire
import Testing

@testable import KISSandbox
@testable import KISScenario

@Suite("The section `simulation:`")
struct SimulationPlanDecodingTests {
  static func plan(_ text: String) throws -> SimulationPlan {
    try SimulationPlan(try YAMLNode(parsing: text, file: "day.yaml"))
  }

  @Test("Everything that can be said is read")
  func everything() throws {
    let plan = try SimulationPlanDecodingTests.plan(
      """
      day: 2026-09-21
      from: 09:00
      to: 09:10:30
      program-trading: ["0001"]
      program-interval: 5s
      investor-rankings: true
      instruments: ["005930"]
      book-interval: 500ms
      notices-for: kismock
      """)
    #expect(plan.start.iso8601 == "2026-09-21T09:00:00+09:00")
    #expect(plan.length == .seconds(630))
    #expect(plan.programTrading == [.kospi] && plan.programInterval == .seconds(5))
    #expect(plan.ranksInvestors && plan.instruments == ["005930"])
    #expect(plan.bookInterval == .milliseconds(500) && plan.noticesFor == "kismock")
  }

  @Test(
    "Mistakes are shown where they are",
    arguments: [
      ("day: 2026-02-30", "day.yaml:1:6", "a day of the calendar"),
      ("day: 2026-09-21\ninstrument: [1]", "day.yaml:2:1", "`instruments`"),
      ("from: 09:00", "day.yaml:1:1", "`day`"),
      ("day: 2026-09-21\nprogram-trading: [\"0002\"]", "day.yaml:2:19", "0001"),
      ("day: 2026-09-21\nfrom: 10:00\nto: 09:00", "day.yaml:3:5", "an end after the start"),
    ])
  func mistakes(text: String, position: String, hint: String) {
    let error = #expect(throws: ScenarioError.self) { try SimulationPlanDecodingTests.plan(text) }
    #expect(error?.description.hasPrefix(position) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains(hint) == true, "\(error?.description ?? "")")
  }
}
