import KISMarket
import KISWire

/// A request about an instrument that does not exist where it is looked for.
///
/// KIS does not refuse these: quotations succeed with nothing in them, zeros for domestic shares and blanks elsewhere;
/// only the product register (상품기본조회) says that there is no such instrument.
extension AnswerRequest {
  /// Whether what was asked about cannot be there, by the form of its code or the exchange that was named.
  var isAboutNothing: Bool {
    // Opinions by member name a member in the place of a share.
    guard !acceptsAnyCode, !isAccount || isProductRegister || !api.path.holds("/trading/"),
      !api.path.hasSuffix("/invest-opbysec"), !api.path.hasSuffix("multprice"), let code = subjectCode
    else { return false }
    if isProductRegister { return !isListed(code, as: parameter("PRDT_TYPE_CD") ?? "300") }
    // A warrant of a month that is to come is not listed yet.
    if [.elw, .kospi].contains(market), let term = instrument?.term, marketTime.date < term.lowerBound { return true }
    if api.path.holds("/domestic-futureoption/") { return !isContract(code) }
    if api.path.hasSuffix("/inquire-elw-price") { return !isWarrant(code) }
    switch market {
    case .kospi, .kosdaq, .etf:
      if code.count <= 4, code.isAllDigits { return !isIndustry(code) }
      return !mayBeAtHome(code) || api.path.holds("/etfetn/") && isShare(code) || isNotOnNextrade
    case .overseas:
      return isChartOfNothing || isListedElsewhere(code)
        || instrument.map { $0.kind != .index && !knownCodes.mayExist($0.code, as: .overseasShare) } ?? false
    case .index:
      return api.path.holds("/domestic-stock/") && knownCodes.industry(code) == nil && code.contains { $0 != "0" }
    case .bond: return !AnswerRequest.isSecurityNumber(code)
    case .overseasFutures: return isOfOtherExchange(code)
    // What is compared may be a share (ELW 비교대상종목).
    case .elw: return !isListOfWarrants && !isWarrant(code) && !(api.path.hasSuffix("/compare-stocks") && isShare(code))
    default: return false
    }
  }

  /// The answer to such a request.
  var answerAboutNothing: Envelope {
    if isProductRegister {
      return .error("APBK0656")
    }
    var outputs: JSONObject = [:]
    for output in api.outputs { outputs[output.key] = market == .kospi ? nothing(output) : blank(output) }
    guard !isAccount else {
      let (code, message) = successMessage(hasMore: false, isEmpty: true)
      return .success(outputs, code: code, message: message)
    }
    return .success(outputs, code: .quotationSuccess, message: "정상처리 되었습니다.")
  }

  /// Whether NXT is asked about what it does not list: funds, notes, warrants and shares that trade seldom.
  private var isNotOnNextrade: Bool {
    Tape(marketDivision: parameter("FID_COND_MRKT_DIV_CODE")) == .nxt && instrument?.isOnNextrade == false
  }

  private var isProductRegister: Bool { api.path.hasSuffix("/search-info") || api.path.hasSuffix("/search-stock-info") }

  private func blank(_ output: RESTAPI.Output) -> JSONValue {
    output.shape == .array ? [] : .object(JSONObject(output.fields.map { ($0, "") }))
  }

  /// Whether there may be a share or fund of a code.
  func mayBeAtHome(_ code: String) -> Bool { isDomestic(code) && knownCodes.mayExist(code, as: .share) }

  /// Whether warrants are listed, of whoever is named: FID_INPUT_ISCD is a member there.
  private var isListOfWarrants: Bool {
    isRanking || ["/cond-search", "/udrl-asset-list", "/udrl-asset-price"].contains(where: api.path.hasSuffix)
  }

  /// Six characters that begin with a digit, or Q and six: shares, funds, notes.
  private func isDomestic(_ code: String) -> Bool {
    return code.isAllDigitsAndCapitals
      && (code.count == 6 && code.first?.isNumber == true || code.count == 7 && code.first == "Q")
  }

  /// Whether a code of up to four digits is an industry, or all of them, where a list takes one in the place of a share.
  private func isIndustry(_ code: String) -> Bool {
    let lists = [
      "/capture-uplowprice", "/credit-by-company", "/exp-closing-price", "/foreign-institution-total",
      "/frgnmem-trade-estimate", "/inquire-vi-status", "/comp-program-trade-today",
    ]
    guard isRanking || lists.contains(where: api.path.hasSuffix) else { return false }
    return knownCodes.industry(code) != nil || !code.contains { $0 != "0" }
  }

  /// Whether a code is a future's or an option's of KRX by its form, be it that it has expired.
  private func isContract(_ code: String) -> Bool {
    if let known = knownCodes.instrument(code) { return Instrument.Market(known).isDerivative }
    return code.isAllDigitsAndCapitals && (5...9).contains(code.utf8.count) && !code.isAllDigits
      && code.first.map("1234ABCD".contains) == true
  }

  /// Whether a code is known as one of a share.
  private func isShare(_ code: String) -> Bool { knownCodes.instrument(code)?.kind == .share }

  /// Whether a code is known as one of a warrant, or looks like one: those begin with 5.
  private func isWarrant(_ code: String) -> Bool {
    if let known = knownCodes.instrument(code) { return known.kind == .elw }
    return code.utf8.count == 6 && code.isAllDigitsAndCapitals && code.first == "5" && !code.isAllDigits
      && knownCodes.mayExist(code, as: .elw)
  }

  /// Whether a share abroad is known, but not at the exchange that was named. Quotations name exchanges in three letters:
  /// the four of orders (NASD) are none to them.
  private func isListedElsewhere(_ symbol: String) -> Bool {
    guard let exchange = parameter("EXCD") ?? parameter("OVRS_EXCG_CD") else { return false }
    if parameter("EXCD") != nil, exchange.utf8.count != 3 { return true }
    let homes = knownCodes.instruments.filter { $0.kind == .overseasShare && $0.code.dropFirst(4) == symbol }
    return !homes.isEmpty && !homes.contains { $0.code.dropFirst().prefix(3) == AnswerRequest.keyExchange(exchange) }
  }

  /// Whether a future or option abroad is asked for at an exchange that does not have its product.
  private func isOfOtherExchange(_ code: String) -> Bool {
    guard let exchange = parameter("EXCH_CD") else { return false }
    let product = ForeignContract(code, on: marketTime.date).product
    let isKnown = ForeignProduct.known(product.root) != nil
    return isKnown && ![product.exchangeGroup, product.exchange].contains(exchange) && Int(exchange) != 0
  }

  /// How realtime keys call an exchange (`NAS`) that orders call otherwise (`NASD`), or that is its session by day.
  static func keyExchange(_ name: String) -> String {
    let short = String(name.prefix(3))
    return otherKeys[short] ?? (name == "HASE" ? "HNX" : name == "VNSE" ? "HSX" : short)
  }

  private static let otherKeys = [
    "BAQ": "NAS", "BAY": "NYS", "BAA": "AMS", "AME": "AMS", "SEH": "HKS", "TKS": "TSE", "SHA": "SHS", "SZA": "SZS",
  ]

  /// Whether the product register has a code under a product type (상품유형코드).
  private func isListed(_ code: String, as type: String) -> Bool {
    switch type {
    case "300": return isDomestic(code) && knownCodes.mayExist(code, as: .share)
    case "301": return knownCodes.instrument(code).map { Instrument.Market($0).isDerivative } ?? (code.count >= 6)
    case "302": return code.count == 12
    default:
      let homes = knownCodes.instruments.filter { $0.kind == .overseasShare && $0.code.dropFirst(4) == code }
      guard !homes.isEmpty else { return !isDomestic(code) }
      return homes.contains { $0.code.dropFirst().prefix(3) == AnswerRequest.exchangeOfProductType[type] ?? "" }
    }
  }

  /// Exchanges by product type (상품유형코드), as realtime keys call them.
  static let exchangeOfProductType = [
    "512": "NAS", "513": "NYS", "529": "AMS", "515": "TSE", "501": "HKS", "543": "HKS", "558": "HKS", "507": "HNX",
    "508": "HSX", "551": "SHS", "552": "SZS",
  ]
}

extension KnownCodes {
  /// The realtime symbol of a share abroad as master files list it: `DNASAAPL` for `RNASAAPL` and for `RBAQAAPL`.
  static func delayed(_ key: String) -> String {
    let exchange = AnswerRequest.keyExchange(String(key.dropFirst().prefix(3)))
    return "D" + exchange + key.dropFirst(4)
  }
}
