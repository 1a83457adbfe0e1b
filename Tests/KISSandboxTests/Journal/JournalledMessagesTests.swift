import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("The journal holds the text of what goes over a WebSocket") struct JournalledMessagesTests {
  @Test("what was registered and replied, without the approval key and the session's key")
  func registration() async throws {
    let fixture = try SandboxFixture()
    let approvalKey = await fixture.approvalKey()
    let listener = try await fixture.listener("H0UPPGM0", "0001")
    let registration = try await last(of: fixture)
    #expect(registration.text.contains(#""tr_id":"H0UPPGM0""#) && !registration.text.contains(approvalKey))
    #expect(registration.reply?.contains("SUBSCRIBE SUCCESS") == true)
    let key = try #require(listener.reply?.output?.key)
    #expect(registration.reply?.contains(key) == false)
  }

  @Test("that no reply left, and yet that a registration came")
  func missing() async throws {
    let fixture = try SandboxFixture()
    await fixture.sandbox.arm(ConfiguredFault(.registrationReplyMissing))
    let listener = try await fixture.listener("H0UPPGM0", "0001")
    #expect(listener.reply == nil)
    let registration = try await last(of: fixture)
    #expect(registration.reply == nil && registration.code.isEmpty)
  }

  private func last(of fixture: SandboxFixture) async throws -> JournalRegistration {
    let registrations = await fixture.sandbox.currentJournal().entries.compactMap { entry in
      if case .register(let registration) = entry.content { registration } else { nil }
    }
    return try #require(registrations.last)
  }
}
