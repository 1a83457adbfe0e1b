/// All there is to know about an instrument at a moment of its day: what every API and every TR draws from.
struct Quote: Sendable {
  let instrument: Instrument
  var day: TradingDay
  /// Seconds since midnight of the last change.
  var second: Int
  /// The close of the day before (전일 종가), which is also the base price (기준가).
  var previousClose: Int
  /// The volume of the day before.
  let previousVolume: Int
  /// The last price; the previous close until the first trade.
  var price: Int
  /// 0 until the first trade.
  var open = 0
  var high = 0
  var low = 0
  var openSecond = 0
  var highSecond = 0
  var lowSecond = 0
  /// Shares and won of the whole day; trades before the open count here, not in ``averagePrice``.
  var volume = 0
  var amount = 0
  var volumeBeforeOpen = 0
  var amountBeforeOpen = 0
  /// Trades and shares by who took the initiative (체결구분).
  var sellCount = 0
  var buyCount = 0
  var sellVolume = 0
  var buyVolume = 0
  /// Shares of the opening auction.
  var openingVolume = 0
  var lastVolume = 0
  var lastSide = Side.auction
  var book: OrderBook
  /// What to add to a second of the session to get the time that is printed (see ``MarketMoment``).
  var clockShift = 0

  /// Who took the initiative in a trade.
  enum Side: String, Sendable {
    case buy = "1"
    case sell = "5"
    /// Nobody: a price made by auction.
    case auction = ""
  }

  /// Volume-weighted average of the trades since the open (가중평균가).
  var averagePrice: Double {
    let traded = volume - volumeBeforeOpen
    return traded == 0 ? 0 : Double(amount - amountBeforeOpen) / Double(traded)
  }

  /// The difference from the previous close (전일 대비).
  var change: Int { price - previousClose }

  /// The lowest and highest price allowed today.
  var limits: ClosedRange<Int> { instrument.priceStep.limits(around: previousClose) }

  /// KIS's sign code (대비부호): 1 upper limit, 2 up, 3 flat, 4 lower limit, 5 down.
  var sign: String {
    if price == limits.upperBound { return "1" }
    return price == limits.lowerBound ? "4" : signCode(Double(change))
  }

  /// How many times over sellers' shares buyers' shares were traded, in percent (체결강도).
  var strength: Double { sellVolume == 0 ? 0 : Double(buyVolume) * 100 / Double(sellVolume) }

  /// What the day before had traded at this time of day.
  var previousVolumeByNow: Int {
    Int(Double(previousVolume) * (IntradayProfile.share(at: Double(second)) / IntradayProfile.traded))
  }

  /// Enters a trade at a price.
  mutating func record(_ shares: Int, at price: Int, by side: Side, second: Int) {
    self.second = second
    self.price = price
    if open == 0 {
      (open, high, low, openingVolume) = (price, price, price, shares)
      (openSecond, highSecond, lowSecond) = (second, second, second)
    }
    if price > high { (high, highSecond) = (price, second) }
    if price < low { (low, lowSecond) = (price, second) }
    volume += shares
    amount += shares * price
    lastVolume = shares
    lastSide = side
    switch side {
    case .buy:
      buyCount += 1
      buyVolume += shares
    case .sell:
      sellCount += 1
      sellVolume += shares
    case .auction: break
    }
  }
}
