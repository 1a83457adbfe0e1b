import KISWire

/// Whether a request's tr_id and parameters are ones that the API takes (PROTOCOL sections 2.3 and 2.6).
struct RequestValidation {
  let api: RESTAPI
  let venue: Venue
  var knownCodes = KnownCodes.standard
  var acceptsAnyCode = false

  /// What KIS answers when they are not; nil when they are.
  func refusal(of request: RESTRequest) -> RESTAnswer? {
    refusal(ofTransactionID: TransactionID(request.transactionID)) ?? refusal(ofParameters: request.parameters)
  }

  /// Whether the API goes by the request's tr_id at all.
  func knowsTransaction(of request: RESTRequest) -> Bool {
    api.ids.contains(TransactionID(request.transactionID))
  }

  private func refusal(ofTransactionID id: TransactionID) -> RESTAnswer? {
    guard !id.rawValue.isEmpty else {
      return .inputRefusal(
        .transactionIDNotFound, "JSON PARSING ERROR : tr_id not found", resultCode: "1")
    }
    if api.ids(on: venue).contains(id) { return nil }
    if venue == .vts, id.rawValue.hasPrefix("T"), api.ids.contains(id) {
      return .gatewayRefusal(.notAPaperTransaction)
    }
    return .inputRefusal(.noSuchService, MessageCode.noSuchService.text ?? "", resultCode: "1")
  }

  private func refusal(ofParameters parameters: [String: String]) -> RESTAnswer? {
    for parameter in api.parameters where parameter.isRequired && parameters[parameter.name.uppercased()] == nil {
      // Account TRs word it in another way than quotations do.
      let text =
        isAccount ? "ERROR : INPUT_FIELD_NAME \(parameter.name)" : "ERROR INPUT FIELD NOT FOUND [\(parameter.name)]"
      return .inputRefusal(.invalidInput, text)
    }
    if let refusal = refusal(ofMarketsIn: parameters) { return refusal }
    guard api.ids.contains(.foreignInstitutionTotal) else { return nil }
    for (name, values) in RequestValidation.foreignInstitutionTotal {
      // An empty value is accepted (quirk 20).
      guard let value = parameters[name], !value.isEmpty, !values.contains(value) else { continue }
      return .inputRefusal(.invalidInput, "ERROR INVALID \(name)")
    }
    guard let code = parameters["FID_INPUT_ISCD"], !code.isEmpty, code != "0000", !acceptsAnyCode,
      knownCodes.industry(code) == nil
    else { return nil }
    return .inputRefusal(.invalidInput, "ERROR INVALID FID_INPUT_ISCD")
  }

  /// A market code that KIS does not have.
  private func refusal(ofMarketsIn parameters: [String: String]) -> RESTAnswer? {
    let wrong = parameters.filter { name, value in
      name.hasPrefix("FID_COND_MRKT_DIV_CODE") && !value.isEmpty && !RequestValidation.markets.contains(value)
    }
    guard !acceptsAnyCode, let name = wrong.keys.min() else { return nil }
    return .inputRefusal(.invalidInput, "ERROR INVALID \(name)")
  }

  /// Every market code (조건 시장 분류 코드) of KIS's own samples: KRX, NXT and both; industries, ELW, ETF; futures, options,
  /// commodities and their night sessions; bonds; indices, rates, currencies and treasury bonds abroad; provisional figures.
  private static let markets: Set<String> = [
    "J", "NX", "UN", "U", "W", "Q", "F", "O", "JF", "JO", "CF", "CM", "EU", "MU", "B", "E", "I", "N", "X", "KX", "S",
    "V",
  ]

  private var isAccount: Bool { api.path.contains("/trading/") }

  /// Which values foreign-institution-total takes beside an industry code (section 2.6).
  private static let foreignInstitutionTotal: [(name: String, values: Set<String>)] = [
    ("FID_COND_MRKT_DIV_CODE", ["V"]), ("FID_COND_SCR_DIV_CODE", ["16449"]), ("FID_DIV_CLS_CODE", ["0", "1"]),
    ("FID_RANK_SORT_CLS_CODE", ["0", "1"]), ("FID_ETC_CLS_CODE", ["0", "1", "2", "3"]),
  ]
}
