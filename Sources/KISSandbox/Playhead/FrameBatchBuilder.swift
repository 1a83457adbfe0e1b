import KISWire

/// Frames messages one behind the other until a batch is full.
struct FrameBatchBuilder {
  private var bytes: [UInt8] = []
  private var messages: [FrameBatch.Message] = []
  private var known: [KnownRoute] = []
  private var replace = 0
  private let routes: RouteTable
  private let memory: (any FrameMemory.Type)?

  /// The last few routes, compared by bytes: a market's messages repeat them, and hashing text is slow.
  private struct KnownRoute {
    var transactionID: [UInt8]
    var key: [UInt8]
    var connection: RecordedConnection?
    var route: Route
  }

  /// - Parameters:
  ///   - routes: numbers the ways that messages go.
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
    _ text: UnsafeRawBufferPointer, at offset: Int64, on connection: RecordedConnection? = nil
  ) {
    guard let head = FrameHead(text), let route = route(of: head, in: text, on: connection) else { return }
    append(text, head, on: route, at: offset)
  }

  /// Adds a data message that goes another way than its first value says (H0STVIC0 begins with a date).
  mutating func append(_ text: UnsafeRawBufferPointer, on route: Route, at offset: Int64) {
    if let head = FrameHead(text) { append(text, head, on: route, at: offset) }
  }

  private mutating func append(_ text: UnsafeRawBufferPointer, _ head: FrameHead, on route: Route, at offset: Int64) {
    messages.append(
      FrameBatch.Message(
        offset: offset, start: Int32(truncatingIfNeeded: bytes.count), route: route, isEncrypted: head.isEncrypted))
    if !head.isEncrypted { MessageFraming.appendHeader(ofTextLength: text.count, to: &bytes) }
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
    for route in known
    where equal(route.key, key) && equal(route.transactionID, transactionID) && route.connection == connection {
      return route.route
    }
    let new = routes.route(
      TransactionID(String(decoding: transactionID, as: UTF8.self)), String(decoding: key, as: UTF8.self),
      on: connection)
    guard let new else { return nil }
    let entry = KnownRoute(
      transactionID: Array(transactionID), key: Array(key), connection: connection, route: new)
    if known.count < 8 {
      known.append(entry)
    } else {
      known[replace] = entry
      replace = (replace + 1) % 8
    }
    return new
  }

  private func equal(_ bytes: [UInt8], _ other: UnsafeRawBufferPointer) -> Bool {
    bytes.count == other.count && bytes.withUnsafeBytes { $0.elementsEqual(other) }
  }
}
