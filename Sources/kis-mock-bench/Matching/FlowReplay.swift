import KISMarket

/// An order flow run through a book, with what it cost.
struct FlowReplay {
  /// What traded, in order.
  private(set) var trades: [Trade] = []
  /// The book at the end.
  let book: MatchingBook
  /// What running the commands took; reading the file and writing the result are not in it.
  let elapsed: Duration
  let commands: Int

  /// Runs a flow.
  init(_ flow: [FlowCommand]) {
    var market = OrderFlow()
    var trades: [Trade] = []
    let clock = ContinuousClock()
    let start = clock.now
    for command in flow {
      market.apply(command)
      market.passEvents { event in
        if case .trade(let trade) = event { trades.append(trade) }
      }
    }
    elapsed = clock.now - start
    (self.trades, book, commands) = (trades, market.book, flow.count)
  }

  /// A line `T maker taker price quantity` per trade, then the book best first: `B price quantity orders` for each
  /// price that is bid, `S …` for each that is asked.
  var lines: [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(trades.count * 24)
    for trade in trades {
      text += "T \(trade.maker) \(trade.taker) \(trade.price) \(trade.quantity)\n".utf8
    }
    for (mark, side) in [("B", Side.buy), ("S", Side.sell)] {
      for level in book.levels(of: side) { text += "\(mark) \(level.price) \(level.quantity) \(level.orders)\n".utf8 }
    }
    return text
  }

  /// What it cost, for people.
  var figures: String {
    let (seconds, attoseconds) = elapsed.components
    let nanoseconds = max(1, seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    let rate = Int(Double(commands) * 1e9 / Double(nanoseconds))
    return "\(commands) commands, \(trades.count) trades in \(nanoseconds / 1_000_000) ms: \(rate) commands/s"
  }
}
