import Facts
import KISWire
import Testing

struct RecordTests {
  let dialect: Dialect

  init() throws { dialect = try Dialect(day: "2026-09-21") }

  func sample(_ id: String) throws -> Record {
    let sample = try #require(Sample.frames.first { $0.id == id })
    return try #require(try Frame(parsing: sample.text).records(in: dialect).first)
  }

  @Test("program trading is read whole, by KIS's blocks", .proves("5 layout"))
  func programTrading() throws {
    let trading = try ProgramTrading(try sample("portal-h0uppgm0"))
    #expect(trading.code == "0001")
    #expect(trading.time == TimeOfDay("08:59:13"))
    #expect(trading.executed(.nonArbitrage, .sell, .entrusted) == .init(quantity: 0, amount: 1))
    #expect(trading.executed(.nonArbitrage, .buy, .entrusted) == .init(quantity: 1, amount: 10))
    #expect(trading.executed(.arbitrage, .buy, .own) == .init(quantity: 0, amount: 0))
    #expect(trading.arbitrage.net == .init(quantity: 0, quantityRate: 0, amount: 0, amountRate: 0))
    #expect(trading.nonArbitrage.buy.amount == 10)
    #expect(trading.entrusted.net.amount == 9)
    #expect(trading.own.sell.quantity == 0)
    #expect(trading.all.net == .init(quantity: 1, quantityRate: 0, amount: 9, amountRate: 0))
    #expect(trading.net(.nonArbitrage, .entrusted) == .init(quantity: 1, amount: 9))
    #expect(trading.market == .init(quantity: 0, amount: 0))
  }

  @Test("each accessor of program trading reads the value of its position")
  func programTradingPositions() throws {
    let layout = dialect.layout(of: .indexProgramTrading)
    let numbered = (1...88).map { $0 == 2 ? "090000" : 19...78 ~= $0 && $0 % 2 == 0 ? "\($0).00" : "\($0)" }
    let trading = try ProgramTrading(Record(RecordValues(numbered), layout: layout))
    #expect(trading.executed(.arbitrage, .sell, .entrusted) == .init(quantity: 3, amount: 11))
    #expect(trading.executed(.arbitrage, .sell, .own) == .init(quantity: 4, amount: 12))
    #expect(trading.executed(.arbitrage, .buy, .entrusted) == .init(quantity: 5, amount: 13))
    #expect(trading.executed(.nonArbitrage, .buy, .own) == .init(quantity: 10, amount: 18))
    #expect(trading.arbitrage.sell == .init(quantity: 19, quantityRate: 20, amount: 21, amountRate: 22))
    #expect(trading.nonArbitrage.buy == .init(quantity: 35, quantityRate: 36, amount: 37, amountRate: 38))
    #expect(trading.entrusted.net == .init(quantity: 51, quantityRate: 52, amount: 53, amountRate: 54))
    #expect(trading.own.sell.quantity == 55)
    #expect(trading.all.net.amountRate == 78)
    #expect(trading.net(.arbitrage, .entrusted) == .init(quantity: 79, amount: 80))
    #expect(trading.net(.nonArbitrage, .own) == .init(quantity: 85, amount: 86))
    #expect(trading.market == .init(quantity: 87, amount: 88))
  }

  @Test("a value that is no number is an error that names it and says where it starts")
  func wrongNumber() throws {
    let text = try #require(Sample.frames.first { $0.id == "portal-h0uppgm0" }).text
    let broken = text.replacing("085913^0^0", with: "085913^0^x")
    let record = try #require(try Frame(parsing: broken).records(in: dialect).first)
    let error = try #require(throws: WireError.self) { try ProgramTrading(record) }
    #expect(error.code == .field)
    #expect(error.expected == "a whole number in ARBT_SELN_ONSL_CNQN (value 4)")
    #expect(Array(broken.utf8)[error.offset] == UInt8(ascii: "x"))
  }

  @Test("a number too long to be held exactly is an error, not a nearby number")
  func absurdNumber() throws {
    let text = try #require(Sample.frames.first { $0.id == "portal-h0uppgm0" }).text
    let record = try #require(
      try Frame(parsing: text.replacing("085913^0^", with: "085913^9007199254740993^")).records(in: dialect).first)
    let error = try #require(throws: WireError.self) { try ProgramTrading(record) }
    #expect(error.expected.contains("15 digits"))
  }

  @Test("a time that is none is an error that names it", arguments: ["240000", "85913", "", "0859a3"])
  func wrongTime(_ written: String) throws {
    let text = try #require(Sample.frames.first { $0.id == "portal-h0uppgm0" }).text
    let record = try #require(
      try Frame(parsing: text.replacing("085913", with: written)).records(in: dialect).first)
    let error = try #require(throws: WireError.self) { try ProgramTrading(record) }
    #expect(error.expected == "six digits of a time of day in BSOP_HOUR")
  }

  @Test("a record too short is an error", arguments: ["0|H0UPPGM0|001|0001^085913", "0|H0UPPGM0|001|"])
  func short(text: String) throws {
    let record = try #require(try Frame(parsing: text).records(in: dialect).first)
    #expect(throws: WireError.self) { try ProgramTrading(record) }
    #expect(throws: WireError.self) { try record.integer("ACML_VOL") }
    #expect(record["ACML_VOL"] == nil)
  }

  @Test("a trade is read in both widths", arguments: [("cnt-20260908-005930-open", 46), ("cnt-20260916-005930", 47)])
  func stockTrade(id: String, width: Int) throws {
    let sample = try #require(Sample.frames.first { $0.id == id })
    let dialect = try Dialect(day: sample.date)
    let record = try #require(try Frame(parsing: sample.text).records(in: dialect).first)
    #expect(record.values.count == width)
    #expect(record.extra.isEmpty)
    let trade = try StockTrade(record)
    #expect(trade.code == "005930")
    #expect(trade.low...trade.high ~= trade.price)
    #expect((trade.sign == .up) == (trade.change > 0))
    #expect((trade.marketPhase == nil) == (width == 46))
  }

  @Test("every captured trade of a share is read", arguments: Sample.frames.filter { $0.transactionID == .stockTrade })
  func trades(sample: Sample) throws {
    let trades = try Frame(parsing: sample.text).records(in: dialect).map(StockTrade.init)
    #expect(trades.count == sample.records)
    #expect(trades.allSatisfy { $0.quantity > 0 && $0.totalQuantity >= $0.quantity })
  }

  static let oldNotice =
    "HTS ID^1234567801^0000002891^^02^0^00^0^136480^0000000001^000003190^094941^0^2^2^06010^000000001^김한투^하림^10^^하림^000000000"
  static let paperNotice =
    "$0000000^5000000001^0000030071^^02^0^01^0^005930^0000000001^000000000^144732^0^1^1^00950^000000001^$0000000^1Y^10^^삼성전자^"
  static let newNotice =
    "@9999999^9999999999^0000002891^^01^0^00^0^005930^0000000003^000252000^094941^0^2^2^06010^000000010^김한투^^1^Y^^10^^삼성전자^"

  @Test("notices are read in all three layouts")
  func notices() throws {
    func notice(_ text: String, _ id: TransactionID, _ day: String) throws -> OrderNotice {
      let frame = Frame(id, payload: Array(text.utf8))
      return try OrderNotice(try #require(try frame.records(in: Dialect(day: day)).first))
    }
    let old = try notice(Self.oldNotice, .orderNotice, "2024-01-02")
    #expect(old.isFill && old.side == .buy && old.price == 3190 && old.instrumentName == "하림" && old.exchange == nil)
    #expect(old.orderPrice == 0)
    let paper = try notice(Self.paperNotice, .paperOrderNotice, "2026-09-21")
    #expect(!paper.isFill && paper.exchange == "1" && paper.instrumentName == "삼성전자" && paper.orderPrice == nil)
    let new = try notice(Self.newNotice, .orderNotice, "2026-09-21")
    #expect(new.isFill && new.side == .sell && new.quantity == 3 && new.orderQuantity == 10 && new.exchange == "1")
    #expect(new.time == TimeOfDay("09:49:41"))
    #expect(new.customerID == "@9999999" && new.instrumentName == "삼성전자")
  }

  @Test("any TR decodes by name, surplus values are extra")
  func generic() throws {
    var narrow = dialect
    narrow.override("H0STCNT0", width: 45)
    let text = try #require(Sample.frames.first { $0.id == "cnt-20260916-005930" }).text
    let record = try #require(try Frame(parsing: text).records(in: narrow).first)
    #expect(record.fields.count == 45)
    #expect(record.extra.count == 2)
    #expect(record["MKSC_SHRN_ISCD"] == "005930")
    #expect(record["NOTHING"] == nil)
  }

  @Test("the JSON of a record has tr_id, fields in wire order, and extra")
  func json() throws {
    let record = Record(
      RecordValues(["0001", "085913", "x"]), layout: Layout("H0X", fields: ["A", "B"], source: "test"))
    #expect(record.json.text == #"{"tr_id":"H0X","fields":{"A":"0001","B":"085913"},"extra":["x"]}"#)
  }

  @Test("a record made by name is as wide as its layout and encodes into a frame")
  func building() throws {
    let layout = dialect.layout(of: "H0MFASP0")
    let record = Record(layout, ["FUTS_SHRN_ISCD": "101V06"], filler: "0")
    #expect(record.values.count == 46)
    let frame = Frame("H0MFASP0", records: [record, record])
    #expect(frame.count == 2)
    #expect(try frame.records(in: dialect) == [record, record])
  }
}

struct RecordReadingTests {
  @Test("a number is the same as Swift's own reading of its text")
  func numbers() throws {
    var random = SplitMix(seed: 6)
    let layout = Layout("H0X", fields: ["A"], source: "test")
    let written = [
      "0", "-0", "-0.00", "nan", "-nan", "12.34", "1.", ".5", "-.5", "1.-5", "--1", "+1.5", "1e3", "x", "",
    ]
    let made = (0..<2_000).map { _ in
      "\(["", "-", "+"][random.below(3)])\(random.below(10_000_000)).\(String(random.below(1_000_000_000)).prefix(random.below(9)))"
    }
    for text in written + made {
      let number = try? Record(RecordValues([text]), layout: layout).number("A")
      #expect(number?.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
  }

  @Test(
    "a whole number has an optional sign and any padding",
    arguments: [("0", 0), ("-12", -12), ("+12", 12), ("0000000031", 31), ("-00000000000903000", -903_000)])
  func integers(text: String, number: Int) throws {
    let record = Record(RecordValues([text, ""]), layout: Layout("H0X", fields: ["A", "B"], source: "test"))
    #expect(try record.integer("A") == number)
    #expect(try record.integerIfAny("B") == nil)
  }

  @Test("anything else is an error", arguments: ["", "-", "1.0", "12a", "１", "9223372036854775808", "1 "])
  func wrong(text: String) throws {
    let record = Record(RecordValues([text]), layout: Layout("H0X", fields: ["A"], source: "test"))
    #expect(throws: WireError.self) { try record.integer("A") }
  }
}
