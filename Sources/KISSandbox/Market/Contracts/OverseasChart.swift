import KISMarket
import KISWire

/// The parameters of charts of contracts abroad (해외선물·옵션 체결추이), which have names of their own.
extension AnswerRequest {
  /// Whether it is one of them.
  var isOverseasChart: Bool { api.path.holds("/overseas-futureoption/") && has("START_DATE_TIME") }

  /// From where on rows are asked for, and to where: `START_DATE_TIME`, `CLOSE_DATE_TIME`, in the market's days. A further
  /// page (QRY_TP P) ends before what INDEX_KEY names.
  var overseasChartDays: (first: CalendarDate?, last: CalendarDate?) {
    guard isOverseasChart else { return (nil, nil) }
    let first = overseasDay("START_DATE_TIME")
    let last = overseasDay("CLOSE_DATE_TIME")
    guard let key = overseasKey else { return (first, last) }
    let before = isByDay ? key.advanced(by: -1) : key
    return (first, last.map { min($0, before) } ?? before)
  }

  /// Seconds of the day before which the rows of a further page lie; nil for a first page.
  var overseasKeySecond: Int? {
    guard overseasKey != nil, !isByDay, let digits = parameter("INDEX_KEY")?.suffix(6), let number = Int(digits) else {
      return nil
    }
    return number / 10_000 * 3_600 + number / 100 % 100 * 60 + number % 100
  }

  /// Rows of an answer (QRY_CNT), and minutes of a row (QRY_GAP).
  var overseasRows: Int? {
    isOverseasChart ? parameter("QRY_CNT").flatMap { Int($0) }.map { $0.clamped(to: 1...120) } ?? 40 : nil
  }
  var overseasGap: Int? {
    isOverseasChart ? parameter("QRY_GAP").flatMap { Int($0) }.map { $0.clamped(to: 1...60) } : nil
  }

  /// Whether rows are whole days, weeks or months.
  var isByDay: Bool {
    ["daily", "weekly", "monthly"].contains { api.path.holds("/\($0)") || api.path.holds("/opt-\($0)") }
  }

  /// Which bars a chart of its own API stands for, in the letters of the other charts.
  var overseasPeriod: String? {
    guard isOverseasChart else { return nil }
    return api.path.hasSuffix("weekly-ccnl") ? "W" : api.path.hasSuffix("monthly-ccnl") ? "M" : nil
  }

  /// Until when trades are asked for; nil for now.
  func overseasTradeMoment(_ instrument: Instrument) -> TradingMoment? {
    guard let last = overseasChartDays.last, last <= marketTime.date else { return nil }
    guard let second = overseasKeySecond else {
      guard last < marketTime.date else { return nil }
      // On a Saturday only the night of Friday is left.
      return instrument.isTraded(on: last)
        ? TradingMoment(last, ClockTime(milliseconds: 86_400_000 - 1))
        : TradingMoment(instrument.tradingDay(before: last), ClockTime(48, 0))
    }
    // A time before the opening belongs to the night that began on the day before.
    let opening = (instrument.minutesOfDay(last)?.lowerBound ?? 24 * 60) * 60
    return second < opening
      ? TradingMoment(instrument.tradingDay(before: last), ClockTime(milliseconds: (second + 86_400) * 1_000 - 1))
      : TradingMoment(last, ClockTime(milliseconds: second * 1_000 - 1))
  }

  /// Whether rows are trades one by one.
  var isByTrade: Bool { isOverseasChart && api.path.hasSuffix("tick-ccnl") }

  private var overseasKey: CalendarDate? {
    let key = overseasDay("INDEX_KEY")
    return parameter("QRY_TP") == "P" ? key : nil
  }

  /// The names of these parameters do not say that they are dates, so ``DateShift`` has not moved them.
  private func overseasDay(_ name: String) -> CalendarDate? {
    let shown = parameter(name).flatMap { CalendarDate(compact: $0.prefix(8)) }
    return shown.map { quotes.shift?.meant($0) ?? $0 }
  }

  /// What the head of a chart says of its rows; `index_key` asks for those before them.
  func overseasHead(of field: String, rows: () -> [Quote]) -> String? {
    // The name first: this is asked for every field of every answer.
    guard ["ret_cnt", "tret_cnt", "last_n_cnt", "index_key"].contains(field), isOverseasChart else { return nil }
    switch field {
    case "ret_cnt", "tret_cnt": return "\(rows().count)"
    case "last_n_cnt": return "\(overseasGap ?? 1)"
    case "index_key":
      guard let last = rows().last else { return "" }
      return (quotes.shift?.shown(last.day) ?? last.day).compact + clockDigits(last.second)
    default: return nil
    }
  }
}

extension Quote {
  /// A row of a night that goes on after midnight stands on the day that the clock has reached.
  var onItsOwnDay: Quote {
    guard instrument.market == .overseasFutures, second >= 86_400 else { return self }
    var quote = self
    quote.day = day.advanced(by: second / 86_400)
    quote.second = second % 86_400
    return quote
  }
}
