import KISRecording
import KISWire
import Testing

@testable import KISSandbox

@Suite("A time base")
struct TimebaseTests {
  @Test("maps recorded time to the clock and back", arguments: [0.25, 1, 3, 60])
  func roundTrip(rate: Double) {
    let base = Timebase(anchor: .seconds(10), position: 5_000_000_000, rate: rate)
    for second in stride(from: 5, to: 60, by: 7) {
      let position = RecordedTime(.seconds(second))
      let difference = base.position(at: base.moment(of: position)) - position
      #expect(abs(difference.nanoseconds) <= Int64(rate) + 1)
    }
  }

  @Test("survives the end of time")
  func extremes() {
    let base = Timebase(anchor: .zero, position: 0, rate: 1_000_000)
    #expect(base.position(at: .seconds(86_400 * 365 * 200)) > 0)
    #expect(base.moment(of: .distantFuture) > .zero)
  }
}
