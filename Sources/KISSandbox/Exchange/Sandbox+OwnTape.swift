import KISMarket
import KISRecording
import KISScenario
import KISWire

extension Sandbox {
  /// Shows in this sandbox's tape and books what its clients traded and wait for, unless `own-prints` says that it is not shown.
  ///
  /// Trades of the market are sent at marks of the clock. Own ones that are not too late for their mark are sent among
  /// them; the others, and those of shares that a recording feeds, are sent at once.
  func showOwnTrading() {
    let prints = exchange.core.takeOwnPrints()
    noteChangesOfOrders()
    let codes = exchange.takeUnshown()
    let isShown = configuration.ownPrints == .tape
    guard isShown && !prints.isEmpty || !codes.isEmpty else { return }
    let now = TradingMoment(marketTime)
    var changed: Set<String> = []
    for code in codes {
      let levels = isShown ? exchange.core.ownLevels(of: code) : []
      let session = exchange.instruments[code]?.session(at: now) ?? now
      if stage.market.own.show(levels, of: code, since: session) { changed.insert(code) }
    }
    for (code, prints) in Dictionary(grouping: isShown ? prints : [], by: \.code).sorted(by: { $0.key < $1.key }) {
      guard let instrument = exchange.instruments[code] else { continue }
      tell(prints, of: instrument, at: now)
      changed.insert(code)
    }
    for code in changed.sorted() {
      if let instrument = exchange.instruments[code] { tellBook(of: instrument, at: now) }
    }
    if !changed.isEmpty { wake() }
  }

  /// Looks at what changed of the resting orders, and notes the recorded routes of their shares.
  func noteChangesOfOrders() {
    watchRecordings(of: exchange.noteChanges())
    // What is traded from now on may fill them, and nothing that was traded before.
    for code in Set(exchange.watchedRoutes.values) where exchange.volumes[code] == nil && latestTrade(of: code) != nil {
      exchange.volumes[code] = toldVolume(of: code) ?? 0
    }
  }

  /// Notes again what is to be known of all resting orders, after other recordings or settings have taken effect.
  func lookAgainAtOrders() {
    exchange.watchedRoutes = [:]
    watchRecordings(of: exchange.lookAgain())
  }

  private func watchRecordings(of codes: [String]) {
    guard !configuration.recordings.isEmpty else { return }
    for code in codes {
      let isWatched = !exchange.core.openOrders(of: code).isEmpty
      if !isWatched { exchange.volumes[code] = nil }
      for id in [TransactionID.stockTrade, .stockOrderBook] {
        guard let route = routes.known(id, code) else { continue }
        exchange.watchedRoutes[route] = isWatched ? code : nil
      }
    }
  }

  /// Notes that something was recorded of a share with resting orders.
  func noteNews(in due: Playhead.Due) {
    guard !exchange.watchedRoutes.isEmpty else { return }
    for (route, _, _) in due.batch.counts {
      if let code = exchange.watchedRoutes[route] { exchange.news.insert(code) }
    }
  }

  // MARK: Trades

  private func tell(_ prints: [OwnPrint], of instrument: Instrument, at now: TradingMoment) {
    let trades = prints.map { Trade($0, of: instrument, at: now, in: stage.market) }
    let record = latestTrade(of: instrument.code)
    var late: [(owner: StreamOwner, bytes: [UInt8])] = []
    for listener in listeners(to: .trades, of: instrument) {
      let heard = trades.filter { $0.tapes.contains(listener.tape) }
      let left = listener.isRecorded ? now : TradeSource.mark(before: stage.released[listener.owner.playhead] ?? now)
      let missed = heard.filter { listener.isRecorded || $0.moment <= left }
      if let bytes = message(of: missed, of: instrument, to: listener, behind: left, record) {
        late.append((listener.owner, bytes))
      }
    }
    for trade in trades {
      for tape in trade.tapes {
        stage.market.own.add(trade.print, of: instrument.code, on: tape, session: trade.session)
      }
    }
    stage.market.own.note(recordedVolume: record?.whole("ACML_VOL"), of: instrument.code)
    for (owner, bytes) in late { send(bytes, to: owner, at: clock.now) }
    for listener in listeners(to: .trades, of: instrument) where !listener.isRecorded {
      guard trades.contains(where: { $0.tapes.contains(listener.tape) }) else { continue }
      let left = TradeSource.mark(before: stage.released[listener.owner.playhead] ?? now)
      restage(listener.owner, after: left)
    }
  }

  /// A message of trades that are sent at once, each with the totals after it; nil without any.
  ///
  /// - Parameter left: until when everything else has been sent.
  private func message(
    of trades: [Trade], of instrument: Instrument, to listener: Listener, behind left: TradingMoment, _ record: Record?
  ) -> [UInt8]? {
    guard let first = trades.first else { return nil }
    let market = stage.market
    let session = instrument.session(at: left)
    var quote = market.quote(instrument, in: session, tape: listener.tape)
    if listener.isRecorded, let record {
      quote.adopt(record)
      market.addOwn(to: &quote, toldBy: record, at: session, tape: listener.tape)
    }
    var writer = RecordWriter(
      listener.id, key: listener.key, kind: .trades, dialect: sentDialect, quotes: market, shift: stage.dateShift)
    let moment = TradingMoment(first.session.date, max(first.session.time, session.time))
    var records: [String] = []
    for trade in trades {
      quote.record(trade.print, details: QuoteDetails(instrument, at: moment, tape: listener.tape, in: market))
      // Within a stream, times never go back.
      quote.second = max(quote.second, session.time.seconds)
      records.append(writer.record(of: quote))
    }
    return writer.message(records)
  }

  /// An own trade as the tape has it.
  private struct Trade {
    let print: Print
    let moment: TradingMoment
    /// Its moment by the session that it belongs to.
    let session: TradingMoment
    /// The tapes that show it.
    let tapes: Set<Tape>

    init(_ own: OwnPrint, of instrument: Instrument, at now: TradingMoment, in market: QuotedMarket) {
      moment = min(own.moment, now)
      session = instrument.session(at: moment)
      let phase = TradingHours(of: own.venue ?? .krx, on: session.date).phase(at: session.time)
      let tape = own.venue?.tape(in: phase) ?? .krx
      tapes = own.venue == nil || tape == .evening ? [tape] : [tape, .unified]
      let book = market.bookAround(instrument, at: session, tape: tape)
      // What was taken is the best price that was left.
      print = Print(
        time: session.time, price: own.price, size: own.quantity, side: own.taker,
        bid: own.taker == .sell ? own.price : min(book.bestBid, own.price),
        ask: own.taker == .buy ? own.price : max(book.bestAsk, own.price), venue: own.venue)
    }
  }

  // MARK: Books

  private func tellBook(of instrument: Instrument, at now: TradingMoment) {
    for listener in listeners(to: .book, of: instrument) {
      guard listener.isRecorded else {
        restage(listener.owner, after: now, isDue: true)
        continue
      }
      guard let text = stage.playheads[listener.owner.playhead]?.lastText(of: listener.owner.route) else { continue }
      let translated = stage.translation?.translated(text) ?? text
      if let told = withOwnTrading(translated, listener.id, listener.key) {
        send(told, to: listener.owner, at: clock.now)
      }
    }
  }

  // MARK: Who listens

  /// A registration of trades or books.
  private struct Listener: Hashable {
    let owner: StreamOwner
    let id: TransactionID
    let key: String
    let isRecorded: Bool

    var tape: Tape { StreamKind.tape(of: id) }
  }

  /// Who hears of an instrument, in the order in which they came.
  private func listeners(to kind: StreamKind, of instrument: Instrument) -> [Listener] {
    var listeners: [Listener] = []
    for session in sessions.inOrder where !session.isEnding {
      for registration in session.registrations
      where !registration.isForgotten && StreamKind(registration.transactionID) == kind {
        guard
          kind.instrument(of: registration.transactionID, key: registration.key, in: stage.market).code
            == instrument.code
        else { continue }
        let playhead: Stage.PlayheadOwner =
          stage.playheads[.session(session.id)] == nil ? .everybody : .session(session.id)
        let owner = StreamOwner(playhead: playhead, route: registration.route)
        let isRecorded = isRecorded(registration.recorded ?? registration.route, by: stage.playheads[playhead])
        guard isRecorded || stage.streams[owner] != nil else { continue }
        let listener = Listener(
          owner: owner, id: registration.transactionID, key: registration.key, isRecorded: isRecorded)
        if !listeners.contains(listener) { listeners.append(listener) }
      }
    }
    return listeners
  }

  // MARK: Recorded messages

  /// Recorded messages with what clients traded and wait for.
  func withOwnTrading(_ due: Playhead.Due) -> Playhead.Due {
    var names: [Route: RouteTable.Name] = [:]
    for (route, _, _) in due.batch.counts {
      guard let name = routes.name(of: route), stage.market.own.concerns(name.key) else { continue }
      names[route] = name
    }
    guard !names.isEmpty else { return due }
    var builder = FrameBatchBuilder(routes: routes)
    for index in due.messages {
      let message = due.batch.messages[index]
      let text = due.batch.text(of: index)
      let told = names[message.route].flatMap { withOwnTrading(text, $0.transactionID, $0.key) } ?? text
      told.withUnsafeBytes { builder.append($0, on: message.route, at: message.offset) }
    }
    guard let batch = builder.finish(closing: due.closing) else { return due }
    return Playhead.Due(batch: batch, messages: 0..<batch.messages.count, closing: due.closing, position: due.position)
  }

  /// A recorded trade or book of a share at home with what clients traded and wait for; nil for everything else.
  private func withOwnTrading(_ text: [UInt8], _ id: TransactionID, _ code: String) -> [UInt8]? {
    let kind = StreamKind(id)
    guard kind == .trades || kind == .book else { return nil }
    let (tape, moment) = (StreamKind.tape(of: id), TradingMoment(marketTime))
    let totals = stage.market.own.totals(code, tape, on: moment.date, through: moment.time)
    let levels = stage.market.own.levels(code, tape, at: moment)
    guard kind == .trades ? totals != nil : !levels.isEmpty else { return nil }
    guard let frame = try? Frame(parsing: text), let records = try? frame.records() else { return nil }
    let layout = layout(of: id)
    guard records.width == layout.width else { return nil }
    let isCollecting = exchange.core.isCollecting(code, at: tape.venue)
    let told = records.map { record in
      var values = RecordedValues(Array(record), layout)
      if let totals, kind == .trades { values.add(totals) } else { values.add(levels, isCollecting: isCollecting) }
      return values.values
    }
    return Frame(id, records: told).bytes
  }
}

/// The values of a recorded record, changed by name.
private struct RecordedValues {
  var values: [String]
  private let layout: Layout

  init(_ values: [String], _ layout: Layout) { (self.values, self.layout) = (values, layout) }

  private func whole(_ name: String) -> Int? { layout.index(of: name).flatMap { Int(values[$0]) } }

  private mutating func set(_ name: String, _ value: String) {
    if let index = layout.index(of: name) { values[index] = value }
  }

  private mutating func change(_ name: String, _ body: (Int) -> Int) {
    if let number = whole(name) { set(name, "\(body(number))") }
  }

  /// A trade: its price stays, what was traded so far grows.
  mutating func add(_ own: OwnTotals) {
    change("ACML_VOL") { $0 + own.volume }
    change("ACML_TR_PBMN") { $0 + own.amount }
    change("STCK_HGPR") { max($0, own.high) }
    change("STCK_LWPR") { $0 == 0 ? own.low : min($0, own.low) }
    change("SELN_CNTG_CSNU") { $0 + own.soldPrints }
    change("SHNU_CNTG_CSNU") { $0 + own.boughtPrints }
    change("NTBY_CNTG_CSNU") { $0 + own.boughtPrints - own.soldPrints }
    change("SELN_CNTG_SMTN") { $0 + own.soldVolume }
    change("SHNU_CNTG_SMTN") { $0 + own.boughtVolume }
    if let volume = whole("ACML_VOL"), let amount = whole("ACML_TR_PBMN"), volume > 0 {
      set("WGHN_AVRG_STCK_PRC", decimal(Double(amount) / Double(volume), places: 2))
    }
    if let sold = whole("SELN_CNTG_SMTN"), let bought = whole("SHNU_CNTG_SMTN"), sold > 0 {
      set("CTTR", decimal(Double(bought) * 100 / Double(sold), places: 2))
    }
  }

  /// A book: levels grow, and are taken where clients wait beyond them.
  mutating func add(_ own: [OwnLevel], isCollecting: Bool) {
    var book = QuotedBook(.empty)
    for level in 1...QuotedBook.depth {
      book.set(
        level - 1, ask: whole("ASKP\(level)") ?? 0, askQuantity: whole("ASKP_RSQN\(level)") ?? 0,
        bid: whole("BIDP\(level)") ?? 0, bidQuantity: whole("BIDP_RSQN\(level)") ?? 0)
    }
    book.totalAsks = whole("TOTAL_ASKP_RSQN") ?? 0
    book.totalBids = whole("TOTAL_BIDP_RSQN") ?? 0
    book.add(own, isCollecting: isCollecting)
    for level in 1...QuotedBook.depth {
      set("ASKP\(level)", "\(book.askPrices[level - 1])")
      set("ASKP_RSQN\(level)", "\(book.askQuantities[level - 1])")
      set("BIDP\(level)", "\(book.bidPrices[level - 1])")
      set("BIDP_RSQN\(level)", "\(book.bidQuantities[level - 1])")
    }
    set("TOTAL_ASKP_RSQN", "\(book.totalAsks)")
    set("TOTAL_BIDP_RSQN", "\(book.totalBids)")
  }
}
