import KISMarket
import KISRecording
public import KISWire

/// Where the answer of an API comes from and what it heeds, as found out by asking it.
public struct APIDescription: Sendable {
  /// The API.
  public let api: RESTAPI
  /// Who answers it: the first of these that gives it a figure.
  public let source: Source
  /// Whether a recording that is loaded holds answers of it; these come first, except for orders and accounts.
  public let isRecorded: Bool
  /// Its parameters that change the answer, in the order of the document.
  public let honoured: [String]
  /// Those that are taken and not looked at.
  public let ignored: [String]
  /// How many fields its answer has, and which of them are made up around their names.
  public let fieldCount: Int
  public let madeUp: [String]

  /// Who answers an API.
  public enum Source: String, Sendable, CaseIterable {
    /// The exchange and its accounts: orders, and what follows from them.
    case exchange
    /// The market: prices, volumes, books, rankings, charts.
    case market
    /// The calendar of trading days.
    case calendar
    /// Words and chance, in the shape of the document.
    case generic
  }
}

extension Sandbox {
  /// Asks every REST API that has a `tr_id` once, and tells what its answer is made of.
  public func describeAPIs() -> [APIDescription] {
    Catalogue.rest.filter { !$0.ids(on: configuration.venue).isEmpty }.map { describe($0) }
  }

  private func describe(_ api: RESTAPI) -> APIDescription {
    let trace = AnswerTrace()
    let id = api.ids(on: configuration.venue).first ?? ""
    let sample = SampleQuestion(api, id: id, moment: marketTime, in: stage.market)
    let request = RESTRequest(
      method: api.method, path: api.path, query: api.method == "GET" ? sample.parameters : [],
      headers: [("tr_id", id.rawValue)],
      body: api.method == "GET"
        ? [] : JSONValue.object(JSONObject(sample.parameters.map { ($0.0, JSONValue.string($0.1)) })).utf8)
    var asked = asked(request, by: api)
    asked.trace = trace
    let isExchange = exchangeAnswer(to: request, &asked, appKey: "") != nil || asked.account != nil
    if !asked.isTradedByExchange, !asked.isReservation { _ = generatedAnswer(to: request, asked) }
    let special: APIDescription.Source? =
      isExchange || asked.simulatedOutputs() == nil ? nil : id == "CTCA0903R" ? .calendar : .market
    // Cursors are read before there is a request to trace.
    let read = trace.readNames.union(api.paging.cursors.map { $0.uppercased() }.filter { $0.contains("_NK") })
    let names = api.parameters.map(\.name)
    let origins = trace.origins
    let madeUp = (origins[.generic] ?? []).sorted()
    return APIDescription(
      api: api, source: special ?? source(origins, isExchange: isExchange), isRecorded: isRecorded(api),
      honoured: names.filter { read.contains($0.uppercased()) },
      ignored: names.filter { !read.contains($0.uppercased()) },
      fieldCount: origins.values.reduce(0) { $0 + $1.count }, madeUp: madeUp)
  }

  /// Made up is what has no figure of anybody's.
  private func source(
    _ origins: [AnswerTrace.Origin: Set<String>], isExchange: Bool
  ) -> APIDescription.Source {
    if isExchange { return .exchange }
    let market = origins[.market]?.count ?? 0
    return market > 0 && market * 2 >= (origins[.generic]?.count ?? 0) ? .market : .generic
  }

  private func isRecorded(_ api: RESTAPI) -> Bool {
    configuration.recordings.contains { !$0.exchanges.near(path: api.path).filter { $0.path == api.path }.isEmpty }
  }
}

/// A question that an API answers with something: its own instrument, today, the first of whatever can be chosen.
private struct SampleQuestion {
  let parameters: [(String, String)]

  init(_ api: RESTAPI, id: TransactionID, moment: KoreanTime, in quotes: QuotedMarket) {
    let empty = AnswerRequest(
      api: api, id: id, parameters: [], moment: moment, venue: .real, quotes: quotes, page: 0)
    let symbol = empty.defaultInstrument.symbol
    let isRanking = api.path.contains("/ranking/") || api.path.hasSuffix("-rank")
    parameters = api.parameters.map { parameter in
      let name = parameter.name.uppercased()
      let value =
        switch name {
        case "CANO": "12345678"
        case "ACNT_PRDT_CD":
          empty.market.desk == .contracts ? "03" : empty.market.desk == .contractsAbroad ? "08" : "01"
        case "FID_INPUT_ISCD": isRanking ? "0000" : symbol
        case "SHT_CD" where api.path.contains("/ksdinfo/"): ""
        case "PDNO", "SYMB", "SRS_CD", "SHT_CD", "MKSC_SHRN_ISCD", "SHTN_PDNO", "OVRS_FUTR_FX_PDNO", "ITEM_CD",
          "OVRS_PDNO":
          symbol
        case "EXCD": "NAS"
        case "OVRS_EXCG_CD": "NASD"
        case "PRDT_TYPE_CD": "300"
        case _ where name.hasPrefix("FID_COND_MRKT_DIV_CODE"): empty.market == .index ? "U" : "J"
        case "F_DT": CalendarDate(of: moment).advanced(by: -365).compact
        case _ where name.contains("DATE") || name.hasSuffix("_DT") || name.hasSuffix("YMD"): moment.compactDate
        case _ where name.contains("HOUR"): "100000"
        case "ORD_DVSN_CD" where empty.market.desk == .contracts: "01"
        case "ORD_DVSN", "ORD_DVSN_CD": "00"
        case _ where name.contains("QTY"): "1"
        case _ where name.hasPrefix("CTX_") || name == "KEYB" || name == "AUTH": ""
        default: "0"
        }
      return (parameter.name, value)
    }
  }
}
