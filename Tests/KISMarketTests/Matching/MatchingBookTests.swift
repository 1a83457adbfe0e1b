import Foundation
import KISMarket
import Testing

@Suite("The book does what its rules say")
struct MatchingBookTests {
  @Test(
    "Random commands trade and leave the same book as the naive one, and break no rule on the way",
    arguments: [UInt64](1...5), [SelfTradePolicy.allow, .cancelResting, .cancelIncoming])
  func sameAsNaive(seed: UInt64, policy: SelfTradePolicy) throws {
    try compare(seed: seed, policy: policy, commands: 5_000)
  }

  /// How many seeds of 100,000 commands are compared when `KIS_MOCK_PROOF` names a number; that takes long.
  private static let proofs = ProcessInfo.processInfo.environment["KIS_MOCK_PROOF"].flatMap { UInt64($0) } ?? 0

  @Test(
    "As many random commands as somebody has the time for trade and leave the same book",
    .enabled(if: proofs > 0), arguments: 1...max(1, proofs))
  func proof(seed: UInt64) throws {
    let policies: [SelfTradePolicy] = [.allow, .cancelResting, .cancelIncoming]
    try compare(seed: 1_000 + seed, policy: policies[Int(seed % 3)], commands: 100_000, looks: 50)
  }

  /// - Parameter looks: after how many commands the books are compared, the trades after each.
  private func compare(seed: UInt64, policy: SelfTradePolicy, commands: Int, looks: Int = 1) throws {
    var (flow, book, naive) = (RandomFlow(seed: seed), OrderFlow(selfTrade: policy), NaiveBook(policy: policy))
    var ledger = ExecutionLedger()
    for number in 0..<commands {
      let command = flow.command()
      book.apply(command)
      naive.apply(command)
      let events = book.takeEvents()
      if events != naive.events { try #require(events == naive.events, "command \(number): \(command)") }
      naive.events.removeAll()
      try ledger.follow(command, events)
      guard number % looks == 0 || number == commands - 1 else { continue }
      for side in Side.allCases {
        let levels = book.book.levels(of: side)
        try #require(levels == naive.levels(of: side), "command \(number): \(command)")
        for level in levels.prefix(3) {
          let queue = book.book.orders(side, at: level.price)
          let expected = naive.orders.filter { $0.side == side && $0.price == level.price }.sorted { $0.time < $1.time }
          try #require(queue.map(\.id) == expected.map(\.id) && queue.map(\.open) == expected.map(\.open))
        }
      }
      if let bid = book.book.best(.buy), let ask = book.book.best(.sell) { try #require(bid < ask) }
    }
    #expect(ledger.executed.count > commands / 10)
  }

  @Test("Older orders of a price trade first, and a partial fill keeps the front")
  func timePriority() {
    var flow = OrderFlow()
    flow.limit(1, .sell, 100, 5)
    flow.limit(2, .sell, 100, 5)
    flow.limit(3, .buy, 100, 3)
    flow.limit(4, .buy, 100, 4)
    #expect(
      flow.trades() == [
        Trade(maker: 1, taker: 3, price: 100, quantity: 3), Trade(maker: 1, taker: 4, price: 100, quantity: 2),
        Trade(maker: 2, taker: 4, price: 100, quantity: 2),
      ])
    #expect(flow.book.orders(.sell, at: 100).map(\.open) == [3])
  }

  @Test("A smaller quantity keeps its time; a larger one at the same price, and a new price, lose it")
  func amendedTime() {
    var flow = OrderFlow()
    for id in 1...3 { flow.limit(id, .buy, 100, 10) }
    flow.apply(.modify(id: 1, price: 100, quantity: 4))
    #expect(flow.book.orders(.buy, at: 100).map(\.id) == [1, 2, 3])
    flow.apply(.modify(id: 1, price: 100, quantity: 4))
    #expect(flow.book.orders(.buy, at: 100).map(\.id) == [1, 2, 3])
    flow.apply(.modify(id: 1, price: 100, quantity: 5))
    #expect(flow.book.orders(.buy, at: 100).map(\.id) == [2, 3, 1])
    flow.apply(.modify(id: 2, price: 101, quantity: 10))
    flow.apply(.modify(id: 2, price: 100, quantity: 10))
    #expect(flow.book.orders(.buy, at: 100).map(\.id) == [3, 1, 2])
  }

  @Test("A change to a price that crosses trades as the order that arrives, with its new quantity")
  func amendedAcross() {
    var flow = OrderFlow()
    flow.limit(1, .sell, 105, 10)
    flow.limit(2, .buy, 100, 10)
    flow.apply(.modify(id: 2, price: 106, quantity: 25))
    #expect(flow.trades() == [Trade(maker: 1, taker: 2, price: 105, quantity: 10)])
    #expect(flow.book.levels(of: .buy) == [BookLevel(price: 106, quantity: 15, orders: 1)])
  }

  @Test("A change of an order that was filled in part is about what is left of it")
  func amendedPartial() {
    var flow = OrderFlow()
    flow.limit(1, .buy, 100, 10)
    flow.limit(2, .sell, 100, 6)
    flow.limit(3, .buy, 100, 1)
    flow.apply(.modify(id: 1, price: 100, quantity: 4))
    #expect(flow.book.orders(.buy, at: 100).map(\.id) == [1, 3])
    flow.apply(.modify(id: 1, price: 100, quantity: 6))
    #expect(flow.book.orders(.buy, at: 100).map(\.id) == [3, 1])
    #expect(flow.book.level(.buy, at: 100) == BookLevel(price: 100, quantity: 7, orders: 2))
  }

  @Test("A change to nothing cancels; changes below nothing, and of what is finished or unknown, are ignored")
  func amendedToNothing() {
    var flow = OrderFlow()
    flow.limit(1, .buy, 100, 10)
    let ignored = flow.apply(.modify(id: 1, price: 100, quantity: -1))
    let cancelled = flow.apply(.modify(id: 1, price: 100, quantity: 0))
    #expect(!ignored && cancelled)
    #expect(flow.book.count == 0)
    for command in [FlowCommand.modify(id: 1, price: 100, quantity: 5), .cancel(id: 1), .cancel(id: 9)] {
      let isDone = flow.apply(command)
      #expect(!isDone)
    }
    flow.limit(1, .sell, 100, 5)
    #expect(flow.book.count == 0, "an id is used once")
  }

  @Test("IOC takes what is there and never rests; FOK takes all or nothing; both find nobody in an empty book")
  func immediate() {
    var flow = OrderFlow()
    for kind in [NewOrder.TimeInForce.immediateOrCancel, .fillOrKill] {
      flow.apply(
        .new(
          NewOrder(id: kind == .fillOrKill ? 1 : 2, side: .buy, pricing: .limit(100), quantity: 5, timeInForce: kind)))
    }
    flow.limit(3, .sell, 100, 5)
    flow.limit(4, .sell, 101, 5)
    flow.apply(.new(NewOrder(id: 5, side: .buy, pricing: .limit(101), quantity: 11, timeInForce: .fillOrKill)))
    flow.apply(.new(NewOrder(id: 6, side: .buy, pricing: .limit(100), quantity: 6, timeInForce: .fillOrKill)))
    #expect(flow.trades().isEmpty)
    flow.apply(.new(NewOrder(id: 7, side: .buy, pricing: .limit(100), quantity: 7, timeInForce: .immediateOrCancel)))
    #expect(flow.trades() == [Trade(maker: 3, taker: 7, price: 100, quantity: 5)])
    flow.apply(.new(NewOrder(id: 8, side: .buy, pricing: .limit(101), quantity: 5, timeInForce: .fillOrKill)))
    #expect(flow.trades() == [Trade(maker: 4, taker: 8, price: 101, quantity: 5)])
    #expect(flow.book.count == 0)
  }

  @Test("An order at the market walks the book, and what finds nobody is dropped")
  func market() {
    var flow = OrderFlow()
    flow.limit(1, .buy, 100, 5)
    flow.limit(2, .buy, -3, 5)
    flow.apply(.new(NewOrder(id: 3, side: .sell, pricing: .market, quantity: 12)))
    #expect(
      flow.takeEvents() == [
        .trade(Trade(maker: 1, taker: 3, price: 100, quantity: 5)),
        .trade(Trade(maker: 2, taker: 3, price: -3, quantity: 5)), .dropped(id: 3, quantity: 2, reason: .unfilled),
      ])
  }

  @Test("Prices may be any number: the ends of the range keep their order, and quantities do not overflow")
  func extremes() {
    var flow = OrderFlow()
    for (id, price) in [Int.min + 1, -1, 0, 1, .max - 1].enumerated() { flow.limit(id, .buy, price, .max) }
    flow.limit(10, .buy, 0, .max)
    #expect(flow.book.levels(of: .buy).map(\.price) == [.max - 1, 1, 0, -1, .min + 1])
    #expect(flow.book.level(.buy, at: 0) == BookLevel(price: 0, quantity: 2 * Int128(Int.max), orders: 2))
    flow.apply(.new(NewOrder(id: 11, side: .sell, pricing: .limit(1), quantity: .max, timeInForce: .fillOrKill)))
    #expect(flow.trades() == [Trade(maker: 4, taker: 11, price: .max - 1, quantity: .max)])
    flow.apply(.new(NewOrder(id: 12, side: .sell, pricing: .limit(2), quantity: 1, timeInForce: .fillOrKill)))
    #expect(flow.trades().isEmpty)
  }

  @Test("A refused order was never there: its id is still free")
  func refused() {
    var flow = OrderFlow()
    flow.limit(1, .buy, 100, 0)
    flow.limit(1, .buy, 100, -5)
    #expect(flow.book.count == 0)
    flow.limit(1, .buy, 100, 5)
    #expect(flow.book.count == 1)
  }

  @Test("Orders that wait for a price are let in by a trade that reaches it, and may reach the next one's")
  func stops() {
    var flow = OrderFlow()
    flow.limit(1, .sell, 100, 1)
    flow.limit(2, .sell, 101, 1)
    flow.limit(3, .sell, 102, 5)
    flow.apply(.new(NewOrder(id: 4, side: .buy, pricing: .limit(102), quantity: 2, trigger: 101)))
    flow.apply(.new(NewOrder(id: 5, side: .buy, pricing: .limit(101), quantity: 1, trigger: 100)))
    flow.apply(.new(NewOrder(id: 6, side: .sell, pricing: .limit(90), quantity: 1, trigger: 95)))
    flow.limit(7, .buy, 100, 1)
    #expect(
      flow.takeEvents() == [
        .trade(Trade(maker: 1, taker: 7, price: 100, quantity: 1)), .triggered(id: 5),
        .trade(Trade(maker: 2, taker: 5, price: 101, quantity: 1)), .triggered(id: 4),
        .trade(Trade(maker: 3, taker: 4, price: 102, quantity: 2)),
      ])
    let isCancelled = flow.apply(.cancel(id: 6))
    #expect(isCancelled)
  }

  @Test("A book is a value: what happens to a copy does not happen to it")
  func copies() {
    var flow = OrderFlow()
    flow.limit(1, .buy, 100, 5)
    var copy = flow
    copy.limit(2, .sell, 100, 5)
    #expect(copy.book.count == 0 && flow.book.count == 1)
  }
}

/// What each order ordered and executed, to see that nobody gets more than was ordered and nothing finished moves.
private struct ExecutionLedger {
  var executed: [Int: Int] = [:]
  private var left: [Int: Int] = [:]

  mutating func follow(_ command: FlowCommand, _ events: [BookEvent]) throws {
    switch command {
    case .new(let order): if left[order.id] == nil, order.quantity > 0 { left[order.id] = order.quantity }
    case .modify(let id, _, let quantity): if let open = left[id], open > 0, quantity >= 0 { left[id] = quantity }
    case .cancel(let id): if left[id] != nil { left[id] = 0 }
    }
    for event in events {
      switch event {
      case .trade(let trade):
        for id in [trade.maker, trade.taker] {
          left[id, default: 0] -= trade.quantity
          executed[id, default: 0] += trade.quantity
          try #require(left[id, default: 0] >= 0, "\(id) traded more than it had left")
        }
      case .dropped(let id, let quantity, _):
        try #require(left[id] == quantity, "what was dropped of \(id) is not what was left")
        left[id] = 0
      case .triggered, .crossed: break
      }
    }
  }
}

extension OrderFlow {
  mutating func limit(_ id: Int, _ side: Side, _ price: Int, _ quantity: Int) {
    apply(.new(NewOrder(id: id, side: side, pricing: .limit(price), quantity: quantity)))
  }

  mutating func trades() -> [Trade] {
    takeEvents().compactMap { if case .trade(let trade) = $0 { trade } else { nil } }
  }
}
