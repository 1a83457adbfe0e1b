import KISWire
import Testing

@testable import KISSandbox
@testable import KISScenario

@Suite("A fault that replaces the answer")
struct FaultTimingTests {
  private static let replacing: [FaultName] = [
    .httpStatus, .httpHTMLBody, .httpNoAnswer, .httpEmptyReply, .httpReset, .httpGarbage,
  ]

  private func fault(_ name: FaultName, after: Bool = false) -> ConfiguredFault {
    ConfiguredFault(name, when: FaultConditions(times: 1, after: after))
  }

  @Test("of tokenP issues no token, so the next one is", arguments: replacing + [.tokenIssueRefused])
  func token(_ name: FaultName) async throws {
    let fixture = try SandboxFixture()
    await fixture.sandbox.arm(fault(name))
    #expect(await fixture.tokenAnswer().json["access_token"] == nil)
    #expect(await fixture.tokenAnswer().json["access_token"]?.string?.isEmpty == false)
  }

  @Test(
    "issues it when it happens after that, and only the answer is lost", arguments: replacing + [.tokenIssueRefused])
  func tokenAfter(_ name: FaultName) async throws {
    let fixture = try SandboxFixture()
    await fixture.sandbox.arm(fault(name, after: true))
    #expect(await fixture.tokenAnswer().json["access_token"] == nil)
    #expect(await fixture.tokenAnswer().code == "EGW00133")
  }

  @Test("of Approval issues no key", arguments: [false, true])
  func approval(after: Bool) async throws {
    let fixture = try SandboxFixture()
    let first = await (try SandboxFixture()).approvalKey()
    await fixture.sandbox.arm(fault(.httpStatus, after: after))
    _ = await fixture.approvalKey()
    #expect(await fixture.sandbox.knows(approvalKey: first) == after)
  }

  @Test("of revokeP revokes nothing", arguments: [false, true])
  func revocation(after: Bool) async throws {
    let fixture = try SandboxFixture()
    let caller = await fixture.caller()
    await fixture.sandbox.arm(fault(.httpStatus, after: after))
    _ = await fixture.post("/oauth2/revokeP", ["appkey": "app", "appsecret": "secret", "token": .string(caller.token)])
    #expect(await caller.price().code == (after ? "EGW00121" : "MCA00000"))
  }

  @Test("of an order enters it where KIS enters it and cannot make its reply (IGW00009), unless told not to")
  func orderReplyUnmade() async throws {
    for after in [nil, "true", "false"] {
      let fixture = try SandboxFixture()
      let client = try await fixture.listener("H0STCNI0", "me")
      let caller = await fixture.caller()
      let scenario = try Scenario(
        parsing: "title: t\nfaults:\n  - {name: order-reply-unmade, times: 1\(after.map { ", after: \($0)" } ?? "")}",
        file: "a test")
      await fixture.sandbox.arm(try #require(scenario.faults.first))
      // Not counted, for it is no order.
      #expect(await caller.price().code == "MCA00000")
      let answer = await caller.order("TTTC0012U", shares: 3)
      #expect(answer.status == 500 && answer.code == "IGW00009")
      await fixture.sandbox.runUntilIdle()
      #expect(client.sink.frames.isEmpty == (after == "false"))
      #expect(await caller.order("TTTC0012U", shares: 3).code == "APBK0013")
    }
  }

  @Test("of a token counts calls that carry one alone")
  func concern() async throws {
    let fixture = try SandboxFixture()
    await fixture.sandbox.arm(fault(.tokenExpired))
    let caller = await fixture.caller()
    #expect(await caller.price().code == "EGW00123")
    #expect(await caller.price().code == "MCA00000")
  }

  @Test("of an order enters none", arguments: [false, true])
  func order(after: Bool) async throws {
    let fixture = try SandboxFixture()
    let client = try await fixture.listener("H0STCNI0", "me")
    let caller = await fixture.caller()
    await fixture.sandbox.arm(fault(.httpStatus, after: after))
    _ = await caller.order("TTTC0012U", shares: 3)
    await fixture.sandbox.runUntilIdle()
    #expect(client.sink.frames.isEmpty == !after)
  }

  @Test("of a registration registers nothing and leaves the app key free", arguments: [false, true])
  func registration(after: Bool) async throws {
    let fixture = try SandboxFixture([(1, "0|H0UPPGM0|001|0001^090001")])
    await fixture.sandbox.arm(fault(.registrationRefused, after: after))
    let refused = try await fixture.listener("H0UPPGM0", "0001")
    #expect(refused.reply?.code.rawValue == "OPSP0007")
    let other = try await fixture.listener("H0UPPGM0", "0001")
    #expect(other.reply?.code == (after ? .appKeyInUse : .subscribed))
    await fixture.advance(2)
    #expect(refused.sink.frames.count == (after ? 1 : 0))
  }
}
