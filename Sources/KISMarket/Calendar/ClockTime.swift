/// A time of a day in Korea, to the millisecond. Later than 24:00 is the night after, as 29:00 for New York's close.
public struct ClockTime: Sendable, Hashable, Comparable {
  /// Milliseconds since midnight.
  public let milliseconds: Int

  /// A time by milliseconds since midnight.
  public init(milliseconds: Int) { self.milliseconds = milliseconds }

  /// A time by hour, minute and second.
  public init(_ hour: Int, _ minute: Int, _ second: Int = 0) {
    milliseconds = ((hour * 60 + minute) * 60 + second) * 1_000
  }

  /// Whole seconds since midnight.
  public var seconds: Int { milliseconds / 1_000 }

  /// Whole minutes since midnight.
  public var minutes: Int { milliseconds / 60_000 }

  /// The time some minutes later, or earlier.
  public func later(minutes: Int) -> ClockTime { ClockTime(milliseconds: milliseconds + minutes * 60_000) }

  /// The time some milliseconds later, or earlier.
  public func later(milliseconds: Int) -> ClockTime { ClockTime(milliseconds: self.milliseconds + milliseconds) }

  public static func < (left: ClockTime, right: ClockTime) -> Bool { left.milliseconds < right.milliseconds }
}

extension ClockTime: CustomStringConvertible {
  /// `09:00:30`, with `.250` behind it when it is no whole second.
  public var description: String {
    func digits(_ number: Int, _ width: Int = 2) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
    let second = seconds
    let fraction = milliseconds % 1_000
    return "\(digits(second / 3_600)):\(digits(second / 60 % 60)):\(digits(second % 60))"
      + (fraction == 0 ? "" : ".\(digits(fraction, 3))")
  }
}
