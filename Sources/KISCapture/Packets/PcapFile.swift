/// The classic capture file: a header of 24 bytes, then packets with 16 bytes in front of each.
struct PcapFile {
  private let numbers: FileNumbers
  private let isNano: Bool
  /// Bytes in front of each packet.
  private let head: Int
  let link: UInt32
  private(set) var end: PacketEnd?

  /// The first four bytes of such files, read as a little-endian number.
  private static let magics: [UInt32: (isSwapped: Bool, isNano: Bool, head: Int)] = [
    0xA1B2_C3D4: (false, false, 16), 0xD4C3_B2A1: (true, false, 16),
    0xA1B2_3C4D: (false, true, 16), 0x4D3C_B2A1: (true, true, 16),
    // A patched libpcap of old Red Hat and SuSE systems.
    0xA1B2_CD34: (false, false, 24), 0x34CD_B2A1: (true, false, 24),
  ]

  /// Reads the header; nil when it is none.
  init?(_ input: inout CaptureInput) throws(CaptureError) {
    guard try input.ensure(24) else { return nil }
    let header = input.withBytes { bytes in
      let magic = FileNumbers(isSwapped: false).u32(bytes, 0)
      return PcapFile.magics[magic].map { ($0, FileNumbers(isSwapped: $0.isSwapped).u32(bytes, 20)) }
    }
    guard let (kind, network) = header else { return nil }
    numbers = FileNumbers(isSwapped: kind.isSwapped)
    isNano = kind.isNano
    head = kind.head
    // The upper bits tell of a frame check sequence.
    link = network & 0xFFFF
    _ = try input.skip(24)
  }

  /// The next packet, in the window then; nil at the end.
  mutating func next(_ input: inout CaptureInput) throws(CaptureError) -> PacketRecord? {
    guard try input.ensure(head) else {
      end = input.available == 0 && !input.isDamaged ? .complete : .truncated
      return nil
    }
    let numbers = numbers
    let (seconds, fraction, captured, original) = input.withBytes {
      (numbers.u32($0, 0), numbers.u32($0, 4), Int(numbers.u32($0, 8)), Int(numbers.u32($0, 12)))
    }
    guard captured <= longestPacket else {
      end = .damaged("a packet of \(captured) bytes is said to follow; nothing behind it can be read")
      return nil
    }
    guard try input.ensure(head + captured) else {
      end = .truncated
      return nil
    }
    let time = Int64(seconds) * 1_000_000_000 + Int64(fraction) * (isNano ? 1 : 1_000)
    return PacketRecord(
      time: time, link: link, offset: head, captured: captured, original: max(original, captured),
      size: head + captured)
  }
}
