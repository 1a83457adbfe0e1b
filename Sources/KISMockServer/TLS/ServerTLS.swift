import KISWire
import NIOCore

#if TLS
  import NIOSSL

  /// What makes https and wss of accepted connections. TLS 1.2 or newer, as at KIS (PROTOCOL section 1).
  struct ServerTLS: Sendable {
    /// What clients have to trust, as PEM.
    let certificate: String
    private let context: NIOSSLContext

    /// - Parameters:
    ///   - host: what the server listens on.
    ///   - time: now, by the clock that clients compare the certificate with.
    /// - Throws: ``MockServerError`` when no certificate can be made for the host.
    init(host: String, at time: KoreanTime) throws {
      do {
        let made = try SelfSignedCertificate(for: host, at: time)
        certificate = made.pem
        var configuration = TLSConfiguration.makeServerConfiguration(
          certificateChain: [.certificate(made.certificate)], privateKey: .privateKey(made.key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        context = try NIOSSLContext(configuration: configuration)
      } catch {
        throw MockServerError(description: "cannot make a certificate for \(host): \(error)")
      }
    }

    /// Puts TLS between the socket and whatever the pipeline gets after it.
    func begin(on channel: any Channel) throws {
      try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
    }
  }
#else
  /// A build without TLS can make none.
  struct ServerTLS: Sendable {
    let certificate: String

    /// - Throws: ``MockServerError``, always, with what to run instead.
    init(host: String, at time: KoreanTime) throws {
      throw MockServerError(
        description: "this build leaves TLS out; run `swift run --traits TLS kis-mock serve --tls`")
    }

    func begin(on channel: any Channel) throws {}
  }
#endif
