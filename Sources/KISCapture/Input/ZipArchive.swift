/// The members of a zip file by name, read one at a time.
struct ZipArchive {
  private let file: CaptureFile
  private var members: [String: Member] = [:]

  /// Where a member's data lie and how they are packed.
  struct Member {
    var headerOffset: Int64
    var packed: Int64
    var size: Int64
    /// 0: as they are; 8: DEFLATE.
    var method: Int
    var crc: UInt32
  }

  /// More members than these are no HAR of anybody.
  private static let memberLimit = 1 << 20

  /// Reads the directory at the end of the file.
  init(_ file: CaptureFile) throws(CaptureError) {
    self.file = file
    guard file.isSeekable else {
      throw CaptureError(.unreadable, file: file.path, reason: "is a zip file, which cannot be read from a pipe")
    }
    let size = file.size
    let tailStart = max(0, size - 66_000)
    let tail = try file.bytes(at: tailStart, count: Int(size - tailStart))
    guard let end = ZipArchive.lastIndex(of: [0x50, 0x4B, 5, 6], in: tail), end + 22 <= tail.count else {
      throw CaptureError(
        .malformed, file: file.path, reason: "is a zip file without its directory: it was cut, or is not complete")
    }
    var count = Int(tail.u16(end + 10))
    var offset = Int64(tail.u32(end + 16))
    if offset == 0xFFFF_FFFF || count == 0xFFFF, let locator = ZipArchive.lastIndex(of: [0x50, 0x4B, 6, 7], in: tail),
      locator + 20 <= tail.count
    {
      let record = try file.bytes(at: Int64(clamping: tail.u64(locator + 8)), count: 56)
      guard record.count == 56, record.starts(with: [0x50, 0x4B, 6, 6]) else { throw ZipArchive.damaged(file) }
      count = Int(clamping: record.u64(32))
      offset = Int64(clamping: record.u64(48))
    }
    guard count <= ZipArchive.memberLimit else { throw ZipArchive.damaged(file) }
    for _ in 0..<count {
      let head = try file.bytes(at: offset, count: 46)
      guard head.count == 46, head.starts(with: [0x50, 0x4B, 1, 2]) else { throw ZipArchive.damaged(file) }
      let (nameLength, extraLength) = (Int(head.u16(28)), Int(head.u16(30)))
      let rest = try file.bytes(at: offset + 46, count: nameLength + extraLength)
      guard rest.count == nameLength + extraLength else { throw ZipArchive.damaged(file) }
      var member = Member(
        headerOffset: Int64(head.u32(42)), packed: Int64(head.u32(20)), size: Int64(head.u32(24)),
        method: Int(head.u16(10)), crc: head.u32(16))
      ZipArchive.readLongSizes(Array(rest[nameLength...]), into: &member)
      members[String(decoding: rest[..<nameLength], as: UTF8.self)] = member
      offset += Int64(46 + nameLength + extraLength) + Int64(head.u16(32))
    }
  }

  /// The names in the file, sorted.
  var names: [String] { members.keys.sorted() }

  /// A member from front to back; nil when there is none of that name.
  func open(_ name: String) throws(CaptureError) -> CaptureInput? {
    guard let member = members[name] else { return nil }
    let head = try file.bytes(at: member.headerOffset, count: 30)
    guard head.count == 30, head.starts(with: [0x50, 0x4B, 3, 4]) else { throw ZipArchive.damaged(file) }
    guard member.method == 0 || member.method == 8 else {
      throw CaptureError(
        .malformed, file: file.path, reason: "\(name) is packed by method \(member.method); store and deflate are known"
      )
    }
    let start = member.headerOffset + 30 + Int64(head.u16(26)) + Int64(head.u16(28))
    return CaptureInput(
      ZipMemberReader(file: file, position: start, member: member), path: "\(file.path)/\(name)")
  }

  private static func damaged(_ file: CaptureFile) -> CaptureError {
    CaptureError(.malformed, file: file.path, reason: "is a zip file whose directory is damaged")
  }

  /// Sizes beyond 4 GB stand in an extra field.
  private static func readLongSizes(_ extra: [UInt8], into member: inout Member) {
    var index = 0
    while index + 4 <= extra.count {
      let (id, size) = (extra.u16(index), Int(extra.u16(index + 2)))
      index += 4
      guard index + size <= extra.count else { return }
      if id == 1 {
        var field = index
        for path in [\Member.size, \Member.packed, \Member.headerOffset] where member[keyPath: path] == 0xFFFF_FFFF {
          guard field + 8 <= index + size else { return }
          member[keyPath: path] = Int64(clamping: extra.u64(field))
          field += 8
        }
      }
      index += size
    }
  }

  private static func lastIndex(of mark: [UInt8], in bytes: [UInt8]) -> Int? {
    guard bytes.count >= mark.count else { return nil }
    return (0...bytes.count - mark.count).last { bytes[$0..<$0 + mark.count].elementsEqual(mark) }
  }
}

/// Unpacks one member of a zip file piece by piece.
struct ZipMemberReader {
  /// Whether it ended early or its check sum is wrong.
  private(set) var isDamaged = false
  private let file: CaptureFile
  private var position: Int64
  private var left: Int64
  private let member: ZipArchive.Member
  private var inflate = Inflate()
  private var crc = CRC32()

  init(file: CaptureFile, position: Int64, member: ZipArchive.Member) {
    self.file = file
    self.position = position
    self.member = member
    left = member.packed
  }

  /// Appends about as many bytes as are wanted; false at the end.
  mutating func read(upTo wanted: Int, into output: inout [UInt8]) throws(CaptureError) -> Bool {
    let before = output.count
    defer { crc.add(output[before...]) }
    while output.count - before < wanted {
      if member.method == 0 {
        let chunk = try nextChunk()
        guard !chunk.isEmpty else { return end(output, before) }
        output.append(contentsOf: chunk)
        continue
      }
      switch inflate.read(wanted, into: &output, isEnd: left == 0) {
      case .full: continue
      case .finished: return end(output, before)
      case .hungry:
        let chunk = try nextChunk()
        guard !chunk.isEmpty else {
          isDamaged = true
          return false
        }
        inflate.append(chunk)
      case .damaged:
        isDamaged = true
        return false
      }
    }
    return true
  }

  private mutating func end(_ output: [UInt8], _ before: Int) -> Bool {
    var whole = crc
    whole.add(output[before...])
    if whole.value != member.crc { isDamaged = true }
    return false
  }

  private mutating func nextChunk() throws(CaptureError) -> [UInt8] {
    let chunk = try file.bytes(at: position, count: Int(min(left, 64 << 10)))
    position += Int64(chunk.count)
    left = chunk.isEmpty ? 0 : left - Int64(chunk.count)
    return chunk
  }
}

extension [UInt8] {
  /// A little-endian number; the caller has checked the length.
  func u16(_ offset: Int) -> UInt16 { UInt16(self[offset]) | UInt16(self[offset + 1]) << 8 }
  /// A little-endian number; the caller has checked the length.
  func u32(_ offset: Int) -> UInt32 { UInt32(u16(offset)) | UInt32(u16(offset + 2)) << 16 }
  /// A little-endian number; the caller has checked the length.
  func u64(_ offset: Int) -> UInt64 { UInt64(u32(offset)) | UInt64(u32(offset + 4)) << 32 }
}
