import KISWire
import Testing

@testable import KISSandbox

@Suite("A virtual clock")
struct VirtualClockTests {
  private let start = KoreanTime(year: 2026, month: 9, day: 21, hour: 9)

  @Test("stands still until it is moved, and wakes sleepers in the order of their deadlines")
  func movesWhenTold() async throws {
    let clock = VirtualClock(wallStart: start, autoAdvance: false)
    await withTaskGroup(of: Int.self) { group in
      for seconds in [3, 1, 2] {
        group.addTask {
          try? await clock.sleep(until: .seconds(seconds))
          return seconds
        }
      }
      await clock.sleepers(atLeast: 3)
      for expected in 1...3 {
        clock.advance(by: .seconds(1))
        let woken = await group.next()
        #expect(woken == expected)
      }
    }
    #expect(clock.wallTime.spaced == "2026-09-21 09:00:03")
  }

  @Test("jumps to the next sleeper when nobody holds it")
  func advancesWhenIdle() async throws {
    let clock = VirtualClock(wallStart: start)
    try await clock.sleep(until: .seconds(6 * 3_600))
    #expect(clock.now == .seconds(6 * 3_600))
  }

  @Test("waits while somebody holds it")
  func holds() async throws {
    let clock = VirtualClock(wallStart: start)
    clock.hold(.work)
    let sleeper = Task { try await clock.sleep(until: .seconds(1)) }
    await clock.sleepers()
    #expect(clock.now == .zero)
    clock.release(.work)
    try await sleeper.value
    #expect(clock.now == .seconds(1))
  }

  @Test("moves as soon as a client has answered, without using up its patience")
  func answered() async throws {
    let clock = VirtualClock(wallStart: start, clientPatience: .seconds(86_400))
    clock.hold(.client)
    let sleeper = Task { try await clock.sleep(until: .seconds(1)) }
    await clock.sleepers()
    #expect(clock.now == .zero)
    clock.release(.client)
    try await sleeper.value
    #expect(clock.now == .seconds(1))
  }

  @Test("jumps in whole grains, so that what lies within one happens at once")
  func grain() async throws {
    let clock = VirtualClock(wallStart: start, grain: .seconds(1))
    try await clock.sleep(until: .milliseconds(1_200))
    #expect(clock.now == .seconds(2))
    try await clock.sleep(until: .milliseconds(1_900))
    #expect(clock.now == .seconds(2))
    try await clock.sleep(until: .seconds(3))
    #expect(clock.now == .seconds(3))
  }

  @Test("does not move by itself while it is frozen")
  func frozen() async throws {
    let clock = VirtualClock(wallStart: start)
    clock.freeze()
    let sleeper = Task { try await clock.sleep(until: .seconds(1)) }
    await clock.sleepers()
    #expect(clock.now == .zero)
    clock.unfreeze()
    try await sleeper.value
  }

  @Test("a cancelled sleep ends with CancellationError")
  func cancellation() async {
    let clock = VirtualClock(wallStart: start, autoAdvance: false)
    let sleeper = Task { try await clock.sleep(until: nil) }
    await clock.sleepers()
    sleeper.cancel()
    await #expect(throws: CancellationError.self) { try await sleeper.value }
  }
}

@Suite("A real clock")
struct RealClockTests {
  @Test("stands still while frozen, and moves forward when told")
  func frozen() {
    let clock = RealClock()
    clock.freeze()
    let frozen = clock.now
    clock.advance(by: .seconds(100))
    #expect(clock.now == frozen + .seconds(100))
    clock.unfreeze()
    #expect(clock.now >= frozen + .seconds(100))
  }
}
