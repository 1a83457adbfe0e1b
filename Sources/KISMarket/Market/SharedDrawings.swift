import Synchronization

/// What any market of this process has drawn, by seed: as long as nothing was made known or asked to happen, markets of
/// one seed are the same, and a second sandbox need not draw what the first one did.
enum SharedDrawings {
  /// Of the seeds that were drawn for last, the latest at the end.
  private static let caches = Mutex<[(seed: UInt64, cache: MarketCache)]>([])
  private static let mostSeeds = 4

  /// A drawing that exists already.
  static func existing<Key, Value>(
    _ kind: WritableKeyPath<MarketCache, Bounded<Key, Value>>, _ key: Key, seed: UInt64
  ) -> Value? {
    caches.withLock { caches in
      caches.firstIndex { $0.seed == seed }.flatMap { caches[$0].cache[keyPath: kind].existing(key) }
    }
  }

  static func set<Key, Value>(
    _ kind: WritableKeyPath<MarketCache, Bounded<Key, Value>>, _ key: Key, _ value: Value, seed: UInt64
  ) {
    caches.withLock { caches in
      if let index = caches.firstIndex(where: { $0.seed == seed }) {
        if index != caches.count - 1 { caches.append(caches.remove(at: index)) }
      } else {
        if caches.count == mostSeeds { caches.removeFirst() }
        caches.append((seed, MarketCache()))
      }
      caches[caches.count - 1].cache[keyPath: kind].set(key, value)
    }
  }
}

extension Market {
  /// A drawing that is made once for this market and, when it does not depend on anything that was made known, for all
  /// markets of its seed.
  ///
  /// - Parameter isShared: whether every market of the seed draws the same.
  mutating func drawing<Key, Value>(
    _ kind: WritableKeyPath<MarketCache, Bounded<Key, Value>>, _ key: Key, isShared: Bool,
    make: (inout Market) -> Value
  ) -> Value {
    if let value = known(kind, key, isShared: isShared) { return value }
    let value = make(&self)
    keep(value, kind, key, isShared: isShared)
    return value
  }

  /// A drawing that this market has made or, when all draw the same, any other market of its seed.
  mutating func known<Key, Value>(
    _ kind: WritableKeyPath<MarketCache, Bounded<Key, Value>>, _ key: Key, isShared: Bool
  ) -> Value? {
    if let value = cache[keyPath: kind].existing(key) { return value }
    if isShared, let value = SharedDrawings.existing(kind, key, seed: seed) {
      cache[keyPath: kind].set(key, value)
      return value
    }
    return nil
  }

  mutating func keep<Key, Value>(
    _ value: Value, _ kind: WritableKeyPath<MarketCache, Bounded<Key, Value>>, _ key: Key, isShared: Bool
  ) {
    cache[keyPath: kind].set(key, value)
    if isShared { SharedDrawings.set(kind, key, value, seed: seed) }
  }
}
