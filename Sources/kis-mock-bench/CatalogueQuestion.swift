import KISMarket
import KISWire

/// A question to an API of the catalogue, its parameters filled in as a client would.
struct CatalogueQuestion: Sendable {
  let name: String
  let id: TransactionID
  let path: String
  let parameters: [NameValue]

  /// The constant answer, which knows no rule, token, journal or market.
  static let health = "GET /__admin/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"

  /// What clients ask most, and the ratio that each has to reach.
  static let usual: [(CatalogueQuestion, target: Double)] = [
    (price("005930", name: "inquire-price of a share in play"), 0.4),
    (price("247540", name: "generated inquire-price"), 0.4),
    (of("FHPTJ04400000", name: "foreign-institution-total"), 0.2),
    (of("FHPST01710000", name: "volume-rank"), 0.2),
  ]

  /// The level of KOSPI.
  static let index = of("FHPUP02100000", name: "index", ["FID_COND_MRKT_DIV_CODE": "U", "FID_INPUT_ISCD": "0001"])

  /// The price of every share and fund that the market knows by name, and the level of every index.
  static let builtIn = Instrument.builtIn.compactMap { instrument -> CatalogueQuestion? in
    let name = "price of \(instrument.code)"
    switch instrument.kind {
    case .share, .etf, .etn: return price(instrument.code, name: name)
    case .index:
      return of("FHPUP02100000", name: name, ["FID_COND_MRKT_DIV_CODE": "U", "FID_INPUT_ISCD": instrument.code])
    case .overseasShare:
      // `DNASAAPL`: delay, exchange, symbol.
      let (place, symbol) = (instrument.code.dropFirst().prefix(3), instrument.code.dropFirst(4))
      return of("HHDFS00000300", name: name, ["EXCD": String(place), "SYMB": String(symbol)])
    default: return nil
    }
  }

  /// The price of each of some instruments.
  static func questions(of instruments: [Instrument]) -> [CatalogueQuestion] {
    instruments.map { price($0.code, name: "price of \($0.code)") }
  }

  /// One question to each API that asks; those that order are left out.
  static let all = Catalogue.rest.filter { $0.method == "GET" && !$0.ids.isEmpty }.map {
    CatalogueQuestion($0, name: $0.path.split(separator: "/").dropFirst().joined(separator: "/"))
  }

  private static func price(_ code: String, name: String) -> CatalogueQuestion {
    of("FHKST01010100", name: name, ["FID_INPUT_ISCD": code])
  }

  private static func of(
    _ id: TransactionID, name: String, _ given: [String: String] = [:]
  ) -> CatalogueQuestion {
    guard let api = Catalogue.rest(id) else { preconditionFailure("the catalogue has no \(id.rawValue)") }
    return CatalogueQuestion(api, name: name, given)
  }

  private init(_ api: RESTAPI, name: String, _ given: [String: String] = [:]) {
    self.name = name
    id = api.ids[0]
    path = api.path
    parameters = api.parameters.map { parameter in
      let name = parameter.name.uppercased()
      return NameValue(parameter.name, given[name] ?? CatalogueQuestion.value(of: name, for: api))
    }
  }

  /// The request as it goes over the wire.
  func request(token: String) -> String {
    let query = parameters.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    return RecordedQuestions.request("\(path)?\(query)", id, token: token)
  }

  /// What a parameter says in a question about the market as a whole where an API has that, else about its best known
  /// instrument; empty where nothing has to be said.
  private static func value(of name: String, for api: RESTAPI) -> String {
    let isInvestorRanking = api.ids.contains(.foreignInstitutionTotal)
    let isRanking = api.path.contains("/ranking/") || api.path.hasSuffix("/volume-rank") || isInvestorRanking
    return switch name {
    case "FID_COND_MRKT_DIV_CODE": isInvestorRanking ? "V" : place(of: api).market
    case "FID_COND_SCR_DIV_CODE": isInvestorRanking ? "16449" : "20171"
    case "FID_INPUT_ISCD", "PDNO", "MKSC_SHRN_ISCD", "SRS_CD", "SHT_CD", "SHTN_PDNO":
      isRanking ? "0000" : place(of: api).code
    case _ where api.path.hasSuffix("multprice"): several(name)
    case "SYMB", "OVRS_PDNO": "AAPL"
    case "EXCD": "NAS"
    case "OVRS_EXCG_CD": "NASD"
    case "CANO": "12345678"
    case "ACNT_PRDT_CD": "01"
    case "FID_INPUT_DATE_1", "INQR_STRT_DT", "STRT_DT": "20250601"
    case "FID_INPUT_DATE_2", "INQR_END_DT", "END_DT": "20260921"
    case "FID_PERIOD_DIV_CODE": "D"
    case "INQR_DVSN", "ORD_DVSN": "01"
    case _ where isInvestorRanking && name.hasSuffix("_CLS_CODE"): "0"
    default: ""
    }
  }

  /// What a parameter says in a question about as many instruments as there may be (관심종목 멀티시세).
  private static func several(_ name: String) -> String {
    let place = name.split(separator: "_").last.flatMap { Int($0) } ?? 0
    func code(_ instruments: [Instrument]) -> String {
      instruments.indices.contains(place - 1) ? String(instruments[place - 1].code) : ""
    }
    return switch name {
    case "NREC": "10"
    case _ where place == 0: ""
    case _ where name.hasPrefix("EXCD_"): "NAS"
    case _ where name.hasPrefix("SYMB_"):
      String(code(Instrument.builtIn.filter { $0.code.hasPrefix("DNAS") }).dropFirst(4))
    case _ where name.hasPrefix("FID_INPUT_ISCD_"): code(Instrument.builtIn.filter { $0.kind == .share })
    default: "J"
    }
  }

  /// The market code of an API's instruments, and the code of one of them.
  private static func place(of api: RESTAPI) -> (market: String, code: String) {
    let path = api.path
    if path.contains("/elw/") { return ("W", "57JN53") }
    if path.contains("/domestic-futureoption/") { return ("F", "A05608") }
    if path.contains("/domestic-bond/") { return ("B", "KR103502GD31") }
    if path.contains("/overseas-price/") { return ("N", "AAPL") }
    return path.contains("index") ? ("U", "0001") : ("J", "005930")
  }
}
