import KISWire

extension SandboxConfiguration {
  /// What KIS answers about an account that nobody has (PROTOCOL section 2.3), or that is no account by its form: eight
  /// digits (CANO) and two (ACNT_PRDT_CD). Nil when it may exist, or no account was named.
  ///
  /// - Parameter isOrder: orders are answered APAC0081 then, as logged, inquiries OPSQ2000.
  func refusal(ofAccountIn parameters: [String: String], isOrder: Bool) -> RESTAnswer? {
    guard let number = parameters["CANO"] else { return nil }
    let product = parameters["ACNT_PRDT_CD"]
    let isAccount = number.isDigits(8) && product?.isDigits(2) != false
    let exists = accounts.isEmpty || accounts.contains(number + "-" + (product ?? ""))
    guard !isAccount || !exists else { return nil }
    guard isOrder else { return .refusal(.invalidAccount) }
    return unknownAccount
  }

  /// What an order is answered whose account does not take it.
  var unknownAccount: RESTAnswer {
    RESTAnswer(.error("APAC0081", resultCode: venue == .real ? "7" : "1"), source: .exchange)
  }
}

extension String {
  fileprivate func isDigits(_ count: Int) -> Bool {
    utf8.count == count && isAllDigits
  }
}
