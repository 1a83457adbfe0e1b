import KISMarket
import KISWire

/// One account as inquiries look at it: its orders, what it owns, and what its securities are.
struct AccountView: Sendable {
  let name: AccountID
  let exchange: Exchange
  let instruments: [String: Instrument]

  init(_ clients: ClientExchange, of name: AccountID) {
    (self.name, exchange, instruments) = (name, clients.core, clients.instruments)
  }

  var account: Account { exchange.accounts[name] ?? Account() }

  /// An order with its position.
  struct Entry {
    let position: Int
    let record: OrderRecord
    let instrument: Instrument

    /// When the exchange took it.
    var placed: KoreanTime { record.placed.koreanTime }

    /// What was traded of it, in its currency.
    var traded: Double {
      Double(record.security.amount(1, record.filledAmount)) / Double(instrument.market.moneyScale)
    }
  }

  /// Its orders, oldest first.
  var entries: [Entry] { exchange.positions(of: name).compactMap { entry($0) } }

  func entry(_ position: Int) -> Entry? {
    guard exchange.orders.indices ~= position,
      let instrument = instruments[exchange.orders[position].security.code]
    else { return nil }
    return Entry(position: position, record: exchange.orders[position], instrument: instrument)
  }

  /// What it holds, or held this morning, by code.
  var holdings: [(instrument: Instrument, holding: Holding)] {
    account.holdings.values.sorted {
      ($0.security.code, $0.loan ?? "") < ($1.security.code, $1.loan ?? "")
    }.compactMap { holding in
      instruments[holding.security.code].map { ($0, holding) }
    }
  }

  /// The trading day before today.
  var dayBefore: CalendarDate { TradingCalendar.tradingDay(before: exchange.now.date) }

  /// What it traded on a day that is not long ago, the latest first.
  func executions(on day: CalendarDate) -> [Execution] {
    account.executions.reversed().prefix { $0.moment.date >= day }.filter { $0.moment.date == day }
  }

  /// Its positions in futures and options as they were at the end of a day, those that were closed on it included.
  func positions(on day: CalendarDate) -> [(instrument: Instrument, holding: Holding, realized: Double)] {
    let traded = Dictionary(grouping: account.executions.filter(\.security.isContract), by: \.security.code)
    let held = account.holdings.filter(\.value.security.isContract)
    return Set(traded.keys).union(held.keys).sorted().compactMap { code in
      let traded = traded[code] ?? []
      // A position that was closed on an earlier day is held no more.
      guard let instrument = instruments[code],
        let holding = held[code] ?? traded.first.map({ Holding($0.security, quantity: 0, average: 0) })
      else { return nil }
      let today = traded.filter { $0.moment.date == day }
      let past = holding.takingBack(traded.filter { $0.moment.date > day }, today: today)
      guard past.quantity != 0 || !today.isEmpty else { return nil }
      return (instrument, past, gained(by: today, of: instrument))
    }
  }

  /// What closing contracts gained on a day, in their currency.
  func gained(_ instrument: Instrument, on day: CalendarDate) -> Double {
    gained(by: executions(on: day).filter { $0.security.code == instrument.code }, of: instrument)
  }

  private func gained(by executions: [Execution], of instrument: Instrument) -> Double {
    Double(executions.reduce(0) { $0 + $1.gain }) / Double(instrument.market.moneyScale)
  }

  /// What it bought and sold of an instrument, paid with one loan or in cash.
  func traded(_ instrument: Instrument, loan: String?) -> TradedLately {
    func of(_ day: CalendarDate) -> Sums {
      Sums(executions(on: day).filter { $0.security.code == instrument.code && $0.loan == loan })
    }
    let (today, before) = (of(exchange.now.date), of(dayBefore))
    let scale = Double(instrument.market.moneyScale)
    return TradedLately(
      bought: Double(today.bought) / scale, sold: Double(today.sold) / scale,
      boughtBefore: before.boughtQuantity, soldBefore: before.soldQuantity)
  }

  /// How many shares of an instrument abroad it bought, less those sold, in trades that are settled only after a day.
  func unsettled(_ instrument: Instrument, on day: CalendarDate) -> Int {
    let place = instrument.exchange ?? .nasdaq
    return account.executions.filter { execution in
      execution.security.code == instrument.code
        && place.settlement(of: execution.moment.date) > day
    }.reduce(0) { $0 + ($1.side == .buy ? $1.quantity : -$1.quantity) }
  }

  /// What it traded on days of the sandbox's clock (`20261012`), oldest first.
  func executions(from first: String, to last: String) -> [(execution: Execution, entry: Entry)] {
    account.executions.compactMap { execution in
      guard let entry = entry(execution.order), (first...max(first, last)).contains(entry.placed.compactDate) else {
        return nil
      }
      return (execution, entry)
    }
  }
}

/// What was bought and sold of an instrument lately.
struct TradedLately {
  /// Today, in its currency.
  var bought = 0.0
  var sold = 0.0
  /// Shares, on the trading day before.
  var boughtBefore = 0
  var soldBefore = 0

  static func + (left: TradedLately, right: TradedLately) -> TradedLately {
    TradedLately(
      bought: left.bought + right.bought, sold: left.sold + right.sold,
      boughtBefore: left.boughtBefore + right.boughtBefore, soldBefore: left.soldBefore + right.soldBefore)
  }
}
