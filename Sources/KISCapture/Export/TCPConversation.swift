/// A TCP connection that is made up to carry what a recording holds: numbers its bytes, acknowledges them.
struct TCPConversation {
  /// Of the client and the server.
  private var sequences: [UInt32]
  private let client: Endpoint
  private let server: Endpoint
  private(set) var isEnded = false

  private struct Endpoint {
    var address: UInt32
    var port: UInt16
  }

  private enum Flag {
    static let fin: UInt8 = 0x01
    static let syn: UInt8 = 0x02
    static let push: UInt8 = 0x08
    static let ack: UInt8 = 0x10
  }

  /// What fits into an Ethernet packet.
  private static let segment = 1_460

  /// - Parameters:
  ///   - number: makes its ports and addresses its own.
  ///   - port: of the server.
  init(number: Int, port: UInt16) {
    client = Endpoint(
      address: 0x0A00_0100 | UInt32(truncatingIfNeeded: number / 16_000 & 0xFF) + 2,
      port: UInt16(49_152 + number % 16_000))
    server = Endpoint(address: 0x0A00_0001, port: port)
    sequences = [
      UInt32(truncatingIfNeeded: number &* 2_654_435_761), UInt32(truncatingIfNeeded: number &* 40_503 &+ 7),
    ]
  }

  /// SYN, SYN-ACK, ACK.
  mutating func open() -> [[UInt8]] {
    let syn = packet(fromClient: true, Flag.syn, [])
    sequences[0] &+= 1
    let answer = packet(fromClient: false, Flag.syn | Flag.ack, [])
    sequences[1] &+= 1
    return [syn, answer, packet(fromClient: true, Flag.ack, [])]
  }

  /// Data in as many segments as they need, and the other side's acknowledgement.
  mutating func send(_ bytes: [UInt8], fromClient: Bool) -> [[UInt8]] {
    var packets: [[UInt8]] = []
    var index = 0
    while index < bytes.count {
      let end = min(index + TCPConversation.segment, bytes.count)
      packets.append(packet(fromClient: fromClient, Flag.ack | Flag.push, bytes[index..<end]))
      sequences[fromClient ? 0 : 1] &+= UInt32(end - index)
      index = end
    }
    packets.append(packet(fromClient: !fromClient, Flag.ack, []))
    return packets
  }

  /// A FIN of each side.
  mutating func end() -> [[UInt8]] {
    guard !isEnded else { return [] }
    isEnded = true
    var packets: [[UInt8]] = []
    for isClient in [false, true] {
      packets.append(packet(fromClient: isClient, Flag.fin | Flag.ack, []))
      sequences[isClient ? 0 : 1] &+= 1
    }
    packets.append(packet(fromClient: false, Flag.ack, []))
    return packets
  }

  private func packet(fromClient: Bool, _ flags: UInt8, _ data: ArraySlice<UInt8>) -> [UInt8] {
    let (from, to) = fromClient ? (client, server) : (server, client)
    var tcp: [UInt8] = []
    tcp.append(big: from.port)
    tcp.append(big: to.port)
    tcp.append(big: sequences[fromClient ? 0 : 1])
    tcp.append(big: flags & Flag.ack == 0 ? 0 : sequences[fromClient ? 1 : 0])
    tcp.append(contentsOf: [0x50, flags, 0xFF, 0xFF, 0, 0, 0, 0])
    tcp.append(contentsOf: data)
    var pseudo: [UInt8] = []
    pseudo.append(big: from.address)
    pseudo.append(big: to.address)
    pseudo.append(contentsOf: [0, 6])
    pseudo.append(big: UInt16(tcp.count))
    TCPConversation.put(TCPConversation.checksum(pseudo + tcp), into: &tcp, at: 16)
    var ip: [UInt8] = [0x45, 0]
    ip.append(big: UInt16(20 + tcp.count))
    ip.append(contentsOf: [0, 0, 0x40, 0, 64, 6, 0, 0])
    ip.append(big: from.address)
    ip.append(big: to.address)
    TCPConversation.put(TCPConversation.checksum(ip), into: &ip, at: 10)
    // Locally administered hardware addresses, the last byte tells the sides apart.
    let ethernet: [UInt8] = [2, 0, 0, 0, 0, fromClient ? 1 : 2, 2, 0, 0, 0, 0, fromClient ? 2 : 1, 8, 0]
    return ethernet + ip + tcp
  }

  private static func put(_ value: UInt16, into bytes: inout [UInt8], at index: Int) {
    bytes[index] = UInt8(value >> 8)
    bytes[index + 1] = UInt8(value & 0xFF)
  }

  /// The Internet's check sum (RFC 1071).
  private static func checksum(_ bytes: [UInt8]) -> UInt16 {
    var sum: UInt32 = 0
    for index in stride(from: 0, to: bytes.count, by: 2) {
      sum += UInt32(bytes[index]) << 8 | (index + 1 < bytes.count ? UInt32(bytes[index + 1]) : 0)
    }
    while sum > 0xFFFF { sum = sum & 0xFFFF + sum >> 16 }
    return ~UInt16(sum)
  }
}
