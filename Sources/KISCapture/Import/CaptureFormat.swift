/// A kind of capture, told by how a file begins.
package enum CaptureFormat: String, Sendable, Hashable, CaseIterable {
  /// HAR 1.2, or a zip file with one in it.
  case har
  /// pcap and pcapng.
  case pcap
  /// A text log, JSON Lines among them.
  case log
  /// Records of one TR in columns.
  case csv

  /// What the bytes begin, unpacked; nil for nothing that can be imported.
  package init?(beginning: [UInt8]) {
    if CaptureFormat.packers.contains(where: { beginning.starts(with: $0.magic) }) {
      return nil
    } else if PacketCapture.recognises(beginning) {
      self = .pcap
    } else if beginning.starts(with: [0x50, 0x4B, 3, 4]) || CaptureFormat.isHAR(beginning) {
      self = .har
    } else if CSVCapture.recognises(beginning) {
      self = .csv
    } else if !beginning.isEmpty, !beginning.prefix(4_096).contains(0) {
      self = .log
    } else {
      return nil
    }
  }

  /// Why a file that begins so cannot be imported.
  static func reason(against beginning: [UInt8]) -> String {
    guard !beginning.isEmpty else { return "is empty" }
    if let packer = packers.first(where: { beginning.starts(with: $0.magic) }) {
      return "is packed by \(packer.name): unpack it first, as with `\(packer.command)`"
    }
    return "is none of HAR, pcap, pcapng, a text log and CSV; --format says which if it is one"
  }

  private static let packers: [(magic: [UInt8], name: String, command: String)] = [
    ([0x28, 0xB5, 0x2F, 0xFD], "zstd", "zstd -d"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz", "xz -d"),
    ([0x42, 0x5A, 0x68], "bzip2", "bzip2 -d"), ([0x04, 0x22, 0x4D, 0x18], "lz4", "lz4 -d"),
    ([0x37, 0x7A, 0xBC, 0xAF], "7-Zip", "7z x"),
  ]

  /// An object whose first member is `log`.
  private static func isHAR(_ beginning: [UInt8]) -> Bool {
    let mark: [UInt8] = beginning.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(beginning.dropFirst(3)) : beginning
    let text = mark.prefix(4_096).filter { $0 > 0x20 }
    return text.starts(with: #"{"log":{"#.utf8)
  }
}
