import KISWire

/// The minutes that a chart request asks for: which day's, up to which, and how many.
struct MinuteChartWindow {
  /// The session they are taken from.
  let moment: MarketMoment
  /// Seconds of the session, in the order of time; the first one is the stretch before the first row.
  let seconds: [Int]
  /// Whether the last row is the minute that is not over yet.
  let includesNow: Bool

  /// Reads `FID_INPUT_HOUR_1` (`HHMMSS`), or `KEYB` abroad (`YYYYMMDDHHMMSS` there); without them the latest minutes.
  init(_ request: AnswerRequest, of instrument: Instrument) {
    var moment = MarketMoment(request.moment, on: instrument.market, hours: request.hours)
    var end = moment.second
    let asked = MinuteChartWindow.clock(request, of: instrument)
    if request.api.path.contains("dailychartprice"), let day = request.parameter("FID_INPUT_DATE_1"),
      let past = TradingDay(compact: day), past < moment.day
    {
      moment = MarketMoment(closing: past)
      end = asked ?? MarketHours.close
    } else if let asked, asked < moment.second + moment.shift {
      let sessionStart = MarketHours.open + moment.shift
      if moment.shift != 0, asked < sessionStart, asked >= MarketHours.open {
        // Earlier than the session that is printed now: the day's own hours.
        moment = MarketMoment(closing: moment.day)
        end = asked
      } else {
        end = asked - moment.shift
      }
    }
    end = min(end, moment.second)
    let interval = 60 * MinuteChartWindow.interval(request)
    let count = MinuteChartWindow.rows(request)
    includesNow = end == moment.second && end % interval != 0
    let last = end - end % interval
    self.moment = moment
    seconds = (0..<count).map { last - interval * $0 }.filter { $0 >= MarketHours.open + 60 }.reversed()
  }

  private static func clock(_ request: AnswerRequest, of instrument: Instrument) -> Int? {
    let isAbroad = instrument.market.isAbroad
    let written = request.parameter(isAbroad ? "KEYB" : "FID_INPUT_HOUR_1")?.suffix(6) ?? ""
    guard written.utf8.count == 6, let number = Int(written), written != "000000" else { return nil }
    let clock = number / 10_000 * 3_600 + number / 100 % 100 * 60 + number % 100
    guard isAbroad else { return clock }
    // The exchange's own clock, in which a Korean afternoon may be a night.
    let korean = clock + 13 * 3_600
    return korean >= 86_400 ? korean - 86_400 : korean
  }

  /// Minutes a row.
  private static func interval(_ request: AnswerRequest) -> Int {
    let minutes = request.parameter("NMIN").flatMap { Int($0) }
    let seconds = request.market.isDerivative ? request.parameter("FID_HOUR_CLS_CODE").flatMap { Int($0) } : nil
    return max(1, min(60, minutes ?? seconds.map { $0 / 60 } ?? 1))
  }

  private static func rows(_ request: AnswerRequest) -> Int {
    if let asked = request.parameter("NREC").flatMap({ Int($0) }) { return max(1, min(120, asked)) }
    if request.api.path.contains("dailychartprice") { return 120 }
    return request.market == .kospi || request.market == .etf ? 30 : 102
  }
}

extension Instrument.Market {
  /// Whether it is another country's, with another clock.
  var isAbroad: Bool { self == .overseas || self == .overseasFutures }
  /// Futures and options of KRX.
  var isDerivative: Bool { [.indexFutures, .indexOption, .stockFutures].contains(self) }
}

extension MarketMoment {
  /// The end of a past day's session.
  init(closing day: TradingDay) { self.init(day: day, second: MarketHours.close, shift: 0) }
}
