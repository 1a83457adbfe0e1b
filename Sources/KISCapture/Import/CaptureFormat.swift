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
    if PacketCapture.recognises(beginning) {
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

  /// An object whose first member is `log`.
  private static func isHAR(_ beginning: [UInt8]) -> Bool {
    let mark: [UInt8] = beginning.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(beginning.dropFirst(3)) : beginning
    let text = mark.prefix(4_096).filter { $0 > 0x20 }
    return text.starts(with: #"{"log":{"#.utf8)
  }
}
