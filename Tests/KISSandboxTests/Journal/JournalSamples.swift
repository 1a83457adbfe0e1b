import KISWire

@testable import KISSandbox
@testable import KISScenario

/// Short ways to say what tests of the journal say all the time.
extension JournalEntry.Content {
  static func get(
    _ path: String, _ transactionID: TransactionID = "", status: Int = 200, code: String = "MCA00000",
    isMatched: Bool = true,
    parameters: [NameValue] = []
  ) -> Self {
    .request(
      ObservedRequest(method: "GET", path: path, transactionID: transactionID, parameters: parameters),
      JournalAnswer(status: status, code: code, source: isMatched ? .recording : .unmatched))
  }

  static func registered(_ transactionID: TransactionID, _ key: String, code: String = "OPSP0000") -> Self {
    .register(JournalRegistration(transactionID: transactionID, key: key, code: code))
  }
}

extension JournalQuery {
  /// Reads a query as the admin API does.
  static func reading(_ text: String) throws -> JournalQuery {
    try JournalQuery(YAMLNode(parsing: text, file: "query"))
  }
}

extension JournalExpectation {
  /// Reads an expectation as a scenario does.
  static func reading(_ text: String) throws -> JournalExpectation {
    try JournalExpectation(YAMLNode(parsing: text, file: "expect"))
  }
}
