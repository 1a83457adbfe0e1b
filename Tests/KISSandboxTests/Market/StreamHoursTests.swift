import KISMarket
import KISWire
import Testing

@testable import KISSandbox

@Suite("Streams send while what they tell of goes on")
struct StreamHoursTests {
  private let quotes = QuotedMarket(seed: 1)

  private func sends(_ id: TransactionID, _ key: String, at hour: Int, _ minute: Int) -> Bool {
    let kind = StreamKind(id)
    return StreamHours(id, kind, kind.instrument(of: id, key: key, in: quotes)).contains(
      TradingMoment("2026-09-21", ClockTime(hour, minute)))
  }

  @Test("Expected indices are told while auctions collect, and nothing is expected in between")
  func expectedIndices() {
    #expect(sends("H0UPANC0", "0001", at: 8, 40) && sends("H0UPANC0", "0001", at: 15, 25))
    #expect(!sends("H0UPANC0", "0001", at: 10, 30) && !sends("H0UPANC0", "0001", at: 15, 31))
    #expect(sends("H0UPCNT0", "0001", at: 10, 30) && !sends("H0UPCNT0", "0001", at: 8, 40))
  }

  @Test("An expected index is streamed as it is asked for")
  func oneExpectedIndex() throws {
    let messages = try MarketStreamTests.messages("H0UPANC0", key: "1001", count: 1, in: quotes)
    let frame = try Frame(parsing: String(decoding: try #require(messages.first).bytes, as: UTF8.self))
    let record = Array(try #require(try frame.records().first)).map { String($0) }
    let index = quotes.instrument("1001", .index)
    let moment = try #require(messages.first).moment
    let asked = ExpectedIndex.Auctions(of: index, on: moment.date, in: quotes).index(index, at: moment.time)
    #expect(asked.volume > 0 && record[2] == index.text(asked.level))
    #expect(record[11...13].compactMap { Int($0) } == [asked.rising, asked.standing, asked.falling])
  }

  @Test("The levels of a bond's book and their misprinted fifth are one book")
  func bondBook() throws {
    let bond = quotes.instrument("KR103502GD31", .bond)
    let quote = quotes.quote(bond, at: TradingMoment("2026-09-21", ClockTime(10, 30)))
    #expect(NamedField("ASKP_RSQN52").value(in: quote) == "\(quote.book.askQuantities[4])")
    #expect(NamedField("BIDP_RSQN53").value(in: quote) == "\(quote.book.bidQuantities[4])")
  }

  @Test(
    "A future is what its code says, however it is asked for",
    arguments: [
      ("A11612", Instrument.Market.stockFutures, 245_000...260_000), ("A01612", .indexFutures, 95_000...125_000),
      ("A75612", .indexFutures, 135_000...142_000),
    ])
  func futures(code: String, market: Instrument.Market, prices: ClosedRange<Int>) {
    let asked = [Instrument.Market.indexFutures, .stockFutures].map { quotes.instrument(code, $0) }
    #expect(asked[0] == asked[1] && asked[0].market == market && prices.contains(asked[0].referencePrice))
    #expect(asked[0].ordinaryPrints > 5_000, "a few contracts a print")
  }
}
