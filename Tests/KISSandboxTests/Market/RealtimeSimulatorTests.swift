import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("Simulated realtime TRs")
struct RealtimeSimulatorTests {
  static let open = KoreanTime(year: 2026, month: 9, day: 21, hour: 9, minute: 30)
  static let night = KoreanTime(year: 2026, month: 9, day: 20, hour: 3, minute: 12)

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

  static func messages(
    _ id: TransactionID, key: String, from start: KoreanTime = open, count: Int = 40, seed: UInt64 = 1,
    dialect: Dialect? = nil
  ) throws -> [RealtimeSimulator.Message] {
    let dialect = try dialect ?? Dialect(day: "2026-09-21")
    var simulator = RealtimeSimulator(id, key: key, from: start, dialect: dialect, seed: seed)
    return (0..<count).compactMap { _ in simulator.next() }
  }

  static func records(_ messages: [RealtimeSimulator.Message]) throws -> [Record] {
    let dialect = try Dialect(day: "2026-09-21")
    return try messages.flatMap { message -> [Record] in
      let frame = try Frame(parsing: message.bytes)
      let plain = Frame(frame.transactionID, count: frame.count, payload: frame.bytes[frame.payloadStart...])
      return try plain.records(in: dialect)
    }
  }

  @Test(
    "Every TR streams records of its width, in time order, by day and by night",
    arguments: Catalogue.realtime.map(\.id), [open, night])
  func everyTR(id: TransactionID, start: KoreanTime) throws {
    let tr = try #require(Catalogue.realtime(id))
    let key = RealtimeSimulatorTests.key(of: tr)
    let messages = try RealtimeSimulatorTests.messages(id, key: key, from: start, count: 12)
    #expect(messages.count == 12)
    #expect(zip(messages, messages.dropFirst()).allSatisfy { $0.time <= $1.time })
    #expect(messages.allSatisfy { $0.time >= start })
    let width = try Dialect(day: "2026-09-21").layout(of: id).width
    for record in try RealtimeSimulatorTests.records(messages) {
      #expect(record.values.count == width)
      if record.layout.fields.first != "BSOP_DATE" { #expect(record.values[0] == key) }
    }
    let flags = try messages.map { try Frame(parsing: $0.bytes).flag }
    #expect(flags.allSatisfy { $0 == (tr.isEncrypted ? .encrypted : .plain) })
  }

  @Test(
    "Prices lie in the book and within the day, signs say which way, totals never fall",
    arguments: [
      "H0STCNT0", "H0UNCNT0", "H0NXCNT0", "H0STOUP0", "H0IFCNT0", "H0ZFCNT0", "H0IOCNT0", "H0MFCNT0", "H0EUCNT0",
      "H0EWCNT0",
      "H0BJCNT0", "HDFSCNT0", "HDFFF020", "H0UPCNT0", "H0CFCNT0", "H0ZOCNT0", "H0STPGM0", "H0STMBC0",
    ])
  func invariants(id: TransactionID) throws {
    let tr = try #require(Catalogue.realtime(id))
    let messages = try RealtimeSimulatorTests.messages(id, key: RealtimeSimulatorTests.key(of: tr))
    var before: [String: Double] = [:]
    for record in try RealtimeSimulatorTests.records(messages) {
      func number(_ suffixes: String...) -> Double? {
        record.fields.first { field in suffixes.contains { field.name == $0 || field.name.hasSuffix("_" + $0) } }
          .flatMap { Double($0.value) }
      }
      if let price = number("PRPR", "LAST", "LAST_PRICE", "PRPR_NMIX"), let high = number("HGPR", "HIGH", "HIGH_PRICE"),
        let low = number("LWPR", "LOW", "LOW_PRICE")
      {
        #expect(low <= price && price <= high, "\(record.json.text)")
      }
      if let ask = number("ASKP1", "PASK"), let bid = number("BIDP1", "PBID") { #expect(bid < ask) }
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

  @Test("Trades of a stream are those of the day's recording, and REST agrees with them at every moment")
  func agreesWithREST() throws {
    let messages = try RealtimeSimulatorTests.messages("H0STCNT0", key: "005930")
    let record = try #require(try RealtimeSimulatorTests.records(messages).last)
    let time = try #require(messages.last?.time)
    let quote = Quote(Instrument(code: "005930"), at: time + .seconds(1), hours: .exchange, seed: 1)
    #expect(quote.volume >= (Int(record["ACML_VOL"] ?? "") ?? .max))
    #expect(quote.previousClose == (try record.integer("STCK_PRPR")) - (try record.integer("PRDY_VRSS")))
  }

  @Test("The same seed gives the same messages; another seed or key other ones")
  func deterministic() throws {
    let messages = try RealtimeSimulatorTests.messages("H0STASP0", key: "005930")
    #expect(messages == (try RealtimeSimulatorTests.messages("H0STASP0", key: "005930")))
    #expect(messages != (try RealtimeSimulatorTests.messages("H0STASP0", key: "005930", seed: 2)))
  }

  @Test("Program trading of an index goes on from what the recorded day says at that time")
  func programTrading() throws {
    let messages = try RealtimeSimulatorTests.messages("H0UPPGM0", key: "0001", count: 2)
    var flow = ProgramFlow(.kospi, on: TradingDay(of: RealtimeSimulatorTests.open), seed: 1)
    for second in stride(from: 32_353, through: 34_203, by: 10) { flow.advance(to: second) }
    #expect(
      String(decoding: messages[0].bytes, as: UTF8.self).hasSuffix(flow.values(of: .kospi).joined(separator: "^")))
  }

  @Test("Paper notices have the paper layout and the customer's id first")
  func paperNotices() throws {
    let dialect = try Dialect(day: "2026-09-21", venue: .vts)
    let messages = try RealtimeSimulatorTests.messages("H0STCNI9", key: "$1234567", count: 2, dialect: dialect)
    let texts = messages.map { String(decoding: $0.bytes, as: UTF8.self) }
    #expect(texts.allSatisfy { $0.hasPrefix("1|H0STCNI9|001|$1234567^") && $0.contains("^1Y^") })
    #expect(texts.allSatisfy { $0.split(separator: "^", omittingEmptySubsequences: false).count == 23 })
  }

  @Test("A stream goes on over the close, the night and the weekend")
  func goesOn() throws {
    let dialect = try Dialect(day: "2026-09-21")
    let friday = KoreanTime(year: 2026, month: 9, day: 18, hour: 15, minute: 19)
    var simulator = RealtimeSimulator("H0STPGM0", key: "145020", from: friday, dialect: dialect, seed: 1)
    var last = friday
    let sunday = friday + .seconds(2 * 86_400)
    var longest = Duration.zero
    while last < sunday, let message = simulator.next() {
      longest = max(longest, .nanoseconds(message.time.epochNanoseconds - last.epochNanoseconds))
      last = message.time
    }
    // From the close at 15:30 to the evening of an open day there is nothing.
    #expect(longest < .seconds(3 * 3_600))
  }
}
