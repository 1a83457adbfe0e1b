/// The number of a line in a file, from 1: a type of its own, since events and connections have numbers too.
public struct LineNumber: Sendable, Hashable, Comparable {
  /// The number itself.
  public var number: Int

  /// The line with a number.
  @inlinable
  public init(_ number: Int) { self.number = number }

  /// The line behind it.
  @inlinable
  public var next: LineNumber { LineNumber(number + 1) }

  /// Whether a line is in front of another.
  @inlinable
  public static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

extension LineNumber: ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// The line with a number, as one in the source says: `error.line == 12`.
  @inlinable
  public init(integerLiteral number: Int) { self.init(number) }

  /// The number as editors show it.
  public var description: String { String(number) }
}
