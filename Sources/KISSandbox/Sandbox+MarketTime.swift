import KISMarket
import KISRecording
public import KISWire

extension Sandbox {
  /// What moment it is in the market as it is shown to clients.
  public var shownMarketTime: KoreanTime {
    let time = marketTime
    return stage.dateShift?.shown(time) ?? time
  }

  /// What moment it is in the market: the one time that streams, recordings, answers, orders and the calendar go by.
  var marketTime: KoreanTime { marketTime(of: .everybody) }

  /// What moment it is in the market that a playhead plays.
  ///
  /// Recordings are placed on it by their own day; where they end, the market goes on. Without any, it is the clock's
  /// time.
  func marketTime(of owner: Stage.PlayheadOwner) -> KoreanTime {
    stage.marketTime(of: owner, in: configuration, on: clock)
  }

  /// When the clock shows a moment of the market; never while the market stands.
  func clockMoment(of moment: TradingMoment, for owner: Stage.PlayheadOwner) -> Duration {
    guard let (playhead, days) = stage.timeLine(of: owner, in: configuration) else {
      return .nanoseconds(moment.koreanTime.epochNanoseconds - clock.wallStart.epochNanoseconds)
    }
    return playhead.moment(ofMarket: RecordedTime(.milliseconds(days.milliseconds(until: moment)))) ?? .never
  }

  /// When the clock shows a time that a rule waits for; never while the market stands, or moves with the messages of an
  /// unpaced replay.
  func clockMoment(ofRuleAt time: TimeOfDay) -> Duration {
    let position = configuration.position(of: time)
    if let playhead = stage.playheads[.everybody], !configuration.isBehindRecordings(position) {
      return playhead.state == .playing ? playhead.moment(ofMarket: position) ?? .never : .never
    }
    let (days, nanoseconds) = time.nanoseconds.quotientAndRemainder(dividingBy: TimeOfDay.nanosecondsPerDay)
    let date =
      stage.timeLine(of: .everybody, in: configuration)?.days.date(after: Int(days))
      ?? CalendarDate(of: clock.wallStart).advanced(by: Int(days))
    return clockMoment(of: TradingMoment(date, ClockTime(milliseconds: Int(nanoseconds / 1_000_000))), for: .everybody)
  }
}

extension Stage {
  /// What moment it is in the market that a playhead plays.
  func marketTime(
    of owner: PlayheadOwner, in configuration: SandboxConfiguration, on clock: any MockClock
  ) -> KoreanTime {
    guard let (playhead, days) = timeLine(of: owner, in: configuration) else { return clock.wallTime }
    let passed = playhead.marketPosition(at: clock.now).nanoseconds
    let moment = days.moment(after: Int(passed / 1_000_000))
    // The market counts milliseconds, recordings nanoseconds.
    return moment.koreanTime + .nanoseconds(passed % 1_000_000)
  }

  /// The replay that the market's time follows, and the days of the market that its time line stands for; nil when nothing
  /// is played.
  func timeLine(
    of owner: PlayheadOwner, in configuration: SandboxConfiguration
  ) -> (Playhead, days: MarketDays)? {
    guard let playhead = playheads[owner] ?? playheads[.everybody], let day = configuration.marketDay else {
      return nil
    }
    let start = TradingMoment(day, ClockTime(milliseconds: Int(configuration.beginning.nanoseconds / 1_000_000)))
    return (playhead, MarketDays(from: start, enteredAfter: Int(playhead.entry.nanoseconds / 1_000_000)))
  }
}

extension Stage {
  /// The moment that rules go by: on the clock, and where the shared replay stands, or the market behind its end.
  func moment(in configuration: SandboxConfiguration, on clock: any MockClock) -> ScenarioMoment {
    let now = clock.now
    guard let playhead = playheads[.everybody] else {
      return ScenarioMoment(elapsed: now, timeOfDay: configuration.timeOfDay(at: .zero))
    }
    let isPlaying = playhead.state == .playing && playhead.nextOffset != nil
    let position = isPlaying ? playhead.reached(at: now) : playhead.marketPosition(at: now)
    guard !isPlaying, configuration.isBehindRecordings(position) else {
      return ScenarioMoment(elapsed: now, timeOfDay: configuration.timeOfDay(at: position))
    }
    let time = marketTime(of: .everybody, in: configuration, on: clock)
    let date = CalendarDate(of: time)
    let days =
      timeLine(of: .everybody, in: configuration)?.days.days(until: date)
      ?? date.number - CalendarDate(of: clock.wallStart).number
    return ScenarioMoment(
      elapsed: now,
      timeOfDay: TimeOfDay(nanoseconds: Int64(days) * TimeOfDay.nanosecondsPerDay + time.nanosecondOfDay))
  }
}

extension SandboxConfiguration {
  /// Gives the market a day when nothing else does and clients read the host's clock: the last one on which it was
  /// open, from ten o'clock on. Otherwise nobody could try anything on a Sunday or at night.
  mutating func openMarket(at hostTime: KoreanTime) {
    guard marketDay == nil else { return }
    day = TradingCalendar.tradingDay(onOrBefore: CalendarDate(of: hostTime))
    start = start ?? TimeOfDay(sinceMidnight: .seconds(10 * 3_600))
  }

  /// The day that the market's time begins on; nil when that is the clock's.
  var marketDay: CalendarDate? { recordings.first { !$0.isEmpty }.map { CalendarDate(of: $0.start) } ?? day }

  /// Whether a position lies where nothing is recorded any more and the market alone counts the days.
  func isBehindRecordings(_ position: RecordedTime) -> Bool {
    recordings.allSatisfy(\.isEmpty) || position > self.position(of: timeLine.upperBound)
  }

  /// The shift from the market's days to those that are shown; nil when they are the same.
  var dateShift: DateShift? {
    guard let date, let marketDay else { return nil }
    let shift = DateShift(showing: marketDay, as: date)
    return shift.tradingDays == 0 ? nil : shift
  }
}
