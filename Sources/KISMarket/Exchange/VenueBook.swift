/// One security's book at one venue: what the market around shows, as orders of nobody, and the orders of clients
/// between them.
///
/// A client's order waits behind what was there before it at its price. What is taken of a level stays taken until the
/// market shows another book. While no client waits, a new book only replaces the old one.
struct VenueBook: Sendable {
  private(set) var book: MatchingBook
  private(set) var feed = FeedBook(version: .min, bids: [], asks: [])
  /// Where the orders of clients are, by their id.
  private var clients: [Int: Int32] = [:]
  /// Those whose price follows the middle of the book.
  private var pegged: Set<Int> = []
  /// The orders that stand for the market around, by price, oldest first. Their ids are below 0.
  private var bids: [Int: [Piece]] = [:]
  private var asks: [Int: [Piece]] = [:]
  private var lastPiece = 0
  /// The piece that was the last when an order of a client came or moved: later ones wait behind all clients.
  private var lastEntry = 0
  private var isLoaded = false

  private struct Piece {
    let id: Int
    let slot: Int32
  }

  init(selfTrade: SelfTradePolicy = .allow) { book = MatchingBook(selfTrade: selfTrade) }

  /// Whether orders of clients wait here.
  var hasClients: Bool { !clients.isEmpty }

  /// The orders of clients that wait at a price, oldest first.
  var clientLevels: [(side: Side, price: Int, quantity: Int)] {
    clients.keys.sorted().compactMap { id in
      guard let slot = clients[id], let order = book.entered(id, in: slot), order.trigger == nil,
        case .limit(let price) = order.pricing
      else { return nil }
      return (order.side, price, order.quantity)
    }
  }

  /// Whether an order of a client waits here.
  func holds(_ id: Int) -> Bool { clients[id] != nil }

  // MARK: Orders of clients

  mutating func enter(_ order: NewOrder) -> [BookEvent] {
    load()
    lastEntry = lastPiece
    let outcome = book.enter(order)
    if case .rests(let slot) = outcome {
      clients[order.id] = slot
      if order.pricing == .midpoint { pegged.insert(order.id) }
    }
    if case .refused = outcome {
      return collect() + [.dropped(id: order.id, quantity: order.quantity, reason: .noPrice)]
    }
    return collect()
  }

  /// Takes a quantity off an order; what is left keeps its time.
  mutating func reduce(_ id: Int, by quantity: Int) {
    guard let slot = clients[id], let open = book.open(id, in: slot) else { return }
    _ = book.amend(id, in: slot, quantity: max(0, open - quantity))
    if quantity >= open { forget(id) }
  }

  // MARK: The market around

  mutating func take(_ next: FeedBook) -> [BookEvent] {
    guard next.version != feed.version else { return [] }
    feed = next
    guard hasClients else {
      unload()
      return []
    }
    load()
    guard book.mode == .continuous else { return [] }
    for side in Side.allCases { shrink(side) }
    // An order at the middle of the book goes with it, and is not met where the middle was before.
    peg()
    for side in Side.allCases { grow(side) }
    return collect()
  }

  mutating func take(_ print: FeedPrint) -> [BookEvent] {
    guard hasClients, book.mode == .continuous, print.quantity > 0 else {
      if book.mode == .continuous { book.note(lastPrice: print.price) }
      return collect()
    }
    load()
    let takers = print.taker.map { [$0] } ?? Side.allCases
    for taker in takers {
      // Whoever trades here has nothing better left.
      let resting = taker.opposite
      for price in pieces(resting).keys where resting == .buy ? price > print.price : price < print.price {
        removePieces(resting, at: price)
      }
      guard let best = book.best(resting), resting == .buy ? best >= print.price : best <= print.price else { continue }
      lastPiece -= 1
      _ = book.enter(
        NewOrder(
          id: lastPiece, side: taker, pricing: .limit(print.price), quantity: print.quantity,
          timeInForce: .immediateOrCancel))
    }
    book.note(lastPrice: print.price)
    return collect()
  }

  // MARK: Auctions

  mutating func beginAuction() {
    guard book.mode == .continuous else { return }
    for side in Side.allCases {
      for price in pieces(side).keys { removePieces(side, at: price) }
    }
    isLoaded = true
    book.beginAuction()
  }

  /// Ends the auction with the orders of the market around in it.
  /// - Returns: what happened to clients, and the price at which all met.
  mutating func endAuction(
    _ auction: FeedAuction, last: Int, limits: ClosedRange<Int>?
  ) -> (events: [BookEvent], price: AuctionPrice?) {
    beginAuction()
    feed = auction.rest
    for side in Side.allCases {
      if auction.quantity > 0 { addPiece(side, auction.price, auction.quantity) }
      for level in auction.rest.levels(side) { addPiece(side, level.price, level.quantity) }
    }
    let price = book.uncross(last: last, limits: limits)
    refreshPieces()
    return (collect(), price)
  }

  /// Ends an auction that came to no price: the orders meet the next book, one after the other.
  mutating func endAuction() -> [BookEvent] {
    guard book.mode == .auction else { return [] }
    let waiting = clients.keys.sorted().compactMap { id in
      clients[id].flatMap { slot in book.entered(id, in: slot).map { (id, slot, $0) } }
    }
    for (id, slot, _) in waiting { book.cancel(id, in: slot) }
    clients = [:]
    _ = book.uncross(last: 0)
    unload()
    load()
    var events = collect()
    lastEntry = lastPiece
    for (id, _, order) in waiting {
      let outcome = book.enter(order)
      if case .rests(let slot) = outcome { clients[id] = slot }
      events += collect()
    }
    return events
  }

  // MARK: Pieces

  private func pieces(_ side: Side) -> [Int: [Piece]] { side == .buy ? bids : asks }

  private mutating func load() {
    guard !isLoaded else { return }
    isLoaded = true
    guard book.mode == .continuous else { return }
    for side in Side.allCases { grow(side) }
  }

  /// Forgets the book: it will be built of the feed when it is needed.
  private mutating func unload() {
    var fresh = MatchingBook(mode: book.mode, selfTrade: book.selfTrade)
    if book.mode == .continuous, let last = book.lastPrice { fresh.note(lastPrice: last) }
    (book, bids, asks, isLoaded) = (fresh, [:], [:], false)
  }

  /// Takes off what the feed does not show any more, the newest first. Beyond what it shows, nothing is known, and a
  /// place in the queue is kept.
  private mutating func shrink(_ side: Side) {
    let shown = feed.levels(side)
    let quantities = Dictionary(shown.map { ($0.price, $0.quantity) }, uniquingKeysWith: +)
    for (price, pieces) in pieces(side) {
      if let quantity = quantities[price] {
        var excess = open(pieces) - quantity
        for piece in pieces.reversed() where excess > 0 {
          let open = book.open(piece.id, in: piece.slot) ?? 0
          _ = book.amend(piece.id, in: piece.slot, quantity: max(0, open - excess))
          excess -= open
        }
        set(side, price, pieces.filter { book.open($0.id, in: $0.slot) != nil })
      } else if let worst = shown.last?.price, side == .buy ? price < worst : price > worst,
        let level = book.level(side, at: price), level.orders > pieces.count
      {
        continue
      } else {
        removePieces(side, at: price)
      }
    }
  }

  /// Adds what the feed shows more than before, behind those who wait.
  private mutating func grow(_ side: Side) {
    for level in feed.levels(side) {
      let missing = level.quantity - open(pieces(side)[level.price] ?? [])
      if missing > 0 { addPiece(side, level.price, missing) }
    }
  }

  private mutating func addPiece(_ side: Side, _ price: Int, _ quantity: Int) {
    if enlarge(side, price, by: quantity) { return }
    lastPiece -= 1
    let outcome = book.enter(NewOrder(id: lastPiece, side: side, pricing: .limit(price), quantity: quantity))
    if case .rests(let slot) = outcome {
      set(side, price, (pieces(side)[price] ?? []) + [Piece(id: lastPiece, slot: slot)])
    }
  }

  /// Lets the newest piece of a price grow where it waits behind all clients: a book that goes up and down would else be
  /// made of ever more pieces.
  private mutating func enlarge(_ side: Side, _ price: Int, by quantity: Int) -> Bool {
    guard book.mode == .continuous, var known = pieces(side)[price], let newest = known.last, newest.id < lastEntry,
      let open = book.open(newest.id, in: newest.slot)
    else { return false }
    known.removeLast()
    if case .rests(let slot) = book.amend(newest.id, in: newest.slot, quantity: open + quantity) {
      known.append(Piece(id: newest.id, slot: slot))
    }
    set(side, price, known)
    return true
  }

  private mutating func removePieces(_ side: Side, at price: Int) {
    for piece in pieces(side)[price] ?? [] { book.cancel(piece.id, in: piece.slot) }
    set(side, price, [])
  }

  private mutating func refreshPieces() {
    for side in Side.allCases {
      for (price, pieces) in pieces(side) { set(side, price, pieces.filter { book.open($0.id, in: $0.slot) != nil }) }
    }
  }

  private mutating func set(_ side: Side, _ price: Int, _ pieces: [Piece]) {
    let value = pieces.isEmpty ? nil : pieces
    if side == .buy { bids[price] = value } else { asks[price] = value }
  }

  private func open(_ pieces: [Piece]) -> Int { pieces.reduce(0) { $0 + (book.open($1.id, in: $1.slot) ?? 0) } }

  private mutating func peg() {
    guard let bid = feed.bids.first?.price, let ask = feed.asks.first?.price else { return }
    if !pegged.isEmpty { lastEntry = lastPiece }
    for id in pegged.sorted() {
      guard let slot = clients[id], let open = book.open(id, in: slot) else { continue }
      _ = book.amend(id, in: slot, price: (bid + ask) / 2, quantity: open)
    }
  }

  /// What happened to orders of clients; those that are finished are forgotten.
  private mutating func collect() -> [BookEvent] {
    let events = book.takeEvents().filter(\.concernsClient)
    for event in events {
      switch event {
      case .trade(let trade): for id in [trade.maker, trade.taker] { forgetIfFinished(id) }
      case .crossed(let buy, let sell, _, _): for id in [buy, sell] { forgetIfFinished(id) }
      case .dropped(let id, _, _): forget(id)
      case .triggered: break
      }
    }
    return events
  }

  private mutating func forgetIfFinished(_ id: Int) {
    if let slot = clients[id], book.open(id, in: slot) == nil { forget(id) }
  }

  private mutating func forget(_ id: Int) {
    clients[id] = nil
    pegged.remove(id)
  }
}

extension BookEvent {
  /// Whether it is about an order whose id is above 0.
  fileprivate var concernsClient: Bool {
    switch self {
    case .trade(let trade): trade.maker > 0 || trade.taker > 0
    case .crossed(let buy, let sell, _, _): buy > 0 || sell > 0
    case .dropped(let id, _, _), .triggered(let id): id > 0
    }
  }
}
