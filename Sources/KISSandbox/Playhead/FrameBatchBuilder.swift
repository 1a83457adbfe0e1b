import KISWire

/// Frames messages one behind the other until a batch is full.
struct FrameBatchBuilder {
  private var bytes: [UInt8] = []
  private var messages: [FrameBatch.Message] = []
  private var known: [KnownRoute] = []
  private var replace = 0
  private let routes: RouteTable
  private let capacity: Int

  /// The last few routes, compared by bytes: a market's messages repeat them, and hashing text is slow.
  private struct KnownRoute {
    var transactionID: [UInt8]
    var key: [UInt8]
    var connection: RecordedConnection?
    var route: Route
  }

  /// - Parameters:
  ///   - routes: numbers the ways that messages go.
  ///   - filling: whether batches are to become full, so that there is room for one from the start.
  init(routes: RouteTable, filling: Bool = false) {
    self.routes = routes
    capacity = filling ? FrameBatch.targetBytes + 4096 : 0
    bytes.reserveCapacity(capacity)
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
    defer { messages = [] }
    if bytes.count * 2 < capacity {
      // Batches are kept: one that is not full must not hold the room of one that is.
      defer { bytes.removeAll(keepingCapacity: true) }
      return FrameBatch(bytes: bytes.withUnsafeBufferPointer { Array($0) }, messages: messages, closing: closing)
    }
    defer {
      bytes = []
      bytes.reserveCapacity(capacity)
    }
    return FrameBatch(bytes: bytes, messages: messages, closing: closing)
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
