/// A piece of an IP datagram that is too long for a link on its way, where it lies in a packet.
struct IPFragment {
  /// What datagram it is of.
  struct Datagram: Hashable {
    /// The addresses; their ports are in the first piece only, and 0 here.
    var source: NetworkEndpoint
    var destination: NetworkEndpoint
    var identification: UInt32
  }

  var datagram: Datagram
  /// Where its bytes belong in the datagram's content.
  var start: Int
  /// Whether a piece behind it exists.
  var hasMore: Bool
  /// Where its bytes begin in the packet.
  var offset: Int
  /// How many of them are in the file.
  var captured: Int
  /// How many it had.
  var length: Int
}

/// Puts IP datagrams together, of which pieces come in any order and twice. Holds the latest few only.
struct FragmentTable {
  private struct Pieces {
    let datagram: IPFragment.Datagram
    var bytes: [Int: [UInt8]] = [:]
    var size = 0
    var end: Int?
    /// It has been whole once: whatever still comes of it is a duplicate.
    var isDone = false
    let begun: Int64
    let place: CapturePlace
  }

  private var open: [Pieces] = []
  /// As many as receivers hold of one sender, and more.
  private static let most = 64
  /// Receivers wait no longer; the number of a datagram may be another's then (RFC 791 and 8200).
  private static let patience: Int64 = 60_000_000_000

  /// Adds a piece.
  /// - Returns: the content of its datagram when that is whole now.
  mutating func add(
    _ fragment: IPFragment, _ bytes: UnsafeRawBufferPointer, time: Int64, place: CapturePlace,
    _ report: inout CaptureReport
  ) -> [UInt8]? {
    expire(at: time, &report)
    let index =
      open.firstIndex { $0.datagram == fragment.datagram }
      ?? begin(fragment.datagram, time: time, place: place, &report)
    guard !open[index].isDone else { return nil }
    // A piece that was not kept whole is missing, as one that was not captured. More than a datagram's bytes are no
    // datagram's.
    if fragment.captured == fragment.length, open[index].size + fragment.length <= 0xFFFF,
      open[index].bytes[fragment.start] == nil
    {
      open[index].bytes[fragment.start] = Array(bytes)
      open[index].size += fragment.length
    }
    if !fragment.hasMore { open[index].end = fragment.start + fragment.length }
    guard let end = open[index].end else { return nil }
    var content: [UInt8] = []
    while content.count < end {
      guard let piece = open[index].bytes[content.count], !piece.isEmpty else { return nil }
      content += piece
    }
    open[index].bytes = [:]
    open[index].isDone = true
    return content
  }

  /// Makes room for a datagram of which nothing is held.
  private mutating func begin(
    _ datagram: IPFragment.Datagram, time: Int64, place: CapturePlace, _ report: inout CaptureReport
  ) -> Int {
    if open.count >= FragmentTable.most { FragmentTable.tell(open.removeFirst(), &report) }
    open.append(Pieces(datagram: datagram, begun: time, place: place))
    return open.count - 1
  }

  private mutating func expire(at time: Int64, _ report: inout CaptureReport) {
    while let first = open.first, time - first.begun > FragmentTable.patience {
      FragmentTable.tell(open.removeFirst(), &report)
    }
  }

  /// Tells what never became whole.
  mutating func finish(_ report: inout CaptureReport) {
    for pieces in open { FragmentTable.tell(pieces, &report) }
    open = []
  }

  private static func tell(_ pieces: Pieces, _ report: inout CaptureReport) {
    guard !pieces.isDone else { return }
    report.omit("datagrams whose IP fragments are not all in the capture", at: pieces.place)
  }
}
