#if TLS
  import Crypto
  import Foundation
  import KISWire
  import NIOSSL
  import SwiftASN1
  import X509

  /// A certificate for a server on this machine, signed by itself, and the key that goes with it.
  ///
  /// The key comes from the system's randomness and not from the mock's seed: people may tell their machine to trust
  /// the certificate, so nobody must be able to work the key out.
  struct SelfSignedCertificate {
    let certificate: NIOSSLCertificate
    let key: NIOSSLPrivateKey
    /// The certificate as text, for clients that are to trust it.
    let pem: String

    /// - Parameters:
    ///   - host: a name or an address that it is for, beside `localhost`, `127.0.0.1` and `::1`.
    ///   - time: now, as clients see it; it is valid from a day before to a year after.
    /// - Throws: when the host is no name that a certificate can hold.
    init(for host: String, at time: KoreanTime) throws {
      let key = P256.Signing.PrivateKey()
      let name = try DistinguishedName { CommonName("kis-mock") }
      let certificate = try Certificate(
        version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: Certificate.PublicKey(key.publicKey),
        notValidBefore: (time + .days(-1)).date, notValidAfter: (time + .days(365)).date,
        issuer: name, subject: name,
        extensions: try Certificate.Extensions {
          Critical(BasicConstraints.notCertificateAuthority)
          try ExtendedKeyUsage([.serverAuth])
          SubjectAlternativeNames(SelfSignedCertificate.names(with: host))
        },
        issuerPrivateKey: Certificate.PrivateKey(key))
      let document = try certificate.serializeAsPEM()
      pem = document.pemString + "\n"
      self.certificate = try NIOSSLCertificate(bytes: document.derBytes, format: .der)
      self.key = try NIOSSLPrivateKey(bytes: Array(key.derRepresentation), format: .der)
    }

    private static func names(with host: String) -> [GeneralName] {
      let local = ["localhost", "127.0.0.1", "::1"]
      return (local.contains(host) ? local : local + [host]).map { name in
        addressBytes(name).map { .ipAddress(ASN1OctetString(contentBytes: $0[...])) } ?? .dnsName(name)
      }
    }

    /// An address in network byte order: 4 bytes of IPv4, 16 of IPv6; nil for a name.
    private static func addressBytes(_ text: String) -> [UInt8]? {
      for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
        var bytes = [UInt8](repeating: 0, count: count)
        if inet_pton(family, text, &bytes) == 1 { return bytes }
      }
      return nil
    }
  }

  extension KoreanTime {
    fileprivate var date: Date { Date(timeIntervalSince1970: Double(epochNanoseconds) / 1e9) }
  }

  extension Duration {
    fileprivate static func days(_ count: Int) -> Duration { .seconds(count * 86_400) }
  }
#endif
