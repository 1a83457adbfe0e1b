import KISWire

/// Which (tr_id, tr_key) pairs the service knows at a venue (PROTOCOL sections 3.3, 4 and 8).
struct RegistrationRules {
  var venue: Venue

  /// The refusal of a pair that does not exist; nil when it may be registered.
  func refusal(of request: RegistrationRequest, _ header: RegistrationReply.Header) -> RegistrationReply? {
    guard let entry = Catalogue.realtime(request.transactionID), entry.id(on: venue) == request.transactionID else {
      return .refused(header, .invalidTransactionID)
    }
    guard entry.key == .htsID else { return nil }
    // Numeric HTS ids are written with a leading dollar sign (quirk 89).
    return request.key.allSatisfy(\.isNumber) ? .refused(.null, .wrongHTSID) : nil
  }
}
