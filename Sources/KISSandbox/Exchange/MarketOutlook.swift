import KISMarket

/// The coming trades of the market that resting orders may meet.
///
/// The trades of a share are drawn for a stretch of time at once, and returned as it passes: the cost depends on what
/// happens, not on how many shares have resting orders.
struct MarketOutlook {
  /// What lies ahead for a share.
  fileprivate struct Share {
    let instrument: Instrument
    let reach: OrderReach?
    /// What is drawn and has not happened, in the order of time.
    var ahead: ArraySlice<MarketHappening> = []
    /// Until when it is drawn; nil where nothing is, from where the others have been followed to.
    var horizon: TradingMoment?

    /// When it has to be looked at: something happens, or nobody knows what does.
    var due: TradingMoment? { ahead.first?.moment ?? horizon }
  }

  private var shares: [String: Share] = [:]
  /// Until when all that happened was returned.
  private var looked: TradingMoment?
  /// The market of which it was drawn, by what had happened to it.
  private var changes = 0
  /// Before it nothing happens to any share; nil when that is not known.
  private var due: TradingMoment?
  /// The shares that recordings feed, so that the market does not.
  private var recorded: Set<String> = []

  /// Notes what waits of a share now.
  /// - Parameter reach: the prices whose trades concern it; nil is any price.
  mutating func expect(_ instrument: Instrument, reach: OrderReach?) {
    if let known = shares[instrument.code], known.instrument == instrument, known.reach == reach { return }
    shares[instrument.code] = Share(instrument: instrument, reach: reach)
    due = nil
  }

  /// Notes that nothing waits of a share any more.
  mutating func forget(_ code: String) { shares[code] = nil }

  /// What happens after one moment up to another, in the order of time.
  ///
  /// - Parameter recorded: the shares that recordings feed.
  mutating func happenings(
    in market: QuotedMarket, except recorded: Set<String>, after start: TradingMoment, through end: TradingMoment
  ) -> [MarketHappening] {
    if looked != start || changes != market.market.changes {
      for code in shares.keys { shares[code]?.forget() }
      due = nil
    }
    looked = end
    changes = market.market.changes
    if let due, due > end, recorded == self.recorded { return [] }
    self.recorded = recorded
    var happenings: [MarketHappening] = []
    var next: TradingMoment?
    for code in shares.keys.sorted() {
      guard !recorded.contains(code) else {
        shares[code]?.forget()
        continue
      }
      happenings += shares[code]?.take(market, after: start, through: end) ?? []
      if let due = shares[code]?.due { next = min(next ?? due, due) }
    }
    due = next
    return happenings.sorted { ($0.moment, $0.rank) < ($1.moment, $1.rank) }
  }
}

extension MarketOutlook.Share {
  /// Forgets what was drawn.
  fileprivate mutating func forget() { (ahead, horizon) = ([], nil) }

  /// What happens until a moment.
  fileprivate mutating func take(_ market: QuotedMarket, after start: TradingMoment, through end: TradingMoment)
    -> ArraySlice<MarketHappening>
  {
    if let due, due > end { return [] }
    let drawn = horizon ?? start
    if drawn < end || horizon == nil {
      // After a leap only what was passed over.
      let further = max(end, drawn.later(milliseconds: stretch))
      ahead += market.happenings(to: instrument, reach: reach, after: drawn, through: further)
        .sorted { ($0.moment, $0.rank) < ($1.moment, $1.rank) }
      horizon = further
    }
    let happened = ahead.prefix { $0.moment <= end }
    ahead = ahead.dropFirst(happened.count)
    return happened
  }

  /// How far to look ahead, in milliseconds: a thin name's half an hour costs less than a busy one's minute.
  private var stretch: Int { instrument.ordinaryPrints < 2_000 ? 1_800_000 : 60_000 }
}
