import KISRecording
import KISWire
import Testing

@testable import KISSandbox

@Suite("Recorded answers and trades beside simulated ones")
struct RecordedAnswersTests {
  private static let path = "/uapi/domestic-stock/v1/quotations/inquire-price"

  /// A recording whose one answer is a price of 1, over after ten seconds.
  private func priceOfOne(_ provenance: RecordingHeader.Provenance) throws -> FramedRecording {
    var bytes: [UInt8] = []
    RecordingHeader(
      start: "2026-09-21T09:00:00+09:00", dialectDay: "2026-09-21", provenance: provenance, source: "a test",
      title: "a test"
    ).appendLine(to: &bytes)
    let exchange = RecordedExchange(
      method: "GET", path: RecordedAnswersTests.path, transactionID: "FHKST01010100",
      parameters: [.init("FID_COND_MRKT_DIV_CODE", "J"), .init("FID_INPUT_ISCD", "005930")],
      body: #"{"output":{"stck_prpr":"1"},"rt_cd":"0","msg_cd":"MCA00000","msg1":"정상처리 되었습니다."}"#)
    RecordedEvent(at: 0, .exchange(exchange)).appendLine(to: &bytes)
    RecordedEvent(at: 10_000_000_000, .marker("end")).appendLine(to: &bytes)
    return try RecordingLibrary().recording(bytes: bytes)
  }

  @Test(
    "A recording that is over leaves its quotations to the market, which goes on",
    arguments: [RecordingHeader.Provenance.simulated, .captured])
  func over(provenance: RecordingHeader.Provenance) async throws {
    let recording = try priceOfOne(provenance)
    let fixture = try SandboxFixture((0...30).map { (Double($0), "0|H0UPPGM0|001|0001^09000\($0)") }) {
      $0.recordings.append(recording)
      $0.simulates = true
    }
    let caller = await fixture.caller()
    _ = try await fixture.listener("H0UPPGM0", "0001")
    await fixture.advance(5)
    #expect(await caller.price().json["output"]?["stck_prpr"] == "1")
    await fixture.advance(15)
    let price = await caller.price().json["output"]?["stck_prpr"]
    #expect(price != "1" && price != nil)
  }

  @Test("Asking for the minutes of a recorded share changes no other figure")
  func minutesChangeNothing() async throws {
    let record = Record(
      try Dialect(day: "2026-09-21").layout(of: .stockTrade),
      ["MKSC_SHRN_ISCD": "005930", "STCK_PRPR": "262500", "PRDY_VRSS": "12500", "ACML_VOL": "5330910"])
    let fixture = try SandboxFixture(
      (0...600).map { (Double($0), "0|H0STCNT0|001|" + record.values.joined(separator: "^")) }
    ) {
      $0.simulates = true
    }
    _ = try await fixture.listener("H0STCNT0", "005930")
    await fixture.advance(300)
    let caller = await fixture.caller()
    func index() async -> String {
      await caller.ask(
        "/uapi/domestic-stock/v1/quotations/inquire-index-price", "FHPUP02100000",
        [("FID_COND_MRKT_DIV_CODE", "U"), ("FID_INPUT_ISCD", "0001")]
      ).text
    }
    let before = await index()
    let minutes = await caller.ask(
      "/uapi/domestic-stock/v1/quotations/inquire-time-itemchartprice", "FHKST03010200",
      [
        ("FID_ETC_CLS_CODE", ""), ("FID_COND_MRKT_DIV_CODE", "J"), ("FID_INPUT_ISCD", "005930"),
        ("FID_INPUT_HOUR_1", "090500"), ("FID_PW_DATA_INCU_YN", "N"),
      ])
    #expect(minutes.rows("output2").first?["stck_prpr"] == "262500")
    #expect(await index() == before)
  }

  @Test("The minutes before a recorded trade lead up to it")
  func minutes() throws {
    let record = Record(
      try Dialect(day: "2026-09-16").layout(of: .stockTrade),
      ["MKSC_SHRN_ISCD": "005930", "STCK_PRPR": "352500", "PRDY_VRSS": "4000", "ACML_VOL": "5330910"])
    let answer = try GeneratedAnswerTests.answer(
      "FHKST03010200",
      [("FID_INPUT_ISCD", "005930"), ("FID_INPUT_HOUR_1", "103000"), ("FID_COND_MRKT_DIV_CODE", "J")]
    ) { $0 == "005930" ? record : nil }
    let prices = answer.envelope.rows("output2").compactMap { $0["stck_prpr"]?.string.flatMap { Int($0) } }
    #expect(prices.count > 25)
    #expect(zip(prices, prices.dropFirst()).allSatisfy { abs($0 - $1) < 20_000 })
    #expect(prices.allSatisfy { abs($0 - 352_500) < 35_000 })
    #expect(prices.first == 352_500)
  }
}
