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

  @Test(
    "Futures and options are told of from 08:45 to 15:45, their books from 08:30, shares' hours are theirs",
    arguments: [
      ("H0IF", "A01612"), ("H0IO", "B01612A00"), ("H0ZF", "A11612"), ("H0MF", "A01612"), ("H0EU", "B01612A00"),
    ])
  func contracts(family: String, key: String) {
    let (trades, book) = (TransactionID(family + "CNT0"), TransactionID(family + "ASP0"))
    #expect(!sends(trades, key, at: 8, 44) && sends(trades, key, at: 8, 45) && sends(trades, key, at: 15, 45))
    #expect(!sends(trades, key, at: 15, 46) && !sends(book, key, at: 15, 46))
    #expect(!sends(book, key, at: 8, 29) && sends(book, key, at: 8, 30) && sends(book, key, at: 15, 40))
    #expect(!sends("H0STCNT0", "005930", at: 8, 50) && !sends("H0STCNT0", "005930", at: 15, 40))
  }

  @Test("What was streamed of a contract before its index opened is in its chart and its price")
  func firstMinutes() throws {
    let start = KoreanTime(year: 2026, month: 9, day: 21, hour: 8, minute: 44)
    let messages = try MarketStreamTests.messages("H0IFCNT0", key: "A01612", from: start, count: 400, in: quotes)
    let records = try MarketStreamTests.records(messages)
    let last = try #require(messages.last).moment
    #expect(last.time < ClockTime(9, 0) && records.first?["BSOP_HOUR"]?.hasPrefix("0845") == true)
    let told = quotes.quote(quotes.instrument("A01612", .indexFutures), at: last)
    #expect(records.last?["FUTS_PRPR"] == told.text(told.price) && records.last?["ACML_VOL"] == "\(told.volume)")
    let moment = KoreanTime(year: 2026, month: 9, day: 21, hour: 8, minute: 50)
    let chart = try GeneratedAnswerTests.answer(
      "FHKIF03020200",
      [
        ("FID_COND_MRKT_DIV_CODE", "F"), ("FID_INPUT_ISCD", "A01612"), ("FID_HOUR_CLS_CODE", "60"),
        ("FID_PW_DATA_INCU_YN", "N"), ("FID_FAKE_TICK_INCU_YN", "N"), ("FID_INPUT_DATE_1", "20260921"),
        ("FID_INPUT_HOUR_1", "085000"),
      ], at: moment
    ).envelope.rows("output2")
    #expect(chart.count == 6 && chart.last?["stck_cntg_hour"]?.string == "084500")
    let volumes = chart.compactMap { $0["cntg_vol"]?.string.flatMap { Int($0) } }
    #expect(volumes.reduce(0, +) == quotes.quote(told.instrument, at: TradingMoment(moment)).volume)
  }
}
