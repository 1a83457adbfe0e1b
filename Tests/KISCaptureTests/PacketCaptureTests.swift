import KISCapture
import Testing

@Suite("Packet captures")
struct PacketCaptureTests {
  static let files = [
    "bridge-any-doubled.pcap", "broken-utf8.pcap", "burst.pcap", "cut-by-server.pcapng", "dropped-by-kernel-sll.pcap",
    "dropped-by-kernel-sll2.pcap", "hole.pcap", "impaired-at-client.pcapng", "impaired-at-server.pcap", "ipv6.pcap",
    "large-fragmented.pcap", "merged-appended.pcapng", "merged-two-links.pcapng", "mid-after-handshake.pcap",
    "mid-no-key.pcapng", "raw-ip.pcap", "rest-keepalive.pcap", "rest-pipelined.pcapng", "two-sessions.pcapng",
    "ws-any-sll2.pcap", "ws-lo.pcap", "ws-lo.pcapng", "ws-lo.pcapng.gz", "ws-nano.pcap", "ws-snaplen128.pcap",
    "ws-truncated.pcap", "ws-truncated.pcapng",
  ]

  @Test("A capture gives each message once, in its stream's order, at its time", arguments: files)
  func agreesWithItsTruth(_ file: String) throws {
    let truth = try Truth(of: file)
    var capture = PacketCapture([try CaptureInput(path: Captures.path(of: file))])
    let found = TruthEvent.list(try Captures.events(of: &capture))
    // On the other side of a slow wire the same bytes pass at other times than its truth, the server's, has.
    try Comparison(truth.events, found).expectEqual(file, within: file == "impaired-at-client.pcapng" ? 5 : 0.001)
  }
}

/// Two lists of events by connection and side; connections are matched by their first messages.
struct Comparison {
  private var expected: [String: [TruthEvent]] = [:]
  private var found: [String: [TruthEvent]] = [:]

  init(_ expected: [TruthEvent], _ found: [TruthEvent]) {
    self.expected = Dictionary(grouping: expected) { "\($0.connection) \($0.side)" }
    self.found = Dictionary(grouping: found) { "\($0.connection) \($0.side)" }
  }

  func expectEqual(_ file: String, within tolerance: Double) throws {
    #expect(found.count == expected.count, "\(file): connections and sides")
    for (connection, events) in expected {
      let texts = events.map { [$0.kind, $0.what, $0.plain ?? ""] }
      let nearest = found.values.filter { $0.first?.side == events.first?.side }.max {
        Comparison.common($0, events) < Comparison.common($1, events)
      }
      let match = try #require(nearest, "\(file): \(connection) is missing")
      let matching = match.map { [$0.kind, $0.what, $0.plain ?? ""] }
      if matching != texts {
        for (index, text) in texts.enumerated() where index >= matching.count || matching[index] != text {
          Issue.record(
            "\(file) \(connection) \(index): expected \(text), found \(index < matching.count ? matching[index] : [])")
          break
        }
        #expect(matching.count == texts.count, "\(file) \(connection)")
        continue
      }
      for (one, other) in zip(events, match) where abs(one.time - other.time) > tolerance {
        Issue.record("\(file): \(one) at \(other.time)")
        break
      }
    }
  }

  private static func common(_ one: [TruthEvent], _ other: [TruthEvent]) -> Int {
    let near = zip(one, other).count { $0.what == $1.what && abs($0.time - $1.time) < 0.001 }
    return near * 1_000 + zip(one, other).count { $0.what == $1.what }
  }
}
