package import KISWire
package import NIOCore

/// TLS that cannot be set up, and what to do about it.
package struct FrontDoorError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong and what would help, in one line.
  package let description: String
}

#if TLS
  import NIOSSL

  /// What makes https and wss of accepted connections. TLS 1.2 or newer, as at KIS (PROTOCOL section 1).
  package struct ServerTLS: Sendable {
    /// What clients have to trust, as PEM.
    package let certificate: String
    private let context: NIOSSLContext

    /// - Parameters:
    ///   - host: what the server listens on.
    ///   - time: now, by the clock that clients compare the certificate with.
    /// - Throws: ``FrontDoorError`` when no certificate can be made for the host.
    package init(host: String, at time: KoreanTime) throws(FrontDoorError) {
      do {
        let made = try SelfSignedCertificate(for: host, at: time)
        certificate = made.pem
        var configuration = TLSConfiguration.makeServerConfiguration(
          certificateChain: [.certificate(made.certificate)], privateKey: .privateKey(made.key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        context = try NIOSSLContext(configuration: configuration)
      } catch {
        throw FrontDoorError(description: "cannot make a certificate for \(host): \(error)")
      }
    }

    /// Puts TLS between the socket and whatever the pipeline gets after it.
    package func begin(on channel: any Channel) throws {
      try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
    }
  }
#else
  /// A build without TLS can make none.
  package struct ServerTLS: Sendable {
    package let certificate: String

    /// - Throws: ``FrontDoorError``, always, with what to run instead.
    package init(host: String, at time: KoreanTime) throws(FrontDoorError) {
      throw FrontDoorError(
        description: "this build leaves TLS out; run `swift run --traits TLS kis-mock serve --tls`")
    }

    package func begin(on channel: any Channel) throws {}
  }
#endif
