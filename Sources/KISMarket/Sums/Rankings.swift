extension Market {
  /// Instruments at a moment, in an order: one pass over all that are asked for. Equal ones stay in the order in which
  /// they are listed.
  ///
  /// - Parameters:
  ///   - instruments: who takes part.
  ///   - descending: whether the largest comes first.
  ///   - count: at most so many.
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
    let ordered = ranked.enumerated().sorted {
      $0.element.key == $1.element.key
        ? $0.offset < $1.offset : (($0.element.key > $1.element.key) == descending)
    }
    return ordered.prefix(max(0, count)).map(\.element.snapshot)
  }

  /// Instruments in the order of what somebody bought and sold of them until a moment: foreigners, institutions and
  /// others of ``InvestorFlows``.
  public mutating func ranking(
    of instruments: [Instrument], on date: CalendarDate, at time: ClockTime, descending: Bool = true, count: Int = 30,
    byFlows key: (InvestorFlows) -> Int?
  ) -> [(snapshot: Snapshot, flows: InvestorFlows)] {
    var ranked: [(key: Int, code: Instrument, flows: InvestorFlows)] = []
    for instrument in instruments {
      let flows = investors(of: instrument.code, on: date, at: time)
      if let key = key(flows) { ranked.append((key, instrument, flows)) }
    }
    let ordered = ranked.enumerated().sorted {
      $0.element.key == $1.element.key
        ? $0.offset < $1.offset : (($0.element.key > $1.element.key) == descending)
    }
    return ordered.prefix(max(0, count)).map { (regularSnapshot($0.element.code, date, time), $0.element.flows) }
  }
}
