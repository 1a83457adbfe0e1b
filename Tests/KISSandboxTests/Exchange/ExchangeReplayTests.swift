import KISMarket
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("An exchange's journal gives the same transcript again")
struct ExchangeReplayTests {
  /// How fast the clock goes that a journal is replayed on.
  enum Pace: Int, CaseIterable {
    case realTime = 1
    case sixtyfold = 60
    /// From command to command.
    case max = 0
    /// From what is due to what is due, as a virtual clock jumps.
    case virtual = -1
  }

  @Test("at 1×, at 60×, as fast as it goes, and on a virtual clock", arguments: Pace.allCases)
  func replay(pace: Pace) async throws {
    let played = try await Self.afternoon.value
    #expect(played.transcript.count > 20)
    let clock = VirtualClock(wallStart: SandboxFixture.open, autoAdvance: false)
    let replayed = Exchange(replaying: played.journal, settings: played.settings, from: played.start) { now, next in
      var (now, moments) = (now, [TradingMoment]())
      while pace.rawValue > 0, now.date == next.date, now < next {
        // An exchange is looked at every second of the clock.
        let before = clock.now
        clock.advance(by: .seconds(1))
        now = now.later(milliseconds: (clock.now - before).milliseconds * pace.rawValue)
        if now < next { moments.append(now) }
      }
      return moments
    }
    #expect(replayed.transcript == played.transcript)
    #expect(replayed.orders == played.orders)
    #expect(replayed.accounts == played.accounts)
  }

  /// What is left of an afternoon of orders by REST, played once for all paces.
  private struct Afternoon: Sendable {
    let journal: [JournaledCommand]
    let transcript: ExchangeTranscript
    let settings: ExchangeSettings
    let start: TradingMoment
    let orders: [OrderRecord]
    let accounts: [AccountID: Account]
  }

  private static let afternoon = Task { () throws -> Afternoon in
    let fixture = try SandboxFixture(at: SandboxFixture.open + .seconds(3_600)) {
      $0.venue = .vts
      $0.heartbeat.rhythm = .never
      $0.limits.requestsPerSecond = 0
    }
    let start = await fixture.sandbox.keepExchangeJournal()
    let caller = await fixture.caller()
    for number in 0..<12 {
      let isSale = number % 3 == 2
      _ = await caller.order(isSale ? "VTTC0011U" : "VTTC0012U", shares: 1 + number % 4)
      _ = await caller.order("VTTC0012U", shares: 1, price: 240_000 + number % 5 * 5_000)
      await fixture.advance([0.4, 3, 61, 700][number % 4])
    }
    await fixture.advance(5 * 3_600)
    let exchange = await fixture.sandbox.exchange.core
    return Afternoon(
      journal: exchange.journal, transcript: exchange.transcript, settings: exchange.settings, start: start,
      orders: exchange.orders, accounts: exchange.accounts)
  }
}

extension Sandbox {
  /// - Returns: when it begins.
  fileprivate func keepExchangeJournal() -> TradingMoment {
    exchange.core.keepsJournal = true
    return exchange.core.now
  }
}
