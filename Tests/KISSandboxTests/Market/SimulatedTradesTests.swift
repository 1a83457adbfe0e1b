import KISMarket
import KISRecording
import KISWire
import Testing

@testable import KISSandbox
@testable import KISScenario

@Suite("Simulated trades, books and notices")
struct SimulatedTradesTests {
  static func frames(
    day: String = "2026-09-21", venue: Venue = .real, from hour: Int = 9, length: Int = 300, seed: UInt64 = 1
  ) throws -> [Frame] {
    let midnight = try #require(CalendarDate(day)).midnight
    let plan = SimulationPlan(
      start: midnight + .seconds(hour * 3_600), length: .seconds(length), venue: venue,
      instruments: ["005930", "000660"], noticesFor: "kismock")
    return try SimulatedDay(plan, seed: seed).events().compactMap {
      guard case .message(let bytes, .server) = $0.content else { return nil }
      return try Frame(parsing: bytes)
    }
  }

  @Test("inquire-price is answered once a minute, with the price of the last trade before")
  func currentPrices() throws {
    let midnight = ("2026-09-21" as CalendarDate).midnight
    let plan = SimulationPlan(
      start: midnight + .seconds(32_400), length: .seconds(300), instruments: ["005930"])
    var prices: [(time: String, price: String)] = []
    var answers: [(time: String, price: String)] = []
    for event in SimulatedDay(plan, seed: 1).events() {
      switch event.content {
      case .exchange(let exchange):
        let price = try Envelope(parsing: exchange.body).rows("output").first?["stck_prpr"]?.string
        answers.append((clockDigits(32_400 + Int(event.offset.nanoseconds / 1_000_000_000)), price ?? ""))
      case .message(let bytes, _):
        let frame = try Frame(parsing: bytes)
        guard frame.transactionID == .stockTrade else { continue }
        prices += try frame.records().map { ($0[1], $0[2]) }
      default: break
      }
    }
    #expect(answers.count == 6)
    for answer in answers.dropFirst() {
      #expect(answer.price == prices.last { $0.time < answer.time }?.price, "\(answer.time)")
    }
  }

  @Test(
    "Records have the width of the day",
    arguments: [
      ("2026-09-21", Venue.real, 47, 63, 26), ("2026-08-03", .real, 46, 62, 26), ("2024-05-08", .real, 46, 59, 23),
      ("2026-09-21", .vts, 47, 63, 23),
    ])
  func widths(day: String, venue: Venue, trade: Int, book: Int, notice: Int) throws {
    let frames = try SimulatedTradesTests.frames(day: day, venue: venue)
    let widths = Dictionary(grouping: frames, by: \.transactionID).mapValues { frames in
      Set(
        frames.map {
          ($0.bytes[$0.payloadStart...].split(separator: UInt8(ascii: "^"), omittingEmptySubsequences: false).count)
            / $0.count
        })
    }
    #expect(widths["H0STCNT0"] == [trade])
    #expect(widths["H0STASP0"] == [book])
    #expect(widths[venue == .real ? "H0STCNI0" : "H0STCNI9"] == [notice])
  }

  @Test("Trades follow from each other and lie in the last book that was sent, or beside it")
  func consistency() throws {
    let dialect = try Dialect(day: "2026-09-21")
    var totals: [String: (volume: Int, amount: Int)] = [:]
    var trades = 0
    var largest = 0
    for frame in try SimulatedTradesTests.frames() where frame.transactionID == .stockTrade {
      largest = max(largest, frame.count)
      for record in try frame.records(in: dialect) {
        let trade = try StockTrade(record)
        trades += 1
        if let before = totals[trade.code] {
          #expect(trade.totalQuantity == before.volume + trade.quantity)
          #expect(trade.totalAmount == before.amount + trade.quantity * trade.price)
        }
        totals[trade.code] = (trade.totalQuantity, trade.totalAmount)
        #expect(trade.ask == 0 || trade.bid < trade.ask)
        #expect((trade.low...trade.high).contains(trade.price))
        #expect(trade.sign?.rawValue == signCode(Double(trade.change)))
        let average = try record.number("WGHN_AVRG_STCK_PRC")
        #expect((Double(trade.low) - 0.01...Double(trade.high) + 0.01).contains(average))
        #expect(
          try record.integer("NTBY_CNTG_CSNU") == record.integer("SHNU_CNTG_CSNU") - record.integer("SELN_CNTG_CSNU"))
        #expect(try record.integer("LWPR_VRSS_PRPR") == trade.price - trade.low)
        #expect(try record.text("MARKET_CLS_CODE") == "2")
      }
    }
    #expect(trades > 200)
    #expect(largest > 1)
  }

  @Test("A book's totals are the sums of its levels, and their changes lead from one book to the next")
  func books() throws {
    let dialect = try Dialect(day: "2026-09-21")
    var before: [String: Int] = [:]
    for frame in try SimulatedTradesTests.frames() where frame.transactionID == .stockOrderBook {
      for record in try frame.records(in: dialect) {
        let asks = try (1...10).map { try record.integer("ASKP_RSQN\($0)") }
        let total = try record.integer("TOTAL_ASKP_RSQN")
        // More may wait beyond the tenth level.
        #expect(total >= asks.reduce(0, +))
        let code = record.values[0]
        if let last = before[code] { #expect(try record.integer("TOTAL_ASKP_RSQN_ICDC") == total - last) }
        before[code] = total
        // An auction shows three levels.
        let prices = try (1...10).map { try record.integer("ASKP\($0)") }.filter { $0 > 0 }
        #expect(prices == prices.sorted())
        #expect(try record.integer("BIDP1") < prices[0])
      }
    }
    #expect(before.count == 2)
  }

  @Test("Every order is accepted with price zero, then filled at a price")
  func notices() throws {
    let dialect = try Dialect(day: "2026-09-21")
    let notices = try SimulatedTradesTests.frames(length: 900).filter { $0.transactionID == .orderNotice }.flatMap {
      #expect($0.flag == .encrypted)
      let plain = Frame($0.transactionID, payload: $0.bytes[$0.payloadStart...])
      return try plain.records(in: dialect).map { try OrderNotice($0) }
    }
    #expect(notices.count > 10)
    let orders = Dictionary(grouping: notices, by: \.orderNumber).values
    for order in orders where order.count == 2 {
      #expect(order[0].customerID == "kismock")
      #expect(!order[0].isFill && order[0].price == 0 && order[0].quantity == order[0].orderQuantity)
      #expect(order[1].isFill && order[1].price > 0)
      #expect(order[0].orderNumber.count == 10)
    }
    #expect(orders.filter { $0.count == 2 }.count >= 5)
  }
}
