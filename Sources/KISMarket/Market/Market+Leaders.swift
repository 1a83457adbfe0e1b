/// What instruments follow, as they need it. An index is followed as it was drawn: what happened to its members later would
/// change the past of its followers, which are told of it by ``Leader/concerns(_:)`` instead.
extension Market {
  /// What an instrument follows; nil for nearly all.
  mutating func leader(of instrument: Instrument) -> Leader? {
    Leader.leads(instrument) ? model(instrument).leader : nil
  }

  /// Its closes, day by day; the first with what happened on that day, from which the others go on. What happens on later
  /// days is not in them: their followers go on from those days.
  mutating func closes(of leader: Leader, from first: Int, through last: Int) -> [Int] {
    let days = stride(from: first + 1, through: last, by: 1)
    guard !leader.isIndex else { return indexDays(of: leader, first...max(first, last)).map(\.close) }
    let share = instrument(leader.code)
    let before =
      events.isEmpty
      ? close(share, first) : day(of: leader.code, on: TradingDays(of: share).day(first)).close
    return [before] + days.map { close(share, $0, seenOn: first + 1) }
  }

  /// Its day.
  mutating func day(of leader: Leader, _ ordinal: Int) -> DayDraw {
    guard leader.isIndex else { return draw(instrument(leader.code), ordinal) }
    let day = indexDays(of: leader, ordinal...ordinal)[0]
    return DayDraw(
      ordinal: ordinal, base: day.previousClose, open: day.open, high: day.high, low: day.low, close: day.close,
      volume: day.volume)
  }

  /// How far its day moves a follower until the start of each minute and the end of the last one, as logarithms in Q30;
  /// empty where it trades too seldom.
  mutating func lead(of leader: Leader, _ ordinal: Int, _ hours: SessionHours) -> [Int] {
    var (base, points): (Int, [Int])
    if leader.isIndex {
      let path = indexPath(of: leader, ordinal)
      (base, points) = (path.day.previousClose, [path.day.open] + path.levels.prefix(hours.minutes))
    } else {
      let share = instrument(leader.code)
      let (draw, model) = (draw(share, ordinal), model(share))
      let ticks = share.ticks(on: TradingDays(of: share).day(ordinal))
      let stretch = Stretch(day: draw, model: model, ticks: ticks, hours: hours)
      guard stretch.prints >= Instrument.fewestDensePrints else { return [] }
      var numbers = model.cell(.path, day: ordinal, stretch.key)
      points =
        MinutePath(
          model: model, shape: shape(regular: true, minutes: hours.minutes), ticks: ticks, stretch: stretch,
          numbers: &numbers
        ).points
      base = draw.base << 8
    }
    let start = FixedPoint.ln(max(1, base))
    return points.map { (FixedPoint.ln(max(1, $0)) - start) * leader.elasticity / 1_024 }
  }

  mutating func indexDays(of leader: Leader, _ ordinals: ClosedRange<Int>) -> [IndexDay] {
    func key(_ ordinal: Int) -> MarketCache.IndexKey { MarketCache.IndexKey(code: leader.code, ordinal: ordinal) }
    if events.isEmpty {
      let members = members(of: leader.code)
      drawIndexDays(members, ordinals)
      return ordinals.map { indexDay(members, $0) }
    }
    let known = ordinals.compactMap { cache.leadingDays.existing(key($0)) }
    if known.count == ordinals.count { return known }
    var still = still
    let days = still.indexDays(of: leader, ordinals)
    for day in days { cache.leadingDays.set(key(day.ordinal), day) }
    return days
  }

  private mutating func indexPath(of leader: Leader, _ ordinal: Int) -> IndexPath {
    if events.isEmpty { return indexPath(members(of: leader.code), ordinal) }
    let key = MarketCache.IndexKey(code: leader.code, ordinal: ordinal)
    if let known = cache.leadingPaths.existing(key) { return known }
    var still = still
    let path = still.indexPath(of: leader, ordinal)
    cache.leadingPaths.set(key, path)
    return path
  }

  /// The same market without what was asked to happen.
  private var still: Market {
    var market = self
    market.removeEvents()
    return market
  }
}

extension Leader {
  /// Whether an event moves it: a share's own, or of an index all shares of its board.
  func concerns(_ event: MarketEvent) -> Bool {
    switch event.scope {
    case .instrument(let code): code == self.code
    case .board(let board): isIndex ? IndexDefinition(code).board == board : Instrument.builtIn(code)?.board == board
    }
  }
}
