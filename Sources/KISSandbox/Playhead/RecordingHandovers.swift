import KISMarket
import KISRecording
import KISScenario
import KISWire
import Synchronization

/// Where the recordings of an instrument's trades end: there the simulated market goes on from the last recorded trade.
struct RecordingHandovers {
  struct Handover {
    var position: RecordedTime
    let route: Route
    let code: String
    /// The last recorded message, where the recording was left before its end.
    var told: [UInt8]?
  }

  private var handovers: [Handover]
  /// Where recordings were left because the market was steered, by route.
  private(set) var departures: [Route: RecordedTime] = [:]
  private let firstTrades: [String: Record]
  private let day: CalendarDate?
  private var done = 0

  init(_ configuration: SandboxConfiguration) {
    let dialect = configuration.recordedDialect
    var found: [Route: Handover] = [:]
    var trades: [String: Record] = [:]
    for recording in configuration.recordings {
      for route in recording.playedRoutes {
        guard let name = recording.routes.name(of: route), name.transactionID == .stockTrade,
          let last = recording.lastOffset(of: route)
        else { continue }
        let position = last + (recording.startOfDay - configuration.beginning)
        if found[route].map({ $0.position < position }) ?? true {
          found[route] = Handover(position: position, route: route, code: name.key)
        }
      }
      for (route, text) in recording.firstTexts(where: { found[$0] != nil }) {
        guard let handover = found[route], trades[handover.code] == nil else { continue }
        trades[handover.code] = Record.all(of: text, in: dialect).first
      }
    }
    handovers = found.values.sorted { ($0.position, $0.route.index) < ($1.position, $1.route.index) }
    firstTrades = trades
    day = configuration.recordings.first { !$0.isEmpty }.map { CalendarDate(of: $0.start) }
  }

  /// Begins at the first again: the position was moved.
  mutating func begin() { done = 0 }

  /// The instruments whose recordings have ended by a position, each returned once.
  ///
  /// - Parameters:
  ///   - position: where the replay stands.
  ///   - reached: up to where its messages were sent.
  mutating func due(at position: RecordedTime, reached: RecordedTime) -> [Handover] {
    var due: [Handover] = []
    while done < handovers.count, handovers[done].isDue(at: position, reached: reached) {
      due.append(handovers[done])
      done += 1
    }
    return due
  }

  /// Stops playing a route at a position: the market goes on from the last message.
  mutating func leave(_ route: Route, at position: RecordedTime, told: [UInt8]?) {
    guard departures[route].map({ position < $0 }) ?? true else { return }
    departures[route] = position
    guard let index = handovers.firstIndex(where: { $0.route == route }), index >= done else { return }
    handovers[index].position = position
    handovers[index].told = told ?? []
    handovers.sort { ($0.position, $0.route.index) < ($1.position, $1.route.index) }
  }

  /// Whether a route was left by a position.
  func isLeft(_ route: Route, at position: RecordedTime) -> Bool { departures[route].map { position >= $0 } ?? false }

  /// Makes the market's history end at the base prices that the recordings begin with.
  func pinBasePrices(in market: QuotedMarket) {
    guard let day, TradingCalendar.isTradingDay(day) else { return }
    for (code, trade) in firstTrades.sorted(by: { $0.key < $1.key }) {
      guard let price = trade.whole("STCK_PRPR"), let change = trade.whole("PRDY_VRSS"), price - change > 0 else {
        continue
      }
      market.pin(close: price - change, of: code, before: day)
    }
  }

  /// The first recorded trade of an instrument.
  func firstTrade(of code: String) -> Record? { firstTrades[code] }
}

extension RecordingHandovers.Handover {
  /// Due after its last message was sent; when the route was left, at once.
  fileprivate func isDue(at position: RecordedTime, reached: RecordedTime) -> Bool {
    told == nil ? self.position < reached : self.position <= position
  }
}

extension Sandbox {
  /// Lets the market go on from the recordings that have ended by now.
  func handOver() {
    guard let (playhead, days) = stage.timeLine(of: .everybody, in: configuration) else { return }
    let now = clock.now
    let reached = playhead.state == .ended ? .distantFuture : playhead.reached(at: now)
    for handover in stage.handovers.due(at: max(reached, playhead.position(at: now)), reached: reached) {
      let (route, code, end) = (handover.route, handover.code, handover.position)
      guard let text = handover.told ?? playhead.lastText(of: route),
        let record = Record(lastOf: text, in: configuration.recordedDialect)
      else { continue }
      let moment = days.moment(after: Int(end.nanoseconds / 1_000_000))
      guard stage.market.goOn(from: record, of: code, at: moment) else { continue }
      drawnAhead.store(0, ordering: .relaxed)
      for owner in stage.streams.keys { stage.streams[owner]?.drawAgain() }
    }
  }

  /// The last trade of an instrument that the replay has released; before any, the first one that it will. Nil when no
  /// recording feeds the instrument any more: then the simulated market does.
  func latestTrade(of code: String) -> Record? {
    guard let playhead = stage.playheads[.everybody],
      let route = routes.known(.stockTrade, code), isRecorded(route, by: playhead)
    else { return nil }
    guard let text = playhead.lastText(of: route) else { return stage.handovers.firstTrade(of: code) }
    return Record(lastOf: text, in: configuration.recordedDialect)
  }

  /// The same as far as it may be told: before the first trade of a day nobody knows what its price will be.
  func knownTrade(of code: String) -> Record? {
    guard let trade = latestTrade(of: code) else { return nil }
    let isFirstOfDay = trade.whole("ACML_VOL") == trade.whole("CNTG_VOL")
    return isFirstOfDay && toldVolume(of: code) == nil ? nil : trade
  }

  /// The volume of an instrument that the replay has reported so far; nil before its first trade.
  func toldVolume(of code: String) -> Int? {
    guard let route = routes.known(.stockTrade, code),
      let text = stage.playheads[.everybody]?.lastText(of: route)
    else { return nil }
    return Record(lastOf: text, in: configuration.recordedDialect)?.whole("ACML_VOL")
  }

  /// The last order book of an instrument that the replay has released, or the best prices of its last trade; nil when
  /// no recording feeds its trades any more: then the simulated market does.
  func latestBook(of code: String) -> FeedBook? {
    guard let trade = latestTrade(of: code) else { return nil }
    return FeedBook(recordedBook(of: code) ?? QuotedBook(trade, levels: 1))
  }

  /// The last order book of an instrument that the replay has released; nil when no recording feeds both its trades and
  /// its book.
  func recordedBook(of code: String) -> QuotedBook? {
    guard latestTrade(of: code) != nil, let route = routes.known(.stockOrderBook, code),
      let text = stage.playheads[.everybody]?.lastText(of: route)
    else { return nil }
    return Record(lastOf: text, in: configuration.recordedDialect).map { QuotedBook($0, levels: QuotedBook.depth) }
  }
}

extension QuotedBook {
  /// A book as a record has it: all levels of an order book, the best prices of a trade.
  init(_ record: Record, levels: Int) {
    self.init(.empty)
    for level in 1...levels {
      set(
        level - 1, ask: record.whole("ASKP\(level)") ?? 0, askQuantity: record.whole("ASKP_RSQN\(level)") ?? 0,
        bid: record.whole("BIDP\(level)") ?? 0, bidQuantity: record.whole("BIDP_RSQN\(level)") ?? 0)
    }
    totalAsks = record.whole("TOTAL_ASKP_RSQN") ?? askQuantities.reduce(0, +)
    totalBids = record.whole("TOTAL_BIDP_RSQN") ?? bidQuantities.reduce(0, +)
  }
}

extension LiveStream {
  /// Forgets what was drawn ahead: something happened in the market.
  mutating func drawAgain() {
    guard case .nothing? = next else { return stream.drawAgain() }
    next = nil
    stream.drawAgain()
  }
}

extension Record {
  /// The last record of a message; nil when it has none that can be read.
  init?(lastOf text: [UInt8], in dialect: Dialect) {
    guard let record = Record.all(of: text, in: dialect).last else { return nil }
    self = record
  }

  /// The records of a message; none when it cannot be read.
  fileprivate static func all(of text: [UInt8], in dialect: Dialect) -> [Record] {
    guard let frame = try? Frame(parsing: text), let records = try? frame.records(in: dialect) else { return [] }
    return records
  }

  /// A value as a whole number.
  func whole(_ name: String) -> Int? { self[name].flatMap { Int($0) } }
}

extension QuotedMarket {
  /// Goes on from the last trade record (H0STCNT0) of a recording.
  ///
  /// - Parameter moment: when it was sent: the market goes on after it.
  /// - Returns: whether that is another state than the market's own.
  @discardableResult
  func goOn(from record: Record, of code: String, at moment: TradingMoment) -> Bool {
    guard let price = record.whole("STCK_PRPR"), price > 0, let volume = record.whole("ACML_VOL") else { return false }
    let amount = record.whole("ACML_TR_PBMN") ?? volume.multipliedReportingOverflow(by: price).partialValue
    let date = moment.date
    if let change = record.whole("PRDY_VRSS"), price - change > 0 { pin(close: price - change, of: code, before: date) }
    let around = quoteAround(instrument(code), in: moment)
    if around.volume == volume, around.price == price { return false }
    let state = KnownState(
      price: price, open: record.whole("STCK_OPRC"), high: record.whole("STCK_HGPR"), low: record.whole("STCK_LWPR"),
      volume: volume, amount: amount, boughtVolume: record.whole("SHNU_CNTG_SMTN"),
      soldVolume: record.whole("SELN_CNTG_SMTN"), boughtPrints: record.whole("SHNU_CNTG_CSNU") ?? 0,
      soldPrints: record.whole("SELN_CNTG_CSNU") ?? 0)
    know(MarketEvent(.known(state), to: .instrument(code), on: date, at: moment.time))
    return true
  }
}
