import KISSandbox
import KISScenario
import KISTransport
import NIOCore

/// Holds back, slices and cuts what leaves a connection.
final class OutgoingFaults: ChannelOutboundHandler {
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private enum Step {
    /// Leaves not before a moment of the sandbox's clock.
    case send(ByteBuffer, at: Duration)
    case finish
    case reset
  }

  /// How what is written is cut in pieces, and how long it takes until the next one may leave.
  private struct Pace {
    var size: Int
    var pause: (_ bytes: Int) -> Duration
  }

  private var delays: [FaultDelay] = []
  private var paces: [Pace] = []
  /// After how many bytes the connection ends, and how.
  private var limit: (bytes: Int, end: Step)?
  private let sandbox: Sandbox
  private var generator: SeededGenerator
  private var sent = 0
  private var isOver = false
  /// From when on the next bytes may leave.
  private var free = Duration.zero
  /// Everything leaves in order: each write waits for the one before.
  private var last: EventLoopFuture<Void>

  init(_ faults: [ConnectionFault], of sandbox: Sandbox, on eventLoop: any EventLoop) {
    self.sandbox = sandbox
    generator = SeededGenerator(seed: sandbox.seed).fork("connections")
    last = eventLoop.makeSucceededVoidFuture()
    for fault in faults {
      switch fault {
      // Nothing is ever written to such a connection, see ``ConnectionFaults``.
      case .refused, .stalled: break
      case .resetAfter(let bytes): limit = limit ?? (bytes, .reset)
      case .halfClosedAfter(let bytes): limit = limit ?? (bytes, .finish)
      case .slices(let bytes, let interval): paces.append(Pace(size: bytes) { _ in interval })
      case .bandwidth(let perSecond):
        paces.append(
          Pace(size: perSecond / 20) { .nanoseconds(Int64($0) * 1_000_000_000 / Int64(max(1, perSecond))) })
      case .latency(let delay): delays.append(delay)
      }
    }
  }

  /// How many more bytes may leave before the connection ends; nil for any number.
  var bytesLeft: Int? { limit.map { $0.bytes - sent } }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    for step in steps(for: unwrapOutboundIn(data)) {
      last = last.flatMap {
        let (handler, context) = bound.value
        return handler.perform(step, context)
      }
    }
    if let promise { last.cascade(to: promise) }
  }

  /// A flush has nothing to do: each piece is flushed by itself.
  func flush(context: ChannelHandlerContext) {}

  /// The connection ends behind what was written before.
  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    last.whenComplete { _ in bound.value.close(mode: mode, promise: promise) }
  }

  private func perform(_ step: Step, _ context: ChannelHandlerContext) -> EventLoopFuture<Void> {
    switch step {
    case .send(let bytes, let moment):
      let wait = moment - sandbox.clock.now
      guard wait > .zero else { return send(bytes, context) }
      let sandbox = self.sandbox
      let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
      return context.eventLoop.makeFutureWithTask { await sandbox.delay(wait) }.flatMap {
        let (handler, context) = bound.value
        return handler.send(bytes, context)
      }
    case .finish: context.close(mode: .output, promise: nil)
    case .reset: context.channel.closeWithReset(promise: nil)
    }
    return context.eventLoop.makeSucceededVoidFuture()
  }

  private func send(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) -> EventLoopFuture<Void> {
    let promise = context.eventLoop.makePromise(of: Void.self)
    context.writeAndFlush(wrapOutboundOut(bytes), promise: promise)
    return promise.futureResult
  }

  private func steps(for bytes: ByteBuffer) -> [Step] {
    guard !isOver else { return [] }
    var (pieces, end) = cut(bytes)
    sent += bytes.readableBytes
    isOver = end != nil
    free = max(free, sandbox.clock.now + delays.reduce(.zero) { $0 + $1.drawn(using: &generator) })
    for pace in paces { pieces = pieces.flatMap { slices(of: $0, size: pace.size) } }
    let steps = pieces.map { piece in
      defer { free += paces.first?.pause(piece.readableBytes) ?? .zero }
      return Step.send(piece, at: free)
    }
    return steps + [end].compactMap { $0 }
  }

  /// What may still be sent, and how the connection ends behind it.
  private func cut(_ bytes: ByteBuffer) -> ([ByteBuffer], Step?) {
    guard let limit, sent + bytes.readableBytes >= limit.bytes else { return ([bytes], nil) }
    let rest = bytes.getSlice(at: bytes.readerIndex, length: max(0, limit.bytes - sent))
    return ([rest].compactMap { $0 }, limit.end)
  }

  private func slices(of bytes: ByteBuffer, size: Int) -> [ByteBuffer] {
    stride(from: 0, to: bytes.readableBytes, by: max(1, size)).compactMap { start in
      bytes.getSlice(at: bytes.readerIndex + start, length: min(max(1, size), bytes.readableBytes - start))
    }
  }
}

@available(*, unavailable)
extension OutgoingFaults: Sendable {}
