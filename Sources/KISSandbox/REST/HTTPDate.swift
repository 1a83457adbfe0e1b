package import KISWire

extension KoreanTime {
  /// `Mon, 21 Sep 2026 00:00:00 GMT`, for the `Date` header (RFC 9110 section 5.6.7).
  package var httpDate: String {
    // Nine hours back, Korean clock faces read UTC.
    let utc = self + .seconds(-9 * 3_600)
    let parts = utc.date.split(separator: "-")
    let day = Int((utc.startOfDay.epochNanoseconds / 1_000_000_000 + 9 * 3_600) / 86_400)
    let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][((day % 7) + 7) % 7]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let month = Int(parts[1]).map { months[$0 - 1] } ?? "Jan"
    return "\(weekday), \(parts[2]) \(month) \(parts[0]) \(utc.spaced.suffix(8)) GMT"
  }
}
