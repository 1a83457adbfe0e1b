/// How many REST calls each app key made within the last second.
struct CallRates {
  private var calls = BoundedDictionary<String, [Duration]>(capacity: IssuedCredentials.most)

  /// Counts a call; false when it is one too many.
  mutating func allows(_ appKey: String, perSecond limit: Int, now: Duration) -> Bool {
    guard limit > 0 else { return true }
    var recent = (calls[appKey] ?? []).filter { now - $0 < .seconds(1) }
    let allowed = recent.count < limit
    if allowed { recent.append(now) }
    calls[appKey] = recent
    return allowed
  }
}
