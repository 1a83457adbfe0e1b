/// The money of an account in one currency (예수금), in its smallest unit.
///
/// A trade of day T is paid on T+2 trading days, but may be used at once: a sale's proceeds buy again before they arrive.
public struct Cash: Sendable, Hashable {
  /// What is there today (D+0).
  public private(set) var settled: Int
  /// What trades will add or take, by the day on which they are settled.
  public private(set) var pending: [CalendarDate: Int] = [:]

  /// Money that is there.
  public init(_ amount: Int) { settled = amount }

  /// What is there once all trades are settled (D+2).
  public var total: Int { pending.values.reduce(settled, +) }

  /// What is there on a day.
  public func balance(on date: CalendarDate) -> Int {
    pending.reduce(settled) { $1.key <= date ? $0 + $1.value : $0 }
  }

  /// Books what a trade brings, or takes.
  mutating func book(_ amount: Int, settledOn date: CalendarDate) { pending[date, default: 0] += amount }

  /// A day begins: what is due is settled.
  mutating func begin(_ date: CalendarDate) {
    settled = balance(on: date)
    pending = pending.filter { $0.key > date }
  }
}
