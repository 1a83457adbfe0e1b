import KISMarket
import KISWire

/// When a stream may send: parts of a day, in milliseconds since midnight in Korea; a night abroad goes on after 24:00.
struct StreamHours {
  private let kind: StreamKind
  private let instrument: Instrument
  private let isAfterHours: Bool
  private let tape: Tape

  init(_ id: TransactionID, _ kind: StreamKind, _ instrument: Instrument) {
    (self.kind, self.instrument) = (kind, instrument)
    isAfterHours = StreamKind.isAfterHours(id)
    tape = instrument.tape(StreamKind.tape(of: id))
  }

  /// Whether its instrument trades where it listens; of what NXT does not list nothing ever comes (quirk 47).
  var isTraded: Bool { tape != .nxt || instrument.isOnNextrade }

  /// The parts of a day on which it may send, in order.
  func parts(on date: CalendarDate) -> [ClosedRange<Int>] {
    if let exchange = instrument.exchange {
      return exchange.sessions(on: date).filter { $0.phase == .regular }.map {
        $0.start.milliseconds...($0.end.milliseconds + 60_000)
      }
    }
    let krx = instrument.hours(on: date)
    guard let open = krx.first(.openingAuction), let close = krx.close, let continuous = krx.continuous
    else { return [] }
    // Auctions end up to half a minute late.
    let regular = continuous.start.milliseconds...(close.milliseconds + AuctionEnd.longestDelay)
    if isAfterHours { return evening(krx) }
    if !isTraded { return [] }
    switch kind {
    case .trades: return tape == .krx ? [regular] : (nextrade(on: date) + (tape == .unified ? [regular] : [])).merged
    case .book:
      return tape == .nxt ? nextrade(on: date) : [open.start.milliseconds...regular.upperBound]
    case .expected:
      return [open.start.milliseconds...regular.upperBound]
    case .indexProgramTrading:
      // The first totals come just before the open (08:59:13 in KIS's example) and go on until 18:05.
      return [(continuous.start.milliseconds - 47_000)...(close.milliseconds + 155 * 60_000)]
    case .expectedIndex:
      return [krx.first(.openingAuction), krx.first(.closingAuction)].compactMap { phase in
        phase.map { $0.start.milliseconds...($0.end.milliseconds - 1) }
      }
    case .index, .programTrading, .members, .marketStatus, .volatilityInterruption, .netAssetValue, .notices:
      return [regular]
    }
  }

  private func evening(_ hours: TradingHours) -> [ClosedRange<Int>] {
    hours.phases.filter { $0.phase == .afterMarket || $0.phase == .afterHoursAuctions }.map {
      $0.start.milliseconds...$0.end.milliseconds
    }
  }

  private func nextrade(on date: CalendarDate) -> [ClosedRange<Int>] {
    TradingHours(of: .nxt, on: date).phases.filter(\.phase.isContinuous).map {
      $0.start.milliseconds...$0.end.milliseconds
    }
  }

  /// The first moment, at or after one, at which it may send. Holidays and weekends are passed over, for a year.
  func opening(from moment: TradingMoment) -> TradingMoment {
    // A night abroad belongs to the day before.
    var date = moment.date.advanced(by: -1)
    for _ in 0..<370 {
      let ahead = (moment.date.number - date.number) * 86_400_000 + moment.time.milliseconds
      for part in parts(on: date) where part.upperBound >= ahead {
        return TradingMoment(date, ClockTime(milliseconds: max(part.lowerBound, ahead)))
      }
      date = date.advanced(by: 1)
    }
    return TradingMoment(date, ClockTime(milliseconds: 0))
  }

  /// Whether it may send at a moment, a night abroad by the day that it began on.
  func contains(_ moment: TradingMoment) -> Bool {
    parts(on: moment.date).contains { $0.contains(moment.time.milliseconds) }
  }
}

extension [ClosedRange<Int>] {
  /// Ranges that touch as one.
  fileprivate var merged: [ClosedRange<Int>] {
    var merged: [ClosedRange<Int>] = []
    for range in sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound...Swift.max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }
}
