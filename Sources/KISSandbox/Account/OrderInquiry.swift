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

  init(_ request: AnswerRequest, _ view: AccountView) {
    var entries = view.entries.filter { request.asksFor($0) }
    if !request.asksForOldestFirst { entries.reverse() }
    if request.asksForOrderOfItems {
      entries = entries.enumerated().sorted {
        ($0.element.instrument.code, $0.offset) < ($1.element.instrument.code, $1.offset)
      }.map(\.element)
    }
    let size = request.rowsPerPage
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

  /// Whether orders that may be changed are listed by what they are of (INQR_DVSN_1: 0 by order, 1 by item).
  fileprivate var asksForOrderOfItems: Bool {
    isAboutOpenOrders && market.desk == .shares && parameter("INQR_DVSN_1") == "1"
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
      guard record.open > 0, isInPeriod(entry), isNamed(entry) else { return false }
      // INQR_DVSN_2: 0 all, 1 sales, 2 purchases.
      switch parameter("INQR_DVSN_2") {
      case "1": return record.side == .sell
      case "2": return record.side == .buy
      default: return true
      }
    }
    return isInPeriod(entry) && isOfKind(record) && isNamed(entry) && isOfBoard(entry)
  }

  /// INQR_DVSN_1 of the day's orders: nothing for all, 1 warrants (ELW), 2 those of the free board (프리보드), where nothing
  /// trades.
  private func isOfBoard(_ entry: AccountView.Entry) -> Bool {
    guard api.path.hasSuffix("/inquire-daily-ccld"), market.desk == .shares else { return true }
    return switch parameter("INQR_DVSN_1") {
    case "1": entry.instrument.market == .elw
    case "2": false
    default: true
    }
  }

  private func isInPeriod(_ entry: AccountView.Entry) -> Bool {
    let isOfOneDay = ["-bstime", "domestic-bond/v1/trading/inquire-psbl-rvsecncl", "-algo-ccnl"].contains {
      api.path.hasSuffix($0)
    }
    let single = isOfOneDay ? parameter("ORD_DT") : parameter("TRAD_DT")
    let from = ["INQR_STRT_DT", "ORD_STRT_DT", "STRT_ORD_DT", "STRT_DT"]
    let to = ["INQR_END_DT", "ORD_END_DT", "END_ORD_DT", "END_DT"]
    let first = single ?? from.lazy.compactMap { self.parameter($0) }.first ?? "00000000"
    let last = single ?? to.lazy.compactMap { self.parameter($0) }.first ?? "99999999"
    let date = entry.placed.compactDate
    return first <= date && date <= last
  }

  /// Side (01 sales, 02 purchases), filled (01) or not (02), cash (01) or credit, and exchange. Of contracts abroad 01 is
  /// all, 02 filled, 03 not.
  private func isOfKind(_ record: OrderRecord) -> Bool {
    switch parameter("SLL_BUY_DVSN_CD") ?? parameter("SLL_BUY_DVSN") {
    case "01": guard record.side == .sell else { return false }
    case "02": guard record.side == .buy else { return false }
    default: break
    }
    let state = parameter("CCLD_DVSN") ?? parameter("CCLD_NCCS_DVSN")
    let words = market.desk == .contractsAbroad ? (filled: "02", open: "03") : (filled: "01", open: "02")
    if state == words.filled { guard record.filled > 0 else { return false } }
    if state == words.open { guard record.open > 0 else { return false } }
    switch parameter("NCCS_YN") {
    case "Y": guard record.open > 0 else { return false }
    case "C": guard record.filled > 0 else { return false }
    default: break
    }
    // Loans here are the broker's own (자기융자); nothing is pledged, lent or borrowed.
    switch parameter("INQR_DVSN_3") {
    case "01": guard record.loan == nil else { return false }
    case "02", "06": guard record.loan != nil else { return false }
    case "03", "04", "05", "07": return false
    default: break
    }
    guard let exchange = parameter("EXCG_ID_DVSN_CD").flatMap({ OrderRoute(rawValue: $0) }) else { return true }
    return !record.security.hasPhases || record.route == exchange
  }

  private func isNamed(_ entry: AccountView.Entry) -> Bool {
    let code = parameter("PDNO")
    guard code == nil || code?.hasPrefix("%") == true || code == entry.instrument.symbol else { return false }
    if let first = parameter("STRT_ODNO").flatMap({ Int($0) }), entry.record.number < first { return false }
    if let branch = namedBranch, branch != venue.branch { return false }
    guard let number = parameter("ODNO").flatMap({ Int($0) }) else { return true }
    return number == entry.record.number || number == entry.record.original
  }

  /// The branch whose orders are asked for; zeros are none.
  private var namedBranch: String? {
    let named = api.path.hasSuffix("/inquire-daily-ccld") || api.path.hasSuffix("-algo-ccnl")
    return named ? parameter("ORD_GNO_BRNO").flatMap { Int($0) == 0 ? nil : $0 } : nil
  }

  /// Whether an inquiry is about an instrument, by where it trades: `NASD` stands for all of America (미국전체).
  func concerns(_ instrument: Instrument) -> Bool {
    guard instrument.market.desk == market.desk else { return false }
    guard market == .overseas, let exchange = parameter("OVRS_EXCG_CD"), exchange != "%" else { return true }
    return switch exchange {
    case "NASD": ["NASD", "NYSE", "AMEX"].contains(instrument.overseasExchange)
    case "NAS": instrument.overseasExchange == "NASD"
    case "NYSE", "AMEX", "SEHK", "SHAA", "SZAA", "TKSE", "HASE", "VNSE": instrument.overseasExchange == exchange
    default: true
    }
  }
}
