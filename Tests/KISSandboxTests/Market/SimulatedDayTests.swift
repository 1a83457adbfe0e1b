import KISRecording
import KISWire
import Testing

@testable import KISSandbox
@testable import KISScenario

@Suite("Simulated day")
struct SimulatedDayTests {
  static let start = KoreanTime(year: 2026, month: 9, day: 21, hour: 8, minute: 59)

  @Test("The same plan and seed give the same events, another seed other ones")
  func deterministic() {
    let plan = SimulationPlan(
      start: SimulatedDayTests.start, length: .seconds(1_200), programTrading: [.kospi, .kosdaq])
    #expect(SimulatedDay(plan, seed: 1).events() == SimulatedDay(plan, seed: 1).events())
    #expect(SimulatedDay(plan, seed: 1).events() != SimulatedDay(plan, seed: 2).events())
  }

  @Test("Events are in time order within the session, whichever moment it starts at")
  func order() {
    let plan = SimulationPlan(
      start: SimulatedDayTests.start + .seconds(7_200), length: .seconds(600), programTrading: [.kospi, .kosdaq])
    let offsets = SimulatedDay(plan, seed: 3).events().map(\.offset)
    #expect(offsets.count > 100)
    #expect(offsets == offsets.sorted())
    #expect(offsets.allSatisfy { (0...600_000_000_000).contains($0) })
  }

  @Test("A session that starts at noon continues the day that starts in the morning")
  func sameDay() {
    let whole = SimulationPlan(start: SimulatedDayTests.start, length: .seconds(14_400), programTrading: [.kospi])
    var noon = whole
    noon.start = SimulatedDayTests.start + .seconds(10_800)
    noon.length = .seconds(3_600)
    let contents = SimulatedDay(noon, seed: 1).events().map(\.content)
    #expect(contents == SimulatedDay(whole, seed: 1).events().suffix(contents.count).map(\.content))
  }

  @Test("Investor rankings answer all 48 questions at the start and at each of the five entry times")
  func rankings() {
    let plan = SimulationPlan(start: SimulatedDayTests.start, length: .seconds(23_000), ranksInvestors: true)
    let events = SimulatedDay(plan, seed: 1).events()
    #expect(events.count == 48 * 6)
    #expect(Set(events.map(\.offset)).count == 6)
  }
}
