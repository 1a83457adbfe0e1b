import KISRecording
import KISWire
import Synchronization

/// Messages in time order, framed for the wire once, back to back in one buffer, with an index by route.
///
/// A session that wants all of it sends a slice; any other copies its messages. Either way it is one write.
public final class FrameBatch: Sendable {
  /// One message in the buffer.
  struct Message: Sendable {
    /// When it was recorded.
    var offset: RecordedTime
    /// Where its bytes begin; they end where the next message's begin.
    var start: Int32
    var route: Route
    /// Notices lie here unframed and decrypted: each session encrypts them with its own key.
    var isEncrypted: Bool
  }

  /// A batch is closed at this size: what one write to a socket takes well. With its last message it stays below 64 KiB,
  /// since buffers of the next power of two are mapped anew each time, and every page of them faults.
  static let targetBytes = 60 * 1024

  /// WebSocket text frames back to back, ready to send; notices among them lie unframed and decrypted.
  private let memory: any FrameMemory
  let messages: [Message]
  /// Messages per route in the whole batch.
  let counts: [(route: Route, count: Int, last: Int)]
  let hasEncrypted: Bool
  /// The recorded connection ended after the last message.
  let closing: Closing?

  struct Closing: Sendable {
    var offset: RecordedTime
    var code: Int?
    /// The connection that ended; nil when the recording does not tell connections apart.
    var connection: RecordedConnection?
  }

  private let form = Mutex<(any Sendable)?>(nil)

  init(_ memory: any FrameMemory, messages: [Message], closing: Closing? = nil) {
    self.memory = memory
    size = memory.count
    self.messages = messages
    self.closing = closing
    hasEncrypted = messages.contains { $0.isEncrypted }
    var counts: [(route: Route, count: Int, last: Int)] = []
    for (index, message) in messages.enumerated() {
      if let known = counts.firstIndex(where: { $0.route == message.route }) {
        counts[known].count += 1
        counts[known].last = index
      } else {
        counts.append((message.route, 1, index))
      }
    }
    self.counts = counts
  }

  /// How many bytes it holds.
  public let size: Int

  /// Shows its bytes.
  public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try memory.withUnsafeBytes(body)
  }

  /// A part of its bytes.
  public func bytes(in range: Range<Int>) -> [UInt8] {
    withUnsafeBytes { Array(UnsafeRawBufferPointer(rebasing: $0[range])) }
  }

  /// Bytes of memory that it keeps, roughly: its own, those of another form that a transport may want, and its index.
  var cost: Int {
    let copies = memory is [UInt8] ? 2 : 1
    return 128 + copies * memory.capacity + messages.capacity * MemoryLayout<Message>.stride + counts.capacity * 24
  }

  /// The same messages on other routes, of a recording with another number.
  func rerouted(to recording: Int, _ route: (Route) -> Route) -> FrameBatch {
    var closing = closing
    closing?.connection?.recording = recording
    return FrameBatch(
      memory,
      messages: messages.map { message in
        Message(
          offset: message.offset, start: message.start, route: route(message.route), isEncrypted: message.isEncrypted)
      }, closing: closing)
  }

  /// The bytes in the form that a transport wants: as they lie, or made at the first call and kept, once for all sessions.
  public func form<Form: FrameMemory>(as _: Form.Type) -> Form {
    if let memory = memory as? Form { return memory }
    return form.withLock { form in
      if let made = form as? Form { return made }
      let made = memory.withUnsafeBytes { Form(copying: $0) }
      form = made
      return made
    }
  }

  /// Where a message's bytes lie.
  func range(of index: Int) -> Range<Int> {
    let end = index + 1 < messages.count ? Int(messages[index + 1].start) : size
    return Int(messages[index].start)..<end
  }

  /// Where the bytes of neighbouring messages lie.
  func range(of messages: Range<Int>) -> Range<Int> {
    messages.isEmpty ? 0..<0 : range(of: messages.lowerBound).lowerBound..<range(of: messages.upperBound - 1).upperBound
  }

  /// The text of a message, without its framing.
  func text(of index: Int) -> [UInt8] { withText(of: index) { Array($0) } }

  /// Shows the text of a message, without its framing.
  func withText<Result>(of index: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    let range = range(of: index)
    return withUnsafeBytes { bytes in
      let header: Int =
        switch (messages[index].isEncrypted, bytes[range.lowerBound + 1]) {
        case (true, _): 0
        case (false, 126): 4
        case (false, 127): MessageFraming.longestHeader
        case (false, _): 2
        }
      return body(UnsafeRawBufferPointer(rebasing: bytes[range.lowerBound + header..<range.upperBound]))
    }
  }
}

/// Where the bytes of a batch lie. Whoever sends them to sockets brings the kind that sockets take, so that nothing is copied
/// once more for them.
public protocol FrameMemory: Sendable {
  /// A copy of some bytes.
  init(copying bytes: UnsafeRawBufferPointer)
  /// How many bytes are in it.
  var count: Int { get }
  /// How many bytes of memory it takes.
  var capacity: Int { get }
  /// Shows the bytes, which stay where they are during the call.
  func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result
}

extension [UInt8]: FrameMemory {
  /// An array of the bytes.
  public init(copying bytes: UnsafeRawBufferPointer) { self.init(bytes) }
}

extension Playhead.Due {
  /// The same without the messages of some routes after their positions.
  func without(_ departures: [Route: RecordedTime]) -> Playhead.Due {
    guard let position, let last = messages.last, batch.counts.contains(where: { departures[$0.route] != nil }) else {
      return self
    }
    // How much positions on the common time line exceed the recording's own offsets.
    let shift = position - batch.messages[last].offset
    let kept = messages.filter { index in
      let message = batch.messages[index]
      return departures[message.route].map { message.offset + shift <= $0 } ?? true
    }
    guard kept.count < messages.count else { return self }
    var bytes: [UInt8] = []
    let remaining = kept.map { index in
      var message = batch.messages[index]
      message.start = Int32(bytes.count)
      bytes += batch.bytes(in: batch.range(of: index))
      return message
    }
    return Playhead.Due(
      batch: FrameBatch(bytes, messages: remaining, closing: batch.closing), messages: 0..<remaining.count,
      closing: closing, position: position)
  }
}
