public import KISSandbox
import KISTransport
import NIOCore
import NIOWebSocket
import Synchronization

/// Sends a session's messages to its socket: batches become slices of one shared buffer, and a socket that fills up or has room
/// again is reported to the sandbox and its clock.
final class SocketSink: SessionSink {
  let outbox: Outbox
  private let channel: any Channel
  /// After how many bytes a fault ends the connection; nil for never.
  private let cut: Int?
  private let accepted = Atomic(0)
  private let watcher: Watcher

  /// Whose clock stands still while too many bytes wait, and who is woken when there is room.
  private final class Watcher: Sendable {
    private struct State {
      var sandbox: Sandbox?
      var isFull = false
    }

    private let state = Mutex(State())

    func attach(_ sandbox: Sandbox?) {
      let (previous, isFull) = state.withLock { state in
        defer { state.sandbox = sandbox }
        return (state.sandbox, state.isFull)
      }
      guard isFull else { return }
      previous?.clock.release(.client)
      sandbox?.clock.hold(.client)
    }

    func changed(_ event: Outbox.Event) {
      let sandbox = state.withLock { state in
        switch event {
        case .full: state.isFull = true
        case .room: state.isFull = false
        }
        return state.sandbox
      }
      switch event {
      case .full: sandbox?.clock.hold(.client)
      case .room:
        sandbox?.clock.release(.client)
        sandbox?.wake()
      }
    }
  }

  /// The path of its upgrade, query included.
  let path: String

  /// - Parameters:
  ///   - path: of its upgrade.
  ///   - cut: after how many bytes from now on a fault ends the connection; nil for never.
  init(_ channel: any Channel, path: String, cutAfter cut: Int? = nil) {
    self.channel = channel
    self.path = path
    self.cut = cut
    let watcher = Watcher()
    self.watcher = watcher
    outbox = Outbox(channel: channel, fullAt: Sandbox.softBacklog) { watcher.changed($0) }
  }

  /// The sandbox that this socket belongs to from now on; nil for none.
  func attach(to sandbox: Sandbox?) { watcher.attach(sandbox) }

  var backlog: Int { outbox.backlog }
  var taken: Int { outbox.taken }
  var isCutOff: Bool { cut.map { accepted.load(ordering: .relaxed) >= $0 } ?? false }

  func send(_ batch: FrameBatch, _ ranges: [Range<Int>]) {
    if ranges.count == 1, ranges[0].count * 4 >= batch.size {
      let shared = batch.form(as: SocketMemory.self).buffer
      if let slice = shared.getSlice(at: ranges[0].lowerBound, length: ranges[0].count) { put(slice) }
    } else {
      var buffer = channel.allocator.buffer(capacity: ranges.reduce(0) { $0 + $1.count })
      batch.withUnsafeBytes { bytes in
        for range in ranges { buffer.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[range])) }
      }
      put(buffer)
    }
  }

  func send(_ bytes: [UInt8]) { put(ByteBuffer(bytes: bytes)) }

  func beginBurst() { outbox.beginBurst() }
  func endBurst() { outbox.endBurst() }

  private func put(_ bytes: ByteBuffer) {
    accepted.add(bytes.readableBytes, ordering: .relaxed)
    outbox.send(bytes)
  }

  func end(_ ending: SessionEnding) {
    switch ending {
    case .closeFrame(let code, let reason):
      close(WebSocketClose(WebSocketCloseCode(code), reason: reason))
    case .drop: outbox.end(lastFrame: nil)
    case .reset: outbox.reset()
    }
  }

  /// Sends a close frame as the last thing.
  func close(_ close: WebSocketClose) { outbox.end(lastFrame: framed(.connectionClose, close.payload)) }

  func pong(_ payload: ByteBuffer) { outbox.send(framed(.pong, payload)) }

  /// A control frame: its payload has at most 125 bytes.
  private func framed(_ opcode: WebSocketOpcode, _ payload: ByteBuffer) -> ByteBuffer {
    var frame = channel.allocator.buffer(capacity: payload.readableBytes + 2)
    frame.writeInteger(0x80 | UInt8(webSocketOpcode: opcode))
    frame.writeInteger(UInt8(truncatingIfNeeded: min(payload.readableBytes, 125)))
    frame.writeImmutableBuffer(
      payload.getSlice(at: payload.readerIndex, length: min(payload.readableBytes, 125)) ?? payload)
    return frame
  }
}

/// Framed messages in a buffer that sockets write as it is.
struct SocketMemory: FrameMemory {
  let buffer: ByteBuffer

  init(copying bytes: UnsafeRawBufferPointer) { buffer = ByteBuffer(bytes: bytes) }

  var count: Int { buffer.readableBytes }
  var capacity: Int { buffer.capacity }

  func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try buffer.withUnsafeReadableBytes(body)
  }
}

extension RecordingLibrary {
  /// A new library whose framed messages lie where sockets take them from.
  public static var forSockets: RecordingLibrary { RecordingLibrary(memory: SocketMemory.self) }
}
