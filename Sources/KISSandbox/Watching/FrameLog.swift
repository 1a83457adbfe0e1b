import DequeModule
import KISWire

/// The latest writes to sessions, kept while somebody watches frames. While nobody does, it costs one look at a flag.
final class FrameLog {
  /// How many writes are kept, and how many bytes of them.
  static let capacity = 4_096
  static let byteCapacity = 16 << 20

  /// How many watch.
  private(set) var watchers = 0
  private var kept: Deque<SessionWrite> = []
  private var bytes = 0
  /// How many writes there have been while somebody watched.
  private(set) var total = 0

  var isOn: Bool { watchers > 0 }

  func begin() { watchers += 1 }

  func end() {
    watchers = max(0, watchers - 1)
    if watchers == 0 { (kept, bytes) = ([], 0) }
  }

  func note(_ content: SessionWrite.Content, session: Int, cipher: PayloadCipher?, at time: Duration) {
    total += 1
    let write = SessionWrite(number: total, session: session, time: time, cipher: cipher, content: content)
    kept.append(write)
    bytes += write.size
    while kept.count > FrameLog.capacity || bytes > FrameLog.byteCapacity, let oldest = kept.popFirst() {
      bytes -= oldest.size
    }
  }

  /// What was written after the write of a number, and how many writes of those are gone.
  func writes(after number: Int) -> (lost: Int, writes: [SessionWrite]) {
    let first = kept.first?.number ?? total + 1
    return (max(0, first - number - 1), Array(kept.suffix(max(0, total - number))))
  }
}

/// One write to a session: as it was handed to its socket, faults included.
package struct SessionWrite: Sendable {
  /// Counts them.
  package var number: Int
  /// The session's number.
  package var session: Int
  /// On the sandbox's clock.
  package var time: Duration
  let cipher: PayloadCipher?
  let content: Content

  enum Content: Sendable {
    case batch(FrameBatch, [Range<Int>])
    case bytes([UInt8])
  }

  fileprivate var size: Int {
    switch content {
    case .batch(_, let ranges): ranges.reduce(0) { $0 + $1.count }
    case .bytes(let bytes): bytes.count
    }
  }

  /// A message, or bytes that are none.
  package struct Message: Sendable, Hashable {
    /// Its text as the client got it; of bytes that no WebSocket client can read, those bytes.
    package var bytes: [UInt8]
    /// The same with its notice decrypted; nil for what was not encrypted, or cannot be decrypted.
    package var plain: [UInt8]?
    /// Why a client cannot read it; nil when it can.
    package var defect: String?
  }

  /// What is in it, message by message.
  package func forEachMessage(_ visit: (Message) -> Void) {
    content.forEachMessage(decryptedWith: cipher) { message, _ in visit(message) }
  }
}

extension SessionWrite.Content {
  /// What is in it, message by message, each with all that is left from its first byte on.
  func forEachMessage(
    decryptedWith cipher: PayloadCipher?, _ visit: (SessionWrite.Message, _ rest: ArraySlice<UInt8>) -> Void
  ) {
    switch self {
    case .batch(let batch, let ranges):
      for range in ranges {
        for index in batch.indices(in: range) {
          visit(SessionWrite.Message(bytes: batch.text(of: index)), batch.bytes(in: batch.range(of: index))[...])
        }
      }
    case .bytes(let bytes): WrittenMessages(bytes).read { visit($0.decrypted(with: cipher), bytes[$1...]) }
    }
  }
}

extension SessionWrite.Message {
  /// With its notice decrypted; a payload without `^` was encrypted with another key.
  fileprivate func decrypted(with cipher: PayloadCipher?) -> SessionWrite.Message {
    guard bytes.starts(with: "1|".utf8), let frame = try? Frame(parsing: bytes),
      let payload = try? cipher?.decrypt(frame.payload), payload.contains(UInt8(ascii: "^"))
    else { return self }
    var message = self
    message.plain = Frame(frame.transactionID, flag: .encrypted, count: frame.count, payload: payload).bytes
    return message
  }
}

/// The WebSocket messages in bytes that were written.
private struct WrittenMessages {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Shows each message and where its frame begins; the first that nobody can read is the last.
  func read(_ visit: (_ message: SessionWrite.Message, _ start: Int) -> Void) {
    var index = 0
    while index < bytes.count {
      let (message, end) = message(at: index)
      visit(message, index)
      index = end
    }
  }

  private func message(at index: Int) -> (SessionWrite.Message, end: Int) {
    guard bytes[index] == 0x81 else { return rest(from: index, "no whole text message: byte 1 is not 0x81") }
    guard index + 1 < bytes.count else { return rest(from: index, "it ends in its head") }
    guard bytes[index + 1] < 128 else { return rest(from: index, "it is masked, which a server must not do") }
    guard let (start, count) = payload(at: index) else { return rest(from: index, "it ends in its head") }
    guard count <= bytes.count - start else {
      return rest(from: start, "its head announces \(count) bytes, \(bytes.count - start) follow")
    }
    return (.init(bytes: Array(bytes[start..<start + count])), start + count)
  }

  private func rest(from index: Int, _ defect: String) -> (SessionWrite.Message, end: Int) {
    (.init(bytes: Array(bytes[index...]), defect: defect), bytes.count)
  }

  private func payload(at index: Int) -> (start: Int, count: Int)? {
    let short = Int(bytes[index + 1])
    let width = short == 127 ? 8 : short == 126 ? 2 : 0
    let start = index + 2 + width
    guard start <= bytes.count else { return nil }
    guard width > 0 else { return (start, short) }
    let count = bytes[index + 2..<start].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int(exactly: count).map { (start, $0) }
  }
}

extension FrameBatch {
  /// The messages whose bytes lie in a range.
  func indices(in range: Range<Int>) -> Range<Int> {
    func first(from position: Int) -> Int {
      var (low, high) = (0, messages.count)
      while low < high {
        let middle = (low + high) / 2
        if Int(messages[middle].start) < position { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return first(from: range.lowerBound)..<first(from: range.upperBound)
  }
}
