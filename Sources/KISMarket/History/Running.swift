/// The running totals of a tape until a moment. Prices are tick indices; 0 until the first print.
struct Running: Sendable, Hashable {
  @Compact var open = 0
  @Compact var high = 0
  @Compact var low = 0
  @Compact var last = 0
  /// Shares and won.
  var volume = 0
  var amount = 0
  /// Shares and prints by the side that took; auctions count for neither.
  var boughtVolume = 0
  var soldVolume = 0
  @Compact var boughtPrints = 0
  @Compact var soldPrints = 0
  /// What a static volatility interruption is measured from: the price of the last auction; 0 before it.
  @Compact var reference = 0

  /// The tape with one print more.
  mutating func add(_ print: DrawnPrint, ticks: PriceTicks) {
    touch(print.price)
    last = print.price
    volume += print.size
    amount += print.size * ticks.price(at: print.price)
    if print.side > 0 {
      boughtVolume += print.size
      boughtPrints += 1
    } else if print.side < 0 {
      soldVolume += print.size
      soldPrints += 1
    } else {
      reference = print.price
    }
  }

  /// The tape with all prints of a minute more.
  mutating func add(_ cell: MinuteCell) {
    if cell.auctionVolume > 0 {
      touch(cell.auctionPrice)
      last = cell.auctionPrice
      reference = cell.auctionPrice
    }
    if cell.prints > 0 {
      if open == 0 { open = cell.open }
      touch(cell.high)
      touch(cell.low)
      last = cell.close
    }
    volume += cell.volume + cell.auctionVolume
    amount += cell.amount
    boughtVolume += cell.boughtVolume
    soldVolume += cell.volume - cell.boughtVolume
    boughtPrints += cell.boughtPrints
    soldPrints += cell.prints - cell.boughtPrints
  }

  private mutating func touch(_ price: Int) {
    if open == 0 { open = price }
    if high == 0 || price > high { high = price }
    if low == 0 || price < low { low = price }
  }
}
