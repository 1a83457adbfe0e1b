import Testing

@testable import KISSandbox

@Suite("An alarm")
struct AlarmTests {
  private let forever = Duration.seconds(86_400)

  @Test("that was rung ends the next wait at once, and only that one")
  func rungBefore() async {
    let alarm = Alarm()
    alarm.ring()
    await alarm.waitForRing(atMost: forever)
    let waiting = Task { await alarm.waitForRing(atMost: forever) }
    alarm.ring()
    await waiting.value
  }

  @Test("ends any number of waits, whichever kind they are", arguments: [false, true])
  func ringsWaiters(sleeps: Bool) async {
    let alarm = Alarm()
    let (rings, continuation) = AsyncStream<Void>.makeStream()
    let waiting = Task {
      for _ in 0..<100 {
        continuation.yield()
        if sleeps {
          await alarm.wait { try await Task.sleep(for: .seconds(86_400)) }
        } else {
          await alarm.waitForRing(atMost: .seconds(86_400))
        }
      }
      continuation.finish()
    }
    for await _ in rings { alarm.ring() }
    await waiting.value
  }

  @Test("ends a wait whose task is cancelled")
  func cancelled() async {
    let alarm = Alarm()
    let waiting = Task { await alarm.waitForRing(atMost: forever) }
    waiting.cancel()
    await waiting.value
  }
}
