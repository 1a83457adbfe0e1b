import KISMarket
import KISWire

extension AnswerRequest {
  /// The volatility interruptions of a day (변동성완화장치 현황), latest first: of everything that is listed, or of what was
  /// asked for. The same as H0STVIC0 sent.
  var interruptionRows: [JSONValue] {
    let day = parameter("FID_INPUT_DATE_1").flatMap { CalendarDate(compact: $0) } ?? marketTime.date
    let moment = day < marketTime.date ? TradingMoment(day, ClockTime(24, 0)) : marketTime
    let asked = (direction: parameter("FID_DIV_CLS_CODE"), kind: parameter("FID_RANK_SORT_CLS_CODE"))
    var rows: [(start: ClockTime, row: JSONValue)] = []
    for instrument in interruptible where day <= marketTime.date {
      let interruptions = quotes.interruptions(instrument, at: moment)
      guard !interruptions.isEmpty else { continue }
      let quote = quotes.quote(instrument, at: moment)
      for (number, interruption) in interruptions.enumerated() where isMeant(interruption, asked) {
        rows.append((interruption.start, row(of: quote, number)))
      }
    }
    let latest = rows.enumerated().sorted { ($0.element.start, $1.offset) > ($1.element.start, $0.offset) }
    return latest.prefix(30).map(\.element.row)
  }

  /// What is asked for: one instrument, or all of the market that FID_MRKT_CLS_CODE names.
  private var interruptible: [Instrument] {
    if let code = parameter("FID_INPUT_ISCD"), code.count > 4 { return [quotes.instrument(code)] }
    let listed = quotes.market.instruments.filter { $0.exchange == nil && [.share, .etf].contains($0.kind) }
    return switch parameter("FID_MRKT_CLS_CODE") {
    case "K": listed.filter { $0.market != .kosdaq }
    case "Q": listed.filter { $0.market == .kosdaq }
    default: listed
    }
  }

  /// FID_DIV_CLS_CODE asks for those on the way up (1) or down (2), FID_RANK_SORT_CLS_CODE for static (1) or dynamic ones
  /// (2).
  private func isMeant(_ interruption: Interruption, _ asked: (direction: String?, kind: String?)) -> Bool {
    let isRising = interruption.price >= interruption.reference
    let isDynamic = interruption.kind == .dynamicVI
    return switch asked {
    case ("1", _) where !isRising, ("2", _) where isRising: false
    case (_, "1"): !isDynamic
    case (_, "2"): isDynamic
    default: true
    }
  }

  private func row(of quote: Quote, _ number: Int) -> JSONValue {
    let fields = api.outputs.first?.fields ?? []
    return .object(
      JSONObject(
        fields.map { field in
          let value = quote.interruptionValue(of: field.uppercased(), number: number) ?? quote.value(of: field)
          return (field, .string(value ?? ""))
        }))
  }
}
