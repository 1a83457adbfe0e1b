import KISMarket
import KISWire

/// Writes a quote as the records of one TR and key, each field by its name.
struct RecordWriter {
  private let layout: Layout
  private let plan: RecordPlan
  private let kind: StreamKind
  private let key: String
  private let quotes: QuotedMarket
  private let generator: SeededGenerator
  /// The shift from the market's days to those that are shown.
  private let shift: DateShift?
  private var orders: SimulatedNotices
  /// The quote of the last record: changes are measured from it.
  private var before: Quote?
  private var members: MemberTrading?
  private var expectedIndex: ExpectedIndex?
  /// The auctions of the day of the last record.
  private var auctions: (day: CalendarDate, ExpectedIndex.Auctions)?
  /// Whether what is made up has to be made to agree; found out with the first record.
  private var agrees: Bool?
  /// The slots of times, whose change alone is no news.
  private let clockFields: Set<Int>

  init(_ id: TransactionID, key: String, kind: StreamKind, dialect: Dialect, quotes: QuotedMarket, shift: DateShift?) {
    let layout = dialect.layout(of: id)
    self.layout = layout
    plan = RecordPlan(layout.fields)
    self.shift = shift
    (self.kind, self.key, self.quotes) = (kind, key, quotes)
    generator = SeededGenerator(seed: quotes.seed).fork("realtime").fork(key)
    orders = SimulatedNotices(customer: key, venue: dialect.venue, generator: generator.fork("orders"))
    clockFields = Set(layout.fields.indices.filter { RecordWriter.clocks.contains(layout.fields[$0]) })
  }

  private static let clocks: Set<String> = [
    "BSOP_HOUR", "STCK_CNTG_HOUR", "XHMS", "KHMS", "RECV_TIME", "ASPR_ACPT_HOUR",
  ]

  mutating func beginAnew() { before = nil }

  /// One message of records.
  func message(_ records: [String]) -> [UInt8] {
    layout.message(records, flag: kind == .notices ? .encrypted : .plain)
  }

  /// The record of an instrument at a moment, and the part of it whose change is news; nil when there is nothing to
  /// send.
  mutating func sample(_ instrument: Instrument, at moment: TradingMoment, tape: Tape) -> (text: String, news: String)?
  {
    if kind == .indexProgramTrading {
      return quotes.programTrading(key, at: moment).map { values in
        let values = [key] + values.dropFirst()
        return (values.joined(separator: "^"), values.dropFirst(2).joined(separator: "^"))
      }
    }
    let quote = quotes.quote(instrument, at: moment, tape: tape)
    guard hasNews(quote) else { return nil }
    if kind == .notices { orders.proceed(quote) }
    let text = record(of: quote)
    let news = text.split(separator: "^", omittingEmptySubsequences: false).enumerated()
      .filter { !clockFields.contains($0.offset) }.map(\.element).joined(separator: "^")
    return (text, news)
  }

  private func hasNews(_ quote: Quote) -> Bool {
    switch kind {
    case .expected: quote.details.expected != nil
    case .volatilityInterruption, .marketStatus: !quote.details.interruptions.isEmpty
    case .book: quote.book.bestAsk > 0 || quote.book.bestBid > 0
    case .index: quote.open > 0
    case .notices: quote.open > 0 && quote.book.bestAsk > 0 && quote.book.bestBid > 0
    case .programTrading, .members, .netAssetValue: quote.volume > 0 || quote.instrument.isIndexOfShares
    case .trades, .expectedIndex, .indexProgramTrading: true
    }
  }

  /// A record of a quote, with changes since the record before.
  mutating func record(of quote: Quote) -> String {
    if kind == .members { members = MemberTrading(quote, since: before) }
    if kind == .expectedIndex { expectedIndex = expected(quote) }
    var values: [String] = []
    values.reserveCapacity(plan.fields.count)
    var madeUp: [String] = []
    for field in plan.fields {
      if let told = special(field.name, quote) ?? field.value(in: quote) {
        values.append(told)
      } else {
        values.append(field.plausibleValue(about: quote, generator: generator))
        if agrees == nil { madeUp.append(field.name) }
      }
    }
    if agrees == nil { agrees = ConsistentRecord.concerns(madeUp) }
    if agrees ?? true { plan.consistency.agree(&values) }
    // Clients route by the first value: it is the registered key, except where a day comes first.
    if let first = plan.fields.first, first.name != "BSOP_DATE" { values[0] = key }
    before = quote
    if let shift {
      for (slot, field) in plan.fields.enumerated() { values[slot] = shift.shown(values[slot], of: field.name) }
    }
    return layout.record(plan.slots.map { values[$0] })
  }

  private mutating func expected(_ quote: Quote) -> ExpectedIndex {
    let today =
      auctions.flatMap { $0.day == quote.day ? $0.1 : nil }
      ?? ExpectedIndex.Auctions(of: quote.instrument, on: quote.day, in: quotes)
    auctions = (quote.day, today)
    return today.index(quote.instrument, at: ClockTime(milliseconds: quote.second * 1_000))
  }

  /// The value of a field that depends on the kind of stream; nil for all others.
  private func special(_ field: String, _ quote: Quote) -> String? {
    switch kind {
    case .book: quote.bookValue(of: field, before: before?.book)
    case .expected: quote.expectedValue(of: field)
    case .expectedIndex: expectedIndex?.value(of: field, of: quote.instrument)
    case .programTrading: quote.programTradingValue(of: field)
    case .members: members?.value(of: field)
    case .volatilityInterruption: quote.interruptionValue(of: field)
    case .netAssetValue: quote.netAssetValue(of: field)
    case .notices: orders.value(of: field)
    case .trades:
      quote.tradeValue(of: field)
        ?? (layout.transactionID.rawValue.hasPrefix("H0EU") ? greekOfNightOption(field) : nil)
    case .index, .marketStatus, .indexProgramTrading: nil
    }
  }

  /// Night options come without greeks now and then (quirk 69).
  private func greekOfNightOption(_ field: String) -> String? {
    switch field {
    case "HTS_THPR", "DELTA", "GAMA", "VEGA", "RHO": "-nan"
    case "THETA", "HTS_INTS_VLTL": "nan"
    default: nil
    }
  }
}

extension Quote {
  /// A value of a trade's record: the quote that it met.
  func tradeValue(of field: String) -> String? {
    guard let trade, instrument.exchange == nil else { return nil }
    switch field {
    case "ASKP1", "FUTS_ASKP1", "OPTN_ASKP1": return text(trade.ask)
    case "BIDP1", "FUTS_BIDP1", "OPTN_BIDP1": return text(trade.bid)
    default: return nil
    }
  }

  /// A value of an order book record: as ``value(of:)``, with the changes of the totals since the book before.
  func bookValue(of field: String, before: QuotedBook?) -> String? {
    switch field {
    case "TOTAL_ASKP_RSQN_ICDC": "\(book.totalAsks - (before?.totalAsks ?? book.totalAsks))"
    case "TOTAL_BIDP_RSQN_ICDC": "\(book.totalBids - (before?.totalBids ?? book.totalBids))"
    default: nil
    }
  }
}
