/// Counts the WebSocket messages of one connection by hopping from frame header to frame header.
///
/// Nothing is copied or allocated, so counting costs little beside receiving. The bytes may be cut anywhere.
struct FrameCounter {
  /// Whole data frames, those that start with the flag `0` or `1` (PROTOCOL section 4).
  private(set) var frames = 0
  /// Whole text messages that are no data: PINGPONGs, once the session is registered.
  private(set) var controlMessages = 0
  /// Every byte seen, headers included.
  private(set) var bytes = 0
  /// Whether the server sent a close frame.
  private(set) var closed = false

  /// Payload bytes of the current message that are still to come.
  private var remaining = 0
  private var kind = Head.Kind.other
  /// The start of a header that was cut.
  private var cut: [UInt8] = []

  /// Counts what arrived; returns how many data frames it completed.
  mutating func consume(_ received: UnsafeRawBufferPointer) throws -> Int {
    let before = frames
    bytes += received.count
    var position = 0
    while position < received.count {
      if remaining > 0 {
        let step = min(remaining, received.count - position)
        position += step
        remaining -= step
        if remaining == 0 { complete() }
      } else if cut.isEmpty, let head = try Head(UnsafeRawBufferPointer(rebasing: received[position...])) {
        position += head.length
        begin(head)
      } else {
        cut.append(received[position])
        position += 1
        if let head = try cut.withUnsafeBytes({ try Head($0) }) {
          cut.removeAll(keepingCapacity: true)
          begin(head)
        }
      }
    }
    return frames - before
  }

  private mutating func begin(_ head: Head) {
    kind = head.kind
    remaining = head.rest
    if remaining == 0 { complete() }
  }

  private mutating func complete() {
    switch kind {
    case .data: frames += 1
    case .control: controlMessages += 1
    case .close: closed = true
    case .other: break
    }
  }

  /// A frame header (RFC 6455 section 5.2) and the first byte of its payload, which tells data from control.
  private struct Head {
    /// Bytes of the header and of the payload's first byte.
    let length: Int
    /// Payload bytes after the first.
    let rest: Int
    let kind: Kind

    enum Kind { case data, control, close, other }

    /// Nil when more bytes are needed.
    init?(_ bytes: UnsafeRawBufferPointer) throws {
      guard bytes.count >= 2 else { return nil }
      guard bytes[1] & 0x80 == 0 else { throw BenchError("the server sent a masked frame") }
      var header = 2
      var payload = Int(bytes[1])
      if payload == 126 {
        header = 4
        guard bytes.count >= header else { return nil }
        payload = Int(bytes[2]) << 8 | Int(bytes[3])
      } else if payload == 127 {
        header = 10
        guard bytes.count >= header else { return nil }
        payload = bytes[2..<header].reduce(0) { $0 << 8 | Int($1) }
        guard (0...1 << 32).contains(payload) else {
          throw BenchError("the server announced a frame of \(payload) bytes")
        }
      }
      guard payload == 0 || bytes.count > header else { return nil }
      let first = payload == 0 ? 0 : bytes[header]
      length = payload == 0 ? header : header + 1
      rest = payload == 0 ? 0 : payload - 1
      kind =
        switch (bytes[0] & 0x0F, first) {
        case (0x1, UInt8(ascii: "0")), (0x1, UInt8(ascii: "1")): .data
        case (0x1, UInt8(ascii: "{")): .control
        case (0x8, _): .close
        default: .other
        }
    }
  }
}
