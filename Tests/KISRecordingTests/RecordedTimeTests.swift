import KISRecording
import Testing

@Suite("A moment of a recording")
struct RecordedTimeTests {
  @Test("lies a duration after the start, and between two of them lies one")
  func arithmetic() {
    let moment = RecordedTime(.milliseconds(1_500))
    #expect(moment == 1_500_000_000 && moment.sinceStart == .milliseconds(1_500))
    #expect(moment + .seconds(1) == 2_500_000_000 && moment - .seconds(2) == RecordedTime(.milliseconds(-500)))
    #expect(moment - RecordedTime.zero == .milliseconds(1_500) && RecordedTime.zero - moment == .milliseconds(-1_500))
    #expect("\(moment)" == "1500000000" && RecordedTime.distantPast < moment && moment < .distantFuture)
  }

  @Test("is cut to what 64 bits hold, in both directions")
  func limits() {
    let far = Duration.seconds(86_400 * 365 * 290)
    #expect(RecordedTime(far) + far == .distantFuture && RecordedTime(.zero - far) - far == .distantPast)
    #expect(RecordedTime.distantFuture + .nanoseconds(1) == .distantFuture)
    #expect(RecordedTime.distantPast - .nanoseconds(1) == .distantPast)
    #expect(RecordedTime.distantPast + .seconds(-1) == .distantPast)
    #expect(RecordedTime.distantFuture - .seconds(-1) == .distantFuture)
    #expect(RecordedTime.distantFuture - RecordedTime.distantPast > far + far)
  }
}
