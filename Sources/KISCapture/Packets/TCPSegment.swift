/// One end of a TCP connection.
struct NetworkEndpoint: Hashable {
  /// The IPv6 address in two halves; IPv4 as IPv4-mapped.
  var high: UInt64
  var low: UInt64
  var port: UInt16

  /// `127.0.0.1:21000`, `[::1]:21000`
  var description: String {
    if high == 0, low >> 32 == 0xFFFF {
      let bytes = (0..<4).map { String(low >> UInt64(24 - 8 * $0) & 0xFF) }
      return bytes.joined(separator: ".") + ":\(port)"
    }
    let groups = [high, low].flatMap { half in (0..<4).map { half >> UInt64(48 - 16 * $0) & 0xFFFF } }
    let text = groups.map { String($0, radix: 16) }.joined(separator: ":")
    return "[\(text)]:\(port)"
  }
}

/// A TCP segment where it lies in a packet.
struct TCPSegment {
  var source: NetworkEndpoint
  var destination: NetworkEndpoint
  var sequence: UInt32
  /// Nil without the ACK flag.
  var acknowledged: UInt32?
  var isSYN: Bool
  var isFIN: Bool
  var isRST: Bool
  /// Where its data begin in the packet.
  var offset: Int
  /// How many bytes of data are in the file.
  var captured: Int
  /// How many bytes of data it had.
  var length: Int
}

/// What a packet is.
enum PacketContent {
  case tcp(TCPSegment)
  /// A piece of a datagram that holds TCP.
  case fragment(IPFragment)
  /// Nothing that could carry KIS's API: another protocol.
  case other
  /// What should be said of it.
  case unreadable(PacketTrouble)
}

/// Why a packet cannot be read.
enum PacketTrouble: Hashable {
  case linkType(UInt32)
  case headersCut
  case malformed
}
