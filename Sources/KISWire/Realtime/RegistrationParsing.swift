extension RegistrationRequest {
  /// Reads a registration or release. Key order and white space do not matter.
  ///
  /// - Throws: ``RegistrationError`` with KIS's own code for the first thing that is wrong, checked from the outside
  ///   in: JSON (OPSP9999), header (9998), body (9992), input (9991), approval_key (9996), custtype (9997, 8998),
  ///   tr_type (8997), tr_id (8991), tr_key (9990, 8993).
  public init(parsing message: [UInt8]) throws(RegistrationError) {
    let json: JSONValue
    do {
      json = try JSONValue(parsing: message)
    } catch {
      throw RegistrationError(.invalidJSON, error)
    }
    let scope = RegistrationScope(json)
    let header = try scope.object("header", in: json, missing: .headerNotFound)
    let body = try scope.object("body", in: json, missing: .bodyNotFound)
    let input = try scope.object("input", in: .object(body), missing: .inputNotFound)
    let approvalKey = try scope.text("approval_key", in: header, missing: .appKeyNotFound, invalid: .appKeyNotFound)
    let customerType: CustomerType = try scope.choice(
      "custtype", in: header, missing: .customerTypeNotFound, invalid: .invalidCustomerType)
    let action: Action = try scope.choice(
      "tr_type", in: header, missing: .invalidTransactionType, invalid: .invalidTransactionType)
    let id = try scope.text("tr_id", in: input, missing: .invalidTransactionID, invalid: .invalidTransactionID)
    let key = try scope.text("tr_key", in: input, missing: .keyNotFound, invalid: .invalidKey)
    let others = header.members.filter { !RegistrationScope.ownNames.contains($0.name) }
    self.init(
      action, TransactionID(id), key: key, approvalKey: approvalKey, customerType: customerType,
      otherHeader: JSONObject(others))
  }

  /// Reads a registration or release from text.
  public init(parsing text: String) throws(RegistrationError) {
    try self.init(parsing: Array(text.utf8))
  }
}

/// What is known of a message while its parts are looked up, so that each error can name the pair it belongs to.
private struct RegistrationScope {
  static let ownNames: Set<String> = ["approval_key", "custtype", "tr_type"]

  let transactionID: TransactionID?
  let key: String?

  init(_ json: JSONValue) {
    let input = json["body"]?["input"]
    transactionID = input?["tr_id"]?.string.map { TransactionID($0) }
    key = input?["tr_key"]?.string
  }

  func object(_ name: String, in parent: JSONValue, missing: MessageCode) throws(RegistrationError) -> JSONObject {
    guard let object = parent[name]?.object else {
      throw error(missing, expected: "an object \"\(name)\"", found: parent[name])
    }
    return object
  }

  func text(
    _ name: String, in parent: JSONObject, missing: MessageCode, invalid: MessageCode
  ) throws(RegistrationError) -> String {
    guard let value = parent[name] else { throw error(missing, expected: "a member \"\(name)\"", found: nil) }
    guard let text = value.string, !text.isEmpty else {
      throw error(invalid, expected: "text in \"\(name)\"", found: value)
    }
    return text
  }

  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, in parent: JSONObject, missing: MessageCode, invalid: MessageCode
  ) throws(RegistrationError) -> Choice {
    let text = try text(name, in: parent, missing: missing, invalid: invalid)
    guard let choice = Choice(rawValue: text) else {
      let choices = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
      throw error(invalid, expected: "\(choices) in \"\(name)\"", found: .string(text))
    }
    return choice
  }

  private func error(_ code: MessageCode, expected: String, found: JSONValue?) -> RegistrationError {
    RegistrationError(
      code, WireError(.registration, expected: expected, found: found?.text ?? "none", at: 0),
      transactionID: transactionID, key: key)
  }
}
