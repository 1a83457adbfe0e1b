import KISMarket
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("Realtime TRs as the market makes them")
struct MarketStreamTests {
  static let open = KoreanTime(year: 2026, month: 9, day: 21, hour: 9, minute: 30)
  static let night = KoreanTime(year: 2026, month: 9, day: 21, hour: 23, minute: 0)
  static let beforeOpen = KoreanTime(year: 2026, month: 9, day: 21, hour: 8, minute: 40)

  static func key(of tr: RealtimeTR) -> String {
    switch tr.key {
    case .stock: "005930"
    case .etf: "069500"
    case .elw: "57JN53"
    case .industry: "0001"
    case .bond: "KR103502GD31"
    case .derivative: tr.id.rawValue.hasPrefix("H0ZF") ? "111V06" : "A05608"
    case .overseasStock: "DNASAAPL"
    case .overseasDerivative: "ESZ26"
    case .htsID: "kismock"
    }
  }

  /// A moment at which a TR speaks by itself; nil for what only an interruption or the evening brings about.
  static func hours(of id: TransactionID) -> KoreanTime? {
    if StreamKind.isAfterHours(id) { return nil }
    switch StreamKind(id) {
    case .volatilityInterruption, .marketStatus: return nil
    // NXT has no auctions.
    case .expected: return StreamKind.tape(of: id) == .nxt ? nil : beforeOpen
    case .expectedIndex: return beforeOpen
    default:
      let isAbroad = id.rawValue.hasPrefix("HDF") || id.rawValue.hasPrefix("H0GS")
      return isAbroad ? night : open
    }
  }

  static func messages(
    _ id: TransactionID, key: String, from start: KoreanTime? = nil, count: Int = 40, seed: UInt64 = 1,
    dialect: Dialect? = nil, in market: QuotedMarket? = nil
  ) throws -> [MarketStream.Message] {
    let dialect = try dialect ?? Dialect(day: "2026-09-21")
    let quotes = market ?? QuotedMarket(seed: seed)
    var stream = MarketStream(
      id, key: key, after: TradingMoment(start ?? hours(of: id) ?? open), dialect: dialect, in: quotes)
    var messages: [MarketStream.Message] = []
    for _ in 0..<20_000 where messages.count < count {
      if case .message(let message) = stream.next(in: quotes) { messages.append(message) }
    }
    return messages
  }

  static func records(_ messages: [MarketStream.Message]) throws -> [Record] {
    let dialect = try Dialect(day: "2026-09-21")
    return try messages.flatMap { message -> [Record] in
      let frame = try Frame(parsing: message.bytes)
      let plain = Frame(frame.transactionID, count: frame.count, payload: frame.bytes[frame.payloadStart...])
      return try plain.records(in: dialect)
    }
  }

  @Test(
    "What was paid for all trades of a day is their number times a price of the day",
    arguments: [
      ("H0STCNT0", "005930", "ACML_VOL", "ACML_TR_PBMN", "STCK_HGPR", "STCK_LWPR"),
      ("HDFSCNT0", "DNASAAPL", "TVOL", "TAMT", "HIGH", "LOW"), ("HDFSCNT0", "DTSE7203", "TVOL", "TAMT", "HIGH", "LOW"),
      ("HDFSCNT0", "DHKS00700", "TVOL", "TAMT", "HIGH", "LOW"),
    ])
  func paid(id: String, key: String, volume: String, amount: String, high: String, low: String) throws {
    let messages = try MarketStreamTests.messages(TransactionID(id), key: key, count: 200)
    let records = try MarketStreamTests.records(messages)
    #expect(records.count > 100)
    for record in records {
      func value(_ name: String) throws -> Double { try #require(record[name].flatMap { Double($0) }, "\(name)") }
      let (paid, traded) = (try value(amount), try value(volume))
      // Amounts are in whole units.
      #expect(try paid >= (traded * value(low)).rounded(.down) - 1 && paid <= traded * value(high) + 1, "\(record)")
    }
  }

  @Test(
    "Every TR streams records of its width, in time order, when its market is open",
    arguments: Catalogue.realtime.map(\.id))
  func everyTR(id: TransactionID) throws {
    let tr = try #require(Catalogue.realtime(id))
    guard let start = MarketStreamTests.hours(of: id) else { return }
    let key = MarketStreamTests.key(of: tr)
    let messages = try MarketStreamTests.messages(id, key: key, count: 12)
    #expect(messages.count == 12)
    #expect(zip(messages, messages.dropFirst()).allSatisfy { $0.moment <= $1.moment })
    #expect(messages.allSatisfy { $0.moment > TradingMoment(start) })
    let width = try Dialect(day: "2026-09-21").layout(of: id).width
    for record in try MarketStreamTests.records(messages) {
      #expect(record.values.count == width)
      if record.layout.fields.first != "BSOP_DATE" { #expect(record.values[0] == key) }
    }
    let flags = try messages.map { try Frame(parsing: $0.bytes).flag }
    #expect(flags.allSatisfy { $0 == (tr.isEncrypted ? .encrypted : .plain) })
  }

  @Test(
    "Prices lie in the book and within the day, signs say which way, totals never fall",
    arguments: [
      "H0STCNT0", "H0UNCNT0", "H0NXCNT0", "H0IFCNT0", "H0ZFCNT0", "H0IOCNT0", "H0MFCNT0", "H0EUCNT0", "H0EWCNT0",
      "H0BJCNT0", "HDFSCNT0", "HDFFF020", "H0UPCNT0", "H0CFCNT0", "H0ZOCNT0", "H0STPGM0", "H0STMBC0",
    ])
  func invariants(id: TransactionID) throws {
    let tr = try #require(Catalogue.realtime(id))
    let messages = try MarketStreamTests.messages(id, key: MarketStreamTests.key(of: tr))
    var before: [String: Double] = [:]
    for record in try MarketStreamTests.records(messages) {
      func number(_ suffixes: String...) -> Double? {
        record.fields.first { field in suffixes.contains { field.name == $0 || field.name.hasSuffix("_" + $0) } }
          .flatMap { Double($0.value) }
      }
      if let price = number("PRPR", "LAST", "LAST_PRICE", "PRPR_NMIX"), let high = number("HGPR", "HIGH", "HIGH_PRICE"),
        let low = number("LWPR", "LOW", "LOW_PRICE")
      {
        #expect(low <= price && price <= high, "\(record.json.text)")
      }
      if let ask = number("ASKP1", "PASK"), let bid = number("BIDP1", "PBID"), ask > 0 { #expect(bid < ask) }
      if let sign = record["PRDY_VRSS_SIGN"], let change = number("PRDY_VRSS", "NMIX_PRDY_VRSS") {
        #expect(change > 0 ? ["1", "2"].contains(sign) : change < 0 ? ["4", "5"].contains(sign) : sign == "3")
      }
      for name in ["ACML_VOL", "ACML_TR_PBMN", "TVOL", "VOL", "SELN_CNQN", "SHNU_TR_PBMN", "TOTAL_SELN_QTY1"] {
        guard let value = record[name].flatMap({ Double($0) }) else { continue }
        #expect(value >= before[name] ?? 0, "\(name)")
        before[name] = value
      }
    }
    #expect(!before.isEmpty)
  }

  @Test("Every trade of a stream adds up to what the market says at its moment")
  func agreesWithSnapshots() throws {
    let messages = try MarketStreamTests.messages("H0STCNT0", key: "005930")
    let quotes = QuotedMarket(seed: 1)
    // A moment with more trades than one message takes is told by several.
    for (message, next) in zip(messages, messages.dropFirst()) where message.moment < next.moment {
      let record = try #require(try MarketStreamTests.records([message]).last)
      let quote = quotes.quote(quotes.instrument("005930"), at: message.moment)
      #expect(record["ACML_VOL"] == "\(quote.volume)" && record["ACML_TR_PBMN"] == "\(quote.amount)")
      #expect(record["STCK_PRPR"] == "\(quote.price)" && record["STCK_HGPR"] == "\(quote.high)")
      #expect(record["SHNU_CNTG_CSNU"] == "\(quote.buyCount)" && record["SELN_CNTG_SMTN"] == "\(quote.sellVolume)")
      #expect(record["HGPR_HOUR"] == quote.value(of: "hgpr_hour"))
    }
  }

  @Test("The same seed gives the same messages to whoever comes when; another seed or key gives other ones")
  func deterministic() throws {
    let messages = try MarketStreamTests.messages("H0STCNT0", key: "005930")
    #expect(messages == (try MarketStreamTests.messages("H0STCNT0", key: "005930")))
    #expect(messages != (try MarketStreamTests.messages("H0STCNT0", key: "005930", seed: 2)))
    let late = try MarketStreamTests.messages("H0STCNT0", key: "005930", from: MarketStreamTests.open + .seconds(3))
    let joined = messages.drop { $0.moment <= TradingMoment(MarketStreamTests.open + .seconds(3)) }
    #expect(Array(joined) == Array(late.prefix(joined.count)))
  }

  @Test("Program trading of an index is what its REST answer says at that time")
  func programTrading() throws {
    let message = try #require(try MarketStreamTests.messages("H0UPPGM0", key: "0001", count: 1).first)
    let values = QuotedMarket(seed: 1).programTotals(.kospi, at: message.moment).values(of: .kospi)
    #expect(String(decoding: message.bytes, as: UTF8.self).hasSuffix(values.joined(separator: "^")))
  }

  @Test("Paper notices have the paper layout and the customer's id first")
  func paperNotices() throws {
    let dialect = try Dialect(day: "2026-09-21", venue: .vts)
    let messages = try MarketStreamTests.messages("H0STCNI9", key: "$1234567", count: 2, dialect: dialect)
    let texts = messages.map { String(decoding: $0.bytes, as: UTF8.self) }
    #expect(texts.allSatisfy { $0.hasPrefix("1|H0STCNI9|001|$1234567^") && $0.contains("^1Y^") })
    #expect(texts.allSatisfy { $0.split(separator: "^", omittingEmptySubsequences: false).count == 23 })
  }

  @Test(
    "Nothing is sent that KIS would not send: expected prices in auctions only, nothing abroad by day",
    arguments: ["H0STANC0", "HDFSCNT0", "H0STVIC0", "H0STOUP0"])
  func closed(id: TransactionID) throws {
    let quotes = QuotedMarket(seed: 1)
    let key = id == "HDFSCNT0" ? "DNASAAPL" : "005930"
    var stream = MarketStream(
      id, key: key, after: TradingMoment(MarketStreamTests.open), dialect: try Dialect(day: "2026-09-21"), in: quotes)
    let noon = TradingMoment("2026-09-21", ClockTime(12, 0))
    while true {
      switch stream.next(in: quotes) {
      case .message(let message):
        #expect(message.moment > noon)
        return
      case .nothing(until: let moment): if moment > noon { return }
      }
    }
  }

  @Test(
    "A halt is told when it begins and when it ends, and trades rest meanwhile", arguments: ["H0STVIC0", "H0STMKO0"])
  func halt(id: TransactionID) throws {
    let quotes = QuotedMarket(seed: 1)
    let start = ClockTime(10, 0)
    quotes.add(
      MarketEvent(.halt(milliseconds: 120_000), to: .instrument("005930"), on: "2026-09-21", at: start))
    let messages = try MarketStreamTests.messages(
      id, key: "005930", from: MarketStreamTests.open, count: 2, in: quotes)
    let seconds = messages.map { $0.moment.time.seconds - start.seconds }
    try #require(seconds.count == 2)
    #expect((0...60).contains(seconds[0]) && (115...160).contains(seconds[1] - seconds[0]), "\(seconds)")
    let prints = quotes.prints(
      quotes.instrument("005930"), on: "2026-09-21", after: messages[0].moment.time,
      through: messages[1].moment.time.later(milliseconds: -31_000))
    #expect(prints.isEmpty)
  }
}
