import KISCapture
import Testing

@Suite("Text logs")
struct LogCaptureTests {
  static let files = [
    "aiohttp-recv.log", "aiohttp-repr.log", "official-kis-auth.log", "official-legacy-print.log", "websockets-debug.log",
    "websockets-debug-full.log", "websocket-client-trace.log", "python-kis-debug.log", "mojito2-print.log",
  ]

  @Test("A log gives what its truth has and its program wrote down", arguments: files)
  func agreesWithItsTruth(_ file: String) throws {
    let truth = try Truth(of: "logs/" + file)
    var capture = LogCapture(
      try CaptureInput(path: Captures.path(of: "logs/" + file)), options: LogOptions())
    let events = try Captures.events(of: &capture)
    let found = TruthEvent.list(events)
    print(file, capture.report)
    for side in [CapturedEvent.Side.client, .server] {
      let (a, b) = (found.filter { $0.side == side }, truth.events.filter { $0.side == side })
      func texts(_ events: [TruthEvent]) -> [String] { events.filter { $0.kind == "ws-text" }.map(\.what) }
      print(file, side, a.count, texts(a).count, texts(b).count, texts(a) == texts(b), zip(a.filter { $0.kind == "ws-text" }, b.filter { $0.kind == "ws-text" }).map { abs($0.time - $1.time) }.max() ?? 0, a.filter { $0.plain != nil}.count, b.filter { $0.plain != nil}.count)
    }
  }
}
