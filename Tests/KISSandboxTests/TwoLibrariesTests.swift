import KISWire
import Testing

@testable import KISSandbox

@Suite("Recordings of two libraries")
struct TwoLibrariesTests {
  @Test("play together, each message to whoever registered it")
  func together() async throws {
    // Its numbers begin anew: the first of them stands for another registration here.
    let other = try RecordingLibrary().recording(
      bytes: recording([(2, "0|H0STCNT0|001|005930^090002"), (3, "0|H0UPPGM0|001|0001^090003")]))
    let fixture = try SandboxFixture([(1, "0|H0UPPGM0|001|0001^090001")]) { $0.recordings.append(other) }
    let index = try await fixture.listener("H0UPPGM0", "0001", appKey: "a")
    let share = try await fixture.listener("H0STCNT0", "005930", appKey: "b")
    await fixture.advance(5)
    #expect(index.sink.frames == ["0|H0UPPGM0|001|0001^090001", "0|H0UPPGM0|001|0001^090003"])
    #expect(share.sink.frames == ["0|H0STCNT0|001|005930^090002"])
  }
}
