import KISCapture
import Testing

@Suite("IP fragments")
struct FragmentTests {
  /// In which order the pieces of a datagram stand in the capture.
  enum Order: CaseIterable {
    case forward, backward, doubled
    /// The first pieces of as many datagrams as are held at once, then what is behind these.
    case held
  }

  @Test(
    "are put together, in whatever order and however often they come",
    arguments: ["ws-lo.pcap", "ipv6.pcap", "raw-ip.pcap"], Order.allCases)
  func together(file: String, order: Order) throws {
    let whole = try Captures.bytes(of: file)
    var (before, after) = (
      PacketCapture([CaptureInput(bytes: whole)]),
      PacketCapture([CaptureInput(bytes: Fragmented(whole, order: order).bytes)])
    )
    let expected = TruthEvent.list(try Captures.events(of: &before))
    #expect(expected.count > 20)
    #expect(TruthEvent.list(try Captures.events(of: &after)) == expected)
    #expect(
      after.report.omissions.filter(\.isLoss).map(\.reason) == before.report.omissions.filter(\.isLoss).map(\.reason))
  }

  @Test("A datagram of which one is missing is told, and the next message found")
  func missing() throws {
    let whole = try Captures.bytes(of: "ws-lo.pcap")
    var before = PacketCapture([CaptureInput(bytes: whole)])
    let expected = TruthEvent.list(try Captures.events(of: &before)).count { $0.kind == "ws-text" }
    var capture = PacketCapture([CaptureInput(bytes: Fragmented(whole, order: .forward, losing: 90).bytes)])
    let found = TruthEvent.list(try Captures.events(of: &capture)).count { $0.kind == "ws-text" }
    #expect(found < expected && found > expected - 10)
    let told = capture.report.omissions.filter {
      $0.reason == "datagrams whose IP fragments are not all in the capture"
    }
    #expect(told.map(\.count) == [1])
  }
}

/// A capture whose datagrams with data went over links that take 48 bytes of content.
private struct Fragmented {
  private(set) var bytes: [UInt8]
  private static let piece = 48

  /// - Parameters:
  ///   - capture: a pcap file of this byte order, of Ethernet or raw IP.
  ///   - losing: the number of the datagram, among those in pieces, whose second piece is not there.
  init(_ capture: [UInt8], order: FragmentTests.Order, losing: Int? = nil) {
    bytes = Array(capture[..<24])
    let link = capture[20] == 1 ? 14 : 0
    var (place, number) = (24, 0)
    var held: [(time: [UInt8], packet: [UInt8])] = []
    var heldDatagrams = 0
    func release() {
      for (time, packet) in held { append(packet, at: time) }
      (held, heldDatagrams) = ([], 0)
    }
    func number32(_ offset: Int) -> Int { (0..<4).reduce(0) { $0 | Int(capture[offset + $1]) << (8 * $1) } }
    while place + 16 <= capture.count {
      let length = number32(place + 8)
      let packet = Array(capture[place + 16..<place + 16 + length])
      let time = Array(capture[place..<place + 8])
      place += 16 + length
      guard var pieces = Fragmented.pieces(of: packet, link: link, identification: number + 1), pieces.count > 1 else {
        held.append((time, packet))
        if order != .held { release() }
        continue
      }
      number += 1
      if number == losing { pieces.remove(at: 1) }
      switch order {
      case .forward: break
      case .backward: pieces.reverse()
      case .doubled: pieces = pieces.flatMap { [$0, $0] } + pieces
      case .held: append(pieces.removeFirst(), at: time)
      }
      held += pieces.map { (time, $0) }
      heldDatagrams += 1
      if order != .held || heldDatagrams == 64 { release() }
    }
    release()
  }

  private mutating func append(_ packet: [UInt8], at time: [UInt8]) {
    let length = (0..<4).map { UInt8(truncatingIfNeeded: packet.count >> (8 * $0)) }
    bytes += time + length + length + packet
  }

  private static func pieces(of packet: [UInt8], link: Int, identification: Int) -> [[UInt8]]? {
    let isIPv4 = packet[link] >> 4 == 4
    let header = isIPv4 ? Int(packet[link] & 0x0F) * 4 : 40
    guard packet[link + (isIPv4 ? 9 : 6)] == 6 else { return nil }
    let total = Int(packet[link + (isIPv4 ? 2 : 4)]) << 8 | Int(packet[link + (isIPv4 ? 3 : 5)])
    let end = isIPv4 ? link + total : link + 40 + total
    guard total > 0, end <= packet.count else { return nil }
    let content = packet[(link + header)..<end]
    return stride(from: 0, to: content.count, by: piece).map { start in
      let part = content.dropFirst(start).prefix(piece)
      let hasMore = start + part.count < content.count
      var head = Array(packet[..<(link + header)])
      func set(_ offset: Int, _ value: Int) {
        (head[link + offset], head[link + offset + 1]) = (UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF))
      }
      if isIPv4 {
        set(2, header + part.count)
        set(4, identification)
        set(6, (hasMore ? 0x2000 : 0) | start / 8)
        return head + part
      }
      set(4, 8 + part.count)
      head[link + 6] = 44
      let offset = start | (hasMore ? 1 : 0)
      return head + [
        6, 0, UInt8(offset >> 8), UInt8(offset & 0xFF), 0, 0, UInt8(identification >> 8), UInt8(identification & 0xFF),
      ]
        + part
    }
  }
}
