import KISMarket
import KISScenario
import KISWire
import Testing

@testable import KISSandbox

@Suite("Answers about shares abroad are about those that were asked for")
struct AbroadAnswerTests {
  private func caller(_ seconds: Double = 3_600) async throws -> Caller {
    let fixture = try SandboxFixture(at: SandboxFixture.open + .seconds(seconds)) {
      $0.limits.requestsPerSecond = 0
      $0.heartbeat.rhythm = .never
    }
    return await fixture.caller()
  }

  private static let rankings: [(String, TransactionID)] = [
    ("trade-vol", "HHDFS76310010"), ("trade-pbmn", "HHDFS76320010"), ("trade-growth", "HHDFS76330000"),
    ("trade-turnover", "HHDFS76340000"), ("market-cap", "HHDFS76350100"), ("updown-rate", "HHDFS76290000"),
    ("volume-surge", "HHDFS76270000"), ("volume-power", "HHDFS76280000"), ("price-fluct", "HHDFS76260000"),
  ]

  @Test("Rankings list the exchange that was asked for, and nobody else", arguments: rankings.map(\.0))
  func exchange(name: String) async throws {
    let caller = try await caller()
    let id = try #require(AbroadAnswerTests.rankings.first { $0.0 == name }?.1)
    for exchange in ["NAS", "NYS", "AMS", "HKS", "TSE", "SHS", "SZS", "HNX", "HSX"] {
      let answer = try await caller.ask("overseas-stock/v1/ranking/" + name, id, saying: ["EXCD": exchange])
      let rows = answer.rows("output2")
      #expect(
        !rows.isEmpty && rows.allSatisfy { $0["rsym"]?.string?.dropFirst().prefix(3) == exchange[...] }, "\(exchange)")
      #expect(answer.rows("output1").first?["nrec"]?.string == "\(rows.count)")
      #expect(rows.allSatisfy { $0["ename"] != "일반" && $0["enam"] != "일반" })
    }
  }

  @Test(
    "A quotation that names an exchange in the four letters of orders is answered with blanks",
    arguments: ["NASD", "NYSE", "SEHK"])
  func exchangesOfOrders(exchange: String) async throws {
    let answer = try await caller().ask(
      "overseas-price/v1/quotations/price", "HHDFS00000300", saying: ["EXCD": exchange, "SYMB": "AAPL"])
    #expect(answer.json["rt_cd"] == "0")
    let values = try #require(answer.json["output"]?.object?.members.map(\.value))
    #expect(values.allSatisfy { $0.string?.allSatisfy { $0 == " " } == true }, "\(answer.text)")
  }

  private func numbers(_ rows: [JSONValue], _ field: String) -> [Double] {
    rows.compactMap { $0[field]?.string.flatMap { Double($0) } }
  }

  @Test(
    "Each ranking is sorted by its own figure",
    arguments: [
      ("trade-growth", "n_rate", [:]), ("trade-turnover", "tover", ["NDAY": "3"]), ("market-cap", "tomv", [:]),
      ("updown-rate", "n_rate", ["NDAY": "3", "GUBN": "1"]), ("volume-surge", "n_rate", ["MINX": "8"]),
      ("volume-power", "tpow", [:]), ("trade-vol", "a_tvol", ["NDAY": "4"]), ("trade-pbmn", "a_tamt", ["NDAY": "4"]),
    ] as [(String, String, [String: String])])
  func order(name: String, key: String, values: [String: String]) async throws {
    // 01:00 in Korea: New York is open.
    let caller = try await caller(16 * 3_600)
    let id = try #require(AbroadAnswerTests.rankings.first { $0.0 == name }?.1)
    let rows = try await caller.ask(
      "overseas-stock/v1/ranking/" + name, id, saying: values.merging(["EXCD": "NAS"]) { $1 }
    ).rows("output2")
    let figures = numbers(rows, key)
    #expect(figures.count == rows.count && rows.count > 10)
    #expect(figures == figures.sorted(by: >), "\(figures)")
    #expect(Set(figures).count > 3)
  }

  @Test("Who asks for what fell gets it first, and a look back counts the days asked for")
  func falling() async throws {
    let caller = try await caller()
    func rows(_ values: [String: String]) async throws -> [JSONValue] {
      try await caller.ask(
        "overseas-stock/v1/ranking/updown-rate", "HHDFS76290000", saying: values.merging(["EXCD": "NAS"]) { $1 }
      ).rows("output2")
    }
    let fallen = try await rows(["GUBN": "0", "NDAY": "4"])
    #expect(numbers(fallen, "n_rate") == numbers(fallen, "n_rate").sorted())
    let first = try #require(fallen.first)
    let symbol = try #require(first["symb"]?.string)
    let days = try await caller.ask(
      "overseas-price/v1/quotations/dailyprice", "HHDFS76240000", saying: ["EXCD": "NAS", "SYMB": symbol, "GUBN": "0"]
    ).rows("output2")
    #expect(first["n_base"] == days[10]["clos"], "ten days before the last one")
    #expect(first["last"] == days[0]["clos"])
  }

  @Test("A volume and prices that were asked for are kept to")
  func ranges() async throws {
    let caller = try await caller()
    let rows = try await caller.ask(
      "overseas-stock/v1/ranking/trade-vol", "HHDFS76310010",
      saying: ["EXCD": "NAS", "VOL_RANG": "6", "PRC1": "100", "PRC2": "300"]
    ).rows("output2")
    #expect(!rows.isEmpty)
    #expect(numbers(rows, "tvol").allSatisfy { $0 >= 10_000_000 })
    #expect(numbers(rows, "last").allSatisfy { (100...300).contains($0) })
  }

  @Test("The search keeps to every condition that is switched on")
  func search() async throws {
    let caller = try await caller()
    let path = "overseas-price/v1/quotations/inquire-search"
    let all = try await caller.ask(path, "HHDFS76410000", saying: ["EXCD": "NYS"]).rows("output2")
    let some = try await caller.ask(
      path, "HHDFS76410000",
      saying: [
        "EXCD": "NYS", "CO_YN_PRICECUR": "1", "CO_ST_PRICECUR": "100", "CO_EN_PRICECUR": "200", "CO_YN_PER": "1",
        "CO_ST_PER": "10", "CO_EN_PER": "25",
      ]
    ).rows("output2")
    #expect(!some.isEmpty && some.count < all.count)
    #expect(numbers(some, "last").allSatisfy { (100...200).contains($0) })
    #expect(numbers(some, "per").allSatisfy { (10...25).contains($0) })
    let off = try await caller.ask(
      path, "HHDFS76410000", saying: ["EXCD": "NYS", "CO_ST_PRICECUR": "100", "CO_EN_PRICECUR": "200"])
    #expect(off.rows("output2").count == all.count, "a condition that is not switched on counts for nothing")
  }

  @Test("Industries are those of the exchange, and list their own companies")
  func industries() async throws {
    let caller = try await caller()
    let industries = try await caller.ask(
      "overseas-price/v1/quotations/industry-price", "HHDFS76370100", saying: ["EXCD": "HKS"]
    ).rows("output2")
    #expect(industries.count >= 3)
    var listed = 0
    for industry in industries {
      let rows = try await caller.ask(
        "overseas-price/v1/quotations/industry-theme", "HHDFS76370000",
        saying: ["EXCD": "HKS", "ICOD": industry["icod"]?.string ?? ""]
      ).rows("output2")
      #expect(!rows.isEmpty)
      listed += rows.count
    }
    let all = try await caller.ask("overseas-stock/v1/ranking/trade-vol", "HHDFS76310010", saying: ["EXCD": "HKS"])
    #expect(listed == all.rows("output2").count, "each company belongs to one industry")
  }

  @Test(
    "The days of a share abroad are days of its exchange, whatever the hour in Korea",
    arguments: [("NAS", "AAPL"), ("HKS", "00700"), ("TSE", "6861"), ("HSX", "VIC"), ("SHS", "600519")]
      as [(String, String)], [3_600, 57_600, 79_200])
  func days(share: (String, String), seconds: Int) async throws {
    let caller = try await caller(Double(seconds))
    let rows = try await caller.ask(
      "overseas-price/v1/quotations/dailyprice", "HHDFS76240000",
      saying: ["EXCD": share.0, "SYMB": share.1, "GUBN": "0"]
    ).rows("output2")
    let dates = rows.compactMap { $0["xymd"]?.string.flatMap { CalendarDate(compact: $0) } }
    #expect(dates.count == rows.count && dates == dates.sorted(by: >) && Set(dates).count == dates.count)
    #expect(dates.allSatisfy { $0.weekday != .saturday && $0.weekday != .sunday })
    let exchange = try #require(MarketAbroad.all.first { $0.key == share.0 }?.exchange)
    #expect(zip(dates, dates.dropFirst()).allSatisfy { exchange.tradingDay(before: $0) == $1 }, "no day is left out")
    let closes = numbers(rows, "clos")
    #expect(
      zip(closes, closes.dropFirst()).allSatisfy { abs($0 / $1 - 1) < 0.2 } && Set(closes).count > 50,
      "a share of any price moves like a share")
    let detail = try await caller.ask(
      "overseas-price/v1/quotations/price-detail", "HHDFS76200200", saying: ["EXCD": share.0, "SYMB": share.1])
    let output = try #require(detail.rows("output").first)
    let (price, rate) = (numbers([output], "last")[0], numbers([output], "t_rate")[0])
    let per = share.0 == "TSE" || share.0 == "HSX" ? 100.0 : 1
    #expect(abs(numbers([output], "t_xprc")[0] - price * rate / per) <= 1, "in won at the rate that stands beside it")
    let highest = try await caller.ask(
      "overseas-price/v1/quotations/dailyprice", "HHDFS76240000",
      saying: ["EXCD": share.0, "SYMB": share.1, "GUBN": "0", "BYMD": output["h52d"]?.string ?? ""])
    #expect(highest.rows("output2").first?["high"] == output["h52p"], "the day that it names")
  }

  @Test("Where a day is shown as another, exchanges abroad open on the days of the calendar that is shown")
  func shownDays() async throws {
    // Only a recorded day is shown as another: here the Monday after Thanksgiving.
    let fixture = try SandboxFixture([(second: 3_700, text: "0|H0UPPGM0|001|0001^1")], at: SandboxFixture.open) {
      ($0.date, $0.start) = ("2026-11-30", TimeOfDay(sinceMidnight: .seconds(10 * 3_600)))
      $0.limits.requestsPerSecond = 0
      $0.heartbeat.rhythm = .never
    }
    let caller = await fixture.caller()
    for (exchange, symbol, calendar) in [
      ("NAS", "AAPL", ForeignCalendar.newYork), ("TSE", "6861", .tokyo), ("SHS", "600519", .china),
    ] {
      let rows = try await caller.ask(
        "overseas-price/v1/quotations/dailyprice", "HHDFS76240000",
        saying: ["EXCD": exchange, "SYMB": symbol, "GUBN": "0"]
      ).rows("output2")
      let dates = rows.compactMap { $0["xymd"]?.string.flatMap { CalendarDate(compact: $0) } }
      #expect(dates.count == 100 && dates == dates.sorted(by: >) && Set(dates).count == 100)
      #expect(dates.filter { !calendar.isTradingDay($0) } == [], "\(exchange)")
      let first = try #require(dates.last)
      let days = (first.number...(dates.first?.number ?? first.number)).map { CalendarDate(number: $0) }
      // Days on which KRX is closed may have no day of the market that is shown as them.
      let missing = days.filter { calendar.isTradingDay($0) && TradingCalendar.isTradingDay($0) && !dates.contains($0) }
      #expect(missing == [], "\(exchange)")
    }
    let quotes = QuotedMarket(seed: 1, shift: DateShift(showing: "2026-09-21", as: "2026-11-30"))
    let night = quotes.shift?.meant("2026-11-26") ?? "2026-09-17"
    let hours = StreamHours("HDFSCNT0", .trades, quotes.instrument("DNASAAPL"))
    #expect(hours.parts(on: night) == [] && hours.parts(on: night.advanced(by: 1)).count == 1)
    let holidays = try await caller.ask(
      "overseas-stock/v1/quotations/countries-holiday", "CTOS5011R", saying: ["TRAD_DT": "20261126"]
    ).rows("output")
    #expect(holidays.count == 6 && holidays.allSatisfy { $0["tr_natn_name"] != "미국" })
  }

  @Test("Settlement days come after the trade, at home after those abroad")
  func settlement() async throws {
    let caller = try await caller()
    let rows = try await caller.ask(
      "overseas-stock/v1/quotations/countries-holiday", "CTOS5011R", saying: ["TRAD_DT": "20260917"]
    ).rows("output")
    #expect(rows.count == 9)
    #expect(rows.first?["tr_natn_name"] == "미국" && rows.first?["acpl_sttl_dt"] == "20260918")
    let japan = rows.first { $0["tr_natn_name"] == "일본" }
    #expect(japan?["acpl_sttl_dt"] == "20260924", "three holidays lie between")
    for row in rows {
      let (there, here) = (row["acpl_sttl_dt"]?.string ?? "", row["dmst_sttl_dt"]?.string ?? "")
      #expect("20260917" < there && there < here)
    }
  }

  @Test("Headlines are latest first, before the moment asked for, about the company asked for")
  func news() async throws {
    let caller = try await caller()
    let path = "overseas-price/v1/quotations/news-title"
    let all = try await caller.ask(
      path, "HHPSTH60100C1", saying: ["NATION_CD": "US", "DATA_DT": "20260918", "DATA_TM": "120000"])
    let rows = all.rows("outblock1")
    let times = rows.map { ($0["data_dt"]?.string ?? "") + ($0["data_tm"]?.string ?? "") }
    #expect(times.count == 20 && times == times.sorted(by: >) && times.allSatisfy { $0 <= "20260918120000" })
    #expect(rows.allSatisfy { $0["nation_cd"] == "US" && $0["title"] != "일반" })
    let apple = try await caller.ask(path, "HHPSTH60100C1", saying: ["SYMB": "AAPL"]).rows("outblock1")
    #expect(!apple.isEmpty && apple.allSatisfy { $0["symb"] == "AAPL" && $0["title"]?.string?.contains("애플") == true })
  }

  @Test("An exchange has shares of every industry, and no ranking of it is short")
  func everyIndustry() async throws {
    let caller = try await caller()
    for exchange in ["NAS", "NYS", "AMS", "HKS", "TSE", "SHS", "SZS", "HNX", "HSX"] {
      let all = try await caller.ask(
        "overseas-stock/v1/ranking/market-cap", "HHDFS76350100", saying: ["EXCD": exchange]
      ).rows("output2")
      #expect(all.count >= 30, "\(exchange)")
      for industry in CompanyAbroad.industries {
        let path = "overseas-price/v1/quotations/industry-theme"
        let answer = try await caller.ask(path, "HHDFS76370000", saying: ["EXCD": exchange, "ICOD": industry.code])
        #expect(!answer.rows("output2").isEmpty, "\(exchange) \(industry)")
      }
    }
  }

  @Test("Every share abroad that is known by name has a company, and is listed with the same name")
  func companies() {
    for instrument in Instrument.builtIn where instrument.kind == .overseasShare && instrument.code.hasPrefix("D") {
      #expect(
        CompanyAbroad(instrument).englishName != instrument.symbol.uppercased() || instrument.code == "DNASAMD",
        "\(instrument.code)")
      #expect(CodeTable.instrument(instrument.code)?.koreanName == instrument.name, "\(instrument.code)")
    }
  }

  @Test("The rights of a company are those announced in the last three months, when no period is asked for")
  func announced() async throws {
    let caller = try await caller()
    let path = "overseas-price/v1/quotations/rights-by-ice"
    for symbol in ["AAPL", "MSFT", "KO", "SPY"] {
      let rows = try await caller.ask(path, "HHDFS78330900", saying: ["NCOD": "US", "SYMB": symbol]).rows("output1")
      #expect(
        rows.count == 1 && rows.allSatisfy { ("20260618"..."20260921").contains($0["anno_dt"]?.string ?? "") },
        "\(symbol) \(rows)")
    }
    let tesla = try await caller.ask(
      path, "HHDFS78330900", saying: ["NCOD": "US", "SYMB": "TSLA", "ST_YMD": "20200101"])
    #expect(tesla.rows("output1").isEmpty)
  }

  @Test("Rights lie in the period asked for, and a dividend is the same by company and by period")
  func rights() async throws {
    let caller = try await caller()
    let all = try await caller.ask(
      "overseas-price/v1/quotations/period-rights", "CTRGT011R",
      saying: ["RGHT_TYPE_CD": "%%", "INQR_DVSN_CD": "02", "INQR_STRT_DT": "20260601", "INQR_END_DT": "20260831"]
    ).rows("output")
    #expect(all.count > 10 && all.allSatisfy { ("20260601"..."20260831").contains($0["bass_dt"]?.string ?? "") })
    let first = try #require(all.first { $0["crcy_cd"] == "USD" })
    let own = try await caller.ask(
      "overseas-price/v1/quotations/rights-by-ice", "HHDFS78330900",
      saying: ["NCOD": "US", "SYMB": first["pdno"]?.string ?? "", "ST_YMD": "20260101", "ED_YMD": "20261231"]
    ).rows("output1")
    #expect(own.count >= 3 && own.contains { $0["record_dt"] == first["bass_dt"] }, "\(first) \(own)")
  }
}
