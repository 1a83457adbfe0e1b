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

  /// The shift from the market's days to those that are shown; nil when they are the same.
  var dateShift: DateShift? {
    guard let date, let marketDay else { return nil }
    let shift = DateShift(showing: marketDay, as: date)
    return shift.tradingDays == 0 ? nil : shift
  }
}
