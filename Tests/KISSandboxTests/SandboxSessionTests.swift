import KISScenario
import KISWire
import Synchronization
import Testing

@testable import KISSandbox

@Suite("A session in a sandbox")
struct SandboxSessionTests {
  private static let frame = "0|H0UPPGM0|001|0001^090001^1"

  @Test("a success carries iv and key, the same for the whole session, and precedes the first frame")
  func success() async throws {
    let fixture = try SandboxFixture([(0, Self.frame)])
    let client = try await fixture.connect()
    let key = await fixture.approvalKey()
    await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: key)
    await fixture.register(client.id, "H0STCNT0", "005930", approvalKey: key)
    let replies = try client.sink.texts.filter { $0.first == "{" }.map { try RegistrationReply(parsing: $0) }
    #expect(replies.map(\.code) == [.subscribed, .subscribed])
    #expect(replies[0].output == replies[1].output)
    #expect(client.sink.texts.first?.first == "{")
    #expect(client.sink.frames == [Self.frame])
  }

  @Test("gets what it registered and nothing else, until it releases")
  func filter() async throws {
    let other = "0|H0UPPGM0|001|1001^090001^1"
    let fixture = try SandboxFixture([(0, Self.frame), (1, other), (2, Self.frame), (3, Self.frame)])
    let client = try await fixture.connect()
    let key = await fixture.approvalKey()
    await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: key)
    await fixture.advance(2)
    await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: key, action: .release)
    await fixture.advance(2)
    #expect(client.sink.frames == [Self.frame, Self.frame])
  }

  @Test("leaves its app key to the next one when it closes, at once or after as long as the limits say")
  func slot() async throws {
    for (isClean, seconds) in [(true, 0.0), (false, 60)] {
      let fixture = try SandboxFixture { $0.limits.slotRelease = .seconds(60) }
      let first = try await fixture.listener("H0UPPGM0", "0001")
      await fixture.sandbox.disconnected(first.id, cleanly: isClean)
      if seconds > 0 { #expect(try await fixture.listener("H0UPPGM0", "0001").reply?.code == .appKeyInUse) }
      await fixture.advance(seconds)
      #expect(try await fixture.listener("H0UPPGM0", "0001").reply?.code == .subscribed)
    }
  }

  @Test("With recordings alone the silence of each registration is told once, when it begins")
  func silence() async throws {
    let told = Mutex<[String]>([])
    let fixture = try SandboxFixture([(1, Self.frame)]) {
      $0.simulates = false
      $0.onNotice = { text in told.withLock { $0.append(text) } }
    }
    let client = try await fixture.connect()
    let key = await fixture.approvalKey()
    // The frame is of H0UPPGM0 0001; of anything else nothing is recorded.
    await fixture.register(client.id, "H0STCNT0", "005930", approvalKey: key)
    await fixture.register(client.id, "H0UPPGM0", "0001", approvalKey: key)
    await fixture.register(client.id, "H0STCNT0", "005930", approvalKey: key)
    for _ in 0..<5 { await fixture.advance(10) }
    #expect(told.withLock { $0.filter { $0.contains("H0STCNT0 005930") && $0.contains("silent") } }.count == 1)
    #expect(told.withLock { $0.filter { $0.contains("H0UPPGM0 0001") && $0.contains("silent") } }.count == 1)
  }

  @Test("keys that nobody registers any more take no memory, whether they were refused, released, left or reset")
  func junkKeys() async throws {
    let fixture = try SandboxFixture([(0, Self.frame)]) {
      $0.codes = .permissive
      $0.simulates = false
    }
    let before = await fixture.sandbox.routes.count
    let key = await fixture.approvalKey()
    for round in 0..<20 {
      let client = try await fixture.connect()
      for number in 0..<30 {
        await fixture.register(client.id, "H0STCNT0", "J\(round)-\(number)", approvalKey: key)
        if number % 2 == 0 {
          await fixture.register(client.id, "H0STCNT0", "J\(round)-\(number)", approvalKey: key, action: .release)
        }
      }
      await fixture.register(client.id, "NO_SUCH_TR", "J\(round)", approvalKey: key)
      await fixture.register(client.id, "H0STCNT0", "never", approvalKey: key, action: .release)
      #expect(await fixture.sandbox.routes.count <= before + 15)
      if round % 2 == 0 {
        await fixture.sandbox.disconnected(client.id, cleanly: true)
      } else {
        try await fixture.sandbox.reset()
      }
      #expect(await fixture.sandbox.routes.count == before)
    }
  }

  @Test("a number that had another key before carries none of its counts")
  func reusedNumber() async throws {
    let fixture = try SandboxFixture {
      $0.codes = .permissive
      $0.simulates = false
    }
    let key = await fixture.approvalKey()
    let client = try await fixture.connect()
    await fixture.register(client.id, "H0STCNT0", "AAAAAA", approvalKey: key)
    await fixture.sandbox.send(Array("0|H0STCNT0|001|AAAAAA^1".utf8))
    await fixture.register(client.id, "H0STCNT0", "AAAAAA", approvalKey: key, action: .release)
    await fixture.register(client.id, "H0STCNT0", "BBBBBB", approvalKey: key)
    let registrations = await fixture.sandbox.sessionStatuses.first?.registrations
    #expect(registrations?.map(\.key) == ["BBBBBB"])
    #expect(registrations?.map(\.delivered) == [0])
    let query = try JournalQuery.reading("frame: {tr_key: AAAAAA}")
    #expect(await fixture.sandbox.currentJournal().count(of: query).count == 1)
  }
}
