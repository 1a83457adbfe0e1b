import Testing

@testable import KISSandbox

@Suite("Trade tape")
struct TradeTapeTests {
  static let day = TradingDay("2026-09-21")

  @Test(
    "Every trade lies in the book before it, totals add up, and prices stay on steps and within limits",
    arguments: ["005930", "000660", "252670", "088350", "123456"])
  func consistency(code: String) throws {
    let day = try #require(TradeTapeTests.day)
    var tape = SimulatedTrading(Instrument(code: code), on: day, seed: 5)
    var before = tape.quote
    var last = 0
    var trades = 0
    while let event = tape.next() {
      let quote = event.quote
      try #require(event.millisecond >= last)
      last = event.millisecond
      let book = quote.book
      try #require(book.askPrices.count == 10 && book.bidPrices.count == 10)
      try #require(zip(book.askPrices, book.askPrices.dropFirst()).allSatisfy { $0 < $1 })
      try #require(zip(book.bidPrices, book.bidPrices.dropFirst()).allSatisfy { $0 > $1 } || book.bidPrices.last == 1)
      try #require(book.bestBid < book.bestAsk)
      try #require((book.askQuantities + book.bidQuantities).allSatisfy { $0 > 0 })
      if event.isTrade {
        trades += 1
        try #require(quote.volume == before.volume + quote.lastVolume)
        try #require(quote.amount == before.amount + quote.lastVolume * quote.price)
        try #require(quote.price % quote.instrument.priceStep.size(at: quote.price) == 0)
        try #require(quote.limits.contains(quote.price))
        try #require(quote.low...quote.high ~= quote.price && quote.low...quote.high ~= quote.open)
        if quote.lastSide == .buy { try #require(quote.price == before.book.bestAsk) }
        if quote.lastSide == .sell { try #require(quote.price == before.book.bestBid) }
      }
      before = quote
    }
    #expect(trades > 300)
    #expect(before.second >= MarketHours.close)
  }

  @Test("A day closes at the price and volume that the next day starts from")
  func daysJoin() throws {
    let day = try #require(TradeTapeTests.day)
    let instrument = Instrument(code: "035420")
    var yesterday = SimulatedTrading(instrument, on: day.previous, seed: 9)
    while yesterday.next() != nil {}
    let today = SimulatedTrading(instrument, on: day, seed: 9)
    #expect(today.quote.previousClose == yesterday.quote.price)
    #expect(today.quote.previousVolume == yesterday.quote.volume)
  }

  @Test("The same moment gives the same quote, however it was reached")
  func sameMoment() throws {
    let day = try #require(TradeTapeTests.day)
    var leap = SimulatedTrading(Instrument(code: "005930"), on: day, seed: 2)
    var walk = leap
    let quote = leap.advance(toSecond: 36_000)
    for second in stride(from: 32_000, through: 36_000, by: 7) { _ = walk.advance(toSecond: second) }
    #expect(walk.advance(toSecond: 36_000).amount == quote.amount)
    #expect(quote.volume > 0)
  }
}
