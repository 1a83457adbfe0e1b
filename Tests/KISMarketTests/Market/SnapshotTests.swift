import KISMarket
import Testing

@Suite("Snapshots, prints, bars and books of one moment agree")
struct SnapshotTests {
  static let codes = ["005930", "247540", "000400", "069500", "Q500001", "900020", "900030", "123456"]
  static let date: CalendarDate = "2026-09-21"
  static let moments = [
    ClockTime(8, 45), ClockTime(9, 0, 7), ClockTime(9, 0, 59), ClockTime(11, 7, 31), ClockTime(14, 30, 17),
    ClockTime(15, 19, 59), ClockTime(15, 25), ClockTime(15, 30, 31), ClockTime(19, 0),
  ]

  @Test("A snapshot is the sum of all prints until then", arguments: codes)
  func sums(code: String) {
    var market = Samples.market
    let all = market.prints(of: code, on: Self.date, after: ClockTime(0, 0), through: ClockTime(24, 0))
    for time in Self.moments {
      let snapshot = market.snapshot(of: code, on: Self.date, at: time)
      let prints = all.filter { $0.time <= time }
      #expect(snapshot.volume == prints.reduce(0) { $0 + $1.size })
      #expect(snapshot.amount == prints.reduce(0) { $0 + $1.size * $1.price })
      #expect(snapshot.boughtVolume == prints.filter { $0.side == .buy }.reduce(0) { $0 + $1.size })
      #expect(snapshot.soldPrints == prints.filter { $0.side == .sell }.count)
      #expect(snapshot.price == prints.last?.price ?? snapshot.basePrice)
      #expect(snapshot.high == prints.map(\.price).max() ?? 0)
      #expect(snapshot.low == prints.map(\.price).min() ?? 0)
      #expect(snapshot.open == prints.first?.price ?? 0)
      let bars = market.minuteBars(of: code, on: Self.date, through: time)
      #expect(bars.reduce(0) { $0 + $1.volume } == snapshot.volume)
      #expect(bars.reduce(0) { $0 + $1.amount } == snapshot.amount)
      if snapshot.hasTraded { #expect(bars.last?.close == snapshot.price) }
    }
  }

  @Test("The last snapshot of a day is the day's bar, and its close the next day's base price", arguments: codes)
  func lastOfDay(code: String) {
    var market = Samples.market
    let snapshot = market.snapshot(of: code, on: Self.date, at: ClockTime(20, 0))
    let day = market.day(of: code, on: Self.date)
    #expect(snapshot.price == day.close && snapshot.volume == day.volume)
    #expect(market.snapshot(of: code, on: "2026-09-22", at: ClockTime(8, 0)).basePrice == day.close)
    // 추석: Thursday to Sunday show Wednesday.
    let wednesday = market.snapshot(of: code, on: "2026-09-23", at: ClockTime(20, 0))
    #expect(market.snapshot(of: code, on: "2026-09-26", at: ClockTime(10, 0)).price == wednesday.price)
  }

  @Test("Books are ordered, inside the limits, hold what is taken next, and their best prices are not crossed")
  func books() {
    var market = Samples.market
    for code in Self.codes {
      for minute in stride(from: 0, to: 390, by: 13) {
        let time = ClockTime(9, minute, 20)
        let snapshot = market.snapshot(of: code, on: Self.date, at: time)
        let book = market.book(of: code, on: Self.date, at: time)
        #expect(!book.asks.isEmpty && !book.bids.isEmpty)
        for (level, next) in zip(book.asks, book.asks.dropFirst()) { #expect(level.price < next.price) }
        for (level, next) in zip(book.bids, book.bids.dropFirst()) { #expect(level.price > next.price) }
        if let ask = book.asks.first, let bid = book.bids.first { #expect(ask.price > bid.price) }
        for level in book.asks + book.bids {
          #expect(level.quantity > 0 && snapshot.limits.contains(level.price))
        }
        #expect(book.totalAsk == book.asks.reduce(0) { $0 + $1.quantity }, "as in every captured book")
        #expect(book.totalBid == book.bids.reduce(0) { $0 + $1.quantity })
      }
    }
  }

  @Test("A print takes what its book showed: at its price, at most what rested there", arguments: codes)
  func printsMeetTheBook(code: String) {
    var market = Samples.market
    let prints = market.prints(of: code, on: Self.date, after: ClockTime(10, 0), through: ClockTime(10, 20))
    for print in prints.prefix(60) {
      guard let side = print.side else { continue }
      let book = market.book(of: code, on: Self.date, at: print.time.later(milliseconds: -1))
      guard let best = side == .buy ? book.asks.first : book.bids.first, best.price == print.price else { continue }
      #expect(best.quantity >= print.size)
    }
  }

  @Test("Opening and closing auctions show an expected price that ends at what they trade, and a volume that rises")
  func auctions() {
    var market = Samples.market
    for code in ["005930", "247540"] {
      for (start, end) in [(ClockTime(8, 30), ClockTime(9, 0)), (ClockTime(15, 20), ClockTime(15, 30))] {
        var last = 0
        var prices: Set<Int> = []
        for step in 0..<60 {
          let time = start.later(milliseconds: (end.milliseconds - start.milliseconds) * step / 60)
          guard let expected = market.expectedExecution(of: code, on: Self.date, at: time) else {
            Issue.record("\(code) shows nothing at \(time)")
            continue
          }
          #expect(expected.volume >= last)
          last = expected.volume
          prices.insert(expected.price)
          #expect(market.book(of: code, on: Self.date, at: time).expected == expected)
        }
        let prints = market.prints(
          of: code, on: Self.date, after: end.later(milliseconds: -1), through: end.later(minutes: 1))
        let auction = prints.first { $0.side == nil }
        #expect(auction != nil && (auction?.size ?? 0) >= last)
        if let auction {
          let expected = market.expectedExecution(of: code, on: Self.date, at: auction.time.later(milliseconds: -1))
          #expect(abs((expected?.price ?? 0) - auction.price) <= auction.price / 200)
        }
      }
      #expect(market.expectedExecution(of: code, on: Self.date, at: ClockTime(10, 0)) == nil)
    }
  }

  @Test("Figures do not depend on the order of questions, nor on what was asked before")
  func order() {
    var questions: [(String, CalendarDate, ClockTime)] = []
    for code in Self.codes {
      for date in ["2025-03-04", "2026-09-21", "2026-09-22"] as [CalendarDate] {
        for time in [ClockTime(9, 0, 20), ClockTime(11, 7, 31), ClockTime(15, 31)] {
          questions.append((code, date, time))
        }
      }
    }
    var market = Samples.market
    let answers = questions.map { market.snapshot(of: $0.0, on: $0.1, at: $0.2) }
    var generator = CellGenerator(seed: 5)
    for number in stride(from: questions.count - 1, through: 1, by: -1) {
      let other = generator.below(number + 1)
      // Each from a market that knows nothing yet, and from one that was asked other things before.
      var fresh = Samples.market
      #expect(fresh.snapshot(of: questions[other].0, on: questions[other].1, at: questions[other].2) == answers[other])
      #expect(market.snapshot(of: questions[other].0, on: questions[other].1, at: questions[other].2) == answers[other])
    }
  }

  @Test("The figures of a seed are what they were: another release plays the same market")
  func golden() {
    var market = Market(seed: 1)
    let snapshot = market.snapshot(of: "005930", on: Self.date, at: ClockTime(14, 30, 17))
    let figures = [snapshot.price, snapshot.open, snapshot.high, snapshot.low, snapshot.volume, snapshot.amount]
    #expect(figures == GoldenFigures.samsung)
  }
}
