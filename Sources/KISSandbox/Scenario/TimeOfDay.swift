/// A time on the clock of a trading day, such as 09:30:00 (Korean time); 24:00:00 and later belong to the next day.
public struct TimeOfDay: Sendable, Hashable, Comparable, CustomStringConvertible {
  public var sinceMidnight: Duration

  public init(sinceMidnight: Duration) { self.sinceMidnight = sinceMidnight }

  /// Reads `HH:MM`, `HH:MM:SS` or `HH:MM:SS.fraction`; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, let hours = TimeOfDay.twoDigits(parts[0], below: 24),
      let minutes = TimeOfDay.twoDigits(parts[1], below: 60)
    else { return nil }
    var sinceMidnight = Duration.seconds(hours * 3600 + minutes * 60)
    if parts.count == 3 {
      let seconds = parts[2].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      guard let whole = TimeOfDay.twoDigits(seconds[0], below: 60) else { return nil }
      sinceMidnight += .seconds(whole)
      if seconds.count == 2 {
        guard let fraction = Duration(written: "0.\(seconds[1])s") else { return nil }
        sinceMidnight += fraction
      }
    }
    self.init(sinceMidnight: sinceMidnight)
  }

  private static func twoDigits(_ text: some StringProtocol, below limit: Int) -> Int? {
    guard text.utf8.count == 2, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = Int(text) else {
      return nil
    }
    return value < limit ? value : nil
  }

  public static func < (first: TimeOfDay, second: TimeOfDay) -> Bool { first.sinceMidnight < second.sinceMidnight }

  /// `09:30:00`, with a fraction only when there is one.
  public var description: String {
    let (seconds, attoseconds) = sinceMidnight.components
    let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    let whole = parts.joined(separator: ":")
    guard attoseconds > 0 else { return whole }
    var fraction = String(String(1_000_000_000 + attoseconds / 1_000_000_000).dropFirst())
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return "\(whole).\(fraction)"
  }
}
