import KISWire

/// The headers that say who the customer is (PROTOCOL section 2.1).
struct CustomerHeaders {
  private let request: RESTRequest

  init(_ request: RESTRequest) { self.request = request }

  /// Whether a company names its customer by `personalseckey`, which stands for the app secret.
  var hasPersonalKey: Bool { isCorporate && request.header("personalseckey")?.isEmpty == false }

  /// Why they are refused: neither P nor B, a company in paper trading, or one that leaves out what is demanded of
  /// companies: `seq_no` (three digits), `phone_number` and `ip_addr` of its customer, and the key that names him. The
  /// record has codes for these; of `gt_uid` it has none.
  func refusal(on venue: Venue) -> MessageCode? {
    guard ["", "P", "B"].contains(customerType) else { return MessageCode("EGW00208") }
    guard isCorporate else { return nil }
    if venue == .vts { return .noPaperTradingForCompanies }
    let number = request.header("seq_no") ?? ""
    guard number.utf8.count == 3, number.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return MessageCode("EGW00209")
    }
    if isMissing("phone_number") { return MessageCode("EGW00212") }
    if isMissing("ip_addr") { return MessageCode("EGW00207") }
    return hasPersonalKey ? nil : .invalidCustomerKey
  }

  private func isMissing(_ header: String) -> Bool { request.header(header)?.isEmpty ?? true }

  private var isCorporate: Bool { customerType == "B" }
  private var customerType: String { request.header("custtype") ?? "" }
}
