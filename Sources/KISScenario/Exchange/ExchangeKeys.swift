/// The keys about accounts and orders.
extension ScenarioKeys {
  static let account = KeySection(
    "account", "an account",
    [
      .init("account", .account, "Its number and product code: 12345678-01.", isRequired: true),
      .init("cash", .number(0...AccountChoice.mostCash), "Its money in won. Default: 10000000."),
      .init("holdings", .list(.section(holding)), "Everything that it holds. Default: a few shares, by its number."),
    ])

  static let holding = KeySection(
    "holding", "a holding",
    [
      .init("code", .text, "The code of a share, abroad its symbol.", isRequired: true),
      .init("quantity", .number(1...AccountChoice.mostShares), "How many.", isRequired: true),
      .init("average", .text, "What one cost on average: 250000, 182.85.", isRequired: true),
    ])

  static let orderRule = KeySection(
    "order", "a rule for orders",
    [
      .init("match", .section(orderMatch), "Which orders. Default: all."),
      .init("do", .some(.either([.word(orderActions), .section(orderAction)])), "What happens.", isRequired: true),
    ])

  static let orderMatch = KeySection(
    "ordermatch", "a match of orders",
    [
      .init("account", .account, "Whose: 12345678-01."),
      .init("code", .text, "Of which share, abroad its symbol."),
      .init("side", .words(of: OrderRule.Side.self), "Purchases or sales."),
      .init("nth", .positive, "Only the so manieth that fits, from 1."),
    ])

  static let orderAction = KeySection(
    "orderaction", "what happens to an order",
    [
      .init("fill", .bool, "It is filled whole at once."),
      .init("partial", .text, "So much of it is filled at once: 30%."),
      .init("reject", .text, "It is refused with that code: APBK0952."),
      .init("delay", .duration, "It reaches the market so much later."),
      .init("lose-notice", .bool, "Its notices are not sent."),
      .init("duplicate-notice", .bool, "Its notices are sent twice."),
      .init("notice-before-reply", .bool, "Its notices leave before the reply."),
    ])

  static let orderActions = ["fill", "lose-notice", "duplicate-notice", "notice-before-reply"]

  static let fees = KeySection(
    "fees", "fees",
    [
      .init("commission", .text, "Of every trade at home. Default: 0.0140527%."),
      .init("commission-abroad", .text, "Of every trade abroad. Default: 0.25%."),
      .init("nxt-maker", .text, "On top at NXT, for the order that was there first. Default: 0.0013%."),
      .init("nxt-taker", .text, "On top at NXT, for the order that arrived. Default: 0.0018%."),
      .init("sale-tax", .text, "Of sales of shares. Default: by the date, 0.2% in 2026."),
    ])

  static let latency = KeySection(
    "latency", "latencies",
    [
      .init("entry", .duration, "Until an accepted order is at the market. Default: 0s."),
      .init("reply", .duration, "Until the reply to an order. Default: 0s."),
      .init("notice", .duration, "Until a notice leaves. Default: 0s."),
      .init("balance", .duration, "Until the balance shows a fill. Default: real 0s, vts 5s."),
    ])

  static let exchange = KeySection("exchange", "the exchange", [.init(.exchangePrints, named: "prints")])

  // MARK: Steering the market

  static let steering = KeySection(
    "steering", "what the market is to do", steeringKeys,
    exactlyOneOf: ["move", "halt", "limit", "circuit_breaker"])

  static let steeringKeys: [KeySection.Key] = [
    .init("move", .section(move), "The price goes up or down within a time."),
    .init("halt", .section(halt), "Trading rests, then goes on with an auction."),
    .init("limit", .section(limit), "The price goes to its limit within a minute and stays there."),
    .init(
      "circuit_breaker", .section(circuitBreaker),
      "A market falls by 8 %, rests for 20 minutes and goes on with an auction of 10."),
  ]

  static let move = KeySection(
    "move", "a move of the market",
    [
      .init("code", .text, "The code of a share or fund, abroad its symbol."),
      .init("market", .words(of: MarketSteering.Market.self), "All shares of a market."),
      .init("by", .text, "By how much: -5%, 2.5%. Price limits end it.", isRequired: true),
      .init("over", .duration, "Within which time, from 1s to 6h. Default: 1m."),
    ], exactlyOneOf: ["code", "market"])

  static let halt = KeySection(
    "halt", "a halt",
    [
      .init("code", .text, "The code of a share or fund, abroad its symbol."),
      .init("market", .words(of: MarketSteering.Market.self), "All shares of a market."),
      .init("for", .duration, "For how long, from 1s to 6h. Default: 2m."),
    ], exactlyOneOf: ["code", "market"])

  static let limit = KeySection(
    "limit", "a price limit",
    [
      .init("code", .text, "The code of a share or fund.", isRequired: true),
      .init("side", .words(of: MarketSteering.Limit.self), "Which limit.", isRequired: true),
    ])

  static let circuitBreaker = KeySection(
    "circuitbreaker", "a circuit breaker",
    [.init("market", .words(of: MarketSteering.Market.self), "Which market.", isRequired: true)])
}
