import KISWire

/// The orders that clients placed (주문원장): each rests or is filled when it comes, may be changed and cancelled, and
/// shows in the inquiries of its account.
///
/// What can be filled is filled at once: orders at the market (시장가) and limits that meet the other side of the book.
/// Everything else rests until the market comes to it, or it is changed or cancelled.
struct OrderLedger: Sendable {
  struct Entry: Sendable {
    /// Whose it is: the account with its product code, and the app key that ordered.
    var account: String
    var product: String
    var appKey: String
    var instrument: Instrument
    var order: AccountOrder
    /// Of the last thing that happened to it.
    var event: Event
  }

  enum Event: Sendable { case placed, changed, cancelled, filled }

  private(set) var entries: [Entry] = []
  /// More than this many are not remembered: the oldest go first.
  private static let capacity = 10_000

  /// Enters what an order request asks for.
  ///
  /// - Parameter quote: of the instrument; nil when the request is about an order that is not in this ledger.
  /// - Returns: what became of it; nil when the request is none that a ledger keeps.
  mutating func enter(_ request: AnswerRequest, appKey: String, quote: (Instrument) -> Quote) -> Entry? {
    guard request.isOrder, let account = request.parameter("CANO") else { return nil }
    let written = request.parameter("ORD_QTY").flatMap { Int($0) } ?? 0
    if let original = request.parameter("ORGN_ODNO").flatMap({ Int($0) }) {
      return change(original, of: account, request, quantity: written, quote: quote)
    }
    guard let instrument = request.instrument, written > 0, request.isKeptByLedger else { return nil }
    let order = AccountOrder(
      number: nextNumber(at: request.moment), isBuy: !request.isSale, quantity: written, filled: 0,
      price: request.orderPrice(in: instrument.market), isAtMarket: request.isAtMarket, placed: request.moment)
    let entry = Entry(
      account: account, product: request.parameter("ACNT_PRDT_CD") ?? "01", appKey: appKey, instrument: instrument,
      order: order.meeting(quote(instrument)), event: .placed)
    keep(entry)
    return entry
  }

  /// An account's orders, latest first.
  func orders(of account: String) -> [Entry] { entries.filter { $0.account == account }.reversed() }

  /// The instruments of which orders wait for the market, by code.
  var restingCodes: Set<String> { Set(entries.lazy.filter { $0.order.open > 0 }.map(\.instrument.code)) }

  /// Fills the resting orders that the market has come to, at their own price.
  /// - Returns: those that it filled, in the order in which they were placed.
  mutating func fillResting(quote: (Instrument) -> Quote) -> [Entry] {
    var filled: [Entry] = []
    for index in entries.indices where entries[index].order.open > 0 {
      let order = entries[index].order.meeting(quote(entries[index].instrument), atOwnPrice: true)
      guard order.open == 0 else { continue }
      entries[index].order = order
      entries[index].event = .filled
      filled.append(entries[index])
    }
    return filled
  }

  private mutating func change(
    _ original: Int, of account: String, _ request: AnswerRequest, quantity written: Int, quote: (Instrument) -> Quote
  ) -> Entry? {
    guard let index = entries.firstIndex(where: { $0.account == account && $0.order.number == original }) else {
      return nil
    }
    let open = entries[index].order.open
    let isAll = request.parameter("QTY_ALL_ORD_YN") == "Y" || written == 0
    let quantity = isAll ? open : min(open, written)
    var entry = entries[index]
    entries[index].order.cancelled += quantity
    let isCancelled = request.parameter("RVSE_CNCL_DVSN_CD") == "02"
    entry.event = isCancelled ? .cancelled : .changed
    entry.order = AccountOrder(
      number: nextNumber(at: request.moment), original: original, isBuy: entry.order.isBuy, quantity: quantity,
      filled: 0,
      cancelled: isCancelled ? quantity : 0, price: entry.order.price, isAtMarket: entry.order.isAtMarket,
      placed: request.moment)
    if !isCancelled {
      let price = request.orderPrice(in: entry.instrument.market)
      if price > 0 { entry.order.price = price }
      entry.order.isAtMarket = request.isAtMarket
      entry.order = entry.order.meeting(quote(entry.instrument))
    }
    keep(entry)
    return entry
  }

  private mutating func keep(_ entry: Entry) {
    if entries.count >= OrderLedger.capacity { entries.removeFirst(OrderLedger.capacity / 10) }
    entries.append(entry)
  }

  /// Numbers grow with the day, and no two orders have the same.
  private func nextNumber(at moment: KoreanTime) -> Int {
    let byClock = SimulatedDay.orderNumber(atMillisecond: Int(moment.nanosecondOfDay / 1_000_000))
    return max(byClock, (entries.last?.order.number ?? 0) + 1)
  }
}

extension AccountOrder {
  /// The order after it met a book: filled at the book's price, or at its own if it waited there; or as it was.
  fileprivate func meeting(_ quote: Quote, atOwnPrice: Bool = false) -> AccountOrder {
    let best = isBuy ? quote.book.bestAsk : quote.book.bestBid
    guard isAtMarket || (isBuy ? price >= best : price <= best) else { return self }
    var order = self
    order.filled += open
    order.fillPrice = atOwnPrice && !isAtMarket ? price : best
    return order
  }
}
