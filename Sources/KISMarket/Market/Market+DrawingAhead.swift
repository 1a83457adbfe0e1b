extension Market {
  /// Draws a day of every share and fund, so that later questions about that day are look-ups: here, and in every other
  /// market of this process with the same seed.
  public mutating func drawShares(_ date: CalendarDate, at time: ClockTime) {
    for instrument in instruments where instrument.exchange == nil && [.share, .etf].contains(instrument.kind) {
      _ = snapshot(of: instrument.code, on: date, at: time)
    }
  }

  /// Draws of the boards' indices what is asked for most, of which every share is a part.
  ///
  /// - Parameter time: until when flows are summed up.
  public mutating func drawIndices(_ date: CalendarDate, through time: ClockTime) {
    for board in Board.allCases {
      let index = board == .kosdaq ? "1001" : "0001"
      _ = self.index(index, on: date, at: time)
      _ = investors(ofIndex: index, on: date, at: time)
      _ = programs(ofIndex: index, on: date, at: time)
    }
  }
}
