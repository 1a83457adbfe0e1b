import KISMarket
import KISWire

/// What an order request (주문) says, member by member.
extension AnswerRequest {
  /// Shares, here and abroad, are what the exchange trades; futures, options, bonds and reservations are answered only.
  var isTradedByExchange: Bool {
    isOrder
      && [
        "/domestic-stock/v1/trading/order-cash", "/domestic-stock/v1/trading/order-credit",
        "/domestic-stock/v1/trading/order-rvsecncl", "/overseas-stock/v1/trading/order",
        "/overseas-stock/v1/trading/order-rvsecncl", "/overseas-stock/v1/trading/daytime-order",
        "/overseas-stock/v1/trading/daytime-order-rvsecncl",
      ].contains { api.path.hasSuffix($0) }
  }

  /// Whether it changes or cancels an order.
  var isChange: Bool { api.path.hasSuffix("rvsecncl") }
  var isCancellation: Bool { isChange && parameter("RVSE_CNCL_DVSN_CD") == "02" }

  /// Whether an order sells: by its tr_id, or by what it says.
  var isSale: Bool {
    AnswerRequest.sales.contains(String(id.rawValue.dropFirst())) || parameter("SLL_BUY_DVSN_CD") == "01"
  }

  /// The account as one text, `12345678-01`.
  var accountID: AccountID { "\(parameter("CANO") ?? "")-\(parameter("ACNT_PRDT_CD") ?? "01")" }

  /// Whether the members of an order can be made into a message: digits where numbers belong, and CNDT_PRIC where it is
  /// needed. Required members have been looked for before.
  var isWellFormedOrder: Bool {
    guard has("ORD_QTY"), wholeNumber("ORD_QTY") != nil else { return false }
    for name in ["ORD_UNPR", "OVRS_ORD_UNPR", "CNDT_PRIC"] where parameter(name) != nil {
      guard price(name) != nil else { return false }
    }
    return parameter("ORD_DVSN") != OrderDivision.stop || isChange || parameter("CNDT_PRIC") != nil
  }

  /// A member that is a number without sign and fraction; nil when it is none, 0 when it was sent empty.
  func wholeNumber(_ name: String) -> Int? {
    guard let text = parameter(name) else { return 0 }
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text) ?? .max
  }

  /// A price in the smallest units of its market, 0 when none was sent; nil when it is no number, or finer than prices
  /// are.
  func price(_ name: String) -> Int? {
    guard let text = parameter(name) else { return 0 }
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let isNumber = parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    guard isNumber, parts.first?.isEmpty == false else { return nil }
    let decimals = parts.count > 1 ? String(parts[1].reversed().drop { $0 == "0" }.reversed()) : ""
    let places = market.decimals
    guard decimals.count <= places else { return nil }
    let digits = parts[0] + decimals + String(repeating: "0", count: places - decimals.count)
    return Int(digits) ?? .max
  }

  /// The price of an order, by the name that its API gives it.
  var orderPrice: Int { (parameter("ORD_UNPR") != nil ? price("ORD_UNPR") : price("OVRS_ORD_UNPR")) ?? 0 }

  /// How an order behaves; nil for a code that there is not. Orders abroad are limits unless they say otherwise, and a
  /// limit is all that is known there.
  var orderKind: OrderKind? {
    guard !market.isAbroad else { return ["", "00"].contains(parameter("ORD_DVSN") ?? "") ? .limit : nil }
    return OrderDivision.kind(of: parameter("ORD_DVSN") ?? "")
  }

  /// Where an order goes: KRX unless it says NXT or SOR.
  var orderRoute: OrderRoute { OrderRoute(rawValue: parameter("EXCG_ID_DVSN_CD") ?? "") ?? .krx }

  /// What is ordered; nil when there is no such instrument, or not at the exchange that was named.
  var orderedInstrument: Instrument? {
    guard let instrument, acceptsAnyCode || !isAboutUnknownOrder else { return nil }
    return instrument
  }

  private var isAboutUnknownOrder: Bool {
    let code = subjectCode ?? ""
    guard market == .overseas else {
      let isAlphanumeric = code.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
      let isShare = code.count == 6 && code.first?.isNumber == true
      return !isAlphanumeric || !(isShare || (code.count == 7 && code.first == "Q"))
    }
    // Orders name exchanges in four letters; the three of quotations are no exchange here.
    guard let exchange = parameter("OVRS_EXCG_CD"), AnswerRequest.orderExchanges.contains(exchange) else {
      return true
    }
    let homes = knownCodes.instruments.filter { $0.kind == .overseasShare && $0.code.dropFirst(4) == code }
    return !homes.isEmpty
      && !homes.contains { Instrument(code: $0.code, codes: knownCodes).overseasExchange == exchange }
  }

  private static let orderExchanges: Set<String> = [
    "NASD", "NYSE", "AMEX", "SEHK", "SHAA", "SZAA", "TKSE", "HASE", "VNSE",
  ]

  /// The tr_ids of selling, without the letter that tells real from paper.
  private static let sales: Set<String> = [
    "TTC0801U", "TTC0011U", "TTC0851U", "TTC0051U", "TTT1006U", "TTT1001U", "TTS1001U", "TTS1005U", "TTS0304U",
    "TTS0307U", "TTS0310U", "TTS6037U", "TTC0958U",
  ]
}
