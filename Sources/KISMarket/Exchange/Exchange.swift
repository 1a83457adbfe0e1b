/// An exchange with its clients' accounts: takes orders, lets them meet the market around, and keeps the books.
///
/// It is a value and knows no clock: every call says when it happens, and calls come in the order of time. The same
/// calls give the same events, at whatever speed they come.
public struct Exchange: Sendable {
  /// What can be set. Changes hold for what comes after.
  public var settings: ExchangeSettings
  /// The last moment that it was told of.
  public internal(set) var now: TradingMoment
  /// Every order, change and cancellation, oldest first. Positions never change.
  public internal(set) var orders: [OrderRecord] = []
  /// The accounts by name.
  public internal(set) var accounts: [AccountID: Account] = [:]
  /// Orders that wait for another day (예약주문), oldest first.
  public internal(set) var reservations: [Reservation] = []
  /// What is to happen to some orders.
  public internal(set) var steering: [OrderSteering] = []

  /// What it was told since ``keepsJournal`` was set.
  public internal(set) var journal: [JournaledCommand] = []
  /// What happened since then, as one number.
  public internal(set) var transcript = ExchangeTranscript()
  /// Whether everything that it is told is kept in ``journal``, and all that happens is counted in ``transcript``.
  public var keepsJournal = false

  /// What happened since it was last taken.
  var events: [ExchangeEvent] = []
  /// Trades that nobody but this exchange tells of, since they were last taken.
  var ownPrints: [OwnPrint] = []
  var books = VenueBooks()
  /// Securities that do not trade as the hours say.
  var interruptions: [String: Interruption] = [:]
  /// What comes later, by its moment.
  var agenda = Agenda()
  /// Positions of today's orders by number.
  var numbers: [Int: Int] = [:]
  /// Positions by account, oldest first.
  var ordersOfAccount: [AccountID: [Int]] = [:]
  /// Positions of orders that may still be filled.
  var openOrders: Set<Int> = []
  /// The same by security.
  var openOrdersOfCode: [String: Set<Int>] = [:]
  /// How the notices of a position go out, where not as they should.
  var deliveries: [Int: NoticeDelivery] = [:]
  var lastNumber = 0
  var hoursToday: [TradingVenue: TradingHours] = [:]
  var turnsToday: [HoursTurn] = []

  /// Where a security trades.
  struct BookKey: Hashable, Sendable {
    let code: String
    let venue: TradingVenue?
  }

  /// Why a security does not trade as the hours say.
  public enum Interruption: Sendable, Hashable {
    /// 변동성완화장치: orders are collected.
    case volatility
    /// 거래정지: no orders are taken.
    case halt
  }

  /// An exchange without accounts.
  public init(settings: ExchangeSettings = ExchangeSettings(), now: TradingMoment) {
    (self.settings, self.now) = (settings, now)
    hoursToday = Exchange.hours(now.date)
    turnsToday = HoursTurn.turns(of: hoursToday)
  }

  static func hours(_ date: CalendarDate) -> [TradingVenue: TradingHours] {
    Dictionary(uniqueKeysWithValues: TradingVenue.allCases.map { ($0, TradingHours(of: $0, on: date)) })
  }
}

// MARK: - What can be asked

extension Exchange {
  /// Gives away what happened since the last call.
  public mutating func takeEvents() -> [ExchangeEvent] {
    defer { events.removeAll(keepingCapacity: true) }
    return events
  }

  /// The positions of an account's orders, oldest first.
  public func positions(of account: AccountID) -> [Int] { ordersOfAccount[account] ?? [] }

  /// The position of today's order with a number.
  public func position(number: Int) -> Int? { numbers[number] }

  /// The securities of which orders wait, by code: these need the books and prints of the market around.
  public var watchedCodes: Set<String> { Set(openOrdersOfCode.keys) }

  /// Whether orders wait, of any security.
  public var hasOpenOrders: Bool { !openOrders.isEmpty }

  /// The orders of a security that wait, in no order.
  public func openOrders(of code: String) -> some Collection<OrderRecord> {
    (openOrdersOfCode[code] ?? []).lazy.map { orders[$0] }
  }

  /// Gives away the securities of whose orders, or in whose books, anything may have changed since the last call.
  public mutating func takeChangedCodes() -> Set<String> { books.takeChanged() }

  /// When something is due of which nobody else will tell; nil when nothing is.
  public var nextDue: TradingMoment? { agenda.next }

  /// How the notices of an order go out, by its position; nil is as they should.
  public func delivery(of position: Int) -> NoticeDelivery? { deliveries[position] }

  /// Why a security does not trade as the hours say, as far as it was told; nil when it does.
  public func interruption(of code: String) -> Interruption? { interruptions[code] }

  /// Whether orders of a security are being collected at a venue.
  public func isCollecting(_ code: String, at venue: TradingVenue) -> Bool {
    books[BookKey(code: code, venue: venue)]?.book.mode == .auction
  }

  /// Where orders are being collected, in no order.
  public var collecting: some Collection<(code: String, venue: TradingVenue?)> {
    books.collecting.lazy.map { (code: $0.code, venue: $0.venue) }
  }

  /// The phase of a venue at a moment of today.
  public func phase(at venue: TradingVenue) -> TradingPhase {
    (hoursToday[venue] ?? TradingHours(of: venue, on: now.date)).phase(at: now.time)
  }

  /// How much of a security an account could buy at a price, fees counted; of a contract that holds back a margin, how
  /// many it could open at that margin.
  ///
  /// - Parameter isLent: whether a loan pays a part (신용).
  public func buyable(_ security: Security, at price: Int, by account: AccountID, isLent: Bool = false) -> Int {
    let cash = accounts[account]?.orderableCash(security.currency) ?? 0
    guard price > 0 else { return 0 }
    func isEnough(_ quantity: Int) -> Bool {
      reservation(price, quantity, security, isLent: isLent).map { $0 <= cash } ?? false
    }
    // The largest that is enough, by halves.
    var (enough, tooMany) = (0, Exchange.largestQuantity + 1)
    while tooMany - enough > 1 {
      let middle = (enough + tooMany) / 2
      if isEnough(middle) { enough = middle } else { tooMany = middle }
    }
    return enough
  }
}

// MARK: - What is set by hand

extension Exchange {
  /// Puts an account there, or in the place of one; orders that wait for it are cancelled before.
  public mutating func setAccount(_ account: Account, named name: AccountID) {
    note(.account(name, account), now)
    for position in openOrders.sorted() where orders[position].account == name { expire(position) }
    accounts[name] = account
  }

  /// Changes an account.
  public mutating func updateAccount<Result>(_ name: AccountID, _ body: (inout Account) -> Result) -> Result? {
    guard var account = accounts[name] else { return nil }
    let result = body(&account)
    accounts[name] = account
    note(.update(name, account), now)
    return result
  }

  /// Adds a rule for orders to come.
  public mutating func steer(_ rule: OrderSteering) {
    note(.steer(rule), now)
    steering.append(rule)
  }

  mutating func happened(_ event: ExchangeEvent) {
    events.append(event)
    if keepsJournal { transcript.add(event) }
  }

  mutating func note(_ command: ExchangeCommand, _ moment: TradingMoment) {
    if keepsJournal { journal.append(JournaledCommand(moment: moment, command: command)) }
  }

  /// Takes all such rules away.
  public mutating func stopSteering() { steering = [] }
}
