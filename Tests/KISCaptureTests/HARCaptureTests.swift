import KISCapture
import Testing

@Suite("HAR files")
struct HARCaptureTests {
  static let files = [
    "mitmproxy.har", "playwright.har", "playwright-attach.zip", "devtools.har", "chrome-har.har",
    "playwright-cross-origin.har", "playwright-omit-minimal.har",
  ]

  @Test("A HAR gives what its truth has and HAR can hold", arguments: files)
  func agreesWithItsTruth(_ file: String) throws {
    let truth = try Truth(of: file)
    var capture =
      file.hasSuffix(".zip")
      ? try HARCapture(zip: Captures.path(of: file)) : HARCapture(try CaptureInput(path: Captures.path(of: file)))
    let events = try Captures.events(of: &capture)
    let found = TruthEvent.list(events)
    print(file, capture.report)
    // Neither pings nor closes are in a HAR; the upgrade is in the truth of none.
    func texts(_ events: [TruthEvent], _ side: CapturedEvent.Side) -> [String] {
      events.filter { ["ws-text", "ws-binary"].contains($0.kind) && $0.side == side }.map { "\($0.kind) \($0.what)" }
    }
    for side in [CapturedEvent.Side.client, .server] {
      print(file, side, texts(found, side).count, texts(truth.events, side).count)
      #expect(texts(found, side) == texts(truth.events, side))
    }
    let http = found.filter { $0.kind.hasPrefix("http") && !$0.what.hasPrefix("101") && !$0.what.hasPrefix("GET /tryitout") }
    print(http.map { "\($0.kind) \($0.what.prefix(60))" }, truth.events.filter { $0.kind.hasPrefix("http") }.map { "\($0.kind) \($0.what.prefix(60))" })
  }
}
