import KISWire

/// How many frames each session got on each registration, and when: they are counted only, since a list of them would
/// slow the stream down.
struct DeliveredCounts: Sendable {
  struct Key: Sendable, Hashable {
    var session: Int
    var transactionID: TransactionID
    var key: String
  }

  struct Count: Sendable, Hashable {
    var frames = 0
    var first: Duration
    var last: Duration
    var appKey: String?
  }

  private(set) var counts: [Key: Count] = [:]
  /// In the order of their first frame; the oldest go first when there are too many.
  private var order: [Key] = []
  /// When the last count that had to go got its last frame.
  private(set) var evictedUntil: Duration?
  let capacity: Int

  init(capacity: Int) { self.capacity = max(1, capacity) }

  mutating func add(_ frames: Int, to key: Key, appKey: String?, at time: Duration) {
    if counts[key] != nil {
      counts[key]?.frames += frames
      counts[key]?.last = time
      return
    }
    // Half of them at a time, so that a client which registers without end does not make each frame expensive.
    if order.count >= capacity { evict(capacity / 2 + 1) }
    counts[key] = Count(frames: frames, first: time, last: time, appKey: appKey)
    order.append(key)
  }

  private mutating func evict(_ count: Int) {
    for key in order.prefix(count) {
      guard let gone = counts.removeValue(forKey: key) else { continue }
      evictedUntil = max(evictedUntil ?? gone.last, gone.last)
    }
    order.removeFirst(min(count, order.count))
  }
}
