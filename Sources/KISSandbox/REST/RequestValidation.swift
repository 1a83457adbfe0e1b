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

  private func refusal(ofTransactionID id: TransactionID) -> RESTAnswer? {
    guard !id.rawValue.isEmpty else {
      return .inputRefusal(.transactionIDNotFound, resultCode: "1").from(.unmatched)
    }
    if api.ids(on: venue).contains(id) { return nil }
    if venue == .vts, id.rawValue.hasPrefix("T"), api.ids.contains(id) {
      return .gatewayRefusal(.notAPaperTransaction)
    }
    let refusal = RESTAnswer.inputRefusal(.noSuchService, resultCode: "1")
    return api.ids.contains(id) ? refusal : refusal.from(.unmatched)
  }

  private func refusal(ofParameters parameters: [String: String]) -> RESTAnswer? {
    for parameter in api.parameters where parameter.isRequired && parameters[parameter.name.uppercased()] == nil {
      // Of an order no message can be made without it.
      if isAccount, api.method == "POST" { return .malformedOrder }
      // Account TRs word it in another way than quotations do.
      let text =
        isAccount ? "ERROR : INPUT_FIELD_NAME \(parameter.name)" : "ERROR INPUT FIELD NOT FOUND [\(parameter.name)]"
      return .inputRefusal(.invalidInput, text)
    }
    if let refusal = refusal(ofMarketsIn: parameters) { return refusal }
    guard api.ids.contains(.foreignInstitutionTotal) else { return nil }
    do throws(ParameterError) {
      let industry = try ForeignInstitutionTotal.Query(parameters).industry
      guard industry != "0000", !acceptsAnyCode, knownCodes.industry(industry) == nil else { return nil }
      throw ParameterError("FID_INPUT_ISCD", .invalid(industry))
    } catch {
      return .inputRefusal(.invalidInput, error.message)
    }
  }

  /// A market code that KIS does not have.
  private func refusal(ofMarketsIn parameters: [String: String]) -> RESTAnswer? {
    let wrong = parameters.filter { name, value in
      name.hasPrefix("FID_COND_MRKT_DIV_CODE") && !value.isEmpty && !RequestValidation.markets.contains(value)
    }
    guard !acceptsAnyCode, let name = wrong.keys.min() else { return nil }
    return .inputRefusal(.invalidInput, ParameterError(name, .invalid(wrong[name] ?? "")).message)
  }

  /// Every market code (조건 시장 분류 코드) of KIS's own samples: KRX, NXT and both; industries, ELW, ETF; futures, options,
  /// commodities and their night sessions; bonds; indices, rates, currencies and treasury bonds abroad; provisional figures.
  private static let markets: Set<String> = [
    "J", "NX", "UN", "U", "W", "Q", "F", "O", "JF", "JO", "CF", "CM", "EU", "MU", "B", "E", "I", "N", "X", "KX", "S",
    "V",
  ]

  private var isAccount: Bool { api.path.contains("/trading/") }
}
