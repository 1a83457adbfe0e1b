import KISMarket

extension Instrument {
  /// What the exchange has to know of it.
  var security: Security {
    if market.isAbroad { return Security(code, .abroad(foreignExchange), currency: currency) }
    let board: Board = market == .kosdaq ? .kosdaq : .kospi
    let kind: SecurityKind = market == .etf ? .etf : market == .elw ? .elw : .share
    return Security(code, .korea(board, kind, isOnNextrade: kind == .share), currency: currency)
  }

  private var foreignExchange: ForeignExchange {
    switch overseasExchange {
    case "NYSE": .nyse
    case "AMEX": .amex
    case "SEHK": .hongKong
    case "TKSE": .tokyo
    case "SHAA": .shanghai
    case "SZAA": .shenzhen
    case "HASE": .hanoi
    case "VNSE": .hoChiMinh
    default: .nasdaq
    }
  }
}

extension Quote {
  /// What holds for an order of it on a date.
  func securityDay(on date: CalendarDate) -> SecurityDay {
    guard case .korea(let board, let kind, _) = instrument.security.listing else {
      return SecurityDay(base: previousClose, last: price)
    }
    let ticks = PriceTicks(of: kind, on: board, at: date)
    let limits = PriceLimits(around: previousClose, percent: PriceLimits.percent(on: date), ticks: ticks)
    return SecurityDay(
      base: previousClose, ticks: ticks, limits: limits, last: price, close: second >= MarketHours.close ? price : nil)
  }

  /// Its book as the exchange takes it. The version is made of what is in it, so that the same book is the same version.
  var feedBook: FeedBook {
    var version: UInt64 = 0xCBF2_9CE4_8422_2325
    func levels(_ prices: [Int], _ quantities: [Int]) -> [FeedBook.Level] {
      zip(prices, quantities).map { price, quantity in
        for number in [price, quantity] {
          version = (version ^ UInt64(truncatingIfNeeded: number)) &* 0x0000_0100_0000_01B3
        }
        return FeedBook.Level(price, quantity)
      }
    }
    let bids = levels(book.bidPrices, book.bidQuantities)
    let asks = levels(book.askPrices, book.askQuantities)
    return FeedBook(version: Int(truncatingIfNeeded: version), bids: bids, asks: asks)
  }
}
