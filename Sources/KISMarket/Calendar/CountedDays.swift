import Synchronization

/// The trading days of a calendar, counted from 1990 to 2099, so that moving by trading days is an addition.
///
/// A reference, since every instrument abroad has those of its exchange. Days are counted when they are asked for first:
/// most questions are about a market at home.
final class CountedDays: Sendable {
  /// The dates that are counted in.
  static let range: ClosedRange<CalendarDate> = ("1990-01-01" as CalendarDate)...("2099-12-31" as CalendarDate)

  private let opens: @Sendable (CalendarDate) -> Bool
  private let counted = AtomicLazyReference<Counted>()

  /// - Parameter opens: whether a date is a trading day.
  init(opens: @escaping @Sendable (CalendarDate) -> Bool) { self.opens = opens }

  private final class Counted: Sendable {
    let days: [Int32]
    /// How many trading days lie before each date of the range, and before the one behind it.
    let ordinals: [UInt16]

    init(_ opens: (CalendarDate) -> Bool) {
      let (first, last) = (CountedDays.range.lowerBound.number, CountedDays.range.upperBound.number)
      var days: [Int32] = []
      var ordinals: [UInt16] = []
      days.reserveCapacity(last - first + 1)
      ordinals.reserveCapacity(last - first + 2)
      for number in first...last {
        ordinals.append(UInt16(days.count))
        if opens(CalendarDate(number: number)) { days.append(Int32(number)) }
      }
      ordinals.append(UInt16(days.count))
      (self.days, self.ordinals) = (days, ordinals)
    }
  }

  @inline(__always)
  private var count: Counted { counted.load() ?? counted.storeIfNil(Counted(opens)) }

  /// Whether a date is a trading day; nil for one that is not counted.
  @inline(__always)
  func contains(_ date: CalendarDate) -> Bool? {
    let place = date.number - CountedDays.range.lowerBound.number
    let ordinals = count.ordinals
    guard place >= 0, place < ordinals.count - 1 else { return nil }
    return ordinals[place + 1] > ordinals[place]
  }

  /// How many trading days lie before a date: the number of a trading day, and of the next one for any other date.
  @inline(__always)
  func ordinal(of date: CalendarDate) -> Int {
    let ordinals = count.ordinals
    return Int(ordinals[min(max(0, date.number - CountedDays.range.lowerBound.number), ordinals.count - 1)])
  }

  /// The trading day of a number; the first or the last one when there is none.
  @inline(__always)
  func day(_ ordinal: Int) -> CalendarDate {
    let days = count.days
    return CalendarDate(number: Int(days[min(max(0, ordinal), days.count - 1)]))
  }
}
