import KISMarket
import KISWire

/// The days that a chart request asks for: from where to where, in which steps, and how many rows an answer has.
struct DailyChartWindow {
  /// What one row stands for.
  enum Step { case day, week, month, year }

  let first: CalendarDate
  let last: CalendarDate
  let step: Step
  /// Rows of one answer; who wants more asks for earlier days.
  let rows: Int
  /// The shift from the market's days to those that are shown: weeks are those of the calendar that is shown.
  private let shift: DateShift?

  /// Rows of a chart of a share.
  static let rowsOfChart = 100

  /// Before this day nothing is known of any instrument.
  static let dawn: CalendarDate = "2010-01-04"

  /// Reads `FID_INPUT_DATE_1` and `_2`, or `BYMD` and its like, which name the last day only.
  init(_ request: AnswerRequest, today: CalendarDate) {
    func day(_ name: String) -> CalendarDate? { request.parameter(name).flatMap { CalendarDate(compact: $0) } }
    let from = day("FID_INPUT_DATE_1")
    let to = day("FID_INPUT_DATE_2")
    let named = to ?? (request.has("FID_INPUT_DATE_2") ? nil : from) ?? day("BYMD") ?? day("BASS_DT") ?? day("QRY_DATE")
    let abroad = request.overseasChartDays
    // Who traded in a market is told from FID_INPUT_DATE_1 back (시장별 투자자매매동향 일별): FID_INPUT_DATE_2 repeats that day.
    let goesBack = AnswerRequest.listsInvestorsByDay(request.api.path)
    last = min(abroad.last ?? (goesBack ? from : named) ?? today, today)
    first = max(
      DailyChartWindow.dawn,
      abroad.first ?? (request.has("FID_INPUT_DATE_2") && !goesBack ? from : nil) ?? DailyChartWindow.dawn)
    step =
      switch request.parameter("FID_PERIOD_DIV_CODE") ?? request.parameter("GUBN") ?? request.overseasPeriod {
      case "W", "1": .week
      case "M", "2": .month
      case "Y": .year
      default: .day
      }
    let isChart = request.api.path.holds("chartprice") || request.api.path.hasSuffix("/dailyprice")
    let chartRows = isChart ? (request.market == .index ? 50 : DailyChartWindow.rowsOfChart) : 30
    rows = request.overseasRows ?? (goesBack ? 100 : chartRows)
    shift = request.quotes.shift
  }

  /// The stretches of days, latest first: each from its first to its last day on which the instrument may trade.
  func stretches(of instrument: Instrument, page: Int = 0) -> [(first: CalendarDate, last: CalendarDate)] {
    var stretches: [(first: CalendarDate, last: CalendarDate)] = []
    var day = instrument.isTraded(on: last) ? last : instrument.tradingDay(before: last)
    while day >= first, stretches.count < rows * (page + 1) {
      var start = day
      let period = period(of: day)
      while step != .day {
        let before = instrument.tradingDay(before: start)
        guard before >= first, self.period(of: before) == period else { break }
        start = before
      }
      stretches.append((start, day))
      day = instrument.tradingDay(before: start)
    }
    return Array(stretches.dropFirst(rows * page))
  }

  /// The number of the week, month or year in which a day is shown.
  private func period(of day: CalendarDate) -> Int {
    let day = shift?.shown(day) ?? day
    return switch step {
    case .day: day.number
    // Days since a Sunday: 1970-01-04 was one.
    case .week: (day.number - 3) / 7
    case .month: day.year * 12 + day.parts.month
    case .year: day.year
    }
  }
}

extension Instrument {
  /// Whether its exchange opens on a day, and it is listed there.
  func isTraded(on day: CalendarDate) -> Bool {
    if let term, !term.contains(day) { return false }
    return exchange?.isOpen(on: day) ?? TradingCalendar.isTradingDay(day)
  }

  /// The day before on which its exchange opened.
  func tradingDay(before day: CalendarDate) -> CalendarDate {
    exchange?.tradingDay(before: day) ?? TradingCalendar.tradingDay(before: day)
  }
}
