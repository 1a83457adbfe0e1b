import KISWire

/// Whether a request's tr_id and parameters are ones that the API takes (PROTOCOL sections 2.3 and 2.6).
struct RequestValidation {
  let api: RESTAPI
  let venue: Venue
  var knownCodes = KnownCodes.standard
  var acceptsAnyCode = false
  /// The day on which it is asked, `YYYYMMDD`.
  var day = ""

  /// What KIS answers when they are not; nil when they are.
  func refusal(of request: RESTRequest) -> RESTAnswer? {
    refusal(ofTransactionID: request.transactionID) ?? refusal(ofParameters: request.parameters)
  }

  private func refusal(ofTransactionID id: TransactionID) -> RESTAnswer? {
    guard !id.rawValue.isEmpty else {
      return .refusal(.transactionIDNotFound).from(.unmatched)
    }
    if api.ids(on: venue).contains(id) { return nil }
    let isKnown = api.ids.contains(id) || Venue.allCases.contains { api.ids(on: $0).contains(id) }
    guard isKnown else { return .refusal(.noSuchService).from(.unmatched) }
    switch venue {
    case .real: return .refusal(.notARealTransaction)
    // Logs have the inquiry server's answer for two APIs, and the gateway's for all others.
    case .vts:
      return .refusal(RequestValidation.unknownOnPaper.contains(api.path) ? .noSuchService : .notAPaperTransaction)
    }
  }

  /// Margins abroad and of all currencies (해외증거금 통화별조회, 주식통합증거금 현황).
  private static let unknownOnPaper: Set<String> = [
    "/uapi/overseas-stock/v1/trading/foreign-margin", "/uapi/domestic-stock/v1/trading/intgr-margin",
  ]

  private func refusal(ofParameters parameters: [String: String]) -> RESTAnswer? {
    for parameter in api.parameters where parameter.isRequired && parameters[parameter.name.uppercased()] == nil {
      // Of an order no message can be made without it.
      if isAccount, api.method == "POST" { return .malformedOrder }
      // Account TRs word it in another way than quotations do.
      let text =
        isAccount ? "ERROR : INPUT_FIELD_NAME \(parameter.name)" : "ERROR INPUT FIELD NOT FOUND [\(parameter.name)]"
      return .refusal(.invalidInput, text)
    }
    if let refusal = refusal(ofMarketsIn: parameters) ?? refusal(ofInquiryIn: parameters) { return refusal }
    guard api.ids.contains(.foreignInstitutionTotal) else { return nil }
    do throws(ParameterError) {
      let industry = try ForeignInstitutionTotal.Query(parameters).industry
      guard industry != "0000", !acceptsAnyCode, knownCodes.industry(industry) == nil else { return nil }
      throw ParameterError("FID_INPUT_ISCD", .invalid(industry))
    } catch {
      return .refusal(.invalidInput, error.message)
    }
  }

  /// A market code that KIS does not have.
  private func refusal(ofMarketsIn parameters: [String: String]) -> RESTAnswer? {
    let wrong = parameters.filter { name, value in
      name.hasPrefix("FID_COND_MRKT_DIV_CODE") && !value.isEmpty && !RequestValidation.markets.contains(value)
    }
    guard !acceptsAnyCode, let name = wrong.keys.min() else { return nil }
    return .refusal(.invalidInput, ParameterError(name, .invalid(wrong[name] ?? "")).message)
  }

  /// Balances are asked for by loan (INQR_DVSN 01) or by instrument (02). Users were refused 02 from 2026-02-10 on, and one
  /// found it working on 2026-05-07 (PROTOCOL section 9).
  private func refusal(ofInquiryIn parameters: [String: String]) -> RESTAnswer? {
    guard api.path == "/uapi/domestic-stock/v1/trading/inquire-balance", let kind = parameters["INQR_DVSN"],
      !kind.isEmpty, kind != "01", kind != "02" || ("20260210"..<"20260507").contains(day)
    else { return nil }
    return .refusal(.invalidInput, "ERROR : INPUT INVALID_CHECK_INQR_DVSN")
  }

  /// Every market code (조건 시장 분류 코드) of KIS's own samples: KRX, NXT and both; industries, ELW, ETF; futures, options,
  /// commodities and their night sessions; bonds; indices, rates, currencies and treasury bonds abroad; provisional figures.
  private static let markets: Set<String> = [
    "J", "NX", "UN", "U", "W", "Q", "F", "O", "JF", "JO", "CF", "CM", "EU", "MU", "B", "E", "I", "N", "X", "KX", "S",
    "V",
  ]

  private var isAccount: Bool { api.path.contains("/trading/") }
}
