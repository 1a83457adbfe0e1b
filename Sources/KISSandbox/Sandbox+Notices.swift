import KISMarket
import KISWire
import Synchronization

/// What people should know of the market.
extension Sandbox {
  /// Says when the market of a registration opens, when it is closed now: until then nothing comes, as at KIS.
  func tellClosedMarket(of registration: Session.Registration) {
    guard let tell = configuration.onNotice else { return }
    let id = registration.transactionID
    let kind = StreamKind(id)
    let now = TradingMoment(marketTime)
    let instrument = kind.instrument(of: id, key: registration.key, in: stage.market)
    let hours = StreamHours(id, kind, instrument)
    guard hours.isTraded else {
      tell("\(id) \(registration.key): NXT does not trade it; nothing comes, as at KIS")
      return
    }
    let opening = hours.opening(from: now)
    guard opening > now else { return }
    // A night abroad goes on after 24:00.
    let moment = stage.dateShift?.shown(opening.koreanTime) ?? opening.koreanTime
    let time = TimeOfDay(nanoseconds: moment.nanosecondOfDay).colons
    tell(
      "\(id) \(registration.key): its market is closed now and opens on \(moment.date) at \(time); `--start \(time)` "
        + "shows it")
  }

  /// With recordings alone: says that nothing will come, once for a registration.
  func tellSilence(of registration: Session.Registration, for id: Int) {
    guard let tell = configuration.onNotice,
      !isRecorded(
        registration.recorded ?? registration.route, by: stage.playheads[.session(id)] ?? stage.playheads[.everybody])
    else { return }
    stage.silenced.insert(StreamOwner(playhead: .session(id), route: registration.route))
    tell("\(registration.transactionID) \(registration.key): no recording tells of it from here on; it stays silent")
  }

  /// With recordings alone: says of every registration once that its recording has ended.
  func tellEnd(of owner: Stage.PlayheadOwner) {
    guard let tell = configuration.onNotice, !configuration.simulates else { return }
    for session in sessions.inOrder where owner == .everybody || owner == .session(session.id) {
      for registration in session.registrations {
        let silenced = StreamOwner(playhead: .session(session.id), route: registration.route)
        guard stage.silenced.insert(silenced).inserted else { continue }
        tell("\(registration.transactionID) \(registration.key): its recording has ended; it stays silent")
      }
    }
  }

  /// Says that the market went on to another day.
  func tellNewDay() {
    let now = TradingMoment(marketTime)
    defer { stage.day = now.date }
    if let before = stage.day, before < now.date { drawnAhead.store(0, ordering: .relaxed) }
    guard let tell = configuration.onNotice, let before = stage.day, before < now.date else { return }
    let shown = stage.dateShift?.shown(now.date) ?? now.date
    tell("the market's day is over; it goes on with \(shown) \(now.time)")
  }
}
