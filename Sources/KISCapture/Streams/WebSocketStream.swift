/// One direction of a WebSocket, from bytes to messages (RFC 6455), holes survived.
struct WebSocketStream {
  /// A message, or what is to be said of one.
  enum Message {
    case content(CapturedEvent.Content)
    /// A part of it was not captured.
    case broken
    /// It is longer than ``longest``.
    case tooLong
    /// It is compressed, and this extension is not known.
    case compressed
    /// What stands there is no frame; the position is lost.
    case malformed
  }

  /// The longest message that is kept.
  static let longest = 16 << 20

  private var head: [UInt8] = []
  private var frame: Frame?
  private var payload: [UInt8] = []
  /// The message that fragments are collected for.
  private var message: Fragments?

  private struct Frame {
    var opcode: UInt8
    var isFinal: Bool
    var mask: UInt32?
    var left: Int
    var trouble: Trouble?
  }

  private struct Fragments {
    var opcode: UInt8
    var bytes: [UInt8]
    var trouble: Trouble?
  }

  private enum Trouble {
    case broken
    case tooLong
    case compressed

    var message: Message {
      switch self {
      case .broken: .broken
      case .tooLong: .tooLong
      case .compressed: .compressed
      }
    }
  }

  /// Whether the next byte begins a frame.
  var isAtBoundary: Bool { frame == nil && head.isEmpty }

  /// Takes bytes off the front until a message is complete; nil when they are used up.
  mutating func read(_ bytes: inout UnsafeRawBufferPointer) -> Message? {
    while true {
      if frame == nil {
        guard let shape = readHead(&bytes) else { return nil }
        guard let shape else {
          head = []
          return .malformed
        }
        begin(shape)
      }
      guard var frame else { return nil }
      let count = min(frame.left, bytes.count)
      if frame.trouble == nil {
        payload.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
      }
      bytes = UnsafeRawBufferPointer(rebasing: bytes[count...])
      frame.left -= count
      guard frame.left == 0 else {
        self.frame = frame
        return nil
      }
      self.frame = nil
      if let message = finish(frame) { return message }
    }
  }

  /// Bytes are missing.
  ///
  /// - Returns: whether it is still known where the next frame begins, and a message that ended in the hole.
  mutating func skip(_ count: Int) -> (isPlaced: Bool, Message?) {
    guard var frame, frame.left >= count else {
      let wasInside = frame != nil || !head.isEmpty || message != nil
      self = WebSocketStream()
      return (false, wasInside ? .broken : nil)
    }
    frame.left -= count
    frame.trouble = .broken
    payload = []
    self.frame = frame.left == 0 ? nil : frame
    return (true, frame.left == 0 ? finish(frame) : nil)
  }

  /// Whether the middle of something is held.
  var isInside: Bool { !isAtBoundary || message != nil }

  /// Reads a frame's header: nil when it is not complete, a nested nil when it is none.
  private mutating func readHead(_ bytes: inout UnsafeRawBufferPointer) -> FrameShape?? {
    if head.isEmpty {
      switch FrameShape.read(bytes) {
      case .shape(let shape):
        bytes = UnsafeRawBufferPointer(rebasing: bytes[shape.size...])
        return .some(shape)
      case .malformed: return .some(nil)
      case .incomplete: break
      }
    }
    while let byte = bytes.first {
      head.append(byte)
      bytes = UnsafeRawBufferPointer(rebasing: bytes[1...])
      switch head.withUnsafeBytes({ FrameShape.read($0) }) {
      case .shape(let shape):
        head = []
        return .some(shape)
      case .malformed: return .some(nil)
      case .incomplete: break
      }
    }
    return nil
  }

  private mutating func begin(_ shape: FrameShape) {
    let isData = shape.opcode < 8
    let trouble: Trouble? =
      isData && shape.length + (message?.bytes.count ?? 0) > WebSocketStream.longest
      ? .tooLong : shape.isCompressed ? .compressed : nil
    frame = Frame(
      opcode: shape.opcode, isFinal: shape.isFinal, mask: shape.mask, left: shape.length, trouble: trouble)
    payload.removeAll(keepingCapacity: true)
    if trouble == nil { payload.reserveCapacity(min(shape.length, 1 << 16)) }
  }

  private mutating func finish(_ frame: Frame) -> Message? {
    var bytes: [UInt8] = []
    swap(&bytes, &payload)
    if let mask = frame.mask { FrameShape.unmask(&bytes, with: mask) }
    guard frame.opcode < 8 else {
      if let trouble = frame.trouble { return trouble.message }
      return .content(FrameShape.control(frame.opcode, bytes))
    }
    if frame.opcode != 0 {
      if frame.isFinal {
        message = nil
        if let trouble = frame.trouble { return trouble.message }
        return .content(frame.opcode == 1 ? .text(bytes) : .binary(bytes))
      }
      message = Fragments(opcode: frame.opcode, bytes: bytes, trouble: frame.trouble)
      return nil
    }
    // A continuation whose beginning is not in the capture is broken.
    var fragments = message ?? Fragments(opcode: 1, bytes: [], trouble: .broken)
    if fragments.trouble == nil { fragments.bytes.append(contentsOf: bytes) }
    fragments.trouble = fragments.trouble ?? frame.trouble
    if fragments.trouble != nil { fragments.bytes = [] }
    guard frame.isFinal else {
      message = fragments
      return nil
    }
    message = nil
    if let trouble = fragments.trouble { return trouble.message }
    return .content(fragments.opcode == 1 ? .text(fragments.bytes) : .binary(fragments.bytes))
  }
}
