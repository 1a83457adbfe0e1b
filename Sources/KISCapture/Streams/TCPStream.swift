/// One direction of a TCP connection, put in order by its sequence numbers.
///
/// What was sent again, doubled by a bridge or overtaken counts once and in its place. What is missing is waited for
/// until the other side acknowledges it, the connection ends, or too much is held.
struct TCPStream {
  /// Data behind a hole.
  struct Held {
    var sequence: UInt32
    var length: Int
    var bytes: [UInt8]
    var time: Int64
    var place: CapturePlace
  }

  /// What becomes of a segment's data.
  enum Acceptance {
    /// They are next, but for so many bytes in front that were there before.
    case next(dropping: Int)
    /// They lie behind a hole.
    case held
    /// Nothing of them is new.
    case old
  }

  /// The sequence number of the next byte; nil before the first.
  private(set) var next: UInt32?
  /// In the order of the stream.
  private(set) var held: [Held] = []
  private(set) var heldBytes = 0
  /// Time of what was last delivered; what comes later in the stream is not earlier.
  var time: Int64 = 0
  /// The sequence number behind the last byte, once a FIN was seen.
  private var finish: UInt32?
  private var hasToldEnd = false

  private static let heldLimit = 1 << 20
  private static let heldCount = 1_024
  /// What is farther away than any window belongs to another connection.
  static let farthest = 1 << 28

  /// Whether something is missing.
  var hasHole: Bool { !held.isEmpty }
  /// Whether all bytes up to the FIN were delivered.
  var isFinished: Bool { finish.map { $0 == next } ?? false }
  /// Whether a FIN was seen that nobody was told of.
  var isEnding: Bool { finish != nil && !hasToldEnd }
  /// Whether so much is held that the hole must be given up.
  var isFull: Bool { heldBytes > TCPStream.heldLimit || held.count > TCPStream.heldCount }

  /// The sequence numbers begin here: a SYN was seen.
  mutating func begin(at sequence: UInt32) { self = TCPStream(next: sequence) }

  init() {}

  private init(next: UInt32) { self.next = next }

  /// How far a sequence number is ahead of the next byte; negative behind it.
  func distance(to sequence: UInt32) -> Int { Int(Int32(bitPattern: sequence &- (next ?? sequence))) }

  /// The stream ends at this number.
  mutating func end(at sequence: UInt32) {
    finish = sequence
    if next == nil { next = sequence }
  }

  /// Whether all up to the FIN was delivered and nobody was told yet.
  mutating func takeEnd() -> Bool {
    guard isFinished, !hasToldEnd else { return false }
    hasToldEnd = true
    return true
  }

  /// Frees what is held.
  mutating func clear() {
    held = []
    heldBytes = 0
  }

  mutating func accept(
    sequence: UInt32, length: Int, bytes: UnsafeRawBufferPointer, time: Int64, place: CapturePlace
  ) -> Acceptance {
    if next == nil { next = sequence }
    let distance = distance(to: sequence)
    guard distance + length > 0 else { return .old }
    if distance <= 0 {
      next = sequence &+ UInt32(truncatingIfNeeded: length)
      return .next(dropping: -distance)
    }
    // Nearly always behind all that is held.
    var index = held.endIndex
    while index > 0, self.distance(to: held[index - 1].sequence) > distance { index -= 1 }
    if index > 0 {
      let before = held[index - 1]
      if self.distance(to: before.sequence) + before.length >= distance + length { return .old }
    }
    held.insert(
      Held(sequence: sequence, length: length, bytes: Array(bytes), time: time, place: place), at: index)
    heldBytes += bytes.count
    return .held
  }

  /// The next held data without a hole in front, and how many of its first bytes were delivered already.
  mutating func takeReady() -> (Held, dropping: Int)? {
    while let first = held.first, next != nil {
      let distance = distance(to: first.sequence)
      guard distance <= 0 else { return nil }
      held.removeFirst()
      heldBytes -= first.bytes.count
      guard distance + first.length > 0 else { continue }
      self.next = first.sequence &+ UInt32(truncatingIfNeeded: first.length)
      return (first, -distance)
    }
    return nil
  }

  /// Whether the other side has got what is missing here.
  func isHoleAcknowledged(by acknowledged: UInt32) -> Bool {
    guard let first = held.first else { return false }
    return distance(to: acknowledged) >= distance(to: first.sequence)
  }

  /// Gives up what is missing in front of the first held data.
  ///
  /// - Returns: how many bytes, and the place behind them; nil when nothing is missing.
  mutating func giveUp() -> (bytes: Int, held: Held?)? {
    guard let next, let target = held.first?.sequence, target != next else { return nil }
    let missing = distance(to: target)
    guard missing > 0 else { return nil }
    self.next = target
    return (missing, held.first)
  }
}
