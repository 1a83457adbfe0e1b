public import NIOCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

#if TLS
  import NIOSSL
#endif

extension Channel {
  /// Ends the connection with a reset (RST) instead of a FIN; what waits is lost.
  public func closeWithReset(promise: EventLoopPromise<Void>?) {
    guard let socket = self as? any SocketOptionProvider else {
      close(mode: .all, promise: promise)
      return
    }
    socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in
      #if TLS
        // TLS would send close_notify first, and the peer take that for an orderly end.
        if let tls = try? self.pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self) {
          tls.close(mode: .all, promise: promise)
          return
        }
      #endif
      self.close(mode: .all, promise: promise)
    }
  }

  /// Ends the connection with a reset (RST) instead of a FIN.
  public func closeWithReset() async throws {
    let promise = eventLoop.makePromise(of: Void.self)
    closeWithReset(promise: promise)
    try await promise.futureResult.get()
  }
}
