import KISWire

extension SandboxConfiguration {
  /// What KIS answers about an account that nobody has (PROTOCOL section 2.3); nil when it exists, or no account was
  /// named.
  func refusal(ofAccountIn parameters: [String: String]) -> RESTAnswer? {
    guard !accounts.isEmpty, let number = parameters["CANO"], !number.isEmpty else { return nil }
    let account = number + "-" + (parameters["ACNT_PRDT_CD"] ?? "")
    return accounts.contains(account) ? nil : .refusal(.invalidAccount)
  }
}
