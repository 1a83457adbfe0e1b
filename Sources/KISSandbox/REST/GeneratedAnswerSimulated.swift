import KISMarket
import KISScenario
import KISWire

extension AnswerRequest {
  /// Outputs that are made as a whole, not field by field; nil for all other APIs.
  func simulatedOutputs() -> JSONObject? {
    switch id {
    case .foreignInstitutionTotal: ["output": .array(investorRows)]
    case "FHPPG04600101": [key(of: 0): .array(programRows)]
    case "FHPPG04600001": [key(of: 0): .array(programDays)]
    case "HHPPG046600C1": [key(of: 0): .array(programInvestors)]
    case "FHPST01390000": [key(of: 0): .array(interruptionRows)]
    case "HHPTJ04160200": ["output2": .array(estimateRows)]
    case "FHPTJ04030000": investorsOfInstruments
    case "FHPST07020000": interestRates
    case "CTCA0903R": ["output": .array(calendarRows)]
    case "HHDFS76370100": industriesAbroad
    case "CTOS5011R": settlementDays
    case "HHDFS78330900": rightsOfCompany
    case "CTRGT011R": rightsOfPeriod
    case "CTLN4050R": collateralAbroad
    case "HHPSTH60100C1": newsAbroad
    case "FHKST01011801": breakingNewsAbroad
    case "FHPIO056104C0": [key(of: 0): .array(optionMonths)]
    case "OTFM2229R": [key(of: 0): .array(contractHours)]
    case "HHDDB95030000": openContracts
    case "TTTO6032R": [key(of: 0): .array(marginRates)]
    case "CTPF1702R": productAbroad
    case "CTRGA011R": rightsOfAccount
    case "FHKST121600C0": fundComponents
    default: information
    }
  }

  private var investorRows: [JSONValue] {
    let day = tradingDay
    let second = day == marketTime.date ? marketTime.time.seconds : 86_399
    var entries = InvestorEntries(on: day, in: quotes)
    var known = second
    if entries.times.allSatisfy({ $0 > second }) {
      switch beforeEntries {
      case .zeros: break
      case .nothing: return []
      case .dayBefore:
        (entries, known) = (InvestorEntries(on: TradingCalendar.tradingDay(before: day), in: quotes), 86_399)
      }
    }
    let now = TradingMoment(day, ClockTime(milliseconds: second * 1_000))
    return entries.ranking(atSecond: known, pricedAt: now).rows(
      ForeignInstitutionRanking.Question(
        market: parameter("FID_INPUT_ISCD") ?? "0000", byAmount: parameter("FID_DIV_CLS_CODE") == "1",
        sellersFirst: parameter("FID_RANK_SORT_CLS_CODE") == "1",
        investor: .init(rawValue: parameter("FID_ETC_CLS_CODE") ?? "0") ?? .all))
  }

  /// Provisional figures of one share entry by entry, latest first, padded to 18 characters (quirk 28).
  private var estimateRows: [JSONValue] {
    let day = tradingDay
    let now = day == marketTime.date ? marketTime.time.seconds : 86_399
    let entries = InvestorEntries(on: day, in: quotes)
    let share = quotes.instrument(parameter("MKSC_SHRN_ISCD") ?? "")
    let entered = max(1, entries.times.filter { $0 <= now }.count)
    let rows: [JSONValue] = entries.times.prefix(entered).enumerated().map { index, second in
      let figures = entries.figures(of: share, atSecond: min(second, now))
      let (foreign, institutions) = (figures.foreign, figures.institutionTotal)
      return [
        "bsop_hour_gb": .string("\(index + 1)"), "frgn_fake_ntby_qty": .string(padded(foreign, to: 18)),
        "orgn_fake_ntby_qty": .string(padded(institutions, to: 18)),
        "sum_fake_ntby_qty": .string(padded(foreign + institutions, to: 18)),
      ]
    }
    return rows.reversed()
  }

  /// Program trading by the minute, latest first: the same totals as in H0UPPGM0.
  private var programRows: [JSONValue] {
    let day = tradingDay
    let hours = TradingHours(of: .krx, on: day)
    let first = (hours.continuous?.start.minutes ?? 540) - 1
    let last = (hours.first(.closingAuction)?.end.minutes ?? 930) + 155
    let now = day == marketTime.date ? min(marketTime.time.minutes, last) : last
    guard now >= first else { return [] }
    let fields = programFields
    return (first...now).suffix(30).reversed().map { minute in
      // The minute that is not over stands where the stream stands.
      let end =
        minute == marketTime.time.minutes && day == marketTime.date
        ? marketTime.time : ClockTime(milliseconds: minute * 60_000 + 59_999)
      let totals = quotes.programTotals(programMarket, at: TradingMoment(day, end))
      return programRow(
        fields, totals, ["bsop_hour": clockDigits(minute * 60)], at: TradingMoment(day, end))
    }
  }

  /// Program trading by the day, latest first; the day that is not over stands where H0UPPGM0 stands.
  private var programDays: [JSONValue] {
    let fields = programFields
    return DailyChartWindow(self, today: marketTime.date).stretches(of: programIndex).map { stretch in
      let end = stretch.last == marketTime.date ? marketTime.time : ClockTime(20, 0)
      let totals = quotes.programTotals(programMarket, at: TradingMoment(stretch.last, end))
      return programRow(
        fields, totals, ["stck_bsop_date": stretch.last.compact], at: TradingMoment(stretch.last, end))
    }
  }

  /// Who had programs trade today, investor by investor in the exchange's order, then all together: the totals of
  /// H0UPPGM0.
  private var programInvestors: [JSONValue] {
    let flows = quotes.programsByInvestor(ofIndex: programMarket.rawValue, at: marketTime)
    let foreign = flows.values.reduce(ProgramFlows(), +)
    return AnswerRequest.programInvestors.map { code, name, investors in
      investors.isEmpty
        ? programInvestor(code, name, foreign)
        : programInvestor(code, name, investors.compactMap { flows[$0] }.reduce(ProgramFlows(), +))
    }
  }

  /// The exchange's codes of investors (투자자구분); nobody is everybody.
  private static let programInvestors: [(code: String, name: String, investors: [Investor])] = [
    ("1000", "금융투자", [.securities]), ("2000", "보험", [.insurance]), ("3000", "투신", [.investmentTrust]),
    ("3100", "사모", [.privateFund]), ("4000", "은행", [.bank]), ("5000", "기타금융", [.merchantBank]),
    ("6000", "연기금", [.pensionFund]), ("7000", "기타단체", [.otherOrganization]),
    ("7050", "기관계", Investor.allCases.filter(\.isInstitution)), ("7100", "기타법인", [.otherCorporation]),
    ("8000", "개인", [.individual]), ("9000", "외국인", [.foreignRegistered]), ("9001", "기타외국인", [.foreignOther]),
    ("9999", "전체", []),
  ]

  private func programInvestor(_ code: String, _ name: String, _ flows: ProgramFlows) -> JSONValue {
    let flow = ["all": flows.all, "arbt": flows.arbitrage, "nabt": flows.other].mapValues(\.inThousandsAndMillions)
    let fields = api.outputs.first?.fields ?? []
    return .object(
      JSONObject(
        fields.map { field in
          switch field {
          case "invr_cls_code": (field, .string(code))
          case "invr_cls_name": (field, .string(name))
          default: (field, .string(programFigure(field, flow) ?? ""))
          }
        }))
  }

  /// `arbt_seln_qty` in thousand shares, `nabt_ntby_amt` in million won, as all program trading of a market.
  private func programFigure(_ field: String, _ flows: [String: Flow]) -> String? {
    let words = field.split(separator: "_").map(String.init)
    guard words.count == 3, let flow = flows[words[0]] else { return nil }
    let isMoney = words[2] == "amt"
    let figure =
      switch words[1] {
      case "seln": isMoney ? flow.soldAmount : flow.soldVolume
      case "shnu": isMoney ? flow.boughtAmount : flow.boughtVolume
      default: isMoney ? flow.netAmount : flow.netVolume
      }
    return "\(figure / (isMoney ? 1_000_000 : 1_000))"
  }

  /// The index of the market whose programs are asked about.
  var programIndex: Instrument { quotes.instrument(programMarket.rawValue, .index) }

  private var programMarket: IndustryMarket {
    // One API has numbers for markets, the others letters.
    let isKosdaq = ["Q", "2"].contains(parameter("FID_MRKT_CLS_CODE")) || parameter("MRKT_DIV_CLS_CODE") == "4"
    return isKosdaq ? .kosdaq : .kospi
  }

  private typealias ProgramField = (name: String, figure: ProgramTotals.Figure?)

  /// The fields of a row, their names read once for all rows.
  private var programFields: [ProgramField] {
    (api.outputs.first?.fields ?? []).map { ($0, ProgramTotals.Figure.named[$0]) }
  }

  private func programRow(
    _ fields: [ProgramField], _ totals: ProgramTotals, _ time: [String: String], at moment: TradingMoment
  ) -> JSONValue {
    // The index itself is summed up only for fields that need it.
    let isAboutIndex = fields.contains { $0.figure == nil && time[$0.name] == nil }
    let index = isAboutIndex ? quotes.quote(quotes.instrument(programMarket.rawValue, .index), at: moment) : nil
    return .object(
      JSONObject(
        fields.map { name, figure in
          (name, .string(time[name] ?? figure.map { totals.value(of: $0) } ?? index?.value(of: name) ?? ""))
        }))
  }
}
