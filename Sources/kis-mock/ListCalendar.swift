public import ArgumentParser
public import KISMarket
import KISWire

/// `kis-mock calendar`: the trading days of the Korean venues, or of an exchange abroad, with their phases by date.
struct ListCalendar: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calendar",
    abstract: "List trading days, and what KRX and NXT, or an exchange abroad, do when on each.",
    discussion: """
      Holidays, late openings (the first day of a year, 수능) and the hours of both venues, and of KRX's futures and
      options, are those of each date, so a client can ask for the day that it has to stand. All times are Korean; a
      night in New York goes on after 24:00.
      """)

  @Option(help: "The first day, YYYY-MM-DD.")
  var from: CalendarDate

  @Option(help: "The last day, YYYY-MM-DD. Without it only the first one is listed.")
  var to: CalendarDate?

  @Option(
    help: .init(
      "An exchange abroad in place of KRX and NXT: \(ForeignExchange.Place.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "name"))
  var exchange: ForeignExchange?

  @Flag(help: "Print one JSON object a day.")
  var json = false

  func validate() throws {
    if let to, to < from { throw ValidationError("--to \(to) is before --from \(from).") }
    guard TradingCalendar.range.contains(from), TradingCalendar.range.contains(to ?? from) else {
      let range = TradingCalendar.range
      throw ValidationError("Known are the days from \(range.lowerBound) to \(range.upperBound).")
    }
  }

  func run() {
    var date = from
    while date <= to ?? from {
      if let exchange {
        list(date, exchange)
      } else if json || TradingCalendar.isTradingDay(date) || to == nil {
        list(date)
      }
      date = date.advanced(by: 1)
    }
  }

  private func list(_ date: CalendarDate) {
    let hours =
      TradingVenue.allCases.map { (name: $0.rawValue, hours: TradingHours(of: $0, on: date)) }
      + [(name: "contracts", hours: TradingHours(ofContractsOn: date))]
    if json {
      guard TradingCalendar.isTradingDay(date) else { return }
      var day: JSONObject = ["date": .string(date.description)]
      for (name, hours) in hours { day[name.lowercased()] = .array(hours.phases.map(json)) }
      print(JSONValue.object(day).text)
      return
    }
    guard TradingCalendar.isTradingDay(date) else {
      print("\(date)  closed; open again on \(TradingCalendar.tradingDay(after: date))")
      return
    }
    for (name, hours) in hours where hours.isOpen {
      let phases = hours.phases.map { "\($0.start)-\($0.end) \($0.phase.rawValue)" }
      print("\(date)  \(name)  \(phases.joined(separator: ", "))")
    }
  }

  private func list(_ date: CalendarDate, _ exchange: ForeignExchange) {
    let sessions = exchange.sessions(on: date)
    if sessions.isEmpty {
      guard !json, to == nil else { return }
      print("\(date)  closed; open again on \(exchange.calendar.tradingDay(after: date))")
    } else if json {
      let phases = sessions.map { json("\($0.phase)", $0.start, $0.end) }
      print(
        JSONValue.object(["date": .string(date.description), exchange.place.rawValue.lowercased(): .array(phases)]).text
      )
    } else {
      let phases = sessions.map { "\($0.start)-\($0.end) \($0.phase)" }
      print("\(date)  \(exchange.place.rawValue)  \(phases.joined(separator: ", "))")
    }
  }

  private func json(_ phase: ScheduledPhase) -> JSONValue { json(phase.phase.rawValue, phase.start, phase.end) }

  private func json(_ phase: String, _ start: ClockTime, _ end: ClockTime) -> JSONValue {
    .object(["phase": .string(phase), "from": .string(start.description), "until": .string(end.description)])
  }
}

extension CalendarDate: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension ForeignExchange: ExpressibleByArgument {
  public init?(argument: String) { self.init(named: argument.uppercased()) }
}
