import KISCapture
import Testing

@Suite("HAR files")
struct HARCaptureTests {
  /// A file, whether messages are in it, and how many exchanges with their bodies.
  static let files: [(name: String, hasStream: Bool, exchanges: Int)] = [
    ("mitmproxy.har", true, 9), ("playwright.har", true, 5), ("playwright-attach.zip", true, 5),
    ("devtools.har", true, 5), ("chrome-har.har", false, 5), ("playwright-cross-origin.har", true, 0),
    ("playwright-omit-minimal.har", false, 0),
  ]

  private static func capture(_ file: String) throws -> HARCapture {
    file.hasSuffix(".zip")
      ? try HARCapture(zip: Captures.path(of: file)) : HARCapture(try CaptureInput(path: Captures.path(of: file)))
  }

  @Test("A HAR gives the messages and exchanges of its truth, as far as HAR holds them", arguments: files)
  func agreesWithItsTruth(_ file: (name: String, hasStream: Bool, exchanges: Int)) throws {
    let truth = try Truth(of: file.name).events
    var capture = try HARCaptureTests.capture(file.name)
    let found = TruthEvent.list(try Captures.events(of: &capture))
    func messages(_ events: [TruthEvent], _ side: CapturedEvent.Side) -> [String] {
      events.filter { ["ws-text", "ws-binary"].contains($0.kind) && $0.side == side }.map { "\($0.kind) \($0.what)" }
    }
    for side in [CapturedEvent.Side.client, .server] {
      #expect(messages(found, side) == (file.hasStream ? messages(truth, side) : []))
    }
    // The upgrade stands in no truth of a HAR.
    let http = found.filter {
      $0.kind.hasPrefix("http") && !$0.what.hasPrefix("GET /tryitout") && !$0.what.hasPrefix("101")
    }
    #expect(http.count == 2 * file.exchanges)
    let expected = Set(truth.map(\.what))
    #expect(http.allSatisfy { expected.contains($0.what) })
  }

  @Test(
    "Times are seconds or milliseconds by their size, whoever wrote them",
    arguments: [
      ("mitmproxy.har", 1_795_892_847_908_968_400), ("playwright.har", 1_795_892_729_613_888_000),
      ("devtools.har", 1_795_892_761_000_117_000),
    ])
  func unitsByTheirSize(_ file: String, _ first: Int64) throws {
    var capture = try HARCaptureTests.capture(file)
    let texts = try Captures.events(of: &capture).filter { if case .text = $0.content { true } else { false } }
    #expect(texts.map(\.time).min() == first)
  }

  @Test("Liberties that writers take cost nothing of what else is there")
  func bearsLiberties() throws {
    let text = String(decoding: try Captures.bytes(of: "playwright.har"), as: UTF8.self)
    func contents(_ text: String) throws -> (events: [CapturedEvent], omissions: [Int]) {
      var capture = HARCapture(CaptureInput(bytes: Array(text.utf8)))
      return (try Captures.events(of: &capture), capture.report.omissions.filter(\.isLoss).map(\.count))
    }
    let plain = try contents(text)
    #expect(plain.events.count > 70 && plain.omissions.isEmpty)
    #expect(try contents("\u{FEFF}" + text).events == plain.events)
    let entries = try #require(text.firstRange(of: /"entries": ?\[/))
    let nothing = text[..<entries.upperBound] + "null, 7," + text[entries.upperBound...]
    let withNothing = try contents(String(nothing))
    #expect(withNothing.events == plain.events && withNothing.omissions == [2])
    // A time as text, and no opcode where a text is meant.
    let loose = text.replacing(/"time": ?([0-9.]+), ?"opcode": ?1,/) { "\"time\":\"\($0.1)\",\"opcode\":null," }
    #expect(loose != text)
    #expect(try contents(loose).events == plain.events)
  }

  @Test("What a HAR does not hold is said", arguments: ["chrome-har.har", "playwright-omit-minimal.har"])
  func saysThatThereIsNoStream(_ file: String) throws {
    var capture = try HARCaptureTests.capture(file)
    _ = try Captures.events(of: &capture)
    #expect(capture.report.remarks.contains { $0.contains("no WebSocket stream") })
  }

  @Test("Entries that a browser refused are counted, not imported")
  func countsRefusedRequests() throws {
    var capture = try HARCaptureTests.capture("playwright-cross-origin.har")
    _ = try Captures.events(of: &capture)
    let refused = try #require(capture.report.omissions.first { $0.reason.contains("without an answer") })
    #expect(refused.count == 2)
    #expect(refused.first == .entry(2))
  }

  @Test("A HAR that is cut gives what stands in front of the cut", arguments: [40_000, 60_000, 90_000])
  func readsUpToACut(_ length: Int) throws {
    let bytes = try Captures.bytes(of: "mitmproxy.har")
    var whole = HARCapture(CaptureInput(bytes: bytes))
    let all = try Captures.events(of: &whole)
    var cut = HARCapture(CaptureInput(bytes: Array(bytes.prefix(length))))
    let events = try Captures.events(of: &cut)
    #expect(events == Array(all.prefix(events.count)))
    #expect(!events.isEmpty)
    #expect(cut.report.isTruncated)
  }
}
