import KISMarket
import KISScenario
import KISWire

extension ExchangeSettings {
  /// What a scenario says of fees and latencies; the rest as the venue has it.
  init(_ fees: FeeChoice, _ latency: LatencyChoice) {
    self.init()
    let standard = FeeSchedule.standard
    self.fees = FeeSchedule(
      commission: fees.commission ?? standard.commission,
      commissionAbroad: fees.commissionAbroad ?? standard.commissionAbroad,
      nextradeMaker: fees.nextradeMaker ?? standard.nextradeMaker,
      nextradeTaker: fees.nextradeTaker ?? standard.nextradeTaker, saleTax: fees.saleTax)
    let entry = latency.entry?.milliseconds ?? 0
    self.latency = Latency(entry: entry...entry, balance: latency.balance?.milliseconds ?? 0)
  }
}

extension OrderSteering {
  /// A rule as it was written.
  init(_ rule: OrderRule, code: String?) {
    var action = Action()
    for item in rule.actions {
      switch item {
      case .fill: action.fills = true
      case .partial(let percent): action.partialPercent = percent
      case .reject(let code): action.rejectCode = code
      case .delay(let duration): action.delay = duration.milliseconds
      case .loseNotice: action.delivery.copies = 0
      case .duplicateNotice: action.delivery.copies = 2
      case .noticeBeforeReply: action.delivery.isBeforeReply = true
      }
    }
    let side: KISMarket.Side? = rule.side.map { $0 == .buy ? .buy : .sell }
    self.init(Match(account: rule.account, code: code, side: side, nth: rule.nth), action)
  }
}

extension Duration {
  /// Whole milliseconds, at most a day.
  var milliseconds: Int { Int(min(max(0, nanoseconds / 1_000_000), 86_400_000)) }
}
