import KISRecording
import KISWire

/// Frames messages one after another until a batch is full.
struct FrameBatchBuilder {
  private var bytes: [UInt8] = []
  private var messages: [FrameBatch.Message] = []
  private var known: [KnownRoute] = []
  /// Which of the known routes the last message had.
  private var recent = 0
  private var replace = 0
  private let routes: RouteTable
  private let memory: (any FrameMemory.Type)?

  /// The last few routes, compared by bytes: a market's messages repeat them, and hashing text is slow.
  private struct KnownRoute {
    /// The beginning of the first such message, up to its key and the `^` after that.
    var head: [UInt8]
    var isEncrypted: Bool
    /// Where tr_id and key lie in it.
    var transactionID: Range<Int>
    var key: Range<Int>
    var connection: RecordedConnection?
    var route: Route
  }

  /// - Parameters:
  ///   - routes: gives routes their numbers.
  ///   - memory: where full batches lie, one after the other; nil for one batch of a few messages.
  init(routes: RouteTable, filling memory: (any FrameMemory.Type)? = nil) {
    self.routes = routes
    self.memory = memory
    if memory != nil { bytes.reserveCapacity(FrameBatch.targetBytes + 4096) }
  }

  var isEmpty: Bool { messages.isEmpty }
  var isFull: Bool { bytes.count >= FrameBatch.targetBytes || messages.count >= 4096 }

  /// Adds a data message; anything else (replies, PINGPONG: ours to make) is passed over.
  mutating func append(
    _ text: UnsafeRawBufferPointer, at offset: RecordedTime, on connection: RecordedConnection? = nil
  ) {
    // Most messages begin as the one before does: then nothing has to be taken apart.
    if recent < known.count, known[recent].connection == connection, known[recent].head.begins(text) {
      append(text, isEncrypted: known[recent].isEncrypted, on: known[recent].route, at: offset)
    } else if let head = FrameHead(text), let route = route(of: head, in: text, on: connection) {
      append(text, isEncrypted: head.isEncrypted, on: route, at: offset)
    }
  }

  /// Adds a data message on another route than its first value names (H0STVIC0 begins with a date).
  mutating func append(_ text: UnsafeRawBufferPointer, on route: Route, at offset: RecordedTime) {
    if let head = FrameHead(text) { append(text, isEncrypted: head.isEncrypted, on: route, at: offset) }
  }

  private mutating func append(
    _ text: UnsafeRawBufferPointer, isEncrypted: Bool, on route: Route, at offset: RecordedTime
  ) {
    messages.append(
      FrameBatch.Message(
        offset: offset, start: Int32(truncatingIfNeeded: bytes.count), route: route, isEncrypted: isEncrypted))
    if !isEncrypted { MessageFraming.appendHeader(ofTextLength: text.count, to: &bytes) }
    bytes.append(contentsOf: text)
  }

  /// What has been added so far, as a batch; the builder begins anew.
  mutating func finish(closing: FrameBatch.Closing? = nil) -> FrameBatch? {
    guard !messages.isEmpty || closing != nil else { return nil }
    guard let memory else {
      defer { (bytes, messages) = ([], []) }
      return FrameBatch(bytes, messages: messages, closing: closing)
    }
    // A copy of what there is: batches are kept and must not hold room for more, and what is written here, message by
    // message, stays in the processor's cache from batch to batch.
    defer {
      bytes.removeAll(keepingCapacity: true)
      messages.removeAll(keepingCapacity: true)
    }
    return FrameBatch(
      bytes.withUnsafeBytes { memory.init(copying: $0) }, messages: messages.withUnsafeBufferPointer { Array($0) },
      closing: closing)
  }

  /// Where a data message goes; nil when the table of routes is full.
  mutating func route(
    of head: FrameHead, in text: UnsafeRawBufferPointer, on connection: RecordedConnection? = nil
  ) -> Route? {
    let transactionID = UnsafeRawBufferPointer(rebasing: text[head.transactionID])
    let key = UnsafeRawBufferPointer(rebasing: text[head.key])
    for index in known.indices where known[index].connection == connection {
      let isSame = known[index].head.withUnsafeBytes { bytes in
        bytes[known[index].key].elementsEqual(key) && bytes[known[index].transactionID].elementsEqual(transactionID)
      }
      guard isSame else { continue }
      recent = index
      return known[index].route
    }
    let new = routes.route(
      TransactionID(String(decoding: transactionID, as: UTF8.self)), String(decoding: key, as: UTF8.self),
      on: connection)
    guard let new else { return nil }
    let entry = KnownRoute(
      head: text[..<head.key.upperBound] + [UInt8(ascii: "^")], isEncrypted: head.isEncrypted,
      transactionID: head.transactionID, key: head.key, connection: connection, route: new)
    if known.count < 8 {
      recent = known.count
      known.append(entry)
    } else {
      recent = replace
      known[replace] = entry
      replace = (replace + 1) % 8
    }
    return new
  }
}

extension [UInt8] {
  /// Whether a text begins with these bytes, of which there are eight at least. Compared by words: a call for each message
  /// would cost more than the comparison.
  @inline(__always)
  fileprivate func begins(_ text: UnsafeRawBufferPointer) -> Bool {
    guard count >= 8, text.count >= count else { return false }
    return withUnsafeBytes { bytes in
      func isSame(at index: Int) -> Bool {
        bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
          == text.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      }
      var index = 0
      while index + 8 < bytes.count {
        guard isSame(at: index) else { return false }
        index += 8
      }
      // The last eight bytes, some of them for the second time.
      return isSame(at: bytes.count - 8)
    }
  }
}
