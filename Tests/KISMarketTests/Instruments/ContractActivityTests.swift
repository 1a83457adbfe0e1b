import KISMarket
import Testing

@Suite("What is traded of contracts")
struct ContractActivityTests {
  private func day(_ code: String, _ kind: SecurityKind, in market: inout Market) -> (volume: Int, minutes: Int) {
    market.add(Instrument(unknown: code, kind: kind, seed: 1))
    var (before, minutes) = (0, 0)
    for minute in 0..<380 {
      let volume = market.snapshot(of: code, on: "2026-09-21", at: ClockTime(9, 1).later(minutes: minute)).volume
      if volume > before { minutes += 1 }
      before = volume
    }
    return (market.day(of: code, on: "2026-09-21").volume, minutes)
  }

  @Test("an option near the money trades in nearly every minute, one far from it less")
  func options() {
    var market = Market(seed: 1)
    let (near, out, deep) = (
      day("B01610B10", .indexOption, in: &market), day("B01610C70", .indexOption, in: &market),
      day("B01610900", .indexOption, in: &market)
    )
    #expect(near.minutes > 340)
    #expect(out.volume < near.volume / 4 && deep.volume < near.volume / 4)
  }

  @Test("the contract that expires next is traded most, each later one less")
  func months() {
    var market = Market(seed: 1)
    let futures = ["A01612", "A01703", "A01706", "A01709"].map { day($0, .indexFuture, in: &market).volume }
    #expect(futures == futures.sorted(by: >) && futures[1] < futures[0] / 4)
    func ordinary(_ code: String, _ kind: SecurityKind, on date: CalendarDate = "2026-09-21") -> Int {
      Instrument(unknown: code, kind: kind, seed: 1, referenceDate: date).ordinaryVolume
    }
    let options = ["B01610B10", "B01611B10", "B01612B10"].map { ordinary($0, .indexOption) }
    #expect(options == options.sorted(by: >))
    // On its last trading day a contract is still the next to expire, on the day after it the one behind it is.
    #expect(ordinary("A01612", .indexFuture, on: "2026-12-10") > 50_000)
    #expect(ordinary("A01703", .indexFuture, on: "2026-12-10") < 50_000)
    #expect(ordinary("A01703", .indexFuture, on: "2026-12-11") > 50_000)
  }

  @Test("premiums of a month fall from strike to strike of calls and rise of puts, but for a tick or two")
  func premiums() {
    var market = Market(seed: 1)
    for (right, isCall) in [("B", true), ("C", false)] {
      let prices = stride(from: 1_060, through: 1_160, by: 10).map { strike in
        let code = ContractCode(isCall ? .call : .put, product: "01", year: 2026, month: 10, strike: strike * 100)!.code
        market.add(Instrument(unknown: code, kind: .indexOption, seed: 1))
        return market.snapshot(of: code, on: "2026-09-21", at: ClockTime(10, 14)).price
      }
      let steps = zip(prices, prices.dropFirst()).map { isCall ? $0 - $1 : $1 - $0 }
      #expect(steps.allSatisfy { $0 > 0 }, "\(right): \(prices)")
    }
  }
}
