/// What trading costs. Rates are in billionths of the amount: 140,527 is 0.0140527 %. Fees are rounded down to the
/// currency's smallest unit.
public struct FeeSchedule: Sendable, Hashable {
  /// Commission (수수료) of every trade at home.
  public var commission: Int
  /// Commission of trades abroad.
  public var commissionAbroad: Int
  /// On top at NXT, for the order that was there first.
  public var nextradeMaker: Int
  /// On top at NXT, for the order that arrived.
  public var nextradeTaker: Int
  /// Tax on sales of shares (증권거래세, 농특세); nil for that of the date.
  public var saleTax: Int?

  /// Commission of futures and options: 0.003 % of what the contract is worth. Not known of KIS.
  static let contracts = 30_000

  /// The highest rate that is taken: 10 %.
  public static let highestRate = 100_000_000

  /// The fees of KIS's online accounts, and the tax of the date.
  public static let standard = FeeSchedule(
    commission: 140_527, commissionAbroad: 2_500_000, nextradeMaker: 13_000, nextradeTaker: 18_000)

  /// Nothing is charged.
  public static let none = FeeSchedule(
    commission: 0, commissionAbroad: 0, nextradeMaker: 0, nextradeTaker: 0, saleTax: 0)

  /// Fees; rates below 0 or above ``highestRate`` are moved there.
  public init(
    commission: Int, commissionAbroad: Int, nextradeMaker: Int, nextradeTaker: Int, saleTax: Int? = nil
  ) {
    func rate(_ rate: Int) -> Int { min(max(0, rate), FeeSchedule.highestRate) }
    self.commission = rate(commission)
    self.commissionAbroad = rate(commissionAbroad)
    self.nextradeMaker = rate(nextradeMaker)
    self.nextradeTaker = rate(nextradeTaker)
    self.saleTax = saleTax.map(rate)
  }

  /// What a trade costs its buyer or seller, tax not counted.
  public func fee(on amount: Int, of security: Security, at venue: TradingVenue?, isMaker: Bool) -> Int {
    if security.isContract { return FeeSchedule.part(FeeSchedule.contracts, of: amount) }
    if security.isAbroad { return FeeSchedule.part(commissionAbroad, of: amount) }
    let extra = venue == .nxt ? (isMaker ? nextradeMaker : nextradeTaker) : 0
    return FeeSchedule.part(commission + extra, of: amount)
  }

  /// The most that a purchase can cost beside its price: what is reserved for it.
  public func highestFee(on amount: Int, of security: Security) -> Int {
    if security.isContract { return FeeSchedule.part(FeeSchedule.contracts, of: amount) }
    return FeeSchedule.part(
      security.isAbroad ? commissionAbroad : commission + max(nextradeMaker, nextradeTaker), of: amount)
  }

  /// The tax on a sale.
  public func tax(on amount: Int, of security: Security, on date: CalendarDate) -> Int {
    guard case .korea(let board, let kind, _) = security.listing else { return 0 }
    if let saleTax { return kind == .share ? FeeSchedule.part(saleTax, of: amount) : 0 }
    return FeeSchedule.part(SaleTax.basisPoints(of: kind, on: board, at: date) * 100_000, of: amount)
  }

  private static func part(_ rate: Int, of amount: Int) -> Int {
    let (high, low) = rate.multipliedFullWidth(by: max(0, amount))
    // Rates are at most 20 %, so the quotient fits.
    return 1_000_000_000.dividingFullWidth((high, low)).quotient
  }
}
