/// Reads a packet from its link layer down to TCP. Check sums are ignored: loopback and offloading leave them wrong.
enum PacketHeaders {
  /// - Parameters:
  ///   - packet: what was kept of it.
  ///   - original: how long it was.
  static func read(_ packet: UnsafeRawBufferPointer, link: UInt32, original: Int) -> PacketContent {
    switch link {
    case 1: ethernet(packet, at: 12, original)
    case 113: ethernet(packet, at: 14, original)
    case 276:
      // LINUX_SLL2 has its protocol in front.
      packet.count >= 20
        ? network(packet, protocol: packet.big16(0), at: 20, original) : .unreadable(.headersCut)
    case 0, 108: loopback(packet, original)
    case 12, 14, 101, 228, 229: ip(packet, at: 0, original)
    default: .unreadable(.linkType(link))
    }
  }

  /// From an EtherType on, behind any number of VLAN tags.
  private static func ethernet(_ packet: UnsafeRawBufferPointer, at place: Int, _ original: Int) -> PacketContent {
    guard packet.count >= place + 2 else { return .unreadable(.headersCut) }
    return network(packet, protocol: packet.big16(place), at: place + 2, original)
  }

  private static func network(
    _ packet: UnsafeRawBufferPointer, protocol kind: UInt16, at start: Int, _ original: Int
  ) -> PacketContent {
    var (kind, start) = (kind, start)
    // 802.1Q, 802.1ad and the older tags of QinQ.
    while kind == 0x8100 || kind == 0x88A8 || kind == 0x9100 || kind == 0x9200 {
      guard packet.count >= start + 4 else { return .unreadable(.headersCut) }
      kind = packet.big16(start + 2)
      start += 4
    }
    if kind == 0x8864 {
      // PPPoE, as home lines in Korea have it.
      guard packet.count >= start + 8 else { return .unreadable(.headersCut) }
      let inner = packet.big16(start + 6)
      guard inner == 0x0021 || inner == 0x0057 else { return .other }
      return ip(packet, at: start + 8, original)
    }
    return kind == 0x0800 || kind == 0x86DD ? ip(packet, at: start, original) : .other
  }

  /// BSD loopback: an address family in the byte order of the machine that captured, or of the network.
  private static func loopback(_ packet: UnsafeRawBufferPointer, _ original: Int) -> PacketContent {
    guard packet.count >= 4 else { return .unreadable(.headersCut) }
    let family = packet.big32(0)
    // AF_INET is 2 everywhere; AF_INET6 is 10, 24, 28 or 30.
    return [2, 10, 24, 28, 30].contains(family > 0xFFFF ? family.byteSwapped : family)
      ? ip(packet, at: 4, original) : .other
  }

  private static func ip(_ packet: UnsafeRawBufferPointer, at start: Int, _ original: Int) -> PacketContent {
    guard packet.count > start else { return .unreadable(.headersCut) }
    return switch packet[start] >> 4 {
    case 4: ipv4(packet, at: start, original)
    case 6: ipv6(packet, at: start, original)
    default: .other
    }
  }

  private static func ipv4(_ packet: UnsafeRawBufferPointer, at start: Int, _ original: Int) -> PacketContent {
    guard packet.count >= start + 20 else { return .unreadable(.headersCut) }
    let header = Int(packet[start] & 0x0F) * 4
    guard header >= 20 else { return .unreadable(.malformed) }
    guard packet[start + 9] == 6 else { return .other }
    let total = Int(packet.big16(start + 2))
    // Segmentation offload can leave the length 0; the packet's own is right then.
    let end = total == 0 ? original : start + total
    func endpoint(_ offset: Int) -> NetworkEndpoint {
      NetworkEndpoint(high: 0, low: 0xFFFF_0000_0000 | UInt64(packet.big32(offset)), port: 0)
    }
    let (source, destination) = (endpoint(start + 12), endpoint(start + 16))
    let fragment = packet.big16(start + 6)
    guard fragment & 0x3FFF == 0 else {
      return piece(
        of: IPFragment.Datagram(
          source: source, destination: destination, identification: UInt32(packet.big16(start + 4))),
        packet, at: start + header, end: end, from: Int(fragment & 0x1FFF) * 8, hasMore: fragment & 0x2000 != 0)
    }
    return tcp(packet, at: start + header, end: end, from: source, to: destination)
  }

  private static func ipv6(_ packet: UnsafeRawBufferPointer, at start: Int, _ original: Int) -> PacketContent {
    guard packet.count >= start + 40 else { return .unreadable(.headersCut) }
    let length = Int(packet.big16(start + 4))
    let end = length == 0 ? original : start + 40 + length
    func endpoint(_ offset: Int) -> NetworkEndpoint {
      NetworkEndpoint(high: packet.big64(offset), low: packet.big64(offset + 8), port: 0)
    }
    let (source, destination) = (endpoint(start + 8), endpoint(start + 24))
    var next = packet[start + 6]
    var place = start + 40
    while next != 6 {
      // Hop-by-hop, routing, destination options, mobility: 8 bytes and more; fragment: 8; authentication: words of 4.
      guard [0, 43, 44, 51, 60, 135].contains(next) else { return .other }
      guard packet.count >= place + 8 else { return .unreadable(.headersCut) }
      if next == 44, packet.big16(place + 2) & 0xFFF9 != 0 {
        guard packet[place] == 6 else { return .other }
        let fragment = packet.big16(place + 2)
        return piece(
          of: IPFragment.Datagram(
            source: source, destination: destination, identification: packet.big32(place + 4)),
          packet, at: place + 8, end: end, from: Int(fragment & 0xFFF8), hasMore: fragment & 1 != 0)
      }
      let size = next == 44 ? 8 : next == 51 ? (Int(packet[place + 1]) + 2) * 4 : (Int(packet[place + 1]) + 1) * 8
      next = packet[place]
      place += size
    }
    return tcp(packet, at: place, end: end, from: source, to: destination)
  }

  private static func piece(
    of datagram: IPFragment.Datagram, _ packet: UnsafeRawBufferPointer, at offset: Int, end: Int, from start: Int,
    hasMore: Bool
  ) -> PacketContent {
    guard packet.count >= offset else { return .unreadable(.headersCut) }
    // No datagram is longer; all pieces but the last hold whole units of 8 bytes.
    guard end > offset, start + end - offset <= 0xFFFF, !hasMore || (end - offset) % 8 == 0 else {
      return .unreadable(.malformed)
    }
    return .fragment(
      IPFragment(
        datagram: datagram, start: start, hasMore: hasMore, offset: offset,
        captured: min(packet.count, end) - offset, length: end - offset))
  }

  /// From the TCP header on.
  /// - Parameters:
  ///   - end: where its data end, whether kept or not.
  ///   - source: its address; the port is read here.
  static func tcp(
    _ packet: UnsafeRawBufferPointer, at start: Int, end: Int, from source: NetworkEndpoint,
    to destination: NetworkEndpoint
  ) -> PacketContent {
    guard packet.count >= start + 20 else { return .unreadable(.headersCut) }
    let header = Int(packet[start + 12] >> 4) * 4
    guard header >= 20, end >= start + header else { return .unreadable(.malformed) }
    let flags = packet[start + 13]
    var (source, destination) = (source, destination)
    (source.port, destination.port) = (packet.big16(start), packet.big16(start + 2))
    let offset = start + header
    return .tcp(
      TCPSegment(
        source: source, destination: destination, sequence: packet.big32(start + 4),
        acknowledged: flags & 0x10 == 0 ? nil : packet.big32(start + 8), isSYN: flags & 0x02 != 0,
        isFIN: flags & 0x01 != 0, isRST: flags & 0x04 != 0, offset: min(offset, packet.count),
        captured: max(0, min(packet.count, end) - offset), length: end - offset))
  }
}
