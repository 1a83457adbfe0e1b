import KISWire
import Testing

@testable import KISSandbox
@testable import KISScenario

/// A server that stops waits for its answers and tasks, so none of them may wait for what will never happen.
@Suite("A sandbox that stops")
struct SandboxWindDownTests {
  @Test("ends every wait on its clock, its journal and its scenario")
  func pending() async throws {
    let fixture = try SandboxFixture()
    async let late: Void = fixture.sandbox.delay(.seconds(3_600))
    async let happened = fixture.sandbox.wait(for: JournalQuery(.connect))
    async let over: Void = fixture.sandbox.waitUntilOver()
    while await fixture.sandbox.waits < 3 { await Task.yield() }
    await fixture.sandbox.windDown(.closeFrame(code: 1001, reason: ""))
    await late
    await over
    #expect(await happened == false)
  }

  @Test("lets nobody begin to wait any more, also when it came to its end by cancellation")
  func afterwards() async throws {
    let fixture = try SandboxFixture()
    let running = Task { await fixture.sandbox.run() }
    running.cancel()
    await running.value
    await fixture.sandbox.delay(.seconds(3_600))
    await fixture.sandbox.waitUntilOver()
    #expect(await fixture.sandbox.wait(for: JournalQuery(.connect)) == false)
  }
}

extension Sandbox {
  /// How many wait.
  fileprivate var waits: Int { waiters.timers.count + waiters.untilOver.count + (waiters.watches.isEmpty ? 0 : 1) }
}
