import KISSandbox
import KISTransport
import NIOCore

/// Faults of one TCP connection, whatever is spoken on it: at the head of its pipeline, on the sandbox's clock.
final class ConnectionFaults: Sendable {
  private let faults: [ConfiguredFault]
  private let sandbox: Sandbox

  init(_ faults: [ConfiguredFault], of sandbox: Sandbox) {
    self.faults = faults
    self.sandbox = sandbox
  }

  /// Installs them; fails for a connection that is not to live, and does not come back for one that is to stall.
  func meet(_ channel: any Channel) -> EventLoopFuture<Void> {
    if faults.contains(where: { $0.name == .tcpRefuse }) {
      channel.closeWithReset(promise: nil)
      return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
    }
    if faults.contains(where: { $0.name == .tcpAcceptStall }) {
      return channel.pipeline.addHandler(StalledConnection()).flatMap { channel.closeFuture }
        .flatMapThrowing { throw ChannelError.ioOnClosedChannel }
    }
    return channel.eventLoop.makeCompletedFuture {
      let handler = OutgoingFaults(faults, of: sandbox, on: channel.eventLoop)
      try channel.pipeline.syncOperations.addHandler(handler, position: .first)
    }
  }
}

/// Holds back, slices and cuts what leaves a connection.
private final class OutgoingFaults: ChannelOutboundHandler {
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private enum Step {
    case wait(Duration)
    case send(ByteBuffer)
    case finish
    case reset
  }

  private let faults: [ConfiguredFault]
  private let sandbox: Sandbox
  private var generator: SeededGenerator
  private var sent = 0
  private var isOver = false
  /// Everything leaves in order: each write waits for the one before.
  private var last: EventLoopFuture<Void>

  init(_ faults: [ConfiguredFault], of sandbox: Sandbox, on eventLoop: any EventLoop) {
    self.faults = faults
    self.sandbox = sandbox
    generator = SeededGenerator(seed: sandbox.configuration.seed).fork("connections")
    last = eventLoop.makeSucceededVoidFuture()
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let steps = steps(for: unwrapOutboundIn(data))
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    for step in steps {
      last = last.flatMap {
        let (handler, context) = bound.value
        return handler.perform(step, context)
      }
    }
    if let promise { last.cascade(to: promise) }
  }

  /// A flush has nothing to do: each piece is flushed by itself.
  func flush(context: ChannelHandlerContext) {}

  private func perform(_ step: Step, _ context: ChannelHandlerContext) -> EventLoopFuture<Void> {
    switch step {
    case .wait(let duration):
      let sandbox = self.sandbox
      return context.eventLoop.makeFutureWithTask { await sandbox.delay(duration) }
    case .send(let bytes):
      let promise = context.eventLoop.makePromise(of: Void.self)
      context.writeAndFlush(wrapOutboundOut(bytes), promise: promise)
      return promise.futureResult
    case .finish:
      context.close(mode: .output, promise: nil)
    case .reset: context.channel.closeWithReset(promise: nil)
    }
    return context.eventLoop.makeSucceededVoidFuture()
  }

  private func steps(for bytes: ByteBuffer) -> [Step] {
    guard !isOver else { return [] }
    var steps: [Step] = []
    var pieces = [bytes]
    var end: Step?
    for fault in faults {
      switch fault.name {
      case .tcpLatency: steps.append(.wait(fault.duration("delay") + fault.duration("jitter") * generator.unit()))
      case .tcpResetAfter, .tcpHalfClose:
        guard sent + bytes.readableBytes >= fault.number("bytes") else { continue }
        pieces = bytes.getSlice(at: bytes.readerIndex, length: max(0, fault.number("bytes") - sent)).map { [$0] } ?? []
        end = fault.name == .tcpHalfClose ? .finish : .reset
      default: break
      }
    }
    for fault in faults {
      switch fault.name {
      case .tcpSlice: pieces = pieces.flatMap { slices(of: $0, size: fault.number("bytes")) }
      case .tcpBandwidth:
        pieces = pieces.flatMap { slices(of: $0, size: max(1, fault.number("bytes-per-second") / 20)) }
      default: break
      }
    }
    let pause = pauseBetweenPieces
    for (index, piece) in pieces.enumerated() {
      if let pause, index > 0 { steps.append(.wait(pause)) }
      steps.append(.send(piece))
    }
    sent += bytes.readableBytes
    if let end {
      isOver = true
      steps.append(end)
    }
    return steps
  }

  private var pauseBetweenPieces: Duration? {
    for fault in faults {
      switch fault.name {
      case .tcpSlice: return fault.duration("interval")
      case .tcpBandwidth: return .milliseconds(50)
      default: break
      }
    }
    return nil
  }

  private func slices(of bytes: ByteBuffer, size: Int) -> [ByteBuffer] {
    stride(from: 0, to: bytes.readableBytes, by: max(1, size)).compactMap { start in
      bytes.getSlice(at: bytes.readerIndex + start, length: min(max(1, size), bytes.readableBytes - start))
    }
  }
}

@available(*, unavailable)
extension OutgoingFaults: Sendable {}
