public import KISWire

/// What one registration of a recording, a (tr_id, tr_key), received.
public struct RecordedRegistration: Sendable, Hashable {
  /// The `tr_id` of its frames, and their first value.
  public let registration: RegistrationKey
  /// Whether its frames have flag `1`; recordings keep them decrypted.
  public let isEncrypted: Bool
  /// Data messages, one for each frame.
  public internal(set) var messages = 0
  /// More than messages when frames hold several records.
  public internal(set) var records = 0
}

/// Where the messages of each registration lie: of every stretch of the file, the last one of each.
struct RegistrationTrail: Sendable {
  /// More registrations than this are not told apart. KIS allows 41 in a session, and a proxy sees a few thousand.
  static let capacity = 65_536
  /// A first value longer than this is no key: text that is still encrypted, or nothing KIS sent.
  static let longestKey = 64

  private(set) var registrations: [RecordedRegistration] = []
  private var trails: [Trail] = []
  /// The index of a registration by a hash of its bytes; a clash moves on to the next number.
  private var indices: [UInt64: Int] = [:]
  private var stretchStart = ByteCount.zero

  private struct Trail {
    let transactionID: [UInt8]
    let key: [UInt8]
    /// Ascending, at most one a stretch.
    var positions: [ByteCount] = []
  }

  /// Nothing yet.
  init() {}

  /// What an index file knows; nothing more is to be noted.
  init(_ known: [(registration: RecordedRegistration, positions: [ByteCount])]) {
    registrations = known.map(\.registration)
    trails = known.map { Trail(transactionID: [], key: [], positions: $0.positions) }
  }

  /// Each registration with where its messages are, the last of every stretch.
  var all: [(registration: RecordedRegistration, positions: [ByteCount])] {
    zip(registrations, trails).map { ($0, $1.positions) }
  }

  /// What is noted from here on does not replace what was noted before.
  mutating func beginStretch(at position: ByteCount) { stretchStart = position }

  mutating func note(_ head: FrameHead, in text: UnsafeRawBufferPointer, at position: ByteCount) {
    let key = head.key.count <= RegistrationTrail.longestKey ? head.key : head.key.lowerBound..<head.key.lowerBound
    guard
      let index = index(
        of: UnsafeRawBufferPointer(rebasing: text[head.transactionID]), UnsafeRawBufferPointer(rebasing: text[key]),
        isEncrypted: head.isEncrypted)
    else { return }
    registrations[index].messages += 1
    registrations[index].records += head.count
    let known = trails[index].positions.count
    if known > 0, trails[index].positions[known - 1] >= stretchStart {
      trails[index].positions[known - 1] = position
    } else {
      trails[index].positions.append(position)
    }
  }

  /// The last message of each registration in front of a stretch, in the order of the file.
  func lastPositions(before stretch: ByteCount) -> [ByteCount] {
    trails.compactMap { trail in
      let behind = trail.positions.partitioningIndex { $0 >= stretch }
      return behind > 0 ? trail.positions[behind - 1] : nil
    }.sorted()
  }

  private mutating func index(
    of id: UnsafeRawBufferPointer, _ key: UnsafeRawBufferPointer, isEncrypted: Bool
  ) -> Int? {
    var hash = key.hashed(id.hashed(0xCBF2_9CE4_8422_2325))
    while let index = indices[hash] {
      if id.elementsEqual(trails[index].transactionID), key.elementsEqual(trails[index].key) { return index }
      hash &+= 1
    }
    guard registrations.count < RegistrationTrail.capacity else { return nil }
    indices[hash] = registrations.count
    trails.append(Trail(transactionID: Array(id), key: Array(key)))
    registrations.append(
      RecordedRegistration(
        registration: RegistrationKey(
          TransactionID(String(decoding: id, as: UTF8.self)), key: String(decoding: key, as: UTF8.self)),
        isEncrypted: isEncrypted))
    return registrations.count - 1
  }
}

extension UnsafeRawBufferPointer {
  /// FNV-1a, continued from an earlier part.
  fileprivate func hashed(_ start: UInt64) -> UInt64 {
    var hash = start
    for byte in self { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }
}
