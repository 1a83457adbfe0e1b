import KISMarket
import KISWire

/// What an order request (주문) says, member by member.
extension AnswerRequest {
  /// The API's names for what an order says; nil when it takes none.
  var orderAPI: OrderAPI? { isOrder ? OrderAPI(path: api.path) : nil }

  /// Whether the exchange answers it: orders and their changes. Reservations are kept beside it.
  var isTradedByExchange: Bool { orderAPI.map { $0.role == .order || $0.role == .change } ?? false }

  var isReservation: Bool { orderAPI.map { $0.role == .reservation || $0.role == .reservationChange } ?? false }

  /// Whether it changes or cancels an order.
  var isChange: Bool { orderAPI?.role == .change }

  /// Whether a change cancels: by what it says, or by its tr_id.
  var isCancellation: Bool {
    parameter("RVSE_CNCL_DVSN_CD") == "02"
      || ["OTFM3003U", "CTSC0009U", "TTTT3017U", "VTTT3017U"].contains(id.rawValue)
  }

  /// The number of the order that a change is about, as answers write it; nil for all else.
  var originalNumber: String? { isChange ? wholeNumber("ORGN_ODNO").map { padded($0, to: 10) } : nil }

  /// Whether what is cancelled is ordered again at the market (FM시장가전환여부), as cancellations of contracts abroad may say.
  var becomesMarketOrder: Bool { id.rawValue == "OTFM3003U" && parameter("FM_MKPR_CVSN_YN") == "Y" }

  /// Whether what a change says of its order beside the number is so: what it is of, where it was sent, and its day. What
  /// is left out fits any.
  func means(_ order: OrderRecord, of instrument: Instrument) -> Bool {
    let said: [(String, isSo: (String) -> Bool)] = [
      ("PDNO", { $0 == instrument.symbol || $0 == instrument.code }),
      ("OVRS_EXCG_CD", { $0 == instrument.overseasExchange }),
      ("EXCG_ID_DVSN_CD", { $0 == order.route.rawValue }), ("ORGN_ORD_DT", { $0 == order.placed.date.compact }),
    ]
    // All are looked at, whatever comes of the first.
    return said.map { name, isSo in parameter(name).map(isSo) ?? true }.allSatisfy { $0 }
  }

  /// The same of a reservation: what it is of, its side, and the day on which it was taken or is sent.
  func means(_ reservation: Reservation, of instrument: Instrument) -> Bool {
    let received = reservation.received.date
    let days = [received, TradingCalendar.tradingDay(after: received)].map(\.compact)
    let side = reservation.order.side == .buy ? "02" : "01"
    let said: [(String, isSo: (String) -> Bool)] = [
      ("PDNO", { $0 == instrument.symbol || $0 == instrument.code }), ("SLL_BUY_DVSN_CD", { $0 == side }),
      ("OVRS_EXCG_CD", { $0 == instrument.overseasExchange }), ("PRDT_TYPE_CD", { self.isProductType($0, instrument) }),
      ("RSVN_ORD_ORD_DT", { days.contains($0) }), ("RSVN_ORD_RCIT_DT", { days.contains($0) }),
      ("RSYN_ORD_RCIT_DT", { days.contains($0) }),
    ]
    return said.map { name, isSo in parameter(name).map(isSo) ?? true }.allSatisfy { $0 }
  }

  /// Whether a product type (상품유형코드) is that of the exchange of an instrument.
  func isProductType(_ type: String, _ instrument: Instrument) -> Bool {
    instrument.market == .overseas ? type == MarketAbroad.of(instrument).productType : type == "300"
  }

  /// Whether an order sells: by its tr_id, or by what it says.
  var isSale: Bool {
    AnswerRequest.sales.contains(String(id.rawValue.dropFirst())) || parameter("SLL_BUY_DVSN_CD") == "01"
  }

  /// Whether futures and options are ordered for the night (야간).
  var isByNight: Bool { ["JTCE", "STTN", "TTTN", "CTFN"].contains(id.rawValue.prefix(4)) }

  /// The account as one text, `12345678-01`.
  var accountID: AccountID { "\(parameter("CANO") ?? "")-\(parameter("ACNT_PRDT_CD") ?? "01")" }

  /// Whether what is no contract is ordered with an account for futures and options (ACNT_PRDT_CD 03, 08).
  var isOnAccountOfContracts: Bool {
    !market.desk.isOfContracts && !api.path.holds("futureoption/") && ["03", "08"].contains(parameter("ACNT_PRDT_CD"))
  }

  /// Whether the members of an order can be made into a message: digits where numbers belong, and CNDT_PRIC where it is
  /// needed. Required members have been looked for before.
  var isWellFormedOrder: Bool {
    guard let form = orderAPI, wholeNumber(form.quantity) != nil else { return false }
    guard form.role == .change || form.role == .reservationChange || has(form.quantity) else { return false }
    for name in [form.price, "CNDT_PRIC", "FM_STOP_ORD_PRIC"] where parameter(name) != nil {
      guard price(name) != nil else { return false }
    }
    if form.role == .change { guard saysWhatToChange(form) else { return false } }
    guard saysHowItIsLent else { return false }
    return market.desk != .shares || parameter("ORD_DVSN") != OrderDivision.stop || isChange
      || parameter("CNDT_PRIC") != nil
  }

  /// Whether a change says in KIS's words what it does (RVSE_CNCL_DVSN_CD 01 or 02) and of how much (Y all, N a part).
  private func saysWhatToChange(_ form: OrderAPI) -> Bool {
    let said: [(name: String, words: Set<String>)] = [("RVSE_CNCL_DVSN_CD", ["01", "02"]), (form.all, ["Y", "N"])]
    return said.map { name, words in !has(name) || parameter(name).map(words.contains) == true }.allSatisfy { $0 }
  }

  /// Whether a credit order says in KIS's words what of (CRDT_TYPE: purchases 21 and 23 borrow money, 26 and 28 give shares
  /// back, sales 25 and 27 pay a loan back, 22 and 24 borrow shares), and of which day its loan is.
  private var saysHowItIsLent: Bool {
    guard api.path.hasSuffix("/order-credit") else { return true }
    let kinds: Set<String> = isSale ? ["22", "24", "25", "27"] : ["21", "23", "26", "28"]
    guard parameter("CRDT_TYPE").map(kinds.contains) ?? true else { return false }
    return parameter("LOAN_DT").map { CalendarDate(compact: $0) != nil } ?? true
  }

  /// Whether an order takes a loan of another day than its own, which there is none of.
  var borrowsOnAnotherDay: Bool {
    guard api.path.hasSuffix("/order-credit"), !isSale, let day = parameter("LOAN_DT") else { return false }
    return day != marketTime.date.compact
  }

  /// A member that is a number without sign and fraction; nil when it is none, 0 when it was sent empty.
  func wholeNumber(_ name: String) -> Int? {
    guard let text = parameter(name) else { return 0 }
    guard text.isAllDigits else { return nil }
    return Int(text) ?? .max
  }

  /// How much is ordered, by the name that the API gives it.
  var orderQuantity: Int { orderAPI.flatMap { wholeNumber($0.quantity) } ?? 0 }

  /// A price in the smallest units of its market, 0 when none was sent; nil when it is no number, or finer than prices
  /// are.
  ///
  /// - Parameter other: what it is a price of; nil for what the request is about.
  func price(_ name: String, of other: Instrument? = nil) -> Int? {
    guard let text = parameter(name) else { return 0 }
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let isNumber = parts.allSatisfy(\.isAllDigits)
    guard isNumber, parts.first?.isEmpty == false else { return nil }
    let decimals = parts.count > 1 ? String(parts[1].reversed().drop { $0 == "0" }.reversed()) : ""
    let places = (other ?? instrument)?.decimals ?? market.mostDecimals
    guard decimals.count <= places else { return nil }
    let digits = parts[0] + decimals + String(repeating: "0", count: places - decimals.count)
    return Int(digits) ?? .max
  }

  /// The price of an order, by the name that its API gives it.
  func orderPrice(of instrument: Instrument? = nil) -> Int {
    orderAPI.flatMap { price($0.price, of: instrument) } ?? 0
  }

  /// What a stop order waits for.
  func trigger(of instrument: Instrument? = nil) -> Int? {
    price(instrument?.market.desk == .contractsAbroad ? "FM_STOP_ORD_PRIC" : "CNDT_PRIC", of: instrument)
  }

  /// How an order behaves; nil for a code that there is not. The paper venue knows limits only abroad.
  var orderKind: OrderKind? {
    let code = orderAPI.flatMap { parameter($0.division) } ?? ""
    switch market.desk {
    case .shares: return OrderDivision.kind(of: code)
    case .sharesAbroad: return venue == .vts && code != "00" && !code.isEmpty ? nil : OrderDivision.abroad(code)
    case .contracts: return OrderDivision.contracts(code)
    case .bonds: return .limit
    case .contractsAbroad: return OrderDivision.contractsAbroad(code, condition: parameter("CCLD_CNDT_CD") ?? "")
    }
  }

  /// The loan of a credit order (신용): the day of a new one, or the day of the one that a sale pays back; nil for cash.
  var loan: String? {
    if api.path.hasSuffix("/order-credit") { return parameter("LOAN_DT") ?? CalendarDate(of: moment).compact }
    let (kind, day) = (parameter("ORD_OBJT_CBLC_DVSN_CD"), parameter("LOAN_DT"))
    switch kind {
    // The loan of a reservation is taken on the day on which it is sent.
    case "21", "23": return Reservation.newLoan
    case "25", "27": return day
    default: return nil
    }
  }

  /// Whether a credit order is about borrowed shares (대주: CRDT_TYPE 22 and 24 borrow and sell, 26 and 28 buy and give
  /// back; reservations call it ORD_OBJT_CBLC_DVSN_CD).
  var isOfBorrowedShares: Bool {
    ["22", "24", "26", "28"].contains(parameter("CRDT_TYPE") ?? parameter("ORD_OBJT_CBLC_DVSN_CD"))
  }

  /// Where an order goes: KRX unless it says NXT or SOR.
  var orderRoute: OrderRoute { OrderRoute(rawValue: parameter("EXCG_ID_DVSN_CD") ?? "") ?? .krx }

  /// Whether an order names an exchange that Korea does not have.
  private var namesUnknownExchange: Bool {
    parameter("EXCG_ID_DVSN_CD").map { market.desk == .shares && OrderRoute(rawValue: $0) == nil } ?? false
  }

  /// What is ordered; nil when there is no such instrument, or not at the exchange that was named.
  var orderedInstrument: Instrument? {
    guard let instrument, acceptsAnyCode || !isAboutUnknownOrder, !namesUnknownExchange else { return nil }
    return instrument
  }

  private var isAboutUnknownOrder: Bool {
    let code = subjectCode ?? ""
    // Asked of the desk that takes the order: a share is no contract.
    if api.path.holds("/domestic-futureoption/") { return !isTradedContract(code) }
    switch market.desk {
    case .bonds: return !AnswerRequest.isSecurityNumber(code)
    case .contracts: return true
    case .contractsAbroad:
      let contract = ForeignContract(code, on: shownToday)
      return !contract.isListed || contract.lastDay < shownToday
    case .shares, .sharesAbroad: break
    }
    guard market == .overseas else {
      let isShare = code.count == 6 && code.first?.isNumber == true
      if let term = quotes.instrument(code).term { return !term.contains(marketTime.date) }
      return !code.isAllDigitsAndCapitals || !knownCodes.mayExist(code, as: .share)
        || !(isShare || (code.count == 7 && code.first == "Q"))
    }
    // Orders name exchanges in four letters; the three of quotations are no exchange here.
    guard let exchange = parameter("OVRS_EXCG_CD"), AnswerRequest.orderExchanges.contains(exchange) else {
      return true
    }
    let homes = knownCodes.instruments.filter { $0.kind == .overseasShare && $0.code.dropFirst(4) == code }
    if homes.isEmpty { return knownCodes.completeKinds.contains(.overseasShare) }
    return !homes.contains { quotes.instrument($0.code).overseasExchange == exchange }
  }

  /// Whether a code is one of a future or option that still trades: it begins with what the contract is, and its last
  /// trading day is not over.
  private func isTradedContract(_ code: String) -> Bool {
    guard code.isAllDigitsAndCapitals, (5...9).contains(code.count), let first = code.first,
      "1234ABCD".contains(first)
    else { return false }
    return ContractCode(code).map { $0.lastTradingDay >= shownToday } ?? true
  }

  /// Whether a code is an ISIN: twelve letters and digits of which the last checks the others.
  static func isSecurityNumber(_ code: String) -> Bool {
    code.isAllDigitsAndCapitals && code.utf8.count == 12
      && code.last?.wholeNumberValue == Instrument.checkDigit(of: String(code.dropLast()))
  }

  private static let orderExchanges: Set<String> = [
    "NASD", "NYSE", "AMEX", "SEHK", "SHAA", "SZAA", "TKSE", "HASE", "VNSE",
  ]

  /// The tr_ids of selling, without the letter that distinguishes real from paper.
  private static let sales: Set<String> = [
    "TTC0801U", "TTC0011U", "TTC0851U", "TTC0051U", "TTT1006U", "TTT1001U", "TTS1001U", "TTS1005U", "TTS0304U",
    "TTS0307U", "TTS0310U", "TTS6037U", "TTC0958U", "TTT3016U",
  ]
}
