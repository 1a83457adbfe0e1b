#if TLS
  import NIOCore
  import NIOSSL
  import NIOTLS

  /// Stands behind TLS in a client's pipeline and tells when the connection is encrypted, or in words why it is not.
  final class TLSHandshake: ChannelInboundHandler {
    typealias InboundIn = Any

    private let endpoint: Endpoint
    private let outcome: EventLoopPromise<Void>
    private var failure: TransportError?

    init(with endpoint: Endpoint, outcome: EventLoopPromise<Void>) {
      self.endpoint = endpoint
      self.outcome = outcome
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      if case TLSUserEvent.handshakeCompleted = event { outcome.succeed() }
      context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      failure = failure ?? TransportError(.unreachable, "cannot connect to \(endpoint): \(reason(for: error))")
      context.fireErrorCaught(error)
    }

    /// Only now has everybody behind been told, so that nothing is left open when the waiting task goes on.
    func channelInactive(context: ChannelHandlerContext) {
      context.fireChannelInactive()
      fail()
    }

    func handlerRemoved(context: ChannelHandlerContext) { fail() }

    private func fail() {
      outcome.fail(failure ?? TransportError(.unreachable, "\(endpoint) hung up before the connection was encrypted"))
    }

    private func reason(for error: any Error) -> String {
      let text = "\(error)"
      if text.contains("CERTIFICATE_VERIFY_FAILED") || error as? NIOSSLError == .unableToValidateCertificate {
        return "its certificate is not trusted; a mock's is written by `kis-mock serve --tls --tls-certificate FILE`, "
          + "and trusted with `--trust FILE` or ClientConfiguration.trustedCertificates"
      }
      if text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST") {
        return "it does not speak TLS; try http or ws"
      }
      return text
    }
  }
#endif
