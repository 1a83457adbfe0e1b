import KISMarket
public import KISScenario
import KISWire

/// An account as the admin API shows and sets it.
public struct AccountStatement: Sendable, Hashable {
  /// Its number and product code: `12345678-01`.
  public var account: String
  /// Its money in won once all trades are settled (D+2).
  public var cash: Int
  /// What of it orders do not hold back.
  public var orderable: Int
  /// What it holds, by code.
  public var holdings: [Line]
  /// How many orders it has placed, changes and cancellations counted.
  public var orders: Int

  /// The shares of one instrument.
  public struct Line: Sendable, Hashable {
    /// Its code, abroad its symbol.
    public var code: String
    /// Its Korean name.
    public var name: String
    /// How many shares.
    public var quantity: Int
    /// How many of them may be sold.
    public var sellable: Int
    /// What one cost on average, as text with the decimals that it needs.
    public var average: String
  }
}

/// Why an account cannot be as it was asked to be.
public struct AccountError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, and what to do.
  public let description: String
}

extension Sandbox {
  /// The accounts that were set, asked about or ordered with so far, by name.
  public var accountStatements: [AccountStatement] {
    followMarket(at: clock.now)
    return exchange.core.accounts.keys.sorted().map { statement(of: $0) }
  }

  /// An account as it stands; one that nobody has asked about yet is opened with what every account has.
  /// - Throws: ``AccountError`` for a name that is no account, or none of those that exist here.
  public func account(_ name: String) throws -> AccountStatement {
    try open(name)
    followMarket(at: clock.now)
    return statement(of: name)
  }

  /// Sets an account's money, its holdings, or both; what is nil stays. Orders that wait go on waiting.
  /// - Throws: ``AccountError`` when orders and positions hold back more, or a code is unknown.
  public func setAccount(_ choice: AccountChoice) throws -> AccountStatement {
    try open(choice.account)
    followMarket(at: clock.now)
    try apply(choice)
    return statement(of: choice.account)
  }

  /// Adds a rule for orders to come.
  /// - Throws: ``AccountError`` for an unknown code.
  public func steer(_ rule: OrderRule) throws {
    let instrument = try rule.code.map { try tradedInstrument($0) }
    exchange.core.steer(OrderSteering(rule, code: instrument?.code))
  }

  /// Takes all rules for orders away.
  public func stopSteering() { exchange.core.stopSteering() }

  private func open(_ name: String) throws {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [8, 2], parts.allSatisfy(\.isAllDigits)
    else { throw AccountError(description: "`\(name)` is no account: write it as 12345678-01") }
    guard configuration.accounts.isEmpty || configuration.accounts.contains(name) else {
      let known = configuration.accounts.joined(separator: ", ")
      throw AccountError(description: "the account \(name) does not exist here; there are: \(known)")
    }
    openAccount(name)
  }

  /// Puts what a scenario or somebody wrote into an account that is there.
  func apply(_ choice: AccountChoice) throws {
    let holdings = try choice.holdings.map { lines in
      try lines.map { line in
        let instrument = try tradedInstrument(line.code)
        exchange.know(instrument)
        // Averages are written in ten-thousandths of the currency, and kept in those of a price's smallest unit.
        let average = line.average * Holding.averageScale / 10_000 * instrument.scale
        return Holding(instrument.security, quantity: line.quantity, average: average)
      }
    }
    let isDone = exchange.core.updateAccount(choice.account) { account in
      // Both or neither.
      var changed = account
      // Holdings first: cash has to cover what positions hold back that are left.
      if let holdings, !changed.setHoldings(holdings) { return false }
      if let cash = choice.cash, !changed.setCash(cash, "KRW") { return false }
      account = changed
      return true
    }
    guard isDone == true else {
      throw AccountError(
        description: "orders and positions of \(choice.account) hold back more than that; cancel or close them first, "
          + "or set more")
    }
  }

  private func tradedInstrument(_ code: String) throws -> Instrument {
    guard let traded = configuration.knownCodes.tradedCode(code) else {
      throw AccountError(
        description: "`\(code)` is no share that can be held: write a code such as 005930, or a symbol such as AAPL")
    }
    return stage.market.instrument(traded)
  }

  private func statement(of name: String) -> AccountStatement {
    let view = AccountView(exchange, of: name)
    let account = view.account
    return AccountStatement(
      account: name, cash: account.cash["KRW"]?.total ?? 0, orderable: account.orderableCash("KRW"),
      holdings: view.holdings.filter { $0.holding.quantity != 0 }.map { instrument, holding in
        AccountStatement.Line(
          code: instrument.symbol, name: instrument.name, quantity: holding.quantity,
          sellable: account.sellable(instrument.code, loan: holding.loan),
          average: holding.averageText(scale: instrument.scale))
      }, orders: view.exchange.positions(of: name).count)
  }
}

extension KnownCodes {
  /// The code under which the exchange trades a share or fund at home, or a symbol abroad; nil for anything else.
  func tradedCode(_ code: String) -> String? {
    if let known = instrument(code) {
      return [.kospi, .kosdaq, .etf, .overseas].contains(Instrument.Market(known)) ? code : nil
    }
    if let abroad = instruments.first(where: { $0.kind == .overseasShare && $0.code.dropFirst(4) == code }) {
      return abroad.code
    }
    return code.utf8.count == 6 && code.first?.isNumber == true && code.isAllDigitsAndCapitals ? code : nil
  }
}

extension Holding {
  /// The average in the currency's own units, without zeros that say nothing.
  fileprivate func averageText(scale: Int) -> String {
    let unit = Holding.averageScale * scale
    let fraction = padded(average % unit, to: String(unit).utf8.count - 1).reversed().drop { $0 == "0" }.reversed()
    return "\(average / unit)" + (fraction.isEmpty ? "" : "." + String(fraction))
  }
}
