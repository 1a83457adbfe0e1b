import Foundation
import KISSandbox
import KISScenario
import KISWire
import Testing

@testable import KISMockServer

@Suite("The sessions that come with the program")
struct BundledSessionTests {
  /// That the recordings are what these scenarios simulate is tested beside the simulation.
  @Test(
    "are simulated, where their files are missing, as their scenarios say",
    arguments: ["simulated-day", "simulated-session"])
  func plans(name: String) throws {
    let session = try #require(BundledRecording.all.first { $0.name == name })
    let scenario = try ScenarioLibrary(near: #filePath).scenario(name)
    #expect(session.plan == (try SimulationPlan(scenario)))
    #expect(scenario.seed == BundledRecording.seed)
  }

  @Test(
    "on a virtual clock the day begins where the replay begins",
    arguments: [(nil, "08:59:00"), ("10:30:00", "10:30:00")])
  func virtualClock(start: String?, expected: String) throws {
    var configuration = SandboxConfiguration()
    let plan = SimulationPlan(start: BundledRecording.day.plan.start, length: .seconds(60), programTrading: [.kospi])
    configuration.recordings = [try RecordingLibrary().recording(simulating: plan, seed: 1)]
    configuration.start = start.flatMap { TimeOfDay($0) }
    #expect(configuration.clock(.virtual).wallTime == KoreanTime("2026-09-21T\(expected)+09:00"))
  }

  @Test("are simulated once for all sandboxes of a process")
  func shared() throws {
    let plan = SimulationPlan(start: BundledRecording.day.plan.start, length: .seconds(120), programTrading: [.kospi])
    let library = RecordingLibrary()
    #expect(try library.recording(simulating: plan, seed: 1) === library.recording(simulating: plan, seed: 1))
    #expect(try library.recording(simulating: plan, seed: 1) !== library.recording(simulating: plan, seed: 2))
  }
}
