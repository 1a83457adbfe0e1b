/// A number of bytes: the size of a file, or where something lies in it, counted from its beginning.
///
/// A type of its own, since the times of a recording are 64-bit numbers too.
public struct ByteCount: Sendable, Hashable, Comparable, AdditiveArithmetic {
  /// The number itself.
  public var bytes: Int64

  /// So many bytes.
  @inlinable
  public init(_ bytes: Int64) { self.bytes = bytes }

  /// None.
  public static let zero = ByteCount(0)

  /// Whether one is fewer bytes than another.
  @inlinable
  public static func < (left: Self, right: Self) -> Bool { left.bytes < right.bytes }
  /// Both together.
  @inlinable
  public static func + (left: Self, right: Self) -> Self { Self(left.bytes + right.bytes) }
  /// How many bytes more one is than another.
  @inlinable
  public static func - (left: Self, right: Self) -> Self { Self(left.bytes - right.bytes) }
}

extension ByteCount: ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// So many bytes, as a number in the source says: `reader.size < 10_000_000`.
  @inlinable
  public init(integerLiteral bytes: Int64) { self.init(bytes) }

  /// The number, without a unit.
  public var description: String { String(bytes) }
}
