/// One market behind every figure: what any instrument did at any moment of any day, as a function of a seed, the rules
/// of the day, known closes and what was asked to happen. Answers do not depend on the order of questions.
///
/// ```swift
/// var market = Market(seed: 1)
/// market.pin(close: 70_100, of: "005930", on: "2026-09-18")        // a recorded base price
/// let now = market.snapshot(of: "005930", on: "2026-09-21", at: ClockTime(14, 30, 17))
/// now.price; now.volume; now.amount; now.boughtVolume               // 현재가, 누적 거래량, 거래대금, 매수 체결량
/// market.book(of: "005930", on: now.date, at: now.time).asks        // ten levels; `expected` in auctions
/// market.prints(of: "005930", on: now.date, after: now.time, through: now.time.later(minutes: 1))
/// market.minuteBars(of: "005930", on: now.date, through: now.time)  // as far as the minute has come
/// market.days(of: "005930", from: "2026-01-02", through: now.date)  // weeks, months: `Bar.folded`
/// market.index("0001", on: now.date, at: now.time).level            // hundredths of a point
/// market.investors(of: "005930", on: now.date, at: now.time).foreign.netVolume
/// market.ranking(of: market.indexMembers("0001"), on: now.date, at: now.time) { $0.amount }
/// market.add(MarketEvent(.move(basisPoints: -500, over: 60_000), to: .instrument("005930"), on: now.date, at: now.time))
/// ```
///
/// All are views of one history, so they agree: a snapshot is the sum of the prints before it, a day's last snapshot its
/// bar, its close the next day's base price, an index the sum of its members. It keeps what it has drawn, within bounds,
/// and is a value: a copy answers alike. A day of an instrument costs about 0.1 ms when it is asked for first, later
/// questions microseconds.
public struct Market: Sendable {
  /// What every random number comes from.
  public let seed: UInt64
  /// On this day's close instruments have their reference price, unless a close is known.
  public static let referenceDate: CalendarDate = "2026-09-18"

  private var added: [String: Instrument] = [:]
  /// Whether shares are among the added instruments: indices are made of shares.
  private var addsShares = false
  private var pins: [String: [PriceAnchor]] = [:]
  /// What warrants of a month were listed with, where it was looked up.
  private var issues: [String: WarrantIssue] = [:]
  /// What was asked to happen, in the order of asking.
  public private(set) var events: [MarketEvent] = []
  /// Counts what may change drawings: closes that were made known, events, and shares that were added. What was drawn
  /// at another count may differ.
  public private(set) var changes = 0 { didSet { issues = [:] } }
  var cache = MarketCache()

  /// A market to which nothing has happened and of which nothing was made known.
  ///
  /// - Parameters:
  ///   - seed: the same seed, the same market.
  ///   - instruments: instruments beside ``Instrument/builtIn``, or instead of those with the same code.
  public init(seed: UInt64, instruments: [Instrument] = []) {
    self.seed = seed
    for instrument in instruments { added[instrument.code] = instrument }
    addsShares = instruments.contains { $0.kind == .share }
  }

  /// The instrument of a code: one that is known, else one made up around the code, always the same.
  public func instrument(_ code: String, kind: SecurityKind? = nil) -> Instrument {
    if let known = added[code] ?? Instrument.builtIn(code) { return known }
    if let residual = Instrument.residual(code: code) { return residual }
    return Instrument(unknown: code, kind: kind, seed: seed)
  }

  /// Every known instrument, the added ones last.
  public var instruments: [Instrument] {
    Instrument.builtIn.filter { added[$0.code] == nil } + added.values.sorted { $0.code < $1.code }
  }

  /// Adds an instrument, or replaces the one of its code.
  public mutating func add(_ instrument: Instrument) {
    let replaced = added[instrument.code] ?? Instrument.builtIn(instrument.code)
    added[instrument.code] = instrument
    // Of what was never asked for nothing is drawn.
    if cache.models.existing(instrument.code) != nil {
      cache.models.removeAll { $0 == instrument.code }
      cache.forgetDrawings(of: instrument.code)
    }
    // Indices are made of shares, and warrants are on them.
    guard instrument.kind == .share || replaced?.kind == .share else { return }
    changes += 1
    addsShares = added.values.contains { $0.kind == .share }
    cache.members.removeAll()
    cache.forgetIndices()
    cache.forgetLeadingIndices()
  }

  /// Adds an instrument that its code alone does not determine, unless it is known as it is.
  public mutating func know(_ instrument: Instrument) {
    // A warrant of a month is drawn from its code, which costs more than to look it up.
    let known = instrument.term == nil ? self.instrument(instrument.code) : added[instrument.code]
    if known != instrument { add(instrument) }
  }

  /// Makes a close known, as the base price of a recorded day is the close of the day before: the whole history of the
  /// instrument is scaled so that it goes through it. More than one close may be known.
  public mutating func pin(close price: Int, of code: String, on date: CalendarDate) {
    let ordinal = TradingDays(of: instrument(code)).ordinal(of: date)
    var known = (pins[code] ?? []).filter { $0.ordinal != ordinal }
    known.append(PriceAnchor(ordinal: ordinal, price: min(max(1, price), Instrument.highestPrice)))
    pins[code] = known.sorted { $0.ordinal < $1.ordinal }
    changes += 1
    cache.forget(code)
    cache.forgetFollowers(of: code)
    cache.forgetLeadingIndices()
  }

  /// Lets something happen. It takes effect for the rest of its day and for all days after it.
  public mutating func add(_ event: MarketEvent) {
    events.append(event)
    changes += 1
    // Figures before the event are what they were; what follows is drawn again when it is asked for.
    switch event.scope {
    case .instrument(let code):
      cache.forget(code)
      cache.forgetFollowers(of: code)
    case .board: cache.forgetAll()
    }
  }

  /// Takes back everything that was asked to happen.
  public mutating func removeEvents() {
    events = []
    changes += 1
    cache.forgetAll()
  }
}

extension Market {
  mutating func model(_ instrument: Instrument) -> InstrumentModel {
    cache.models.value(instrument.code) { InstrumentModel(instrument, seed: seed) }
  }

  mutating func shape(regular: Bool, minutes: Int) -> SessionShape {
    cache.shapes.value(MarketCache.ShapeKey(isRegular: regular, minutes: minutes)) {
      regular ? .regular(minutes: minutes) : .extended(minutes: minutes)
    }
  }

  /// The events that concern an instrument, in the order of their moments.
  mutating func events(of instrument: Instrument) -> [MarketEvent] {
    guard !events.isEmpty else { return [] }
    // What was made known of a moment comes first: everything else that happens then starts from it.
    var meant: [MarketEvent] = []
    for event in events { if let event = happening(event, to: instrument) { meant.append(event) } }
    return meant.enumerated().sorted {
      ($0.element.date, $0.element.time, $0.element.rank, $0.offset)
        < ($1.element.date, $1.element.time, $1.element.rank, $1.offset)
    }.map(\.element)
  }

  /// What an event is to an instrument: itself, to what follows the instrument that moves a move of its own; nil for others.
  private mutating func happening(_ event: MarketEvent, to instrument: Instrument) -> MarketEvent? {
    if event.concerns(instrument) { return event }
    guard let leader = leader(of: instrument), leader.concerns(event) else { return nil }
    let elasticity = leader.elasticity
    func move(_ basisPoints: Int, over: Int) -> MarketEvent {
      let part = max(-9_999, min(100_000, basisPoints)) * elasticity / 1_024
      return MarketEvent(
        .move(basisPoints: max(-9_500, part), over: over), to: .instrument(instrument.code), on: event.date,
        at: event.time)
    }
    switch event.kind {
    case .move(let basisPoints, let over): return move(basisPoints, over: over)
    case .limit(let side): return move(side == .buy ? 3_000 : -3_000, over: 60_000)
    case .circuitBreaker: return move(-800, over: 60_000)
    case .known, .halt: return nil
    }
  }

  /// The day of an instrument as it was drawn, without what happened on it.
  mutating func draw(_ instrument: Instrument, _ ordinal: Int) -> DayDraw {
    var draw = DayDraw()
    forEachDraw(instrument, ordinal...ordinal) { draw = $0 }
    return draw
  }

  /// The close of a day as it was drawn, which costs less to know than all of it.
  ///
  /// - Parameter day: as it was drawn then, nil as on the day itself: without what happens from that day on.
  mutating func close(_ instrument: Instrument, _ ordinal: Int, seenOn day: Int? = nil) -> Int {
    block(instrument, ordinal, seenOn: day).value.close(ordinal)
  }

  /// The close that a day is drawn towards, where that is known without drawing anything, as it is on
  /// ``referenceDate``; else as it was drawn.
  mutating func anchoredClose(_ instrument: Instrument, _ ordinal: Int) -> Int {
    let after = anchors(instrument, before: ordinal).around(ordinal).after
    return after.ordinal == ordinal ? after.price : close(instrument, ordinal)
  }

  /// Visits days of an instrument to which nothing happened, oldest first.
  ///
  /// - Parameter isKept: whether they are kept: a year of days takes 12 KB, and where a sum is kept no day is needed
  ///   again.
  mutating func forEachDraw(
    _ instrument: Instrument, _ ordinals: ClosedRange<Int>, isKept: Bool = true, _ body: (DayDraw) -> Void
  ) {
    var ordinal = ordinals.lowerBound
    while ordinal <= ordinals.upperBound {
      var (key, block) = block(instrument, ordinal)
      let piece = ordinal...min(ordinals.upperBound, key.through)
      let isMissing = !piece.allSatisfy { block.existing($0) != nil }
      if isMissing, isUntouched(instrument), let others = SharedDrawings.existing(\.blocks, key, seed: seed) {
        block.add(others)
      }
      for ordinal in piece {
        if let draw = block.existing(ordinal) {
          body(draw)
        } else {
          let leading = leader(of: instrument).map { day(of: $0, ordinal, to: instrument) }
          let draw = block.drawing(ordinal, leading: leading)
          if isKept { block.keep(draw) }
          body(draw)
        }
      }
      if isMissing, isKept { keep(block, \.blocks, key, isShared: isUntouched(instrument)) }
      ordinal = piece.upperBound + 1
    }
  }

  private typealias KeyedBlock = (key: MarketCache.BlockKey, value: DayBlock)

  /// The days between two known closes that a day lies in.
  private mutating func block(_ instrument: Instrument, _ ordinal: Int, seenOn day: Int? = nil) -> KeyedBlock {
    let around = anchors(instrument, before: day ?? ordinal).around(ordinal)
    let key = MarketCache.BlockKey(
      code: instrument.code, after: around.before.ordinal, through: around.after.ordinal)
    let block = drawing(\.blocks, key, isShared: isUntouched(instrument)) { market in
      let leading =
        market.leader(of: instrument).map {
          market.closes(of: $0, from: around.before.ordinal, through: around.after.ordinal)
        } ?? []
      let model = market.model(instrument)
      return DayBlock(
        model: model, calendar: TradingDays(of: instrument), after: around.before, through: around.after,
        common: leading.isEmpty ? market.numbers(of: model.common, key) : [], leading: leading)
    }
    return (key, block)
  }

  /// The numbers of a market as a whole on the days of a block, which are those of most blocks of it.
  private mutating func numbers(of common: CommonFactor, _ block: MarketCache.BlockKey) -> [Int] {
    let key = MarketCache.CommonKey(common: common, after: block.after, through: block.through)
    return cache.commonDays.value(key) {
      (block.after + 1..<max(block.after, block.through) + 1).map { common.ofDay($0) }
    }
  }

  /// The closes that are known to a day: pinned ones, and those of days before it on which something happened.
  private mutating func anchors(_ instrument: Instrument, before ordinal: Int) -> PriceAnchors {
    let calendar = TradingDays(of: instrument)
    let reference = calendar.ordinal(of: Market.referenceDate)
    let ticks = instrument.ticks(on: Market.referenceDate)
    let bends = Set(events(of: instrument).map(\.date)).sorted().filter {
      calendar.ordinal(of: $0) < ordinal && calendar.contains($0)
    }
    var known =
      pins[instrument.code] ?? term(of: instrument, seenOn: bends.last.map { calendar.ordinal(of: $0) + 1 })
      ?? [
        PriceAnchor(ordinal: reference, price: ticks.price(at: max(1, ticks.index(nearest: instrument.referencePrice))))
      ]
    for date in bends {
      let bent = calendar.ordinal(of: date)
      guard let plan = plan(instrument, bent) else { continue }
      let last = plan.final.last
      let close = last > 0 ? plan.ticks.price(at: last) : plan.draw.base
      known.removeAll { $0.ordinal == bent }
      known.append(PriceAnchor(ordinal: bent, price: close))
    }
    return PriceAnchors(known.sorted { $0.ordinal < $1.ordinal }, model: model(instrument), days: calendar)
  }

  /// What a warrant of a month was listed with, looked up once; nil for anything else.
  mutating func issue(of instrument: Instrument) -> WarrantIssue? {
    guard instrument.term != nil else { return nil }
    if let known = issues[instrument.code] { return known }
    let issue = newIssue(of: instrument)
    issues[instrument.code] = issue
    return issue
  }

  /// The closes between which a warrant of a month moves: that with which it is listed, and the last one, as it is to be
  /// expected on a day; nil for anything else.
  private mutating func term(of instrument: Instrument, seenOn day: Int?) -> [PriceAnchor]? {
    guard var issue = issue(of: instrument) else { return nil }
    let day = max(day ?? 0, issue.first.ordinal + 1)
    if let last = issue.lasts[day] { return [issue.first, last] }
    let last = last(of: instrument, issue, seenOn: day)
    issue.lasts[day] = last
    issues[instrument.code] = issue
    return [issue.first, last]
  }

  /// The regular session of an instrument on a day; nil when its exchange is closed.
  ///
  /// - Parameter isKept: whether its minutes are kept. Where only a sum of a day is, they would take the place of a day
  ///   that is looked at.
  mutating func plan(_ instrument: Instrument, _ ordinal: Int, isKept: Bool = true) -> DayPlan? {
    let key = MarketCache.PlanKey(code: instrument.code, ordinal: ordinal, session: .regular)
    let isShared = isUntouched(instrument)
    if let plan = known(\.plans, key, isShared: isShared) { return plan }
    guard let plan = drawPlan(instrument, ordinal) else { return nil }
    if isKept { keep(plan, \.plans, key, isShared: isShared) }
    return plan
  }

  private mutating func drawPlan(_ instrument: Instrument, _ ordinal: Int) -> DayPlan? {
    let date = TradingDays(of: instrument).day(ordinal)
    guard let hours = SessionHours(of: instrument, on: date, seed: seed) else { return nil }
    let model = model(instrument)
    let ticks = instrument.ticks(on: date)
    let draw = draw(instrument, ordinal)
    var stretch = Stretch(day: draw, model: model, ticks: ticks, hours: hours)
    if let leader = leader(of: instrument), stretch.volume > 0 {
      stretch.follow(
        lead(of: leader, ordinal, hours, to: instrument), from: draw.base, ticks: ticks,
        opening: TradingHours(of: .krx, on: date).continuous?.start)
    }
    var plan = DayPlan(
      model: model, draw: draw, ticks: ticks, shape: shape(regular: true, minutes: hours.minutes), stretch: stretch)
    for event in events(of: instrument) where event.date == date { plan.apply(event) }
    return plan
  }

  /// Whether nothing was made known of an instrument, nor of what it follows, and nothing was asked to happen to it.
  mutating func isUntouched(_ instrument: Instrument) -> Bool {
    guard events.isEmpty, pins[instrument.code] == nil, added[instrument.code] == nil else { return false }
    // Asked of every drawing, this also makes the model by which ``MarketCache/forgetFollowers(of:)`` knows a follower.
    guard let leader = leader(of: instrument) else { return true }
    return leader.isIndex ? isUntouched : pins[leader.code] == nil && added[leader.code] == nil
  }

  /// Whether nothing was made known of any share.
  var isUntouched: Bool { events.isEmpty && pins.isEmpty && !addsShares }
}
