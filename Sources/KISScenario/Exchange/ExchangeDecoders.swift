import KISWire

extension AccountChoice {
  init(_ node: YAMLNode) throws(ScenarioError) {
    let mapping = try node.mapping(ScenarioKeys.account)
    self.init(account: try mapping.required("account").account())
    cash = try mapping["cash"]?.int(in: 0...AccountChoice.mostCash)
    guard mapping.members.contains(where: { $0.key == "holdings" }) else { return }
    var holdings: [Holding] = []
    for node in mapping["holdings"]?.list() ?? [] { holdings.append(try Holding(node)) }
    self.holdings = holdings
  }
}

extension AccountChoice.Holding {
  /// Reads a holding as a scenario and the admin API write it.
  package init(_ node: YAMLNode) throws(ScenarioError) {
    let mapping = try node.mapping(ScenarioKeys.holding)
    let average = try mapping.required("average")
    guard let price = Int(try average.string("a price"), decimals: 4),
      (0...AccountChoice.highestAverage * 10_000).contains(price)
    else {
      throw average.unexpected("a price such as 250000 or 182.85, up to \(AccountChoice.highestAverage)")
    }
    self.init(
      code: try mapping.required("code").string(),
      quantity: try mapping.required("quantity").int(in: 1...AccountChoice.mostShares), average: price)
  }
}

extension OrderRule {
  /// Reads a rule as a scenario and the admin API write it.
  package init(_ node: YAMLNode) throws(ScenarioError) {
    let mapping = try node.mapping(ScenarioKeys.orderRule)
    self.init(actions: [])
    if let match = try mapping["match"]?.mapping(ScenarioKeys.orderMatch) {
      account = try match["account"]?.account()
      code = try match["code"]?.string()
      side = try match["side"]?.word()
      nth = try match["nth"]?.int(in: 1...Int.max)
    }
    for node in try mapping.required("do").list() { actions += try OrderRule.actions(node) }
    if actions.isEmpty { throw node.unexpected("something to do in `do`") }
  }

  private static func actions(_ node: YAMLNode) throws(ScenarioError) -> [Action] {
    if case .scalar = node.content {
      let word: Word = try node.word()
      return [word.action]
    }
    let mapping = try node.mapping(ScenarioKeys.orderAction)
    var actions: [Action] = []
    for word in Word.allCases {
      if let node = mapping[word.rawValue], try node.bool() { actions.append(word.action) }
    }
    if let node = mapping["partial"] {
      let text = try node.string("a share such as 30%")
      guard text.hasSuffix("%"), let percent = Int(text.dropLast()), (1...100).contains(percent) else {
        throw node.unexpected("a share from 1% to 100%")
      }
      actions.append(.partial(percent: percent))
    }
    if let node = mapping["reject"] { actions.append(.reject(try node.string("a code such as APBK0952"))) }
    if let node = mapping["delay"] { actions.append(.delay(try node.duration())) }
    return actions
  }

  private enum Word: String, CaseIterable {
    case fill
    case loseNotice = "lose-notice"
    case duplicateNotice = "duplicate-notice"
    case noticeBeforeReply = "notice-before-reply"

    var action: Action {
      switch self {
      case .fill: .fill
      case .loseNotice: .loseNotice
      case .duplicateNotice: .duplicateNotice
      case .noticeBeforeReply: .noticeBeforeReply
      }
    }
  }
}

extension FeeChoice {
  init(_ node: YAMLNode) throws(ScenarioError) {
    self.init()
    let mapping = try node.mapping(ScenarioKeys.fees)
    commission = try mapping["commission"]?.rate()
    commissionAbroad = try mapping["commission-abroad"]?.rate()
    nextradeMaker = try mapping["nxt-maker"]?.rate()
    nextradeTaker = try mapping["nxt-taker"]?.rate()
    saleTax = try mapping["sale-tax"]?.rate()
  }
}

extension LatencyChoice {
  init(_ node: YAMLNode) throws(ScenarioError) {
    self.init()
    let mapping = try node.mapping(ScenarioKeys.latency)
    entry = try mapping["entry"]?.duration()
    reply = try mapping["reply"]?.duration()
    notice = try mapping["notice"]?.duration()
    balance = try mapping["balance"]?.duration()
  }
}

extension YAMLNode {
  /// An account number: eight digits, a hyphen, two digits of product code.
  func account() throws(ScenarioError) -> String {
    let account = try string()
    let parts = account.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [8, 2], parts.allSatisfy(\.isAllDigits)
    else { throw unexpected("an account such as 50012345-01") }
    return account
  }

  /// A rate in percent, in billionths: `0.0140527%`.
  fileprivate func rate() throws(ScenarioError) -> Int {
    let text = try string("a rate such as 0.015%")
    guard text.hasSuffix("%"), let rate = Int(String(text.dropLast()), decimals: 7), (0...100_000_000).contains(rate)
    else { throw unexpected("a rate from 0% to 10% such as 0.0140527%, with seven decimals at the most") }
    return rate
  }
}

extension Int {
  /// A written number without sign, times a power of ten; nil when it has more decimals, or is none.
  package init?(_ text: String, decimals places: Int) {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let decimals = parts.count > 1 ? parts[1] : ""
    guard let whole = parts.first, !whole.isEmpty, decimals.count <= places,
      parts.allSatisfy(\.isAllDigits),
      let number = Int(whole + decimals + String(repeating: "0", count: places - decimals.count))
    else { return nil }
    self = number
  }
}
