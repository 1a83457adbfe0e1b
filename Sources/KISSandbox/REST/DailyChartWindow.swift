import KISWire

/// The days that a chart request asks for: from where to where, in which steps, and how many rows an answer has.
struct DailyChartWindow {
  /// What one row stands for.
  enum Step { case day, week, month, year }

  let first: TradingDay
  let last: TradingDay
  let step: Step
  /// Rows of one answer; who wants more asks for earlier days.
  let rows: Int

  /// Before this day nothing is known of any instrument.
  static let dawn = TradingDay("2010-01-04")

  /// Reads `FID_INPUT_DATE_1` and `_2`, or `BYMD` and its like, which name the last day only.
  init(_ request: AnswerRequest) {
    let today = TradingDay(of: request.moment)
    func day(_ name: String) -> TradingDay? { request.parameter(name).flatMap(TradingDay.init(compact:)) }
    let from = day("FID_INPUT_DATE_1")
    let to = day("FID_INPUT_DATE_2")
    let named = to ?? (request.has("FID_INPUT_DATE_2") ? nil : from) ?? day("BYMD") ?? day("BASS_DT") ?? day("QRY_DATE")
    last = min(named ?? today, today)
    let dawn = DailyChartWindow.dawn ?? today
    first = max(dawn, request.has("FID_INPUT_DATE_2") ? from ?? dawn : dawn)
    step =
      switch request.parameter("FID_PERIOD_DIV_CODE") ?? request.parameter("GUBN") {
      case "W", "1": .week
      case "M", "2": .month
      case "Y": .year
      default: .day
      }
    let isChart = request.api.path.contains("chartprice") || request.api.path.hasSuffix("/dailyprice")
    rows = isChart ? (request.market == .index ? 50 : 100) : 30
  }

  /// The stretches of open days, latest first: each from its first to its last open day.
  var stretches: [(first: TradingDay, last: TradingDay)] {
    var stretches: [(first: TradingDay, last: TradingDay)] = []
    var day = last.isOpen ? last : last.previous
    while day >= first, stretches.count < rows {
      var start = day
      while step != .day, start.previous >= first, isSame(start.previous, day) { start = start.previous }
      stretches.append((start, day))
      day = start.previous
    }
    return stretches
  }

  private func isSame(_ day: TradingDay, _ other: TradingDay) -> Bool {
    switch step {
    case .day: day == other
    // Days since a Sunday: 1970-01-04 was one.
    case .week: (day.number - 3) / 7 == (other.number - 3) / 7
    case .month: day.compact.prefix(6) == other.compact.prefix(6)
    case .year: day.compact.prefix(4) == other.compact.prefix(4)
    }
  }
}

extension AnswerRequest {
  /// The moment of the latest order that an inquiry may show: now, or the same time on the last day it asks about.
  var lastMomentAsked: KoreanTime {
    let names = ["INQR_END_DT", "ORD_END_DT", "END_DT", "INQR_END_DATE"]
    let last = names.lazy.compactMap { self.parameter($0).flatMap(TradingDay.init(compact:)) }.first
    guard let last, last < TradingDay(of: moment) else { return moment }
    return (last.isOpen ? last : last.previous).midnight + .nanoseconds(moment.nanosecondOfDay)
  }
}

extension TradingDay {
  /// Reads `20260921`; nil for anything that is no day of the calendar.
  init?(compact text: String) {
    guard text.utf8.count == 8, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    self.init("\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))")
  }
}

extension Quote {
  /// How an instrument traded over a stretch of days: opened on the first, which it is called by, closed on the last.
  init(_ instrument: Instrument, from first: TradingDay, to last: TradingDay, seed: UInt64) {
    self.init(instrument, closing: last, seed: seed)
    guard first < last else { return }
    let opening = Quote(instrument, closing: first, seed: seed)
    let middle = Quote(instrument, closing: first.advanced(by: (last.number - first.number) / 2), seed: seed)
    day = first
    previousClose = opening.previousClose
    open = opening.open
    high = max(high, opening.high, middle.high)
    low = min(low, opening.low, middle.low)
    let days = (last.number - first.number) * 5 / 7 + 1
    volume = (volume + opening.volume + middle.volume) / 3 * days
    amount = volume * ((high + low + price) / 3)
  }

  /// Takes in the day that is not over yet.
  mutating func extend(by today: Quote) {
    (price, book) = (today.price, today.book)
    high = max(high, today.high)
    low = min(low, today.low == 0 ? low : today.low)
    volume += today.volume
    amount += today.amount
  }
}
