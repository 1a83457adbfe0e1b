import Foundation
import KISRecording
import KISWire
import Testing

@testable import KISSandbox
@testable import KISScenario

@Suite("Before the first trade of a recorded day")
struct BeforeTheOpeningTests {
  private static let library = RecordingLibrary()

  private func caller(at start: String) async throws -> Caller {
    let path = BundledRecordingsTests.root.appending(path: "recordings/simulated-session.jsonl").path
    let recording = try BeforeTheOpeningTests.library.recording(path: path)
    return try await SandboxFixture {
      $0.recordings = [recording]
      $0.start = TimeOfDay(start)
      $0.simulates = true
      $0.limits.requestsPerSecond = 0
    }.caller()
  }

  @Test(
    "nothing is told of it: no price, volume or opening of the auction that is still to come",
    arguments: ["08:45:00", "08:59:55"])
  func noFuture(start: String) async throws {
    let caller = try await caller(at: start)
    for code in ["005930", "000660", "035420"] {
      let price = try #require(await caller.price(code).json["output"])
      #expect(price["acml_vol"]?.string == "0" && price["stck_oprc"]?.string == "0", "\(code)")
      #expect(price["stck_prpr"]?.string == price["stck_sdpr"]?.string, "\(code)")
      let both = await caller.ask(
        "FHKST01010100", [("FID_COND_MRKT_DIV_CODE", "UN"), ("FID_INPUT_ISCD", code)])
      let nxt = await caller.ask("FHKST01010100", [("FID_COND_MRKT_DIV_CODE", "NX"), ("FID_INPUT_ISCD", code)])
      #expect(both.json["output"]?["acml_vol"] == nxt.json["output"]?["acml_vol"], "\(code)")
    }
  }
}
