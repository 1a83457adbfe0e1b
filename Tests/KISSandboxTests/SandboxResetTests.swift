import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("A sandbox that is reset") struct SandboxResetTests {
  @Test("is the same as a new one, member by member, however it was used before")
  func sameAsNew() async throws {
    let fixture = try SandboxFixture([(1, "0|H0UPPGM0|001|0001^1"), (2, "0|H0UPPGM0|001|0001^2")]) {
      $0.scenario = try? Scenario(parsing: SandboxResetTests.scenario, file: "reset.yaml")
      $0.quirks = SandboxResetTests.quirks
      $0.simulates = true
    }
    try await use(fixture)
    let used = await fixture.sandbox.members
    try await fixture.sandbox.reset()
    let new = try Sandbox(await fixture.sandbox.configuration, clock: fixture.clock)
    await new.begin()
    let (reset, fresh) = (await fixture.sandbox.members, await new.members)
    #expect(reset.keys.sorted() == fresh.keys.sorted())
    for (name, value) in fresh {
      #expect(reset[name] == value, "\(name) is not as in a new sandbox")
      // Otherwise nothing would be proved of it.
      #expect(used[name] != value, "\(name) was not used")
    }
  }

  @Test("has forgotten who asked for tokens too often (quirk 4)")
  func tokenViolations() async throws {
    let fixture = try SandboxFixture {
      $0.quirks = .certain(.tokenViolationsBlockAppKey)
      $0.limits.tokenReuse = .zero
    }
    for _ in 0..<4 { _ = await fixture.tokenAnswer() }
    #expect(await fixture.tokenAnswer().code == "EGW00103")
    try await fixture.sandbox.reset()
    #expect(await fixture.tokenAnswer().status == 200)
  }

  private static let scenario = """
    states: [first, second]
    rules:
      - when: {request: {path: /uapi/*}}
        chance: 0.5
        do: [{state: second}, {dialect: {layouts: {H0UPPGM0: 10}}}]
      - when: {release: {tr_id: H0UPPGM0}}
        do: [end]
    """

  private static var quirks: Quirks {
    var quirks = Quirks()
    for quirk in [Quirk.loopsBlockAppKey, .instrumentLeavesNxt] { quirks.insert(quirk, scope: QuirkScope(chance: 1)) }
    return quirks
  }

  /// Leaves a trace in every member.
  private func use(_ fixture: SandboxFixture) async throws {
    let caller = await fixture.caller()
    _ = await fixture.tokenAnswer()
    for _ in 0..<5 { _ = await caller.price() }
    _ = await caller.order()
    await fixture.sandbox.arm(ConfiguredFault(.wsDelayFrame))
    let listener = try await fixture.listener("H0UPPGM0", "0001")
    await fixture.register(listener.id, "H0STCNT0", "005930", approvalKey: await fixture.approvalKey())
    await fixture.advance(3)
    await fixture.register(
      listener.id, "H0UPPGM0", "0001", approvalKey: await fixture.approvalKey(), action: .release)
    try await fixture.sandbox.changeSpeed(to: .times(7))
  }
}

extension Sandbox {
  /// What running it begins with.
  fileprivate func begin() { observe(.started) }

  /// What it holds as text, by name. Left out is what never changes, who waits outside, and what a sandbox was made of.
  fileprivate var members: [String: String] {
    let fixed = [
      "configuration", "name", "seed", "clock", "routes", "generator", "alarm", "holdsTime", "waiters",
      "journals", "frameLog", "requestTimes", "drawnAhead", "isRedrawing", "redraws",
      "redrawing", "redrawsShares", "waiting", "resting", "isRunning",
    ]
    var members: [String: String] = ["sessions": "\(sessions.numbers)"]
    for case (let name?, let value) in Mirror(reflecting: self).children where !fixed.contains(name) {
      guard members[name] == nil, !name.hasPrefix("$") else { continue }
      members[name] = written(value)
    }
    return members
  }
}

/// A value with all that it holds, as text; dictionaries and sets, which stand in no order, are sorted.
private func written(_ value: Any) -> String {
  let mirror = Mirror(reflecting: value)
  guard !mirror.children.isEmpty else { return String(reflecting: value) }
  let parts = mirror.children.map { child in (child.label.map { "\($0): " } ?? "") + written(child.value) }
  let isOrdered = mirror.displayStyle != .dictionary && mirror.displayStyle != .set
  return "\(mirror.subjectType)(" + (isOrdered ? parts : parts.sorted()).joined(separator: ", ") + ")"
}
