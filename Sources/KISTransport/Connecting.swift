package import NIOCore
import NIOPosix

#if TLS
  import NIOSSL
#endif

extension Endpoint {
  /// Opens a connection for whoever speaks a protocol of its own on it; TLS first when the URL says so.
  ///
  /// - Throws: ``TransportError`` with code `unreachable` or `noTLS`.
  package func open<Output: Sendable>(
    trust: TLSTrust, _ wrapping: @escaping @Sendable (any Channel) throws -> Output
  ) async throws -> Output {
    try await connect(trust: trust, closer: ChannelCloser()) { channel in
      channel.eventLoop.makeSucceededFuture(try wrapping(channel))
    }.get()
  }

  /// Finds out before anything connects whether this build can reach it.
  ///
  /// - Throws: ``TransportError`` with code `noTLS`, which says how to get a build that can.
  package func check(trust: TLSTrust) throws { _ = try tls(trust) }

  /// Opens a connection; TLS first when the URL says so, then what `initializer` adds.
  ///
  /// - Throws: ``TransportError`` with code `unreachable` or `noTLS`.
  func connect<Output: Sendable>(
    trust: TLSTrust, closer: ChannelCloser,
    _ initializer: @escaping @Sendable (any Channel) throws -> EventLoopFuture<Output>
  ) async throws -> EventLoopFuture<Output> {
    let beginTLS = try tls(trust)
    do {
      return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .channelOption(.socketOption(.tcp_nodelay), value: 1)
        .connect(host: host, port: port) { channel in
          closer.add(channel)
          return channel.eventLoop.makeCompletedFuture {
            let encrypted = try beginTLS(channel)
            let output = try initializer(channel)
            return encrypted.flatMap { output }
          }
        }
    } catch let error where !(error is TransportError) {
      throw TransportError(.unreachable, "cannot connect to \(self): \(reason(for: error))")
    }
  }

  private func reason(for error: any Error) -> String {
    switch error {
    case let error as NIOConnectionError:
      if let first = error.connectionErrors.first { return reason(for: first.error) }
      return error.dnsAError.map { "\($0)" } ?? "the name \(host) has no address"
    case let error as IOError where error.errnoCode == ECONNREFUSED: return "nothing listens on port \(port)"
    case let error as IOError: return "\(error)"
    case ChannelError.connectTimeout: return "no answer"
    default: return "\(error)"
    }
  }

  #if TLS
    /// What puts TLS into a pipeline; its future succeeds once the handshake is done.
    private func tls(_ trust: TLSTrust) throws -> @Sendable (any Channel) throws -> EventLoopFuture<Void> {
      guard isSecure else { return { $0.eventLoop.makeSucceededVoidFuture() } }
      var configuration = TLSConfiguration.makeClientConfiguration()
      if case .certificates(let path) = trust { configuration.trustRoots = .file(path) }
      let context: NIOSSLContext
      do {
        context = try NIOSSLContext(configuration: configuration)
      } catch {
        let file = if case .certificates(let path) = trust { " in \(path)" } else { "" }
        throw TransportError(.noTLS, "cannot use the certificates\(file), PEM is expected: \(error)")
      }
      let isAddress = (try? SocketAddress(ipAddress: host, port: port)) != nil
      return { channel in
        let handler = try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host)
        let outcome = channel.eventLoop.makePromise(of: Void.self)
        try channel.pipeline.syncOperations.addHandlers(handler, TLSHandshake(with: self, outcome: outcome))
        return outcome.futureResult
      }
    }
  #else
    private func tls(_ trust: TLSTrust) throws -> @Sendable (any Channel) throws -> EventLoopFuture<Void> {
      guard isSecure else { return { $0.eventLoop.makeSucceededVoidFuture() } }
      throw TransportError(
        .noTLS, "\(self) needs TLS, which this build leaves out; build with `swift build --traits TLS`")
    }
  #endif
}
