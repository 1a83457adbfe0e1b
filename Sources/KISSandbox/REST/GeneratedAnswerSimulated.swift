import KISMarket
import KISScenario
import KISWire

extension AnswerRequest {
  /// Outputs that the simulator knows better than field names tell; nil for all other APIs.
  func simulatedOutputs() -> JSONObject? {
    switch id {
    case .foreignInstitutionTotal: ["output": .array(investorRows)]
    case "FHPPG04600101": [key(of: 0): .array(programRows)]
    case "FHPPG04600001": [key(of: 0): .array(programDays)]
    case "HHPTJ04160200": ["output2": .array(estimateRows)]
    case "FHPST07020000": interestRates
    case "CTCA0903R": ["output": .array(calendarRows)]
    default: nil
    }
  }

  private func key(of output: Int) -> String { api.outputs.indices ~= output ? api.outputs[output].key : "output" }

  private var investorRows: [JSONValue] {
    let day = TradingCalendar.tradingDay(onOrBefore: marketTime.date)
    let second = day == marketTime.date ? marketTime.time.seconds : 86_399
    return InvestorEntries(on: day, in: quotes).ranking(atSecond: second).rows(
      ForeignInstitutionRanking.Question(
        market: parameter("FID_INPUT_ISCD") ?? "0000", byAmount: parameter("FID_DIV_CLS_CODE") == "1",
        sellersFirst: parameter("FID_RANK_SORT_CLS_CODE") == "1",
        investor: .init(rawValue: parameter("FID_ETC_CLS_CODE") ?? "0") ?? .all))
  }

  /// Provisional figures of one share entry by entry, latest first, padded to 18 characters (quirk 28).
  private var estimateRows: [JSONValue] {
    let day = TradingCalendar.tradingDay(onOrBefore: marketTime.date)
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
    let day = TradingCalendar.tradingDay(onOrBefore: marketTime.date)
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
      return programRow(fields, totals, ["bsop_hour": clockDigits(minute * 60)])
    }
  }

  /// Program trading by the day, latest first; the day that is not over stands where H0UPPGM0 stands.
  private var programDays: [JSONValue] {
    let index = quotes.instrument(programMarket.rawValue, .index)
    let fields = programFields
    return DailyChartWindow(self, today: marketTime.date).stretches(of: index).map { stretch in
      let end = stretch.last == marketTime.date ? marketTime.time : ClockTime(20, 0)
      let totals = quotes.programTotals(programMarket, at: TradingMoment(stretch.last, end))
      return programRow(fields, totals, ["stck_bsop_date": stretch.last.compact])
    }
  }

  private var programMarket: IndustryMarket {
    ["Q", "2"].contains(parameter("FID_MRKT_CLS_CODE")) ? .kosdaq : .kospi
  }

  private typealias ProgramField = (name: String, figure: ProgramTotals.Figure?)

  /// The fields of a row, their names read once for all rows.
  private var programFields: [ProgramField] {
    (api.outputs.first?.fields ?? []).map { ($0, ProgramTotals.Figure($0)) }
  }

  private func programRow(_ fields: [ProgramField], _ totals: ProgramTotals, _ time: [String: String]) -> JSONValue {
    .object(
      JSONObject(
        fields.map { name, figure in (name, .string(time[name] ?? figure.map { totals.value(of: $0) } ?? "")) }))
  }
}
