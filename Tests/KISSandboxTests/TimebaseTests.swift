import Testing

@testable import KISSandbox

@Suite("A time base")
struct TimebaseTests {
  @Test("maps recorded time to the clock and back", arguments: [0.25, 1, 3, 60])
  func roundTrip(rate: Double) {
    let base = Timebase(anchor: .seconds(10), position: 5_000_000_000, rate: rate)
    for position in stride(from: Int64(5_000_000_000), to: 60_000_000_000, by: 7_000_000_000) {
      #expect(abs(base.position(at: base.moment(of: position)) - position) <= Int64(rate) + 1)
    }
  }

  @Test("keeps its position when the rate changes")
  func rateChange() {
    let base = Timebase(anchor: .zero, position: 0, rate: 1)
    let faster = base.changing(rate: 60, at: .seconds(30))
    #expect(faster.position(at: .seconds(30)) == 30_000_000_000)
    #expect(faster.position(at: .seconds(31)) == 90_000_000_000)
  }

  @Test("survives the end of time")
  func extremes() {
    let base = Timebase(anchor: .zero, position: 0, rate: 1_000_000)
    #expect(base.position(at: .seconds(86_400 * 365 * 200)) > 0)
    #expect(base.moment(of: .max) > .zero)
  }
}
