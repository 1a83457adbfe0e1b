import Synchronization

/// The trading days of a calendar, counted from 1990 to 2099, so that moving by trading days is an addition.
///
/// A reference, since every instrument abroad has those of its exchange.
final class CountedDays: Sendable {
  /// The dates that are counted in.
  static let range: ClosedRange<CalendarDate> = ("1990-01-01" as CalendarDate)...("2099-12-31" as CalendarDate)

  private let days: [Int32]
  /// How many trading days lie before each date of the range, and before the one behind it.
  private let ordinals: [UInt16]

  /// - Parameter opens: whether a date is a trading day.
  init(opens: (CalendarDate) -> Bool) {
    let (first, last) = (CountedDays.range.lowerBound.number, CountedDays.range.upperBound.number)
    var days: [Int32] = []
    var ordinals: [UInt16] = []
    ordinals.reserveCapacity(last - first + 2)
    for number in first...last {
      ordinals.append(UInt16(days.count))
      if opens(CalendarDate(number: number)) { days.append(Int32(number)) }
    }
    ordinals.append(UInt16(days.count))
    (self.days, self.ordinals) = (days, ordinals)
  }

  /// Whether a date is a trading day; nil for one that is not counted.
  @inline(__always)
  func contains(_ date: CalendarDate) -> Bool? {
    let place = date.number - CountedDays.range.lowerBound.number
    guard place >= 0, place < ordinals.count - 1 else { return nil }
    return ordinals[place + 1] > ordinals[place]
  }

  /// How many trading days lie before a date: the number of a trading day, and of the next one for any other date.
  @inline(__always)
  func ordinal(of date: CalendarDate) -> Int {
    Int(ordinals[min(max(0, date.number - CountedDays.range.lowerBound.number), ordinals.count - 1)])
  }

  /// The trading day of a number; the first or the last one when there is none.
  @inline(__always)
  func day(_ ordinal: Int) -> CalendarDate {
    CalendarDate(number: Int(days[min(max(0, ordinal), days.count - 1)]))
  }

  /// The trading days of some numbers, all of which have one.
  func days(_ ordinals: Range<Int>) -> [CalendarDate] { ordinals.map(day) }
}

/// Trading days that are counted when somebody asks for them: most questions are about a market at home.
final class CountedWhenAsked: Sendable {
  private let opens: @Sendable (CalendarDate) -> Bool
  private let counted = AtomicLazyReference<CountedDays>()

  /// - Parameter opens: whether a date is a trading day.
  init(opens: @escaping @Sendable (CalendarDate) -> Bool) { self.opens = opens }

  var days: CountedDays { counted.load() ?? counted.storeIfNil(CountedDays(opens: opens)) }
}
