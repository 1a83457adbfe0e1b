/// One packet of a capture file: where its bytes lie in the window, and when it passed.
struct PacketRecord {
  /// Nanoseconds since 1970.
  var time: Int64
  /// The link type (LINKTYPE_…) of its interface.
  var link: UInt32
  /// Where its bytes begin, from the front of the window.
  var offset: Int
  /// How many bytes were kept of it.
  var captured: Int
  /// How long it was.
  var original: Int
  /// Bytes of the file to step over for the next one.
  var size: Int
}

/// Longer packets than this are damage: segmentation offload makes 64 KB, jumbograms are not captured whole.
let longestPacket = 1 << 20

/// Numbers in the byte order of a file.
struct FileNumbers {
  var isSwapped: Bool

  func u16(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt16 {
    let value = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
    return isSwapped ? value.byteSwapped : value
  }

  func u32(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt32 {
    let value = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    return isSwapped ? value.byteSwapped : value
  }
}

extension UnsafeRawBufferPointer {
  /// A number in network byte order; the caller has checked the length.
  func big16(_ offset: Int) -> UInt16 { UInt16(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt16.self)) }
  /// A number in network byte order; the caller has checked the length.
  func big32(_ offset: Int) -> UInt32 { UInt32(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt32.self)) }
  /// A number in network byte order; the caller has checked the length.
  func big64(_ offset: Int) -> UInt64 { UInt64(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt64.self)) }
}

/// Why no more packets come.
enum PacketEnd: Hashable {
  /// The file ends where a packet ends.
  case complete
  /// The file ends in the middle of one.
  case truncated
  /// What stands there is no packet.
  case damaged(String)
}
