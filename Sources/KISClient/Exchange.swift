import KISTransport

extension ClientConfiguration {
  /// One request to the REST host.
  func exchange() throws -> HTTPExchange {
    HTTPExchange(try Endpoint(restURL), trust: trust, timeout: timeout, clock: clock)
  }

  /// The certificates that the transport trusts.
  var trust: TLSTrust { trustedCertificates.map(TLSTrust.certificates(atPath:)) ?? .system }
}

extension ClientError {
  /// An answer that is not KIS's: the gateway sends HTML now and then (quirk 37).
  init(unexpected answer: HTTPAnswer, from path: String) {
    let start = String(decoding: answer.body.prefix(120), as: UTF8.self)
    self.init(
      .unexpectedAnswer, "\(path) answered HTTP \(answer.status) with what KIS does not send: \(start)",
      status: answer.status)
  }
}
