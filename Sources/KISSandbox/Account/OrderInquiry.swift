import KISMarket
import KISWire

/// An inquiry for orders (주문체결조회, 정정취소가능주문조회): which of them, in which order, and which page of them.
struct OrderInquiry {
  let rows: [AccountView.Entry]
  let hasMore: Bool
  /// All that were asked for, on every page: totals are about these.
  let all: [AccountView.Entry]

  /// Tells whether what was asked for has changed since the page before: how many orders there are, and how much of them
  /// is settled one way or the other.
  var state: String {
    let settled = all.reduce(0) { $0 + $1.record.quantity - $1.record.open }
    return "\(all.count).\(settled)"
  }

  /// KIS gives a hundred rows a page, the paper venue fifteen.
  init(_ request: AnswerRequest, _ view: AccountView) {
    var entries = view.entries.filter { request.asksFor($0) }
    if !request.asksForOldestFirst { entries.reverse() }
    let size = request.venue == .real ? 100 : 15
    let start = min(entries.count, request.orderPage * size)
    all = entries
    rows = Array(entries[start..<min(entries.count, start + size)])
    hasMore = start + size < entries.count
  }
}

extension AnswerRequest {
  /// Which page of orders is asked for, from 0, as the answer before said in CTX_AREA_NK.
  var orderPage: Int {
    Int(orderCursor.prefix { $0 != " " && $0 != "^" }).map { max(0, min($0, 1_000_000)) } ?? 0
  }

  private var orderCursor: String { parameter("CTX_AREA_NK100") ?? parameter("CTX_AREA_NK200") ?? "" }

  /// Whether this asks for a further page of orders that are not those of the page before any more (SYDB0050).
  var asksForChangedOrders: Bool {
    guard listsOwnOrders, orderPage > 0, let account else { return false }
    let known = orderCursor.drop { $0 != "^" }.dropFirst().prefix { $0 != " " }
    return !known.isEmpty && known != OrderInquiry(self, account).state
  }

  /// What CTX_AREA_FK holds for the next page: the values of the question, each ended with `!`, joined with `^`.
  var echoedQuestion: String {
    parameters.filter { !$0.name.uppercased().hasPrefix("CTX_") }.map { $0.value + "!" }.joined(separator: "^")
  }

  /// In which order: each desk has a word of its own.
  fileprivate var asksForOldestFirst: Bool {
    parameter("INQR_DVSN") == "01" || parameter("SORT_SQN") == "AS"
      || market == .bond && parameter("SORT_SQN_DVSN") == "01"
  }

  /// Whether only orders are listed that may still be filled (정정취소가능주문, 미체결).
  private var isAboutOpenOrders: Bool {
    ["psbl-rvsecncl", "inquire-nccs"].contains { api.path.hasSuffix($0) }
  }

  fileprivate func asksFor(_ entry: AccountView.Entry) -> Bool {
    let record = entry.record
    guard concerns(entry.instrument), !market.desk.isOfContracts || wantsKind(of: entry.instrument) else {
      return false
    }
    if isAboutOpenOrders {
      guard record.open > 0 else { return false }
      // INQR_DVSN_2: 0 all, 1 sales, 2 purchases.
      switch parameter("INQR_DVSN_2") {
      case "1": return record.side == .sell
      case "2": return record.side == .buy
      default: return true
      }
    }
    return isInPeriod(entry) && isOfKind(record) && isNamed(entry)
  }

  private func isInPeriod(_ entry: AccountView.Entry) -> Bool {
    let single = api.path.hasSuffix("-bstime") ? parameter("ORD_DT") : nil
    let from = ["INQR_STRT_DT", "ORD_STRT_DT", "STRT_ORD_DT", "STRT_DT"]
    let to = ["INQR_END_DT", "ORD_END_DT", "END_ORD_DT", "END_DT"]
    let first = single ?? from.lazy.compactMap { self.parameter($0) }.first ?? "00000000"
    let last = single ?? to.lazy.compactMap { self.parameter($0) }.first ?? "99999999"
    let date = entry.placed.compactDate
    return first <= date && date <= last
  }

  /// Side (01 sales, 02 purchases), filled (01) or not (02), cash (01) or credit, and exchange.
  private func isOfKind(_ record: OrderRecord) -> Bool {
    switch parameter("SLL_BUY_DVSN_CD") ?? parameter("SLL_BUY_DVSN") {
    case "01": guard record.side == .sell else { return false }
    case "02": guard record.side == .buy else { return false }
    default: break
    }
    switch parameter("CCLD_DVSN") ?? parameter("CCLD_NCCS_DVSN") {
    case "01": guard record.filled > 0 else { return false }
    case "02": guard record.open > 0 else { return false }
    default: break
    }
    if parameter("NCCS_YN") == "Y" { guard record.open > 0 else { return false } }
    switch parameter("INQR_DVSN_3") {
    case "01": guard record.loan == nil else { return false }
    case "02", "03", "04", "05", "06", "07": guard record.loan != nil else { return false }
    default: break
    }
    guard let exchange = parameter("EXCG_ID_DVSN_CD").flatMap({ OrderRoute(rawValue: $0) }) else { return true }
    return !record.security.hasPhases || record.route == exchange
  }

  private func isNamed(_ entry: AccountView.Entry) -> Bool {
    let code = parameter("PDNO")
    guard code == nil || code?.hasPrefix("%") == true || code == entry.instrument.symbol else { return false }
    if let first = parameter("STRT_ODNO").flatMap({ Int($0) }), entry.record.number < first { return false }
    guard let number = parameter("ODNO").flatMap({ Int($0) }) else { return true }
    return number == entry.record.number || number == entry.record.original
  }

  /// Whether an inquiry is about an instrument, by where it trades: `NASD` stands for all of America (미국전체).
  func concerns(_ instrument: Instrument) -> Bool {
    guard instrument.market.desk == market.desk else { return false }
    guard market == .overseas, let exchange = parameter("OVRS_EXCG_CD"), exchange != "%" else { return true }
    return switch exchange {
    case "NASD", "NAS": ["NASD", "NYSE", "AMEX"].contains(instrument.overseasExchange)
    case "NYSE", "AMEX", "SEHK", "SHAA", "SZAA", "TKSE", "HASE", "VNSE": instrument.overseasExchange == exchange
    default: true
    }
  }
}
