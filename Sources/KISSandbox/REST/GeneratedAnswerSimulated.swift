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
    let moment = MarketMoment(moment, hours: hours)
    var entries = InvestorEntries(on: moment.day, seed: seed)
    entries.advance(toSecond: moment.second)
    return entries.ranking.rows(
      ForeignInstitutionRanking.Question(
        market: parameter("FID_INPUT_ISCD") ?? "0000", byAmount: parameter("FID_DIV_CLS_CODE") == "1",
        sellersFirst: parameter("FID_RANK_SORT_CLS_CODE") == "1",
        investor: .init(rawValue: parameter("FID_ETC_CLS_CODE") ?? "0") ?? .all))
  }

  /// Provisional figures of one share entry by entry, latest first, padded to 18 characters (quirk 28).
  private var estimateRows: [JSONValue] {
    let moment = MarketMoment(moment, hours: hours)
    var entries = InvestorEntries(on: moment.day, seed: seed)
    let entered = max(1, entries.times.filter { $0 <= moment.second }.count)
    let rows: [JSONValue] = entries.times.prefix(entered).enumerated().map { index, second in
      entries.advance(toSecond: min(second, moment.second))
      let code = parameter("MKSC_SHRN_ISCD") ?? ""
      let line = entries.ranking.lines.first { $0.quote.instrument.code == code }
      let (foreign, institutions) = (line?.figures.foreign ?? 0, line?.figures.institutionTotal ?? 0)
      return [
        "bsop_hour_gb": .string("\(index + 1)"), "frgn_fake_ntby_qty": .string(padded(foreign, to: 18)),
        "orgn_fake_ntby_qty": .string(padded(institutions, to: 18)),
        "sum_fake_ntby_qty": .string(padded(foreign + institutions, to: 18)),
      ]
    }
    return rows.reversed()
  }

  /// Program trading by the minute, latest first: the same flow as H0UPPGM0.
  private var programRows: [JSONValue] {
    let moment = MarketMoment(moment, hours: hours)
    var flow = ProgramFlow(programMarket, on: moment.day, seed: seed)
    var rows: [JSONValue] = []
    var second = ProgramTradingFeed.start
    while second <= moment.second {
      flow.advance(to: second)
      if second % 60 < ProgramTradingFeed.step || second + ProgramTradingFeed.step > moment.second {
        rows.append(programRow(flow, ["bsop_hour": clockDigits(second / 60 * 60)]))
      }
      second += ProgramTradingFeed.step
    }
    return Array(rows.suffix(30).reversed())
  }

  /// Program trading by the day, latest first; the day that is not over stands where H0UPPGM0 stands.
  private var programDays: [JSONValue] {
    let now = MarketMoment(moment, hours: hours)
    return DailyChartWindow(self).stretches.map { stretch in
      var flow = ProgramFlow(programMarket, on: stretch.last, seed: seed)
      let end = stretch.last == now.day ? now.second : MarketHours.afterHoursEnd
      for second in stride(from: ProgramTradingFeed.start, through: end, by: ProgramTradingFeed.step) {
        flow.advance(to: second)
      }
      return programRow(flow, ["stck_bsop_date": stretch.last.compact])
    }
  }

  private var programMarket: IndustryMarket {
    ["Q", "2"].contains(parameter("FID_MRKT_CLS_CODE")) ? .kosdaq : .kospi
  }

  private func programRow(_ flow: ProgramFlow, _ time: [String: String]) -> JSONValue {
    let fields = api.outputs.first?.fields ?? []
    return .object(JSONObject(fields.map { ($0, .string(time[$0] ?? flow.value(of: $0) ?? "")) }))
  }
}
