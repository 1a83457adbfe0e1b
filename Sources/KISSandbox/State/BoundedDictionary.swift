import DequeModule

/// A dictionary with a bounded number of keys, for keys that clients choose: the oldest ones go first.
struct BoundedDictionary<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private(set) var values: [Key: Value] = [:]
  /// Keys in the order in which they came; those that are gone are left in it until their turn.
  private var order: Deque<Key> = []
  let capacity: Int

  init(capacity: Int) { self.capacity = max(1, capacity) }

  subscript(key: Key) -> Value? {
    get { values[key] }
    set {
      guard let newValue else {
        values[key] = nil
        return
      }
      if values.updateValue(newValue, forKey: key) == nil { noteNew(key) }
    }
  }

  subscript(key: Key, default standard: @autoclosure () -> Value) -> Value {
    get { values[key] ?? standard() }
    set { self[key] = newValue }
  }

  private mutating func noteNew(_ key: Key) {
    order.append(key)
    while values.count > capacity || order.count > 2 * capacity, let oldest = order.popFirst() {
      // The new key may have an older place, from before it was removed.
      if oldest != key { values[oldest] = nil }
    }
  }
}
