import KISMarket

/// Something in the market that resting orders may meet.
struct MarketHappening {
  enum Kind {
    /// A trade, on a tape, and its moment by the session that it belongs to.
    case print(Print, Tape, session: TradingMoment)
    /// Trading rests, or goes on (nil).
    case interruption(Exchange.Interruption?)
  }

  let instrument: Instrument
  let moment: TradingMoment
  let kind: Kind

  /// The order of what happens in one millisecond.
  var rank: String {
    switch kind {
    case .interruption: "0" + instrument.code
    case .print(_, let tape, _): "1" + instrument.code + tape.rawValue
    }
  }
}

/// The prices of an instrument's resting orders that trades may come near.
struct OrderReach: Hashable {
  var highestBid: Int?
  var lowestAsk: Int?

  /// Whether a trade at a price may concern them: it is at or beyond one of them, or they are in the book that it met.
  func concerns(_ price: Int, step: Int) -> Bool {
    let visible = step * QuotedBook.depth * 2
    if let highestBid, price <= highestBid + visible { return true }
    if let lowestAsk, price >= lowestAsk - visible { return true }
    return false
  }
}

extension QuotedMarket {
  /// Why an instrument does not trade at a moment; nil when it does.
  func interruption(of instrument: Instrument, at moment: TradingMoment) -> Exchange.Interruption? {
    let time = instrument.session(at: moment).time
    return interruptions(instrument, at: moment).last { $0.start <= time && time < $0.end }?.exchanged(at: time)
  }

  /// What happens to an instrument after one moment up to another, on all its tapes.
  ///
  /// - Parameter reach: the orders that it has to concern; nil takes everything.
  func happenings(
    to instrument: Instrument, reach: OrderReach?, after start: TradingMoment, through end: TradingMoment
  ) -> [MarketHappening] {
    var happenings: [MarketHappening] = []
    let tapes: [Tape] =
      instrument.exchange != nil ? [.krx] : [.krx, .evening] + (instrument.isOnNextrade ? [.nxt] : [])
    let (from, to) = (instrument.session(at: start), instrument.session(at: end))
    var date = max(from.date, to.date.advanced(by: -QuotedMarket.mostDays))
    while date <= to.date {
      let after = date == from.date ? from.time : ClockTime(milliseconds: -1)
      let through = date == to.date ? to.time : ClockTime(48, 0)
      for tape in tapes {
        for print in printsAround(instrument, on: date, after: after, through: through, tape: tape) {
          let step = instrument.ticks(on: date).step(at: print.price)
          guard print.side == nil || (reach?.concerns(print.price, step: step) ?? true) else { continue }
          let session = TradingMoment(date, print.time)
          happenings.append(
            MarketHappening(
              instrument: instrument, moment: session.later(milliseconds: 0),
              kind: .print(print, tape, session: session)))
        }
      }
      for rest in interruptions(instrument, at: TradingMoment(date, through)) {
        func note(_ time: ClockTime, _ interruption: Exchange.Interruption?) {
          guard time > after, time <= through else { return }
          happenings.append(
            MarketHappening(
              instrument: instrument, moment: TradingMoment(date, time), kind: .interruption(interruption)))
        }
        note(rest.start, rest.exchanged(at: rest.start))
        if rest.collectsFrom > rest.start { note(rest.collectsFrom, rest.exchanged(at: rest.collectsFrom)) }
      }
      date = date.advanced(by: 1)
    }
    return happenings
  }

  /// How many days at most are caught up on after a leap.
  private static let mostDays = 10

  /// A book as the exchange takes it; nothing is in it while an exchange abroad is closed.
  func feedBook(_ instrument: Instrument, at moment: TradingMoment, tape: Tape) -> FeedBook {
    let session = instrument.session(at: moment)
    // Contracts abroad trade nearly around the clock; outside the hours of the market's own prints its last book stands.
    if let exchange = instrument.exchange, instrument.security.isAbroad {
      let isOpen = exchange.sessions(on: session.date).contains {
        $0.phase == .regular && $0.start <= session.time && session.time < $0.end
      }
      guard isOpen else { return FeedBook(version: .max, bids: [], asks: []) }
    }
    let book = bookAround(instrument, at: session, tape: tape)
    // What has no phases here has no auction either: until the market's own has traded there is nothing to meet.
    if !instrument.security.hasPhases, book.expected != nil { return FeedBook(version: .max, bids: [], asks: []) }
    return FeedBook(book)
  }
}

extension TradingVenue {
  /// What is traded there in a phase.
  func tape(in phase: TradingPhase) -> Tape { self == .nxt ? .nxt : phase == .afterMarket ? .evening : .krx }
}

extension Tape {
  /// Where a tape's trades are made.
  var venue: TradingVenue { self == .nxt ? .nxt : .krx }
}

extension FeedBook {
  /// A book of the market. The version is made of what is in it, so that the same book is the same version.
  init(_ book: QuotedBook) {
    var version: UInt64 = 0xCBF2_9CE4_8422_2325
    func levels(_ prices: [Int], _ quantities: [Int]) -> [Level] {
      zip(prices, quantities).map { price, quantity in
        for number in [price, quantity] {
          version = (version ^ UInt64(truncatingIfNeeded: number)) &* 0x0000_0100_0000_01B3
        }
        return Level(price, quantity)
      }
    }
    let bids = levels(book.bidPrices, book.bidQuantities)
    let asks = levels(book.askPrices, book.askQuantities)
    self.init(version: Int(truncatingIfNeeded: version), bids: bids, asks: asks)
  }
}

extension Interruption {
  /// What it is for orders: it ends with its auction.
  fileprivate func exchanged(at time: ClockTime) -> Exchange.Interruption {
    time < collectsFrom ? .halt : .volatility
  }
}
