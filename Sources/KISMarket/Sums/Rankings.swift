extension Market {
  /// Instruments at a moment, in an order: one pass over all that are asked for. Equal ones stay in the order in which
  /// they are listed.
  ///
  /// - Parameters:
  ///   - instruments: those to rank.
  ///   - descending: whether the largest comes first.
  ///   - count: how many at most.
  ///   - key: what they are ordered by; nil leaves an instrument out.
  public mutating func ranking(
    of instruments: [Instrument], on date: CalendarDate, at time: ClockTime, descending: Bool = true, count: Int = 30,
    by key: (Snapshot) -> Int?
  ) -> [Snapshot] {
    var ranked: [(key: Int, snapshot: Snapshot)] = []
    for instrument in instruments {
      let snapshot = regularSnapshot(instrument, date, time)
      if let key = key(snapshot) { ranked.append((key, snapshot)) }
    }
    return Market.places(of: ranked.map(\.key), descending: descending, count: count).map { ranked[$0].snapshot }
  }

  /// Instruments in the order of what somebody bought and sold of them until a moment: foreigners, institutions and
  /// others of ``InvestorFlows``.
  public mutating func ranking(
    of instruments: [Instrument], on date: CalendarDate, at time: ClockTime, descending: Bool = true, count: Int = 30,
    byFlows key: (InvestorFlows) -> Int?
  ) -> [(snapshot: Snapshot, flows: InvestorFlows)] {
    var ranked: [(key: Int, instrument: Instrument, flows: InvestorFlows)] = []
    for instrument in instruments {
      let flows = investors(of: instrument.code, on: date, at: time)
      if let key = key(flows) { ranked.append((key, instrument, flows)) }
    }
    return Market.places(of: ranked.map(\.key), descending: descending, count: count).map {
      (regularSnapshot(ranked[$0].instrument, date, time), ranked[$0].flows)
    }
  }

  /// The places of the first `count` keys in their order; equal ones stay in the order in which they are.
  private static func places(of keys: [Int], descending: Bool, count: Int) -> ArraySlice<Int> {
    keys.indices.sorted {
      keys[$0] == keys[$1] ? $0 < $1 : (keys[$0] > keys[$1]) == descending
    }.prefix(max(0, count))
  }
}
