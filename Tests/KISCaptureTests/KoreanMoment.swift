import KISWire

/// Moments in tests, as ISO 8601 writes them.
enum KoreanMoment {
  static func nanoseconds(_ text: String) -> Int64? { KoreanTime(text)?.epochNanoseconds }
}
