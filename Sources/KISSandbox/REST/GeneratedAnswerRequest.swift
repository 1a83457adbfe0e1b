import KISMarket
import KISRecording
import KISScenario
import KISWire

/// A request that is answered without a recording, and what can be read off it.
struct AnswerRequest {
  let api: RESTAPI
  let id: TransactionID
  let parameters: [NameValue]
  /// What moment it is in the market.
  var moment: KoreanTime
  /// When that was read, on the clock of the sandbox.
  var read = Duration.zero
  let venue: Venue
  /// The market that it is about.
  let quotes: QuotedMarket
  let page: Int
  /// The codes that are known, and whether any other code is accepted too.
  var knownCodes = KnownCodes.standard
  var acceptsAnyCode = false
  /// What provisional figures of investors show until the first of a day are keyed in.
  var beforeEntries = Scenario.BeforeEntries.zeros
  /// The account that is asked about, where the exchange keeps it, and what this request ordered.
  var account: AccountView?
  var placed: OrderRecord?
  /// The last recorded book of a code; nil where the market makes it.
  var recordedBook: (String) -> QuotedBook? = { _ in nil }
  /// Notes what the answer is made of; nil when nobody needs that.
  var trace: AnswerTrace?
  /// The number of the reservation that this request made or changed.
  var reserved: Int?

  var seed: UInt64 { quotes.seed }

  /// Whether its answer is about the market alone: no account and nothing that this request did shows in it, and nobody
  /// takes notes.
  var isAboutMarket: Bool { account == nil && placed == nil && reserved == nil && trace == nil }

  /// The moment by the market's calendar.
  var marketTime: TradingMoment { TradingMoment(moment) }

  /// A parameter's value whatever the case of its name (PROTOCOL compat: `fid_input_iscd`); nil when empty.
  func parameter(_ name: String) -> String? {
    trace?.read(name)
    return parameters.first { $0.name.isSameName(as: name) && !$0.value.isEmpty }?.value
  }

  /// Whether a parameter was sent at all, be it empty.
  func has(_ name: String) -> Bool {
    trace?.read(name)
    return parameters.contains { $0.name.isSameName(as: name) }
  }

  /// The random stream of this request. An account says the same of itself however it is asked.
  var generator: SeededGenerator {
    let asked = parameters.filter {
      isInquiry ? $0.name.uppercased() == "CANO" : !$0.name.uppercased().hasPrefix("CTX_")
    }.map { "\($0.name.uppercased())=\($0.value)" }
    return SeededGenerator(seed: seed).fork("answers").fork(api.path).fork(asked.sorted().joined(separator: "&"))
      .fork(page)
  }

  /// The instrument that was asked about; nil when the answer is a list of them.
  var instrument: Instrument? {
    guard let code = subjectCode, market == .index || !code.allSatisfy({ $0 == "0" }) else { return nil }
    // Lists of warrants take a member where others take an instrument: whoever issued them.
    if market == .elw, code.utf8.count == 5, code.allSatisfy(\.isNumber) { return nil }
    if market == .overseas {
      if let index = indexAbroad(code) { return index }
      let exchange =
        parameter("EXCD") ?? parameter("OVRS_EXCG_CD")
        ?? parameter("PRDT_TYPE_CD").flatMap {
          AnswerRequest.exchangeOfProductType[$0]
        }
      // Without an exchange, the one that lists the symbol is meant.
      let home = exchange == nil ? knownCodes.tradedCode(code) : nil
      return quotes.instrument(home ?? "D" + AnswerRequest.keyExchange(exchange ?? "NAS") + code, .overseas)
    }
    // Rankings take an industry code where others take an instrument.
    if market == .kospi, code.count <= 4, code.allSatisfy(\.isNumber) { return nil }
    return quotes.instrument(code, market)
  }

  /// What charts of indices and currencies (해외지수, 환율) are asked for by codes without an exchange.
  private func indexAbroad(_ code: String) -> Instrument? {
    guard api.path.hasSuffix("chartprice"), !api.path.hasSuffix("itemchartprice") else { return nil }
    return Instrument.builtIn(code).flatMap { $0.kind == .index && !$0.isIndexOfShares ? quotes.instrument(code) : nil }
  }

  /// Whether such a chart is asked for of nothing that is known: of shares, those of the large American indices have one.
  var isChartOfNothing: Bool {
    guard market == .overseas, api.path.hasSuffix("chartprice"), !api.path.hasSuffix("itemchartprice"),
      let code = subjectCode
    else { return false }
    let mayBeShare = [nil, "N"].contains(parameter("FID_COND_MRKT_DIV_CODE"))
    return indexAbroad(code) == nil && !(mayBeShare && knownCodes.tradedCode(code) != nil)
  }

  /// The code that was asked about.
  var subjectCode: String? {
    if asksInvestorsOfMarket { return investorsMarket }
    return [
      "FID_INPUT_ISCD", "PDNO", "MKSC_SHRN_ISCD", "SYMB", "SRS_CD", "SHT_CD", "OVRS_PDNO", "SHTN_PDNO",
      "FID_INPUT_ISCD_1", "ITEM_CD", "OVRS_FUTR_FX_PDNO",
    ].lazy.compactMap { self.parameter($0) }.first
  }

  /// Whether it asks who trades in a whole market (시장별 투자자매매동향): it has words of its own for markets.
  private var asksInvestorsOfMarket: Bool { api.path.hasSuffix("-by-market") }

  /// The index of the market, or of its industry, whose investors are asked for.
  private var investorsMarket: String {
    let words = ["FID_INPUT_ISCD_2", "FID_INPUT_ISCD", "FID_INPUT_ISCD_1"].compactMap { parameter($0) }
    let industry = words.first { $0.count == 4 && $0.allSatisfy(\.isNumber) && $0 != "0000" }
    return industry ?? (words.contains("KSQ") ? "1001" : "0001")
  }

  /// Whether the investors of a market are asked for that has no index: futures, options, funds, warrants.
  var asksInvestorsOfInstruments: Bool {
    guard api.path.hasSuffix("/inquire-investor-time-by-market"), let market = parameter("FID_INPUT_ISCD") else {
      return false
    }
    return !["KSP", "KSQ"].contains(market) && !(market.count == 4 && market.isAllDigits)
  }

  /// The instruments of a request for several (관심종목 멀티시세), `FID_INPUT_ISCD_1`, `SYMB_01` and so on, each with whose trades
  /// are asked for; nil for any other API.
  var instrumentsAsked: [(instrument: Instrument, tape: Tape)]? {
    guard api.path.hasSuffix("multprice") else { return nil }
    // Abroad NREC says how many of them are meant.
    let count = parameter("NREC").flatMap { Int($0) }.map { min(30, max(0, $0)) } ?? 30
    return (0..<count).map { $0 + 1 }.compactMap { number in
      let code = parameter("FID_INPUT_ISCD_\(number)") ?? parameter("SYMB_\(padded(number, to: 2))")
      let tape = Tape(marketDivision: parameter("FID_COND_MRKT_DIV_CODE_\(number)"))
      guard let code else { return nil }
      guard market == .overseas else {
        // What cannot be there has no row.
        guard acceptsAnyCode || mayBeAtHome(code) else { return nil }
        let instrument = quotes.instrument(code, market)
        return (instrument, instrument.tape(tape))
      }
      let exchange = AnswerRequest.keyExchange(parameter("EXCD_\(padded(number, to: 2))") ?? "NAS")
      return (quotes.instrument("D" + exchange + code, market), .krx)
    }
  }

  /// Where what the API is about trades.
  var market: Instrument.Market {
    let path = api.path
    if path.holds("/overseas-futureoption/") { return .overseasFutures }
    if path.holds("/overseas-") { return .overseas }
    if path.hasSuffix("/search-info"), let type = parameter("PRDT_TYPE_CD"), !["300", "301", "302"].contains(type) {
      return .overseas
    }
    if path.holds("/domestic-futureoption/") {
      let code = parameter("FID_INPUT_ISCD") ?? parameter("PDNO") ?? parameter("SHTN_PDNO") ?? ""
      if let known = knownCodes.instrument(code) { return Instrument.Market(known) }
      if ["2", "3", "B", "C"].contains(code.prefix(1)) { return .indexOption }
      return ContractCode.kind(ofFuture: code) == .stockFuture ? .stockFutures : .indexFutures
    }
    if path.holds("/domestic-bond/") { return .bond }
    if path.holds("/elw/") { return .elw }
    let isIndex =
      parameter("FID_COND_MRKT_DIV_CODE") == "U" || path.holds("index") && !path.hasSuffix("/profit-asset-index")
      || asksInvestorsOfMarket
      || path.hasSuffix("/mktfunds")
    return isIndex ? .index : .kospi
  }

  /// What an answer about nothing in particular is about.
  var defaultInstrument: Instrument {
    let code =
      switch market {
      case .index: "0001"
      case .overseas: "DNASAAPL"
      case .overseasFutures: ForeignContract.next("ES", on: shownToday)
      case .bond: "KR103502GD31"
      case .elw: "57JN53"
      case .indexFutures, .indexOption, .stockFutures: nearestFuture
      case .kospi where api.path.holds("/etfetn/"): "069500"
      case .kospi where api.path.hasSuffix("/inquire-elw-price"): "57JN53"
      case .kospi, .kosdaq, .etf: "005930"
      }
    return quotes.instrument(code, market)
  }

  private func isOfExchange(_ instrument: Instrument) -> Bool {
    guard let exchange = parameter("EXCD") ?? parameter("EXCHANGE_CD") else { return true }
    return instrument.code.dropFirst().prefix(3) == AnswerRequest.keyExchange(exchange)
  }

  /// The future on the KOSPI200 that expires next.
  private var nearestFuture: String { ContractBoard(today: shownToday).futures.first?.code ?? "A05608" }

  /// The board, index or industry (업종) whose shares are asked for. The trades of foreign members have codes of their own for
  /// the boards (외국계 매매종목 가집계): 1001 KOSPI, 2001 KOSDAQ.
  var industryAsked: String? {
    let code = parameter("FID_INPUT_ISCD")
    guard api.path.hasSuffix("/frgnmem-trade-estimate") else { return code }
    return ["1001": "0001", "2001": "1001"][code ?? ""] ?? code
  }

  /// The instruments of a list.
  var instruments: [Instrument] {
    let (industry, market) = (industryAsked, market)
    let listed = quotes.listed.filter { kind, instrument in
      switch market {
      case .kospi:
        industry == "1001" ? kind == .kosdaq : industry == "0001" ? kind == .kospi : kind == .kospi || kind == .kosdaq
      case .index: false
      // A share that also trades by day (주간거래) is listed twice, and one share.
      case .overseas: kind == market && instrument.code.hasPrefix("D") && isOfExchange(instrument)
      default: kind == market
      }
    }
    if market == .elw { return listed.map(\.instrument) + quotes.monthlyWarrants(on: shownToday) }
    let isOfNextrade = Tape(marketDivision: parameter("FID_COND_MRKT_DIV_CODE")) == .nxt
    guard listed.isEmpty else { return listed.map(\.instrument).filter { !isOfNextrade || $0.isOnNextrade } }
    return industriesOfMarket
  }

  /// The industries of the market that FID_MRKT_CLS_CODE names: K KOSPI, Q KOSDAQ, K2 KOSPI200, else all.
  var industriesOfMarket: [Instrument] {
    let first = ["K": "0", "Q": "1", "K2": "2"][parameter("FID_MRKT_CLS_CODE") ?? ""]
    return knownCodes.industries.filter { industry in first.map { industry.code.hasPrefix($0) } ?? true }.map {
      quotes.instrument($0.code, .index)
    }
  }

  /// Whether the API is about somebody's account: those have codes and messages of their own (PROTOCOL section 2.2).
  var isAccount: Bool { ["C", "J", "O", "S", "T", "V"].contains(id.rawValue.prefix(1)) }

  var isOrder: Bool { isAccount && id.rawValue.hasSuffix("U") }

  /// Whether the answer lists orders: those that were placed, and none that are made up.
  var listsOwnOrders: Bool {
    isInquiry && !listsReservations && api.outputs.contains { $0.fields.contains { $0.lowercased() == "odno" } }
  }

  /// Whether it asks about an account without changing anything.
  var isInquiry: Bool { isAccount && api.path.holds("/trading/") && !isOrder }

  /// The members that carry the position of the next page, first in the body as on the wire.
  func cursors(hasMore: Bool) -> JSONObject {
    var cursors: JSONObject = [:]
    if listsOwnOrders { return orderCursors(hasMore: hasMore) }
    for name in api.paging.cursors.map({ $0.lowercased() }) {
      let width = Int(name.reversed().prefix { $0.isNumber }.reversed().map(String.init).joined()) ?? 20
      let text = hasMore ? (name.holds("_nk") ? "\(page + 1)" : "\(parameter("CANO") ?? "1")^\(page + 1)^") : ""
      cursors[name] = .string(text + String(repeating: " ", count: max(0, width - text.count)))
    }
    return cursors
  }

  /// Lists of orders repeat the question, and number their pages.
  private func orderCursors(hasMore: Bool) -> JSONObject {
    var cursors: JSONObject = [:]
    for name in api.paging.cursors.map({ $0.lowercased() }) {
      let width = name.hasSuffix("200") ? 200 : 100
      let state = account.map { OrderInquiry(self, $0).state } ?? ""
      let text = name.holds("_nk") ? (hasMore ? "\(orderPage + 1)^\(state)" : "") : echoedQuestion
      cursors[name] = .string(text + String(repeating: " ", count: max(0, width - text.utf8.count)))
    }
    return cursors
  }
}
