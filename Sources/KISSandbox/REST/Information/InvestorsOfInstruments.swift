import KISMarket
import KISWire

/// Who trades in a market that has no index (시장별 투자자매매동향 시세): futures, options, funds, notes and warrants. The figures
/// are sums over all that is listed of its kind.
extension AnswerRequest {
  /// Nil where the investors of the shares of an index are asked for.
  var investorsOfInstruments: JSONObject? {
    guard asksInvestorsOfInstruments else { return nil }
    let instruments = instrumentsOfInvestors
    let traded = instruments.reduce(InvestorFlows.none) { sum, instrument in
      sum.adding(
        quotes.investors(instrument, on: marketTime.date, at: marketTime.time),
        won: instrument.worth / Double(instrument.scale))
    }
    // Contracts are counted one by one, as nothing else is.
    let isOfContracts = instruments.first?.market.isDerivative == true
    let flows = InvestorFigures(isOfContracts ? traded.inMillions : traded.inThousandsAndMillions)
    let unit = isOfContracts ? 1 : 1_000
    let row = (api.outputs.first?.fields ?? []).map { field -> (String, JSONValue) in
      trace?.note(field, .market)
      guard let figure = FlowFigure.of(field), let party = figure.party else { return (field, "0") }
      return (field, .string("\(flows[party].number(of: figure) / (figure.isMoney ? 1_000_000 : unit))"))
    }
    return [key(of: 0): [.object(JSONObject(row))]]
  }

  /// What is listed of the kind that FID_INPUT_ISCD_2 names, `F001`; FID_INPUT_ISCD names its market once more. Nothing is
  /// of weekly options here.
  private var instrumentsOfInvestors: [Instrument] {
    let kind = parameter("FID_INPUT_ISCD_2") ?? ""
    func board(_ product: String) -> ContractBoard { ContractBoard(product: product, today: shownToday) }
    func futures(_ product: String, _ market: Instrument.Market = .indexFutures) -> [Instrument] {
      board(product).futures.map { quotes.instrument($0.code, market) }
    }
    func listed(_ kind: SecurityKind) -> [Instrument] {
      quotes.listed.map(\.instrument).filter { $0.kind == kind }
    }
    return switch kind {
    case "F001": futures("01")
    case "F002": futures("06")
    case "F004": futures("05")
    case "S001": futures("11", .stockFutures)
    case "OC01": options(.call, of: board("01"))
    case "OP01": options(.put, of: board("01"))
    case "OC02": options(.call, of: board("05"))
    case "OP02": options(.put, of: board("05"))
    case "OC03": options(.call, of: board("06"))
    case "OP03": options(.put, of: board("06"))
    case "T000": listed(.etf)
    case "W000": listed(.elw) + quotes.monthlyWarrants(on: shownToday)
    case "E199": listed(.etn)
    default: []
    }
  }
}
