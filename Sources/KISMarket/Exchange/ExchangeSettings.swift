/// What can be set of an exchange.
public struct ExchangeSettings: Sendable, Hashable {
  /// What trading costs.
  public var fees = FeeSchedule.standard
  /// What happens to two orders of one account that meet.
  public var selfTrade = SelfTradePolicy.allow
  /// What happens to an order abroad while that exchange is closed.
  public var abroadClosed = AbroadClosed.rest
  /// What a purchase on credit (신용) takes of the account's own money, in percent; a loan pays the rest. 45 is the usual
  /// deposit (보증금률).
  public var ownPartOfCredit = 45
  /// How long things take.
  public var latency = Latency()
  /// The seed of what is drawn: latencies.
  public var seed: UInt64 = 1

  /// What happens to an order abroad while that exchange is closed.
  public enum AbroadClosed: String, Sendable, Hashable, CaseIterable {
    /// It waits until the exchange opens.
    case rest
    /// It is refused.
    case refuse
  }

  /// How long things take, in milliseconds of market time.
  public struct Latency: Sendable, Hashable {
    /// From being accepted to arriving at the market, drawn evenly.
    public var entry: ClosedRange<Int>
    /// From a fill to the balance that shows it.
    public var balance: Int
    /// Nothing takes any time, unless said.
    public init(entry: ClosedRange<Int> = 0...0, balance: Int = 0) { (self.entry, self.balance) = (entry, balance) }
  }

  /// The settings of a real account: nothing takes any time.
  public init() {}
}
