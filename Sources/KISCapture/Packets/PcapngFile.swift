/// The newer capture file: blocks, of which some describe interfaces and some are packets.
struct PcapngFile {
  /// What an interface description block says.
  struct Interface {
    var link: UInt32
    var snapLength: Int
    /// Units of its time stamps in a second.
    var resolution: Resolution
    /// Seconds to add to its time stamps.
    var offset: Int64
  }

  /// Time stamp units: a power of ten or of two to the second.
  enum Resolution: Hashable {
    case decimal(Int64)
    case binary(UInt64)
  }

  private var numbers = FileNumbers(isSwapped: false)
  /// Of the section that is read.
  private var interfaces: [Interface] = []
  /// The link types of all interfaces so far.
  private(set) var links: [UInt32] = []
  private(set) var end: PacketEnd?
  private var lastTime: Int64 = 0

  private static let sectionHeader: UInt32 = 0x0A0D_0D0A

  /// Nil when the file begins with something else.
  init?(_ input: inout CaptureInput) throws(CaptureError) {
    guard try input.ensure(12),
      input.withBytes({ FileNumbers(isSwapped: false).u32($0, 0) }) == PcapngFile.sectionHeader
    else { return nil }
  }

  /// The next packet, in the window then; nil at the end.
  mutating func next(_ input: inout CaptureInput) throws(CaptureError) -> PacketRecord? {
    while true {
      guard try input.ensure(12) else {
        end = input.available == 0 && !input.isDamaged ? .complete : .truncated
        return nil
      }
      var numbers = numbers
      let (kind, order) = input.withBytes { (numbers.u32($0, 0), FileNumbers(isSwapped: false).u32($0, 8)) }
      if kind == PcapngFile.sectionHeader {
        guard order == 0x1A2B_3C4D || order == 0x4D3C_2B1A else {
          end = .damaged("a section header without its byte order")
          return nil
        }
        numbers.isSwapped = order == 0x4D3C_2B1A
        self.numbers = numbers
        interfaces = []
      }
      let length = input.withBytes { Int(numbers.u32($0, 4)) }
      guard length >= 12, length % 4 == 0 else {
        end = .damaged("a block of \(length) bytes; blocks have at least 12, a multiple of 4")
        return nil
      }
      switch kind {
      case 1, 2, 3, 6:
        guard length <= longestPacket + 4_096 else {
          end = .damaged("a packet of \(length) bytes is said to follow; nothing behind it can be read")
          return nil
        }
        guard try input.ensure(length) else {
          end = .truncated
          return nil
        }
        let (offered, block) = input.withBytes { bytes in
          kind == 1
            ? (PcapngFile.interface(bytes, length, numbers), nil) : (nil, packet(bytes, kind: kind, length, numbers))
        }
        if let offered {
          interfaces.append(offered)
          links.append(offered.link)
        } else if let block {
          lastTime = block.time
          return block
        } else {
          end = .damaged("a block whose lengths contradict each other, or a packet of an interface not described")
          return nil
        }
        guard try input.skip(length) else { return nil }
      default:
        guard try input.skip(length) else {
          end = .truncated
          return nil
        }
      }
    }
  }

  private static func interface(_ bytes: UnsafeRawBufferPointer, _ length: Int, _ numbers: FileNumbers) -> Interface? {
    guard length >= 20 else { return nil }
    var interface = Interface(
      link: UInt32(numbers.u16(bytes, 8)), snapLength: Int(numbers.u32(bytes, 12)), resolution: .decimal(1_000_000),
      offset: 0)
    var index = 16
    while index + 4 <= length - 4 {
      let (code, size) = (numbers.u16(bytes, index), Int(numbers.u16(bytes, index + 2)))
      guard code != 0, index + 4 + size <= length - 4 else { break }
      if code == 9, size >= 1 {
        let exponent = Int(bytes[index + 4] & 0x7F)
        if bytes[index + 4] & 0x80 == 0 {
          interface.resolution = .decimal((0..<min(exponent, 18)).reduce(1) { power, _ in power * 10 })
        } else {
          interface.resolution = .binary(1 << UInt64(min(exponent, 63)))
        }
      } else if code == 14, size >= 8 {
        let (low, high) = (numbers.u32(bytes, index + 4), numbers.u32(bytes, index + 8))
        interface.offset = Int64(
          bitPattern: numbers.isSwapped ? UInt64(low) << 32 | UInt64(high) : UInt64(high) << 32 | UInt64(low))
      }
      index += 4 + (size + 3) / 4 * 4
    }
    return interface
  }

  private func packet(
    _ bytes: UnsafeRawBufferPointer, kind: UInt32, _ length: Int, _ numbers: FileNumbers
  ) -> PacketRecord? {
    if kind == 3 {
      // A simple packet has no time and is of the first interface.
      guard let interface = interfaces.first, length >= 16 else { return nil }
      let original = Int(numbers.u32(bytes, 8))
      let kept = interface.snapLength == 0 ? original : min(original, interface.snapLength)
      let captured = min(kept, length - 16)
      return PacketRecord(
        time: lastTime, link: interface.link, offset: 12, captured: captured, original: original, size: length)
    }
    guard length >= 32 else { return nil }
    let index = kind == 6 ? Int(numbers.u32(bytes, 8)) : Int(numbers.u16(bytes, 8))
    guard interfaces.indices.contains(index) else { return nil }
    let units = UInt64(numbers.u32(bytes, 12)) << 32 | UInt64(numbers.u32(bytes, 16))
    let (captured, original) = (Int(numbers.u32(bytes, 20)), Int(numbers.u32(bytes, 24)))
    guard captured <= length - 32 else { return nil }
    return PacketRecord(
      time: interfaces[index].nanoseconds(of: units), link: interfaces[index].link, offset: 28, captured: captured,
      original: max(original, captured), size: length)
  }
}

extension PcapngFile.Interface {
  /// Nanoseconds since 1970; what no 64 bits hold is 0.
  func nanoseconds(of units: UInt64) -> Int64 {
    let (seconds, rest): (UInt64, UInt64)
    switch resolution {
    case .decimal(let power):
      let power = UInt64(power)
      seconds = units / power
      rest = power <= 1_000_000_000 ? units % power * (1_000_000_000 / power) : units % power / (power / 1_000_000_000)
    case .binary(let power):
      seconds = units / power
      rest = UInt64(Double(units % power) / Double(power) * 1e9)
    }
    let (sum, isOver) = Int64(clamping: seconds).addingReportingOverflow(offset)
    let (whole, isOverToo) = sum.multipliedReportingOverflow(by: 1_000_000_000)
    let (time, isOverStill) = whole.addingReportingOverflow(Int64(clamping: rest))
    return isOver || isOverToo || isOverStill ? 0 : time
  }
}
