/// What an account has at the start (`accounts:`). What is left out is as with every account.
public struct AccountChoice: Sendable, Hashable {
  /// The account with its product code: `12345678-01`.
  public var account: String
  /// Its money in won; nil leaves it.
  public var cash: Int?
  /// Everything that it holds; nil leaves it.
  public var holdings: [Holding]?

  /// An account with its money and holdings.
  public init(account: String, cash: Int? = nil, holdings: [Holding]? = nil) {
    (self.account, self.cash, self.holdings) = (account, cash, holdings)
  }

  /// The shares of one instrument.
  public struct Holding: Sendable, Hashable {
    /// Its code, abroad its symbol.
    public var code: String
    /// How many shares.
    public var quantity: Int
    /// What one cost on average, in ten-thousandths of its currency.
    public var average: Int

    /// Shares of an instrument.
    public init(code: String, quantity: Int, average: Int) {
      (self.code, self.quantity, self.average) = (code, quantity, average)
    }
  }

  /// The most won or shares that are taken, so that amounts stay numbers.
  public static let mostCash = 1_000_000_000_000_000
  /// The most shares of one instrument.
  public static let mostShares = 1_000_000_000
  /// The highest average price, in whole units of the currency.
  public static let highestAverage = 900_000_000
}

/// What happens to single orders (`orders:`), whatever the market does.
public struct OrderRule: Sendable, Hashable {
  /// Which orders; nil fits all.
  public var account: String?
  /// The code, abroad the symbol.
  public var code: String?
  /// `buy` or `sell`.
  public var side: Side?
  /// Of those that fit only the one of this number, counted from 1.
  public var nth: Int?
  /// What happens to them, in any order.
  public var actions: [Action]

  /// A rule for orders.
  public init(
    account: String? = nil, code: String? = nil, side: Side? = nil, nth: Int? = nil, actions: [Action]
  ) {
    (self.account, self.code, self.side, self.nth, self.actions) = (account, code, side, nth, actions)
  }

  /// Buys or sells.
  public enum Side: String, Sendable, Hashable, CaseIterable { case buy, sell }

  /// What happens to an order.
  public enum Action: Sendable, Hashable {
    /// It is filled whole at once.
    case fill
    /// So many percent of it are filled at once.
    case partial(percent: Int)
    /// It is refused with a code of KIS.
    case reject(String)
    /// It reaches the market so much later.
    case delay(Duration)
    /// Its notices are not sent.
    case loseNotice
    /// Its notices are sent twice.
    case duplicateNotice
    /// Its notices leave before the reply to the order.
    case noticeBeforeReply
  }
}

/// What trading costs (`fees:`), in billionths of the amount; nil leaves KIS's own.
public struct FeeChoice: Sendable, Hashable {
  /// Commission at home.
  public var commission: Int?
  /// Commission abroad.
  public var commissionAbroad: Int?
  /// On top at NXT, for the order that was there first.
  public var nextradeMaker: Int?
  /// On top at NXT, for the order that arrived.
  public var nextradeTaker: Int?
  /// Tax on sales of shares; nil is that of the date.
  public var saleTax: Int?

  /// KIS's own fees.
  public init() {}
}

/// How long things around an order take (`latency:`).
public struct LatencyChoice: Sendable, Hashable {
  /// From being accepted to arriving at the market.
  public var entry: Duration?
  /// From an order to its reply.
  public var reply: Duration?
  /// From an event to its notice.
  public var notice: Duration?
  /// From a fill to the balance that shows it; nil is five seconds on vts and nothing on real.
  public var balance: Duration?

  /// As at the venue.
  public init() {}
}
