import KISWire

/// The headers that say who the customer is (PROTOCOL section 2.1).
struct CustomerHeaders {
  private let request: RESTRequest

  init(_ request: RESTRequest) { self.request = request }

  /// Whether a company names its customer by `personalseckey`, which stands for the app secret.
  var hasPersonalKey: Bool { isCorporate && request.header("personalseckey")?.isEmpty == false }

  /// Why they are refused: neither P nor B, a company in paper trading, a `seq_no` that is not three digits.
  func refusal(on venue: Venue) -> MessageCode? {
    guard ["", "P", "B"].contains(customerType) else { return MessageCode("EGW00208") }
    guard isCorporate else { return nil }
    if venue == .vts { return .noPaperTradingForCompanies }
    let number = request.header("seq_no") ?? ""
    let isGood = number.isEmpty || number.utf8.count == 3 && number.utf8.allSatisfy { (0x30...0x39).contains($0) }
    return isGood ? nil : MessageCode("EGW00209")
  }

  private var isCorporate: Bool { customerType == "B" }
  private var customerType: String { request.header("custtype") ?? "" }
}
