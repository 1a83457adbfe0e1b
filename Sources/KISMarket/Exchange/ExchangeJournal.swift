/// What an exchange was told, with the market time of each: replaying it gives the same events.
public enum ExchangeCommand: Sendable, Hashable {
  /// An order.
  case place(ClientOrder)
  /// A change or a cancellation.
  case change(OrderChange)
  /// The market around shows a book.
  case book(FeedBook, code: String, venue: TradingVenue?)
  /// A trade of the market around.
  case print(FeedPrint, code: String, venue: TradingVenue?)
  /// An auction of the market around ends.
  case auction(FeedAuction, code: String, venue: TradingVenue?, day: SecurityDay)
  /// Trading is interrupted, or goes on.
  case interrupt(code: String, Exchange.Interruption?)
  /// An account is put there.
  case account(AccountID, Account)
  /// An account is changed by hand; its orders go on waiting.
  case update(AccountID, Account)
  /// Orders to come are steered.
  case steer(OrderSteering)
  /// Time passes.
  case advance
}

/// A command with its moment.
public struct JournaledCommand: Sendable, Hashable {
  /// When.
  public let moment: TradingMoment
  /// What.
  public let command: ExchangeCommand
  /// A command with its moment.
  public init(moment: TradingMoment, command: ExchangeCommand) { (self.moment, self.command) = (moment, command) }
}

extension Exchange {
  /// Does what a command says, at its moment.
  public mutating func apply(_ journaled: JournaledCommand) {
    let moment = journaled.moment
    switch journaled.command {
    case .place(let order): _ = place(order, at: moment)
    case .change(let change): _ = self.change(change, at: moment)
    case .book(let book, let code, let venue): show(book, of: code, at: venue, moment: moment)
    case .print(let print, let code, let venue): show(print, of: code, at: venue, moment: moment)
    case .auction(let auction, let code, let venue, let day):
      show(auction, of: code, at: venue, day: day, moment: moment)
    case .interrupt(let code, let interruption): interrupt(code, interruption, moment: moment)
    case .account(let name, let account):
      advance(to: moment)
      setAccount(account, named: name)
    case .update(let name, let account):
      advance(to: moment)
      _ = updateAccount(name) { $0 = account }
    case .steer(let rule):
      advance(to: moment)
      steer(rule)
    case .advance: advance(to: moment)
    }
  }
}

extension Exchange {
  /// An exchange that is told all of a journal again, with or without time passing in between.
  ///
  /// - Parameter pauses: how time passes between two commands: is given the moments of both, and says when to look in
  ///   between. None by default.
  public init(
    replaying journal: [JournaledCommand], settings: ExchangeSettings, from start: TradingMoment,
    pauses: (_ now: TradingMoment, _ next: TradingMoment) -> [TradingMoment] = { _, _ in [] }
  ) {
    self.init(settings: settings, now: start)
    keepsJournal = true
    for command in journal {
      for moment in pauses(now, command.moment) { advance(to: moment) }
      apply(command)
      _ = takeEvents()
    }
  }
}

/// A number that stands for everything that happened: equal for equal events, whatever the process.
public struct ExchangeTranscript: Sendable, Hashable {
  /// FNV-1a of the text of all events.
  public private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  /// How many there were.
  public private(set) var count = 0

  /// Nothing has happened yet.
  public init() {}

  /// Something happened.
  public mutating func add(_ event: ExchangeEvent) {
    count += 1
    let position = event.order.map { String($0) } ?? "-"
    let text = "\(event.moment.date) \(event.moment.time) \(event.account) \(position) \(event.kind)\n"
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
  }
}
