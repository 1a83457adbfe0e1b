import KISMarket
import KISWire

/// Answers about companies and markets abroad besides quotes: industries, settlement days, rights, loans and news.
extension AnswerRequest {
  /// 해외주식 업종별코드조회: the industries of an exchange, those of which it lists somebody.
  var industriesAbroad: JSONObject {
    let listed = Set(instruments.map { CompanyAbroad($0).industry })
    let rows = CompanyAbroad.industries.filter { listed.contains($0.code) }
    return [
      "output1": ["nrec": .string("\(rows.count)")],
      "output2": .array(rows.map { ["icod": .string($0.code), "name": .string($0.name)] }),
    ]
  }

  /// 해외결제일자조회: when a trade of a day is settled there, and here a day of business later.
  var settlementDays: JSONObject {
    let traded = parameter("TRAD_DT").flatMap { CalendarDate(compact: $0) } ?? marketTime.date
    let rows: [JSONValue] = MarketAbroad.all.filter { $0.exchange.isOpen(on: traded) }.map { market in
      let there = market.exchange.settlement(of: traded)
      return [
        "prdt_type_cd": .string(market.productType), "tr_natn_cd": .string(market.nation.code),
        "tr_natn_name": .string(market.nation.name), "natn_eng_abrv_cd": .string(market.nation.letters),
        "tr_mket_cd": .string(market.code), "tr_mket_name": .string(market.name),
        "acpl_sttl_dt": .string(there.compact),
        "dmst_sttl_dt": .string(TradingCalendar.tradingDay(after: there).compact),
      ]
    }
    return ["output": .array(rows)]
  }

  /// 해외주식 권리종합: the dividends of one company that were announced in a period, latest first; without bounds three months
  /// back and on.
  var rightsOfCompany: JSONObject {
    guard let instrument, isOfNation(parameter("NCOD"), instrument) else { return ["output1": []] }
    let last = parameter("ED_YMD").flatMap { CalendarDate(compact: $0) } ?? marketTime.date.advanced(by: 92)
    let first = parameter("ST_YMD").flatMap { CalendarDate(compact: $0) } ?? marketTime.date.advanced(by: -92)
    let announced = DividendAbroad.all(
      of: instrument, from: first.advanced(by: DividendAbroad.notice),
      through: min(last, marketTime.date).advanced(by: DividendAbroad.notice), in: quotes)
    let rows: [JSONValue] = announced.map { dividend in
      [
        "anno_dt": .string(dividend.announced.compact), "ca_title": "배당",
        "div_lock_dt": .string(dividend.exDate.compact),
        "pay_dt": .string(dividend.paid.compact), "record_dt": .string(dividend.record.compact), "validity_dt": "",
        "local_end_dt": "", "lock_dt": "", "delist_dt": "", "redempt_dt": "", "early_redempt_dt": "",
        "effective_dt": .string(dividend.exDate.compact),
      ]
    }
    return ["output1": .array(rows)]
  }

  /// 해외주식 기간별권리조회: cash dividends (권리유형코드 03) whose record day lies in the period, of one company or of all.
  var rightsOfPeriod: JSONObject {
    // INQR_DVSN_CD: by the record day there (02), or by when a subscription begins (03) or ends (04), which dividends have
    // none of.
    let isByRecordDay = !["03", "04"].contains(parameter("INQR_DVSN_CD"))
    guard ["03", "%%", nil].contains(parameter("RGHT_TYPE_CD")), isByRecordDay else { return ["output": []] }
    let companies = instrument.map { [$0] } ?? instruments
    let found = companies.flatMap { dividendsAbroad(of: $0, from: "INQR_STRT_DT", to: "INQR_END_DT") }
    let rows: [JSONValue] = found.sorted {
      ($1.record, $0.instrument.code) < ($0.record, $1.instrument.code)
    }.prefix(50).map { dividend in
      let market = MarketAbroad.of(dividend.instrument)
      let currency = JSONValue.string(market.nation.currency)
      return [
        "bass_dt": .string(dividend.record.compact), "rght_type_cd": "03", "pdno": .string(dividend.instrument.symbol),
        "prdt_name": .string(dividend.instrument.name), "prdt_type_cd": .string(market.productType),
        "std_pdno": .string(dividend.instrument.symbol), "acpl_bass_dt": .string(dividend.record.compact),
        "sbsc_strt_dt": "", "sbsc_end_dt": "",
        "cash_alct_rt": .string(decimal(dividend.yield, places: 4)), "stck_alct_rt": "0.00000000",
        "crcy_cd": currency, "crcy_cd2": currency, "crcy_cd3": currency, "crcy_cd4": currency,
        "alct_frcr_unpr": .string(decimal(dividend.amount, places: 5)), "stkp_dvdn_frcr_amt2": "0.00000",
        "stkp_dvdn_frcr_amt3": "0.00000", "stkp_dvdn_frcr_amt4": "0.00000",
        "dfnt_yn": dividend.announced <= marketTime.date ? "Y" : "N",
      ]
    }
    return ["output": .array(Array(rows))]
  }

  /// Whether an instrument is of a country by its two letters (국가코드); nothing is any.
  private func isOfNation(_ letters: String?, _ instrument: Instrument) -> Bool {
    letters == nil || MarketAbroad.of(instrument).nation.letters == letters
  }

  private func dividendsAbroad(of company: Instrument, from: String, to: String) -> [DividendAbroad] {
    let last = parameter(to).flatMap { CalendarDate(compact: $0) } ?? marketTime.date
    let first = parameter(from).flatMap { CalendarDate(compact: $0) } ?? last.advanced(by: -365)
    return DividendAbroad.all(of: company, from: first, through: last, in: quotes)
  }

  /// 당사 해외주식담보대출 가능 종목: what loans are given for, by country and by whether it is possible.
  var collateralAbroad: JSONObject {
    let (nation, type) = (parameter("NATN_CD"), parameter("PRDT_TYPE_CD"))
    let listed = (instrument.map { [$0] } ?? instruments).filter {
      let market = MarketAbroad.of($0)
      return (nation == nil || market.nation.code == nation) && (type == nil || market.productType == type)
    }
    let rows: [JSONValue] = listed.compactMap { share in
      let isPossible = share.volatility < 400 && !CompanyAbroad(share).englishName.contains("3X")
      switch parameter("LOAN_PSBL_YN") {
      case "Y": guard isPossible else { return nil }
      case "N": guard !isPossible else { return nil }
      default: break
      }
      let market = MarketAbroad.of(share)
      return [
        "pdno": .string(share.symbol), "ovrs_item_name": .string(share.name), "loan_rt": isPossible ? "50.00" : "0.00",
        "mgge_mntn_rt": "140.00", "mgge_ensu_rt": "170.00", "loan_exec_psbl_yn": isPossible ? "Y" : "N",
        "stff_name": "", "erlm_dt": "20240102", "tr_mket_name": .string(market.name),
        "crcy_cd": .string(market.nation.currency), "natn_kor_name": .string(market.nation.name),
        "ovrs_excg_cd": .string(share.overseasExchange),
      ]
    }
    return ["output1": .array(rows), "output2": ["loan_psbl_item_num": .string("\(rows.count)")]]
  }

  // MARK: News

  /// 해외뉴스종합(제목): headlines before a moment, latest first, of a country, an exchange or one company.
  var newsAbroad: JSONObject {
    let rows: [JSONValue] = headlines(before: ("DATA_DT", "DATA_TM")) { market in
      let nation = self.parameter("NATION_CD")
      let exchange = self.parameter("EXCHANGE_CD")
      return (nation == nil || market.nation.letters == nation) && (exchange == nil || market.key == exchange)
    }.prefix(20).map { news in
      [
        "info_gb": "e", "news_key": .string(news.key), "data_dt": .string(news.time.compactDate),
        "data_tm": .string(news.time.timeOfDay), "class_cd": "01", "class_name": "종목뉴스", "source": "모의통신",
        "nation_cd": .string(MarketAbroad.of(news.instrument).nation.letters),
        "exchange_cd": .string(MarketAbroad.of(news.instrument).key), "symb": .string(news.instrument.symbol),
        "symb_name": .string(news.instrument.name), "title": .string(news.title),
      ]
    }
    return ["outblock1": .array(Array(rows))]
  }

  /// 해외속보(제목): the same headlines, some words of which may be asked for.
  var breakingNewsAbroad: JSONObject {
    let words = parameter("FID_TITL_CNTT")
    let rows: [JSONValue] = headlines(before: ("FID_INPUT_DATE_1", "FID_INPUT_HOUR_1")) { _ in true }
      .filter { news in words.map { news.title.contains($0) } ?? true }.prefix(100).map { news in
        var members: JSONObject = [
          "cntt_usiq_srno": .string(news.key), "news_ofer_entp_code": "2", "data_dt": .string(news.time.compactDate),
          "data_tm": .string(news.time.timeOfDay), "hts_pbnt_titl_cntt": .string(news.title), "news_lrdv_code": "01",
          "dorg": "모의통신",
        ]
        for number in 1...10 {
          members["iscd\(number)"] = .string(number == 1 ? news.instrument.symbol : "")
          members["kor_isnm\(number)"] = .string(number == 1 ? news.instrument.name : "")
        }
        return .object(members)
      }
    return ["output": .array(Array(rows))]
  }

  /// One headline a company and trading day, at the close of its exchange: how its day ended.
  private func headlines(
    before names: (date: String, time: String), isWanted: (MarketAbroad) -> Bool
  ) -> [HeadlineAbroad] {
    var last = moment
    if let date = parameter(names.date).flatMap({ CalendarDate(compact: $0) }) {
      let time = parameter(names.time).flatMap { TimeOfDay($0) }.map { Int64($0.nanoseconds) } ?? 86_399_000_000_000
      last = min(last, date.midnight + .nanoseconds(time))
    }
    let companies = (instrument.map { [$0] } ?? instruments).filter { isWanted(MarketAbroad.of($0)) }
    let date = CalendarDate(of: last)
    let days = instrument == nil ? 4 : 30
    return companies.flatMap { HeadlineAbroad.all(of: $0, from: date.advanced(by: -days), until: last, in: quotes) }
      .sorted { ($1.time, $0.instrument.code) < ($0.time, $1.instrument.code) }
  }
}

/// A cash dividend (현금배당) of a company abroad: four a year where it pays at all.
struct DividendAbroad {
  let instrument: Instrument
  let announced: CalendarDate
  /// 배당락일
  let exDate: CalendarDate
  /// 기준일
  let record: CalendarDate
  let paid: CalendarDate
  /// A share, in its currency, and in percent of the price of the day before.
  let amount: Double
  let yield: Double

  /// How many days before the record day it is announced.
  static let notice = 21

  /// Those whose record day lies in a period, latest first.
  static func all(
    of instrument: Instrument, from first: CalendarDate, through last: CalendarDate, in market: QuotedMarket
  ) -> [DividendAbroad] {
    var numbers = SeededGenerator(seed: market.seed).fork("dividends abroad").fork(instrument.code)
    let isAmerican = MarketAbroad.of(instrument).nation.letters == "US"
    let isPaying = numbers.chance(0.7) || isAmerican
    let yearly = 0.4 + 2.6 * numbers.unit()
    let (month, day) = (Int(numbers.next() % 3), 5 + Int(numbers.next() % 20))
    guard isPaying, !CompanyAbroad.paysNothing(instrument), first <= last else { return [] }
    // Elsewhere twice a year is usual.
    let quarters = isAmerican ? 4 : 2
    var found: [DividendAbroad] = []
    for year in max(2010, first.year)...min(max(2010, last.year), 2100) {
      for part in 0..<quarters {
        guard var exDate = CalendarDate(year: year, month: part * 12 / quarters + month + 1, day: day) else { continue }
        while !instrument.isTraded(on: exDate) { exDate = exDate.advanced(by: 1) }
        guard first <= exDate, exDate <= last else { continue }
        let before = market.plainDays(
          instrument, from: instrument.tradingDay(before: exDate), through: exDate.advanced(by: -1)
        ).last?.close
        let price = Double(before ?? instrument.referencePrice) / Double(instrument.scale)
        let amount = (price * yearly / Double(quarters * 100) * 1_000).rounded() / 1_000
        found.append(
          DividendAbroad(
            instrument: instrument, announced: exDate.advanced(by: -notice), exDate: exDate, record: exDate,
            paid: exDate.advanced(by: 28), amount: amount, yield: amount * 100 / price))
      }
    }
    return found.sorted { $0.record > $1.record }
  }
}

/// A headline about a company abroad.
private struct HeadlineAbroad {
  let instrument: Instrument
  let time: KoreanTime
  let title: String
  let key: String

  static func all(
    of instrument: Instrument, from first: CalendarDate, until last: KoreanTime, in market: QuotedMarket
  ) -> [HeadlineAbroad] {
    guard let exchange = instrument.exchange else { return [] }
    let before = instrument.tradingDay(before: first)
    let bars = market.plainDays(instrument, from: before, through: CalendarDate(of: last))
    return zip(bars, bars.dropFirst()).compactMap { before, bar in
      guard let end = exchange.sessions(on: bar.date).last(where: { $0.phase == .regular })?.end else { return nil }
      // A few minutes after the close, each company at a second of its own.
      var numbers = SeededGenerator(seed: market.seed).fork("headline").fork(instrument.code).fork(bar.date.number)
      let time = bar.date.midnight + .milliseconds(end.milliseconds) + .seconds(Int(numbers.next() % 900))
      guard time <= last else { return nil }
      let change = bar.close - before.close
      let size = percent(Double(abs(change)), of: Double(before.close))
      let how = change > 0 ? "\(size)% 상승 마감" : change < 0 ? "\(size)% 하락 마감" : "보합 마감"
      return HeadlineAbroad(
        instrument: instrument, time: time, title: "\(instrument.name), \(instrument.text(bar.close))에 \(how)",
        key: time.compactDate + time.timeOfDay + padded(Int(numbers.next() % 1_000_000), to: 6))
    }
  }
}
