import KISClient
import Testing

@Suite("The delay before connecting again")
struct ReconnectPolicyTests {
  @Test("doubles up to its limit")
  func doubles() {
    let policy = ReconnectPolicy(firstDelay: .seconds(1), longestDelay: .seconds(60))
    let delays = [1, 2, 3, 6, 7, 8, 1_000_000].map { policy.delay(beforeAttempt: $0) }
    #expect(delays == [1, 2, 4, 32, 60, 60, 60].map { .seconds($0) })
  }

  @Test("ends after the last attempt")
  func ends() {
    let policy = ReconnectPolicy(firstDelay: .seconds(1), maximumAttempts: 2)
    #expect(policy.delay(beforeAttempt: 2) == .seconds(2))
    #expect(policy.delay(beforeAttempt: 3) == nil)
    #expect(ReconnectPolicy.never.delay(beforeAttempt: 1) == nil)
  }
}
