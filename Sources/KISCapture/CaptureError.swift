/// Why a capture cannot be read or a file cannot be made, for people: which file, where, what stood there, what to do.
package struct CaptureError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of trouble.
  package enum Kind: Sendable, Hashable {
    /// The file is missing, is a folder, or may not be read.
    case unreadable
    /// The file is of no kind that can be imported.
    case unknownFormat
    /// The file is of a known kind, but what it begins with is broken.
    case malformed
    /// The output exists, or cannot be written.
    case unwritable
    /// An option that does not fit the file.
    case usage
  }

  /// What kind of trouble it is.
  package var kind: Kind
  /// The file's path; `-` is standard input.
  package var file: String
  /// Where in the file.
  package var place: CapturePlace?
  /// One sentence without the position: what was found, what was expected, what to do.
  package var reason: String

  package init(_ kind: Kind, file: String, at place: CapturePlace? = nil, reason: String) {
    self.kind = kind
    self.file = file
    self.place = place
    self.reason = reason
  }

  /// `session.pcap: packet 12: …`
  package var description: String {
    ([file] + [place?.description].compactMap { $0 } + [reason]).joined(separator: ": ")
  }
}

/// Where in a capture something lies, counted as its tools count it.
package enum CapturePlace: Sendable, Hashable, CustomStringConvertible {
  /// The number of a packet, from 1, as Wireshark numbers them.
  case packet(Int)
  /// The number of a line, from 1.
  case line(Int)
  /// The number of an entry of a HAR, from 1.
  case entry(Int)
  /// Bytes from the start of the file.
  case byte(Int64)

  package var description: String {
    switch self {
    case .packet(let number): "packet \(number)"
    case .line(let number): "line \(number)"
    case .entry(let number): "entry \(number)"
    case .byte(let offset): "byte \(offset)"
    }
  }
}
