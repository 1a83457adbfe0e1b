import KISWire

extension AnswerRequest {
  /// Outputs that the simulator knows better than field names tell; nil for all other APIs.
  func simulatedOutputs() -> JSONObject? {
    switch id {
    case .foreignInstitutionTotal: ["output": .array(investorRows)]
    case "FHPPG04600101": [key(of: 0): .array(programRows)]
    case "HHPTJ04160200": ["output2": .array(estimateRows)]
    case "FHPST07020000": interestRates
    case "CTCA0903R": ["output": .array(calendarRows)]
    default: nil
    }
  }

  private func key(of output: Int) -> String { api.outputs.indices ~= output ? api.outputs[output].key : "output" }

  private var investorRows: [JSONValue] {
    let moment = MarketMoment(moment)
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
    let moment = MarketMoment(moment)
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
    let moment = MarketMoment(moment)
    let industry: IndustryMarket = parameter("FID_MRKT_CLS_CODE") == "Q" ? .kosdaq : .kospi
    var flow = ProgramFlow(industry, on: moment.day, seed: seed)
    let names = Dialect.latest().layout(of: .indexProgramTrading).fields
    var rows: [JSONValue] = []
    var second = MarketHours.firstTotals + 13
    while second <= moment.second {
      flow.advance(to: second)
      if second % 60 < 10 || second + 10 > moment.second {
        let values = Dictionary(zip(names, flow.values(of: industry))) { first, _ in first }
        rows.append(programRow(values, quote: second / 60 * 60))
      }
      second += 10
    }
    return Array(rows.suffix(30).reversed())
  }

  private func programRow(_ values: [String: String], quote second: Int) -> JSONValue {
    let fields = api.outputs.first?.fields ?? []
    return .object(
      JSONObject(
        fields.map { field in
          let name = field.uppercased().replacing("WHOL_SMTN_SELN", with: "TOTAL_SELN")
            .replacing("WHOL_SMTN_SHNU", with: "TOTAL_SHNU").replacing("WHOL_SMTN_NTBY", with: "WHOL_NTBY")
            .replacing("SHUN_TR_PBMN_RATE", with: "SHNU_TR_PBMN_RATE")
          let value = name == "BSOP_HOUR" ? clockDigits(second) : values[name] ?? values[field.uppercased()]
          return (field, .string(value ?? "0"))
        }))
  }
}
